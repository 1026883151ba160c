/**
 * BigCommerce's webhooks (https://developer.bigcommerce.com/docs/integrations/webhooks), signed
 * after Standard Webhooks. They are thin: an event names the order and no more, so nothing here
 * tells our own changes from others', and the case recognises them. What is not answered with a 200
 * is sent again for two days; after that the webhook is switched off.
 */
@NullMarked
package shop.unwind.intakebigcommerce;

import org.jspecify.annotations.NullMarked;
