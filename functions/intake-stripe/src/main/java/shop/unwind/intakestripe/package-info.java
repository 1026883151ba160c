/**
 * Takes Stripe's webhooks, for shops that do not have its events sent to EventBridge.
 * https://docs.stripe.com/webhooks
 */
@NullMarked
package shop.unwind.intakestripe;

import org.jspecify.annotations.NullMarked;
