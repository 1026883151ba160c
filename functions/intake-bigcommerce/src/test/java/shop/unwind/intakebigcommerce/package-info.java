@NullMarked
package shop.unwind.intakebigcommerce;

import org.jspecify.annotations.NullMarked;
