@NullMarked
package shop.unwind.log;

import org.jspecify.annotations.NullMarked;
