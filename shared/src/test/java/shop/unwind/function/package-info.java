@NullMarked
package shop.unwind.function;

import org.jspecify.annotations.NullMarked;
