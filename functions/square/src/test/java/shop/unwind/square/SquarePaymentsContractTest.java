package shop.unwind.square;

import static org.assertj.core.api.Assertions.assertThat;

import static shop.unwind.square.FakeSquare.GET_PAYMENT;
import static shop.unwind.square.FakeSquare.GET_REFUND;
import static shop.unwind.square.FakeSquare.REFUND;

import shop.unwind.connector.Payments;
import shop.unwind.connector.PaymentsContract;
import shop.unwind.domain.Dispute.Phase;
import shop.unwind.domain.Money;
import shop.unwind.json.Json;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.TestPlatform;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What was paid through Square. */
final class SquarePaymentsContractTest extends PaymentsContract {
    private static final String ID = "R2B3Z8WMVt3EAmzYWLZvz7Y69EbZY_1";
    private boolean looked;

    @Override
    protected Payments connect(String baseUrl, InstantSource clock) {
        var settings = Json.object().put("baseUrl", baseUrl);
        return new Square(
                TestPlatform.of("square", settings, Map.of("accessToken", SECRET), clock));
    }

    @Override
    protected String payment() {
        return FakeSquare.PAYMENT;
    }

    @Override
    protected void shows(State state) {
        answersPayment(state, "by hand");
        var disputes =
                IntStream.range(0, state.disputes().size())
                        .mapToObj(at -> FakeSquare.dispute("DSP" + at, state.disputes().get(at)))
                        .toList();
        platform.answersTo(FakeSquare.DISPUTES, 200, FakeSquare.disputes(disputes));
    }

    private void answersPayment(State state, String reason) {
        var held = state.authorised().isPositive();
        var taken = state.captured().isPositive();
        var status = held ? "APPROVED" : taken ? "COMPLETED" : "CANCELED";
        var payment = FakeSquare.payment(status, held ? state.authorised() : state.captured());
        if (state.refunded().isPositive()) {
            payment.set("refunded_money", FakeSquare.money(state.refunded()));
            payment.putArray("refund_ids").add(ID);
            var refund = FakeSquare.refund(ID, state.refunded(), "COMPLETED", reason);
            platform.answersTo(GET_REFUND + ID, 200, FakeSquare.body("refund", refund));
        }
        platform.answersTo(GET_PAYMENT, 200, FakeSquare.body("payment", payment));
    }

    @Override
    protected String refundCall() {
        return REFUND;
    }

    @Override
    protected void answers(Fate fate, Money amount) {
        if (fate == Fate.REFUSED)
            platform.answersTo(
                    REFUND, 400, FakeSquare.error("REFUND_ERROR", "REFUND_DECLINED", "No."));
        else platform.answersTo(REFUND, 200, refund(fate, amount));
    }

    @Override
    protected void stands(Fate fate) {
        platform.answersTo(GET_REFUND, 200, refund(fate, new Money(4599, "USD")));
    }

    private static String refund(Fate fate, Money amount) {
        var status =
                switch (fate) {
                    case SETTLED -> "COMPLETED";
                    case PENDING -> "PENDING";
                    case UNHEARD_OF -> "PERHAPS";
                    case CAME_BACK -> "FAILED";
                    case REFUSED -> "REJECTED";
                };
        return FakeSquare.body("refund", FakeSquare.refund(ID, amount, status, "unwind"));
    }

    @Override
    protected void finds(String mark, Money amount) {
        var state = State.captured(amount);
        answersPayment(new State(state.authorised(), amount, amount, List.of()), mark);
        looked = true;
    }

    /** Whoever looks sees all refunds at once: one look is answered one way. */
    @Override
    protected void findsNothing() {
        if (!looked) answersPayment(State.captured(new Money(4599, "USD")), "");
    }

    @Override
    protected void releases() {
        var payment = FakeSquare.payment("CANCELED", new Money(4599, "USD"));
        platform.answersTo(FakeSquare.VOID, 200, FakeSquare.body("payment", payment));
    }

    @Override
    protected void assertReleased() {
        assertThat(asked(FakeSquare.VOID)).hasSize(1);
    }

    @Override
    protected String error(int status, String words) {
        return FakeSquare.error(status, words);
    }

    @Override
    protected Sent sent(FakePlatform.Asked refund) {
        var sent = refund.json();
        var money = sent.path("amount_money");
        return new Sent(
                sent.path("idempotency_key").asText(),
                money.path("amount") + " " + money.path("currency").asText());
    }

    @Override
    protected String written(Money amount) {
        return amount.minor() + " " + amount.currency();
    }

    @Override
    protected List<Phase> unknownHere() {
        return List.of(Phase.FRAUD_WARNING, Phase.CLAIM);
    }
}
