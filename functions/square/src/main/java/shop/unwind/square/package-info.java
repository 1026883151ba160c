/**
 * Square, API version 2026-05-20 (https://developer.squareup.com/reference/square), as storefront
 * and as payment provider: reads and cancels orders, brings stock back, refunds and voids payments,
 * reads disputes.
 *
 * <p>Limits: unpublished. A refund's idempotency key has 45 characters at most; how long keys are
 * remembered is UNCONFIRMED, so our mark in the refund's reason is looked for, too. Disputes cannot
 * be asked for by payment: all of them are paged.
 *
 * <p>Quirks: an order that was paid in full cannot be cancelled and ends as COMPLETED; what is
 * COMPLETED or CANCELED can no longer be changed, not even its metadata; a refund never brings
 * stock back; errors may stand in an answer of 200. From version 2026-07-15 on the body of an
 * inventory change differs.
 */
@NullMarked
package shop.unwind.square;

import org.jspecify.annotations.NullMarked;
