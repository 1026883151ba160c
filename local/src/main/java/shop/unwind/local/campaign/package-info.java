/**
 * Attacks on the whole system: faults of platforms, crashes, races. Many orders stand side by side
 * on one {@link shop.unwind.local.campaign.Site}, each attacked in its own way, and {@link
 * shop.unwind.local.campaign.Judge} says by the platforms' books what came of each.
 */
@NullMarked
package shop.unwind.local.campaign;

import org.jspecify.annotations.NullMarked;
