/** Fakes written by hand, shipped to every module's tests. */
@NullMarked
package shop.unwind.testing;

import org.jspecify.annotations.NullMarked;
