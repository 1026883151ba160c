@NullMarked
package shop.unwind.stripe;

import org.jspecify.annotations.NullMarked;
