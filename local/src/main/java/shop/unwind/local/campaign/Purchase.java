package shop.unwind.local.campaign;

import shop.unwind.domain.OrderRef;

import java.util.List;

/** What somebody bought, as far as the platforms' books are asked about it. */
interface Purchase {

    /**
     * Goods of one kind.
     *
     * @param quantity units bought
     */
    record Goods(String sku, int quantity) {}

    /** Six digits that no other purchase's ids contain. */
    int number();

    List<Goods> goods();

    /** Its payments at Stripe. */
    List<String> intents();

    /** What every call about this order bears. */
    default String text() {
        return Integer.toString(number());
    }

    /** Where it was bought. */
    default String storefront() {
        return "shopify";
    }

    default OrderRef order() {
        return new OrderRef(storefront(), text());
    }

    default String email() {
        return "c" + number() + "@example.com";
    }

    /** Shopify's own number of the order. */
    default long shopifyId() {
        return 5_000_000_000_000L + number();
    }
}
