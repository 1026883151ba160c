@NullMarked
package shop.unwind.woocommerce;

import org.jspecify.annotations.NullMarked;
