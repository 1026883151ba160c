@NullMarked
package shop.unwind.once;

import org.jspecify.annotations.NullMarked;
