package shop.unwind.local.connectors;

import org.junit.jupiter.api.AfterEach;

import shop.unwind.connector.Payments;
import shop.unwind.connector.PaymentsContract;
import shop.unwind.domain.Dispute.Phase;
import shop.unwind.domain.Money;
import shop.unwind.json.Json;
import shop.unwind.testing.FakePlatform;

import java.time.InstantSource;
import java.util.List;

final class ShopifyPaymentsTest extends PaymentsContract {
    private static final Money NONE = Money.zero("USD");

    private final TestSandbox sandbox = new TestSandbox(clock);
    private final Shopify shopify = new Shopify(sandbox);
    private State shown = new State(NONE, NONE, NONE, List.of());

    ShopifyPaymentsTest() {
        platform.passesOnTo(sandbox.uri("shopify"));
        shows(State.captured(new Money(4599, "USD")));
    }

    @AfterEach
    void closeSandbox() {
        sandbox.close();
    }

    @Override
    protected Payments connect(String baseUrl, InstantSource clock) {
        return shopify.connect(Payments.class, baseUrl, clock);
    }

    @Override
    protected String payment() {
        return shopify.payment();
    }

    @Override
    protected void shows(State state) {
        shows(state, "succeeds");
    }

    private void shows(State state, String refundMode) {
        shown = state;
        var charged = state.captured().isPositive() || state.authorised().isPositive();
        var paid = state.captured().isPositive() ? state.captured() : state.authorised();
        var order = Orders.of(charged ? paid : new Money(1, "USD"), CUSTOMER);
        order.put("refundedByHand", state.refunded().minor());
        order.withArray("payments")
                .addObject()
                .put("gateway", "shopify_payments")
                .put("amount", charged ? paid.minor() : 1)
                .put("captured", state.captured().isPositive())
                .put("refundMode", refundMode);
        sandbox.sells(order);
        if (!charged) shopify.act("cancel");
        state.disputes().forEach(this::disputed);
    }

    private void disputed(Phase phase) {
        switch (phase) {
            case INQUIRY -> shopify.act("inquiry");
            case CHARGEBACK -> shopify.act("dispute");
            case CLOSED_WON -> closed("won");
            case CLOSED_LOST -> closed("lost");
            case CLAIM, FRAUD_WARNING, IN_REVIEW, UNKNOWN ->
                    throw new IllegalArgumentException("not shown here: " + phase);
        }
    }

    private void closed(String how) {
        shopify.act("dispute");
        shopify.act("close-dispute", Json.object().put("status", how));
    }

    @Override
    protected String refundCall() {
        return Shopify.GRAPHQL + "Refund()";
    }

    /** What the sandbox's Shopify does not do by itself comes from outside it. */
    @Override
    protected void answers(Fate fate, Money amount) {
        switch (fate) {
            case SETTLED -> {}
            case PENDING -> shows(shown, "pending");
            case UNHEARD_OF -> sandbox.talksStrangely("shopify", "Refund");
            case REFUSED -> platform.answersTo(refundCall(), 200, REFUSAL);
            case CAME_BACK -> platform.answersTo(refundCall(), 200, FAILED);
        }
    }

    private static final String REFUSAL =
            """
            {"data":{"refundCreate":{"refund":null,"userErrors":
            [{"field":null,"message":"Refund amount is more than the gateway allows"}]}}}
            """;

    private static final String FAILED =
            """
            {"data":{"refundCreate":{"refund":{"id":"gid://shopify/Refund/61","transactions":
            {"nodes":[{"id":"gid://shopify/OrderTransaction/89","kind":"REFUND",
            "status":"FAILURE"}]}},"userErrors":[]}}}
            """;

    @Override
    protected void stands(Fate fate) {
        switch (fate) {
            case SETTLED -> shopify.act("settle-refund");
            case CAME_BACK -> shopify.act("fail-refund");
            case UNHEARD_OF -> sandbox.talksStrangely("shopify", "Follow");
            case PENDING, REFUSED -> {}
        }
    }

    /** Ours is the one whose answer was lost; anybody else's was made by hand. */
    @Override
    protected void finds(String mark, Money amount) {
        if (mark.startsWith("unwind:shopify-1001-1:")) platform.letsTheLostArrive();
        else shopify.act("refund", Json.object().put("amount", amount.minor()).put("note", mark));
    }

    @Override
    protected void findsNothing() {}

    @Override
    protected boolean releasesByCall() {
        return false;
    }

    @Override
    protected void releases() {
        throw new UnsupportedOperationException("the cancel of the order releases");
    }

    @Override
    protected void assertReleased() {
        throw new UnsupportedOperationException("the cancel of the order releases");
    }

    @Override
    protected String error(int status, String words) {
        return Shopify.error(words);
    }

    @Override
    protected Sent sent(FakePlatform.Asked refund) {
        var variables = refund.json().path("variables");
        return new Sent(
                variables.path("key").asText(),
                variables.at("/input/transactions/0/amount").asText());
    }

    @Override
    protected String written(Money amount) {
        return amount.decimal();
    }

    @Override
    protected List<Phase> unknownHere() {
        return List.of(Phase.CLAIM, Phase.FRAUD_WARNING, Phase.IN_REVIEW, Phase.UNKNOWN);
    }
}
