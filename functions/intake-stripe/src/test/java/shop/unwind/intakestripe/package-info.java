@NullMarked
package shop.unwind.intakestripe;

import org.jspecify.annotations.NullMarked;
