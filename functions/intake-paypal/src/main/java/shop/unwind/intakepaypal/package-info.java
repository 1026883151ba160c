/**
 * Takes PayPal's webhooks, verified offline, and hands on what they tell of through EventBridge.
 * https://developer.paypal.com/api/rest/webhooks/rest/
 */
@NullMarked
package shop.unwind.intakepaypal;

import org.jspecify.annotations.NullMarked;
