@NullMarked
package shop.unwind.shopify;

import org.jspecify.annotations.NullMarked;
