/**
 * Takes requests from the queue, records each in its order's case and sees to it that the case
 * runs.
 */
@NullMarked
package shop.unwind.start;

import org.jspecify.annotations.NullMarked;
