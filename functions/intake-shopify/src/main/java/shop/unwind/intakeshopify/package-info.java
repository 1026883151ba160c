/**
 * Shopify's webhooks (https://shopify.dev/docs/apps/build/webhooks). The signature covers the raw
 * body alone, neither a time nor any header: a delivery repeated by anybody, whatever its headers,
 * brings the same request again, which the case recognises. Shopify waits 5 s for an answer and
 * sends 8 times more over four hours.
 */
@NullMarked
package shop.unwind.intakeshopify;

import org.jspecify.annotations.NullMarked;
