@NullMarked
package shop.unwind.start;

import org.jspecify.annotations.NullMarked;
