package shop.unwind.bigcommerce;

import shop.unwind.connector.ConnectorFunction;

/** Entry point. */
public final class BigCommerceFunction extends ConnectorFunction {
    public BigCommerceFunction() {
        super("bigcommerce", BigCommerce::new);
    }
}
