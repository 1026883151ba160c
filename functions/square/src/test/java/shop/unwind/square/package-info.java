@NullMarked
package shop.unwind.square;

import org.jspecify.annotations.NullMarked;
