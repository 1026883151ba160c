package shop.unwind.local.connectors;

import static org.assertj.core.api.Assertions.assertThat;

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

final class SquarePaymentsTest extends PaymentsContract {
    private static final Money PAID = new Money(4599, "USD");

    private final TestSandbox sandbox = new TestSandbox(clock);
    private final Square square = new Square(sandbox);
    private State shown = State.captured(PAID);

    SquarePaymentsTest() {
        platform.passesOnTo(sandbox.uri("square"));
        sells("succeeds");
    }

    @AfterEach
    void closeSandbox() {
        sandbox.close();
    }

    @Override
    protected Payments connect(String baseUrl, InstantSource clock) {
        return square.connect(Payments.class, baseUrl, clock);
    }

    @Override
    protected String payment() {
        return Square.PAYMENT;
    }

    @Override
    protected void shows(State state) {
        if (shown.equals(state)) return;
        shown = state;
        sells("succeeds");
        state.disputes().forEach(this::complains);
    }

    private void complains(Phase phase) {
        square.act(Square.PAYMENT, phase == Phase.INQUIRY ? "inquiry" : "dispute");
        switch (phase) {
            case IN_REVIEW -> resolve("PROCESSING");
            case CLOSED_LOST -> resolve("LOST");
            case CLOSED_WON -> resolve("WON");
            case UNKNOWN -> resolve("WAITING_THIRD_PARTY");
            default -> {}
        }
    }

    private void resolve(String state) {
        square.act(Square.PAYMENT, "resolve", Json.object().put("state", state));
    }

    private void sells(String refundMode) {
        sandbox.sells(order(refundMode));
        if (!shown.captured().isPositive() && !shown.authorised().isPositive())
            square.act(Square.PAYMENT, "void");
    }

    private ObjectNode order(String refundMode) {
        var taken = shown.captured().isPositive();
        var paid =
                taken
                        ? shown.captured()
                        : shown.authorised().isPositive() ? shown.authorised() : PAID;
        var order = Square.order(paid, CUSTOMER);
        order.put("refundedByHand", shown.refunded().minor());
        order.withArray("payments")
                .addObject()
                .put("gateway", "card")
                .put("amount", paid.minor())
                .put("captured", taken)
                .put("refundMode", refundMode);
        return order;
    }

    @Override
    protected String refundCall() {
        return Square.REFUND;
    }

    @Override
    protected void answers(Fate fate, Money amount) {
        switch (fate) {
            case SETTLED -> sells("succeeds");
            case PENDING -> sells("pending");
            case REFUSED -> sells("refused");
            case UNHEARD_OF -> sandbox.talksStrangely("square", "refunds.create");
            case CAME_BACK ->
                    platform.answersTo(
                            Square.REFUND,
                            200,
                            "{\"refund\":{\"id\":\"r_1\",\"status\":\"FAILED\"}}");
        }
    }

    @Override
    protected void stands(Fate fate) {
        switch (fate) {
            case SETTLED -> square.act(Square.PAYMENT, "settle-refund");
            case CAME_BACK -> square.act(Square.PAYMENT, "fail-refund");
            case UNHEARD_OF -> sandbox.talksStrangely("square", "refunds.get");
            case PENDING, REFUSED -> {}
        }
    }

    /** Ours is the one whose answer was lost; anybody else's was made by hand. */
    @Override
    protected void finds(String mark, Money amount) {
        if (mark.startsWith("unwind:shopify-1001-1:")) platform.letsTheLostArrive();
        else
            square.act(
                    Square.PAYMENT,
                    "refund",
                    Json.object().put("amount", amount.minor()).put("note", mark));
        shown = new State(shown.authorised(), shown.captured(), amount, shown.disputes());
    }

    @Override
    protected void findsNothing() {}

    @Override
    protected void releases() {}

    @Override
    protected void assertReleased() {
        assertThat(square.payment().path("status").asText()).isEqualTo("CANCELED");
    }

    @Override
    protected String error(int status, String words) {
        return Square.error(status, words);
    }

    @Override
    protected Sent sent(FakePlatform.Asked refund) {
        var sent = refund.json();
        return new Sent(
                sent.path("idempotency_key").asText(),
                sent.path("amount_money").path("amount").asText());
    }

    @Override
    protected String written(Money amount) {
        return Long.toString(amount.minor());
    }

    @Override
    protected List<Phase> unknownHere() {
        return List.of(Phase.FRAUD_WARNING, Phase.CLAIM);
    }
}
