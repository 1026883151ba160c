@NullMarked
package shop.unwind.intakeslack;

import org.jspecify.annotations.NullMarked;
