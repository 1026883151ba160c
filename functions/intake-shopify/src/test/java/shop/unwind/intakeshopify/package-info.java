@NullMarked
package shop.unwind.intakeshopify;

import org.jspecify.annotations.NullMarked;
