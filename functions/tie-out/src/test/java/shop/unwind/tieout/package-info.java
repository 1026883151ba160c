@NullMarked
package shop.unwind.tieout;

import org.jspecify.annotations.NullMarked;
