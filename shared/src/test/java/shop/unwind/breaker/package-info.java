@NullMarked
package shop.unwind.breaker;

import org.jspecify.annotations.NullMarked;
