@NullMarked
package shop.unwind.intakemagento;

import org.jspecify.annotations.NullMarked;
