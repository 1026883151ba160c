/**
 * WooCommerce's webhooks (https://woocommerce.com/document/webhooks). The signature covers the raw
 * body alone, neither a time nor any header. WooCommerce waits 60 s for an answer and sends nothing
 * twice: what is answered with an error is lost, and the sixth in a row switches the webhook off.
 */
@NullMarked
package shop.unwind.intakewoocommerce;

import org.jspecify.annotations.NullMarked;
