package shop.unwind.paypal;

import shop.unwind.connector.ConnectorFunction;

/** The entry point of the PayPal connector. */
public final class PayPalFunction extends ConnectorFunction {
    public PayPalFunction() {
        super("paypal", PayPal::new);
    }
}
