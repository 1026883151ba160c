@NullMarked
package shop.unwind.intakesquare;

import org.jspecify.annotations.NullMarked;
