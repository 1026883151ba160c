/** Takes Shopify's webhooks: https://shopify.dev/docs/apps/build/webhooks. */
@NullMarked
package shop.unwind.intakeshopify;

import org.jspecify.annotations.NullMarked;
