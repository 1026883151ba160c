/** Keeps the file of a case: opens it, hands it over to its order's case, closes it. */
@NullMarked
package shop.unwind.file;

import org.jspecify.annotations.NullMarked;
