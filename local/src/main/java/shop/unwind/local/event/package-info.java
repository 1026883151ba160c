/** EventBridge: a bus matched by AWS's own Event Ruler, and schedules. */
@NullMarked
package shop.unwind.local.event;

import org.jspecify.annotations.NullMarked;
