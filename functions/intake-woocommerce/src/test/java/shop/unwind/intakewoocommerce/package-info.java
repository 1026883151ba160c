@NullMarked
package shop.unwind.intakewoocommerce;

import org.jspecify.annotations.NullMarked;
