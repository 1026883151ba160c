/**
 * WooCommerce, REST API wc/v3 (https://woocommerce.github.io/woocommerce-rest-api-docs). Reads
 * orders, cancels them, takes lines back, refunds through the shop's own gateways. There are no
 * idempotency keys: a refund bears our mark as its reason, which is saved before the gateway is
 * asked, and is looked for before anything is sent again. There is no fulfilment but the status.
 */
@NullMarked
package shop.unwind.woocommerce;

import org.jspecify.annotations.NullMarked;
