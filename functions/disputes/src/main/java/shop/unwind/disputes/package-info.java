/**
 * Takes what payment providers say through EventBridge (disputes, fraud warnings, refunds that
 * failed) from its queue, as requests. A message that cannot be understood ends in the dead-letter
 * queue.
 */
@NullMarked
package shop.unwind.disputes;

import org.jspecify.annotations.NullMarked;
