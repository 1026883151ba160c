package shop.unwind.stripe;

import shop.unwind.connector.ConnectorFunction;

/** The entry point of the Stripe connector. */
public final class StripeFunction extends ConnectorFunction {
    public StripeFunction() {
        super("stripe", Stripe::new);
    }
}
