package shop.unwind.bigcommerce;

import static org.assertj.core.api.Assertions.assertThat;

import static shop.unwind.bigcommerce.Canned.ORDER;
import static shop.unwind.bigcommerce.Canned.REFUND;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.connector.Payments;
import shop.unwind.connector.PaymentsContract;
import shop.unwind.domain.Dispute.Phase;
import shop.unwind.domain.Money;
import shop.unwind.json.Json;
import shop.unwind.testing.FakePlatform;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;

/** What the store's own gateways took. */
final class BigCommercePaymentsContractTest extends PaymentsContract {
    private boolean looked;

    @Override
    protected Payments connect(String baseUrl, InstantSource clock) {
        return new BigCommerce(Canned.platform(baseUrl, SECRET, clock));
    }

    @Override
    protected String payment() {
        return "118.braintree";
    }

    /** Also what a refund asks before it is made: what others are on their way, and a quote. */
    @Override
    protected void shows(State state) {
        var held = state.authorised().isPositive();
        var paid = held ? state.authorised() : state.captured();
        var order = Canned.order(paid).put("payment_status", held ? "authorized" : "captured");
        if (!paid.isPositive()) order.put("payment_status", "declined");
        if (!state.disputes().isEmpty()) order.put("status_id", 13);
        var byHand =
                state.refunded().isPositive()
                        ? List.of(Canned.refund(state.refunded(), "by hand"))
                        : List.<ObjectNode>of();
        platform.answersTo(ORDER, 200, Json.write(order));
        var event = held ? "authorization" : "purchase";
        Canned.showsMoney(platform, List.of(Canned.transaction(event, paid)), byHand);
        if (!paid.isPositive()) return;
        platform.answersTo(Canned.REFUNDS, 200, Canned.data(byHand));
        var rest = paid.minus(state.refunded());
        platform.answersTo(Canned.QUOTE, 201, Json.write(Canned.quote(rest)));
    }

    @Override
    protected String refundCall() {
        return REFUND;
    }

    @Override
    protected void answers(Fate fate, Money amount) {
        if (fate == Fate.REFUSED)
            platform.answersTo(REFUND, 422, Canned.error(422, "The payment is not settled."));
        else platform.answersTo(REFUND, 201, Canned.data(refund(fate, amount, "unwind")));
    }

    private static JsonNode refund(Fate fate, Money amount, String reason) {
        var refund = Canned.refund(amount, reason);
        var part = (ObjectNode) refund.at("/payments/0");
        switch (fate) {
            case SETTLED -> {}
            case PENDING -> part.putNull("transaction_id");
            case UNHEARD_OF -> part.put("is_declined", "perhaps");
            case CAME_BACK ->
                    part.put("is_declined", true).put("declined_message", "No such card.");
            case REFUSED -> throw new UnsupportedOperationException("leaves no record");
        }
        return refund;
    }

    @Override
    protected void stands(Fate fate) {
        var refund = refund(fate, new Money(4599, "USD"), "unwind");
        platform.answersTo(Canned.REFUNDS, 200, Canned.data(List.of(refund)));
        platform.answersTo(ORDER, 200, Json.write(Canned.object("order")));
    }

    @Override
    protected void finds(String mark, Money amount) {
        var refund = refund(Fate.SETTLED, amount, mark + ":1");
        platform.answersTo(Canned.REFUNDS, 200, Canned.data(List.of(refund)));
        platform.answersTo(ORDER, 200, Json.write(Canned.order(amount)));
        looked = true;
    }

    /** Whoever looks sees all refunds at once: one look is answered one way. */
    @Override
    protected void findsNothing() {
        if (looked) return;
        platform.answersTo(Canned.REFUNDS, 200, Canned.data(List.of()));
        platform.answersTo(ORDER, 200, Json.write(Canned.object("order")));
    }

    @Override
    protected void releases() {
        platform.answersTo(Canned.VOID, 201, "");
        platform.answersTo(
                ORDER, 200, Json.write(Canned.object("order").put("payment_status", "void")));
    }

    @Override
    protected void assertReleased() {
        assertThat(asked(Canned.VOID)).hasSize(1);
    }

    @Override
    protected String error(int status, String words) {
        return Canned.error(status, words);
    }

    @Override
    protected Sent sent(FakePlatform.Asked refund) {
        var sent = refund.json();
        assertThat(sent.at("/items/0/amount")).isEqualTo(sent.at("/payments/0/amount"));
        assertThat(sent.at("/items/0/amount").isNumber()).isTrue();
        return new Sent(
                sent.at("/items/0/reason").asText(), sent.at("/payments/0/amount").asText());
    }

    /** A JSON number, which needs no zeros behind. */
    @Override
    protected String written(Money amount) {
        return Json.parse(amount.decimal()).asText();
    }

    @Override
    protected List<Phase> unknownHere() {
        return Arrays.stream(Phase.values()).filter(phase -> phase != Phase.UNKNOWN).toList();
    }
}
