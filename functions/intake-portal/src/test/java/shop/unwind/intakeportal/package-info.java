@NullMarked
package shop.unwind.intakeportal;

import org.jspecify.annotations.NullMarked;
