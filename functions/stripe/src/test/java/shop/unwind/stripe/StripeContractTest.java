package shop.unwind.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import shop.unwind.domain.CaseId;
import shop.unwind.domain.Money;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Payment;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Plan.Why;
import shop.unwind.json.Json;
import shop.unwind.once.Attempt;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.FakePlatform.Asked;
import shop.unwind.testing.Onward;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestPlatform;
import shop.unwind.testing.VendorContract;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What we send to Stripe, and what our canned answers say, against Stripe's own description. */
final class StripeContractTest {
    private static final Money PAID = new Money(4599, "USD");
    private static final Attempt ATTEMPT =
            new Attempt(CaseId.parse("shopify-1001-1"), "refund-p1", 1);

    private static VendorContract contract;

    private final FakePlatform platform = new FakePlatform();
    private final FakeStripe fake = new FakeStripe(platform);

    @BeforeAll
    static void readContract() {
        contract = VendorContract.of("stripe/stripe-openapi.json");
    }

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void requests_shouldBeAsStripeDescribesThem() {
        everyOperation();

        assertThat(platform.asked()).hasSize(15);
        assertThat(platform.asked()).allSatisfy(asked -> assertThat(wrong(asked)).isEmpty());
    }

    @Test
    void request_shouldBeFoundWrong_whenAFieldIs() {
        everyOperation();
        var refund = platform.asked().stream().filter(it -> it.body().contains("amount")).toList();
        var right = refund.getFirst();

        for (var wrongBody :
                List.of(
                        right.body().replace("amount=4599", "amount=45.99"),
                        right.body().replace("requested_by_customer", "changed_my_mind"),
                        right.body() + "&order=1001"))
            assertThat(wrong(like(right, "/v1/refunds", wrongBody))).isNotEmpty();
        assertThat(wrong(like(right, "/v1/refund", right.body()))).isNotEmpty();
        assertThat(wrong(like(right, "/v1/refunds?payment=pi_1", right.body()))).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "payment_captured, GET, /v1/payment_intents/pi_1",
        "payment_authorised, GET, /v1/payment_intents/pi_1",
        "payment_unpaid, GET, /v1/payment_intents/pi_1",
        "payment_canceled, POST, /v1/payment_intents/pi_1/cancel",
        "charge_without_intent, GET, /v1/charges/ch_1",
        "refund_succeeded, POST, /v1/refunds",
        "refund_pending, POST, /v1/refunds",
        "refund_failed, POST, /v1/refunds",
        "refund_failed, GET, /v1/refunds/re_1",
        "dispute_chargeback, GET, /v1/disputes/dp_1",
        "dispute_inquiry, GET, /v1/disputes/dp_1",
        "dispute_in_review, GET, /v1/disputes/dp_1",
        "dispute_won, GET, /v1/disputes/dp_1",
        "dispute_lost, GET, /v1/disputes/dp_1",
        "dispute_prevented, GET, /v1/disputes/dp_1",
        "fraud_warning, GET, /v1/radar/early_fraud_warnings/issfr_1",
        "session_open, GET, /v1/checkout/sessions/cs_1",
        "session_expired, POST, /v1/checkout/sessions/cs_1/expire",
    })
    void cannedAnswer_shouldBeAsStripeDescribesIt(String name, String method, String path) {
        var answer = new Onward.Reply(200, Canned.text(name), Map.of());

        assertThat(contract.complaints(path, method, answer)).isEmpty();
    }

    private void everyOperation() {
        var settings = Json.object().put("baseUrl", platform.url());
        var connector =
                new Stripe(
                        TestPlatform.of(
                                "stripe",
                                settings,
                                Map.of("apiKey", "sk_test_1"),
                                new TestClock()));
        fake.shows(Canned.object("payment_captured"));
        var captured = connector.read("pi_1");
        platform.answersTo(FakeStripe.REFUND, 200, Canned.text("refund_succeeded"));
        connector.refund(captured, PAID, Why.CUSTOMER, ATTEMPT);
        platform.answersTo(FakeStripe.REFUNDS, 200, Canned.list());
        platform.answersTo(FakeStripe.INTENT, 200, Canned.text("payment_captured"));
        connector.find("pi_1", ATTEMPT);
        platform.answersTo(
                FakeStripe.CANCEL, 400, Canned.text("error_payment_intent_unexpected_state"));
        platform.answersTo(FakeStripe.SESSIONS, 200, Canned.list(Canned.object("session_open")));
        platform.answersTo(FakeStripe.EXPIRE, 200, Canned.text("session_expired"));
        var none = Money.zero("USD");
        connector.release(
                new Payment(new PaymentRef("stripe", "pi_1"), PAID, none, none, List.of()),
                ATTEMPT);
        platform.answersTo("GET /v1/charges/ch_1", 200, Canned.text("charge_without_intent"));
        connector.orderNumber("ch_1");
        var charge = new Payment(new PaymentRef("stripe", "ch_1"), none, PAID, none, List.of());
        platform.answersTo(FakeStripe.REFUND, 200, Canned.text("refund_pending"));
        connector.refund(charge, PAID, Why.FRAUD, ATTEMPT);
        platform.answersTo(FakeStripe.REFUNDS, 200, Canned.list());
        connector.probe();
        platform.answersTo(FakeStripe.INTENT, 200, Canned.text("payment_captured"));
        connector.orderNumber("pi_1");
        platform.answersTo("GET /v1/refunds/re_1", 200, Canned.text("refund_succeeded"));
        connector.follow(
                new Outcome(
                        "refund-pi_1",
                        "stripe",
                        Result.PENDING,
                        "re_1",
                        Optional.of(PAID),
                        "refund on its way",
                        Instant.EPOCH));
    }

    private List<String> wrong(Asked asked) {
        return contract.complaints(asked.path().replaceAll("\\?.*", ""), asked);
    }

    private static Asked like(Asked right, String path, String body) {
        return new Asked(right.method(), path, right.headers(), body);
    }
}
