/**
 * PayPal: reads and refunds captures, voids authorisations, reads disputes of the own store.
 * https://developer.paypal.com/docs/api/payments/v2/ and
 * https://developer.paypal.com/docs/api/customer-disputes/v1/
 *
 * <p>Limits: unpublished; asked to slow down we wait half a minute. Disputes come in pages of 50. A
 * {@code PayPal-Request-Id} is kept for 45 days, and its repeat answers how the first refund stands
 * now.
 *
 * <p>Quirks: no list of a capture's refunds but in its order; the word CHARGEBACK is PayPal's for
 * its own claims, too; a refund funded by a bank may stay pending for days; HUF, JPY and TWD have
 * no decimals.
 */
@NullMarked
package shop.unwind.paypal;

import org.jspecify.annotations.NullMarked;
