package shop.unwind.woocommerce;

import shop.unwind.connector.ConnectorFunction;

/** Entry point. */
public final class WooCommerceFunction extends ConnectorFunction {
    public WooCommerceFunction() {
        super("woocommerce", WooCommerce::new);
    }
}
