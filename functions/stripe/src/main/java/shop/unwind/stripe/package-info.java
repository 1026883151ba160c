/**
 * Stripe: reads, cancels and refunds payments of the own store. https://docs.stripe.com/api,
 * version 2026-07-29.dahlia as compiled into stripe-java 33.3.0.
 *
 * <p>Limits: 100 requests a second live, 25 in a sandbox; lists of 100. Idempotency keys are kept
 * for 24 hours at least, answers to errors included, and then forgotten: look before acting.
 *
 * <p>Quirks: a refund draws on the balance and may stay pending for days; a disputed charge is
 * refused with {@code charge_disputed}; some currencies are not written with their ISO decimals.
 */
@NullMarked
package shop.unwind.stripe;

import org.jspecify.annotations.NullMarked;
