/**
 * Shopify, Admin GraphQL 2026-10 (https://shopify.dev/docs/api/admin-graphql). Reads orders,
 * cancels them without moving money, refunds what Shopify's own gateways took. Business errors come
 * with HTTP 200; cancelling is a job without an idempotency key, refunding takes one. Searching by
 * name goes through an index and is compared again.
 */
@NullMarked
package shop.unwind.shopify;

import org.jspecify.annotations.NullMarked;
