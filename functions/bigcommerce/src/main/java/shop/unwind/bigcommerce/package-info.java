/**
 * BigCommerce, orders in REST V2, payments and stock in V3
 * (https://developer.bigcommerce.com/docs). Reads orders, cancels them, takes lines back, refunds
 * and voids through the store's own gateways. There are no idempotency keys: a refund bears our
 * mark as the reason of its item, a cancel and taken units have theirs in the order's metafields,
 * and it is looked for before anything is sent again. All apps of a store share its rate limit.
 * Refunds are scheduled, and only one may run per order.
 */
@NullMarked
package shop.unwind.bigcommerce;

import org.jspecify.annotations.NullMarked;
