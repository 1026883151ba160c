package shop.unwind.local.campaign;

import java.util.List;

/**
 * A road through the workflow on which cases are attacked. Together they call every operation of
 * every platform: a platform that is on in the store document joins by itself, one that moves the
 * money of a gateway by a road with that gateway. Each operation is attacked on the first road that
 * calls it: where a refund is small, a second one would show.
 */
public enum Road {
    PART_OF_ORDER("stripe"),
    WHOLE_ORDER("stripe"),
    STOREFRONT_MOVES_MONEY("shopify_payments"),
    STOREFRONT_REFUND_ANSWER_LOST("shopify_payments"),
    STOREFRONT_INQUIRY("shopify_payments"),
    CHECKOUT_UNPAID("stripe"),
    ABOVE_THE_LIMIT("stripe"),
    CHARGEBACK("stripe"),
    MESSAGE_ANSWER_LOST("stripe"),
    NEW_TOKEN("stripe"),
    WOOCOMMERCE_PART("woocommerce_payments", "woocommerce"),
    WOOCOMMERCE_WHOLE("stripe", "woocommerce"),
    WOOCOMMERCE_REFUND_ANSWER_LOST("woocommerce_payments", "woocommerce"),
    PAYPAL_PART_OF_ORDER("paypal"),
    PAYPAL_HOLD("paypal"),
    PAYPAL_INQUIRY("paypal"),
    PAYPAL_NEW_TOKEN("paypal"),
    MAGENTO_PART("braintree", "magento"),
    MAGENTO_WHOLE("stripe", "magento"),
    MAGENTO_NOT_INVOICED("braintree", "magento"),
    MAGENTO_REFUND_ANSWER_LOST("braintree", "magento"),
    SQUARE_PART("card", "square"),
    SQUARE_WHOLE("card", "square"),
    SQUARE_HOLD("card", "square"),
    SQUARE_INQUIRY("card", "square"),
    SQUARE_REFUND_ANSWER_LOST("card", "square"),
    SQUARE_NEW_TOKEN("card", "square"),
    SQUARE_FOR_WOOCOMMERCE("square_credit_card", "woocommerce"),
    BIGCOMMERCE_PART("braintree", "bigcommerce"),
    BIGCOMMERCE_WHOLE("stripe", "bigcommerce"),
    BIGCOMMERCE_HOLD("braintree", "bigcommerce"),
    BIGCOMMERCE_REFUND_ANSWER_LOST("braintree", "bigcommerce"),
    BIGCOMMERCE_STOCK("braintree", "bigcommerce"),
    PAYPAL_WHOLE("paypal");

    private final String gateway;
    private final String storefront;

    Road(String gateway) {
        this(gateway, "shopify");
    }

    Road(String gateway, String storefront) {
        this.gateway = gateway;
        this.storefront = storefront;
    }

    String storefront() {
        return storefront;
    }

    String gateway() {
        return gateway;
    }

    /** What goes wrong on this road even when nobody attacks it. */
    List<Fault> before() {
        return switch (this) {
            case STOREFRONT_REFUND_ANSWER_LOST -> List.of(Fault.lost("shopify", "Refund"));
            case WOOCOMMERCE_REFUND_ANSWER_LOST ->
                    List.of(Fault.lost("woocommerce", "refunds.create"));
            case MAGENTO_REFUND_ANSWER_LOST -> List.of(Fault.lost("magento", "invoices.refund"));
            case SQUARE_REFUND_ANSWER_LOST -> List.of(Fault.lost("square", "refunds.create"));
            case BIGCOMMERCE_REFUND_ANSWER_LOST ->
                    List.of(Fault.lost("bigcommerce", "refunds.create"));
            case MESSAGE_ANSWER_LOST -> List.of(Fault.lost("slack", "chat.postMessage"));
            default -> List.of();
        };
    }

    /** Whether calls are attacked that name no order, so that nobody else may be on the site. */
    boolean alone() {
        return switch (this) {
            case MESSAGE_ANSWER_LOST,
                    NEW_TOKEN,
                    PAYPAL_NEW_TOKEN,
                    SQUARE_NEW_TOKEN,
                    BIGCOMMERCE_STOCK ->
                    true;
            default -> false;
        };
    }

    /** Whether the customer asks for the first line only. */
    boolean isPart() {
        return switch (this) {
            case PART_OF_ORDER,
                    WOOCOMMERCE_PART,
                    PAYPAL_PART_OF_ORDER,
                    MAGENTO_PART,
                    SQUARE_PART,
                    BIGCOMMERCE_PART,
                    BIGCOMMERCE_STOCK ->
                    true;
            default -> false;
        };
    }

    boolean isPaid() {
        return this != CHECKOUT_UNPAID
                && this != PAYPAL_HOLD
                && this != MAGENTO_NOT_INVOICED
                && this != SQUARE_HOLD
                && this != BIGCOMMERCE_HOLD;
    }

    /** Whether staff are asked, who approve. */
    boolean isAsked() {
        return this == ABOVE_THE_LIMIT;
    }

    /** The dispute about its payment, in the sandbox's word. */
    String dispute() {
        return switch (this) {
            case STOREFRONT_INQUIRY, PAYPAL_INQUIRY, SQUARE_INQUIRY -> "inquiry";
            case CHARGEBACK -> "chargeback";
            default -> "none";
        };
    }

    /** What people do at the platforms first, as paths of the sandbox. */
    List<String> acts(Plot plot) {
        return switch (this) {
            case CHECKOUT_UNPAID -> List.of("/stripe/_act/" + plot.intent() + "/open-session");
            case NEW_TOKEN -> List.of("/shopify/_act/tokens/revoke");
            case PAYPAL_NEW_TOKEN -> List.of("/paypal/_act/tokens/revoke");
            case SQUARE_NEW_TOKEN -> List.of("/square/_act/tokens/revoke");
            default -> List.of();
        };
    }
}
