@NullMarked
package shop.unwind.paypal;

import org.jspecify.annotations.NullMarked;
