package shop.unwind.shopify;

import shop.unwind.connector.ConnectorFunction;

/** Entry point. */
public final class ShopifyFunction extends ConnectorFunction {
    public ShopifyFunction() {
        super("shopify", Shopify::new);
    }
}
