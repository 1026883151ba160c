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

final class MagentoPaymentsTest extends PaymentsContract {
    private final TestSandbox sandbox = new TestSandbox(clock);
    private final Magento shop = new Magento(sandbox);

    MagentoPaymentsTest() {
        platform.passesOnTo(sandbox.uri("magento"));
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
        return "71001.710011";
    }

    @Override
    protected void shows(State state) {
        sandbox.sells(order(state, "succeeds"));
    }

    /** Its goods are on their way: money alone goes back. */
    private static ObjectNode order(State state, String refundMode) {
        var paid = state.captured().isPositive() ? state.captured() : state.authorised();
        var order = Magento.order(paid, CUSTOMER);
        order.withArray("lines").forEach(line -> ((ObjectNode) line).put("shipped", 1));
        order.put("refundedByHand", state.refunded().minor());
        if (paid.isPositive())
            order.withArray("payments")
                    .addObject()
                    .put("gateway", "braintree")
                    .put("amount", paid.minor())
                    .put("captured", state.captured().isPositive())
                    .put("refundMode", refundMode);
        return order;
    }

    @Override
    protected String refundCall() {
        return Magento.ONLINE;
    }

    /** What the sandbox's Magento does not do by itself comes from outside it. */
    @Override
    protected void answers(Fate fate, Money amount) {
        switch (fate) {
            case SETTLED -> {}
            case UNHEARD_OF -> platform.answersTo(refundCall(), 200, "\"perhaps\"");
            case REFUSED, CAME_BACK ->
                    platform.answersTo(
                            refundCall(),
                            400,
                            Magento.error("We can't create creditmemo for the invoice."));
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
        else
            shop.act(
                    "refund", Json.object().put("amount", amount.minor()).put("note", mark + " 1"));
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
        return Magento.error(words);
    }

    @Override
    protected Sent sent(FakePlatform.Asked refund) {
        var sent = refund.json();
        return new Sent(
                sent.at("/comment/comment").asText(),
                sent.at("/arguments/adjustment_positive").asText());
    }

    /** A JSON number, whose last zeros are nobody's business. */
    @Override
    protected String written(Money amount) {
        return Json.parse(amount.decimal()).asText();
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
