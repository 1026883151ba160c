@NullMarked
package shop.unwind.bigcommerce;

import org.jspecify.annotations.NullMarked;
