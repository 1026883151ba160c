package shop.unwind.local.connectors;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterEach;

import shop.unwind.connector.Payments;
import shop.unwind.connector.PaymentsContract;
import shop.unwind.domain.Dispute.Phase;
import shop.unwind.domain.Money;
import shop.unwind.json.Json;
import shop.unwind.testing.FakePlatform;

import java.time.InstantSource;
import java.util.List;

final class WooCommercePaymentsTest extends PaymentsContract {
    private final TestSandbox sandbox = new TestSandbox(clock);
    private final WooCommerce shop = new WooCommerce(sandbox);

    WooCommercePaymentsTest() {
        platform.passesOnTo(sandbox.uri("woocommerce"));
        shows(State.captured(new Money(4599, "USD")));
    }

    @AfterEach
    void closeSandbox() {
        sandbox.close();
    }

    @Override
    protected Payments connect(String baseUrl, InstantSource clock) {
        return shop.connect(Payments.class, baseUrl, clock);
    }

    @Override
    protected String payment() {
        return "1001";
    }

    @Override
    protected void shows(State state) {
        sandbox.sells(order(state, "succeeds"));
    }

    private static ObjectNode order(State state, String refundMode) {
        var paid = state.captured().isPositive() ? state.captured() : state.authorised();
        var order = WooCommerce.order(paid, CUSTOMER);
        order.put("refundedByHand", state.refunded().minor());
        if (paid.isPositive())
            order.withArray("payments")
                    .addObject()
                    .put("gateway", "woocommerce_payments")
                    .put("amount", paid.minor())
                    .put("captured", state.captured().isPositive())
                    .put("refundMode", refundMode);
        return order;
    }

    @Override
    protected String refundCall() {
        return WooCommerce.CREATE;
    }

    /** What the sandbox's WooCommerce does not do by itself comes from outside it. */
    @Override
    protected void answers(Fate fate, Money amount) {
        switch (fate) {
            case SETTLED -> {}
            case UNHEARD_OF ->
                    platform.answersTo(
                            refundCall(), 201, "{\"id\":801,\"refunded_payment\":\"perhaps\"}");
            case REFUSED, CAME_BACK ->
                    platform.answersTo(
                            refundCall(),
                            500,
                            WooCommerce.error(
                                    500,
                                    "woocommerce_rest_cannot_create_order_refund",
                                    "The gateway declined the refund."));
            case PENDING -> throw new UnsupportedOperationException("not known here");
        }
    }

    @Override
    protected void stands(Fate fate) {
        throw new UnsupportedOperationException("not known here");
    }

    /** Ours is the one whose answer was lost; anybody else's was made by hand. */
    @Override
    protected void finds(String mark, Money amount) {
        if (mark.startsWith("unwind:shopify-1001-1:")) platform.letsTheLostArrive();
        else shop.act("refund", Json.object().put("amount", amount.minor()).put("note", mark));
    }

    @Override
    protected void findsNothing() {}

    @Override
    protected boolean releasesByCall() {
        return false;
    }

    @Override
    protected void releases() {
        throw new UnsupportedOperationException("the cancel of the order releases, or nothing");
    }

    @Override
    protected void assertReleased() {
        throw new UnsupportedOperationException("the cancel of the order releases, or nothing");
    }

    @Override
    protected String error(int status, String words) {
        return WooCommerce.error(status, "woocommerce_rest_error", words);
    }

    @Override
    protected Sent sent(FakePlatform.Asked refund) {
        var sent = refund.json();
        return new Sent(sent.at("/meta_data/0/value").asText(), sent.path("amount").asText());
    }

    @Override
    protected String written(Money amount) {
        return amount.decimal();
    }

    @Override
    protected boolean knowsRefundsOnTheirWay() {
        return false;
    }

    @Override
    protected List<Phase> unknownHere() {
        return List.of(Phase.values());
    }
}
