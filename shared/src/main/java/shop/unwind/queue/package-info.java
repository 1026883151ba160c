/** The queue between intake and the start of cases. */
@NullMarked
package shop.unwind.queue;

import org.jspecify.annotations.NullMarked;
