package shop.unwind.paypal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static shop.unwind.paypal.FakePayPal.CAPTURE;
import static shop.unwind.paypal.FakePayPal.DISPUTES;
import static shop.unwind.paypal.FakePayPal.HOLD;
import static shop.unwind.paypal.FakePayPal.ID;
import static shop.unwind.paypal.FakePayPal.ORDER;
import static shop.unwind.paypal.FakePayPal.REFUND;
import static shop.unwind.paypal.FakePayPal.TOKEN;
import static shop.unwind.paypal.FakePayPal.VOID;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.connector.Payments;
import shop.unwind.connector.PaymentsContract;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.Dispute;
import shop.unwind.domain.Dispute.Phase;
import shop.unwind.domain.Money;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Payment;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Plan.Why;
import shop.unwind.json.Json;
import shop.unwind.once.Attempt;
import shop.unwind.once.Found;
import shop.unwind.problem.Changed;
import shop.unwind.problem.Misconfigured;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Throttled;
import shop.unwind.problem.Unreachable;
import shop.unwind.problem.Unsure;
import shop.unwind.secrets.Tokens;
import shop.unwind.secrets.Tokens.Token;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.TestPlatform;
import shop.unwind.testing.TestTables;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

final class PayPalTest extends PaymentsContract {
    private static final Money PAID = new Money(4599, "USD");
    private static final Money NONE = Money.zero("USD");
    private static final Attempt ATTEMPT =
            new Attempt(CaseId.parse("shopify-1001-1"), "refund-p1", 1);
    private static final String MARK = "unwind.shopify-1001-1.refund-p1";
    private static final PaymentRef REF = new PaymentRef("paypal", ID);
    private static final Payment CAPTURED = new Payment(REF, NONE, PAID, NONE, List.of());
    private static final Payment HELD = new Payment(REF, PAID, NONE, NONE, List.of());
    private static final Map<String, String> SECRETS =
            Map.of("clientId", "client", "clientSecret", SECRET);
    private static final TestTables TABLES = new TestTables();

    private final FakePayPal fake = new FakePayPal(platform);
    private final ObjectNode settings = Json.object();
    private boolean found;

    PayPalTest() {
        new Tokens(TABLES.client(), TestTables.STEPS, "paypal", clock)
                .current(
                        _ -> new Token("A21.first", "", clock.instant().plus(Duration.ofHours(9))));
    }

    @AfterAll
    static void closeTables() {
        TABLES.close();
    }

    @Test
    void refund_shouldBearMarkAndKey_whenSent() {
        answers(Fate.SETTLED, PAID);

        var outcome = connector().refund(CAPTURED, PAID, Why.CUSTOMER, ATTEMPT);

        var asked = platform.lastAsked();
        assertThat(asked.json())
                .isEqualTo(
                        Json.parse(
                                """
                                {"amount": {"currency_code": "USD", "value": "45.99"},
                                 "custom_id": "unwind.shopify-1001-1.refund-p1",
                                 "note_to_payer": "Refund for order 1001"}
                                """));
        assertThat(asked.header("PayPal-Request-Id")).contains(ATTEMPT.uuid().toString());
        assertThat(asked.header("Prefer")).contains("return=representation");
        assertThat(outcome.words()).isEqualTo("refunded: 45.99 USD");
    }

    @ParameterizedTest
    @CsvSource({"105000, HUF, 1050", "199950, TWD, 1999", "1200, JPY, 1200", "5120, TND, 5.120"})
    void amount_shouldHaveTheDecimalsThatPayPalTakes(long minor, String currency, String written) {
        assertThat(Amounts.amount(new Money(minor, currency))).containsEntry("value", written);
    }

    @Test
    void amount_shouldBeRefused_whenPayPalMovesNoneSoSmall() {
        assertThatThrownBy(() -> Amounts.amount(new Money(99, "HUF")))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("amount_too_small");
    }

    @Test
    void refund_shouldBeDecidedAgain_whenSomebodyElseRefundedMeanwhile() {
        platform.answersTo(REFUND, 422, refusal("CAPTURE_FULLY_REFUNDED"));
        shows(new State(NONE, PAID, PAID, List.of()));

        assertThatThrownBy(() -> connector().refund(CAPTURED, PAID, Why.CUSTOMER, ATTEMPT))
                .isInstanceOf(Changed.class)
                .hasMessageContaining("CAPTURE_FULLY_REFUNDED");
    }

    @Test
    void refund_shouldBeLeftToTheBank_whenPayPalKnowsOfTheChargebackFirst() {
        shows(State.captured(PAID));
        platform.answersTo(REFUND, 422, refusal("REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK"));
        var disputed = new State(NONE, PAID, NONE, List.of(Phase.CHARGEBACK));
        shows(disputed);
        shows(disputed);

        assertThat(problem(plan(PAID))).isInstanceOf(Changed.class);

        assertThat(refund(plan(PAID)).result()).isEqualTo(Result.SKIPPED);
        assertThat(refunds()).hasSize(1);
    }

    @Test
    void refusal_shouldSayWhatToDoAndKeepTheDebugId() {
        shows(State.captured(PAID));
        platform.answersTo(REFUND, 422, refusal("REFUND_FAILED_INSUFFICIENT_FUNDS"));
        shows(State.captured(PAID));

        assertThat(problem(plan(PAID)))
                .isInstanceOf(Refused.class)
                .hasMessage(
                        "REFUND_FAILED_INSUFFICIENT_FUNDS: No. (debug id f1a2b3): add money to the"
                                + " PayPal balance, then run the case again");
    }

    @Test
    void refund_shouldBeLookedUp_whenAnEarlierOneIsUnderWay() {
        platform.answersTo(
                REFUND,
                409,
                FakePayPal.error("RESOURCE_CONFLICT", "PREVIOUS_REQUEST_IN_PROGRESS", "Wait."));

        assertThatThrownBy(() -> connector().refund(CAPTURED, PAID, Why.CUSTOMER, ATTEMPT))
                .isInstanceOf(Unsure.class);
    }

    @Test
    void refund_shouldWaitHalfAMinute_whenPayPalNamesNoPause() {
        platform.answersTo(REFUND, 429, refusal("RATE_LIMIT_REACHED"));

        assertThatThrownBy(() -> connector().refund(CAPTURED, PAID, Why.CUSTOMER, ATTEMPT))
                .isInstanceOf(Throttled.class)
                .hasMessage("asked to come back in 30 s");
    }

    @Test
    void refund_shouldGoToTheCapture_whenThePaymentIsAnAuthorisation() {
        var capture = FakePayPal.capture(PAID, "COMPLETED").put("id", "8CC279541U471931C");
        platform.answersTo(REFUND, 404, FakePayPal.missing());
        platform.answersTo(CAPTURE, 404, FakePayPal.missing());
        platform.answersTo(HOLD, 200, FakePayPal.hold(PAID, "CAPTURED").toString());
        platform.answersTo(ORDER, 200, FakePayPal.order("captures", List.of(capture)).toString());
        platform.answersTo("POST /v2/payments/captures/8CC279541U471931C/refund", 201, settled());

        var outcome = connector().refund(CAPTURED, PAID, Why.CUSTOMER, ATTEMPT);

        assertThat(outcome.result()).isEqualTo(Result.DONE);
    }

    @Test
    void read_shouldCountRefundsOnTheirWay() {
        fake.shows(
                FakePayPal.capture(PAID, "COMPLETED"),
                List.of(
                        FakePayPal.refund("R1", new Money(1000, "USD"), "PENDING", "x"),
                        FakePayPal.refund("R2", new Money(500, "USD"), "FAILED", "x")),
                List.of());

        assertThat(connector().read(ID).refunded()).isEqualTo(new Money(1000, "USD"));
    }

    @Test
    void read_shouldBeLeftToStaff_whenAPartIsRefundedAndTheOrderIsForgotten() {
        platform.answersTo(CAPTURE, 200, FakePayPal.capture(PAID, "PARTIALLY_REFUNDED").toString());
        platform.answersTo(ORDER, 404, FakePayPal.missing());
        fake.complains(List.of());

        assertThatThrownBy(() -> connector().read(ID))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("refunds_unknown");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-20T03:00:00-07:00, '', 2026-11-16T10:00:00Z",
        "2026-05-20T10:00:00Z, P90D, 2026-08-18T10:00:00Z"
    })
    @DisplayName("C29: a payment says until when it can be refunded")
    void read_shouldTellTheLastDay(String capturedAt, String refundable, Instant until) {
        settings.put("refundableFor", refundable);
        fake.shows(
                FakePayPal.capture(PAID, "COMPLETED").put("create_time", capturedAt),
                List.of(),
                List.of());

        assertThat(connector().read(ID).refundableUntil()).contains(until);
    }

    @Test
    void read_shouldKnowNoLastDay_whenPayPalSaysNotWhenItCaptured() {
        fake.shows(FakePayPal.capture(PAID, "COMPLETED"), List.of(), List.of());

        assertThat(connector().read(ID).refundableUntil()).isEmpty();
    }

    @Test
    void find_shouldNotTell_whenTheOrderIsForgotten() {
        platform.answersTo(CAPTURE, 200, FakePayPal.capture(PAID, "COMPLETED").toString());
        platform.answersTo(ORDER, 404, FakePayPal.missing());

        assertThat(connector().find(ID, ATTEMPT)).isInstanceOf(Found.CannotTell.class);
    }

    @Test
    void find_shouldSeeTheVoid() {
        fake.holds(FakePayPal.hold(PAID, "VOIDED"));

        assertThat(connector().find(ID, ATTEMPT))
                .isInstanceOfSatisfying(
                        Found.Done.class,
                        done -> assertThat(done.outcome().words()).endsWith("released"));
    }

    @Test
    void release_shouldBeAlreadyDone_whenItWasVoidedBefore() {
        platform.answersTo(VOID, 422, refusal("PREVIOUSLY_VOIDED"));

        assertThat(connector().release(HELD, ATTEMPT).result()).isEqualTo(Result.ALREADY);
    }

    @Test
    void release_shouldBeDecidedAgain_whenItWasCapturedMeanwhile() {
        platform.answersTo(VOID, 422, refusal("PREVIOUSLY_CAPTURED"));
        var capture = FakePayPal.capture(PAID, "COMPLETED").put("id", "8CC279541U471931C");
        platform.answersTo(CAPTURE, 404, FakePayPal.missing());
        platform.answersTo(HOLD, 200, FakePayPal.hold(PAID, "CAPTURED").toString());
        platform.answersTo(ORDER, 200, FakePayPal.order("captures", List.of(capture)).toString());
        fake.complains(List.of());
        fake.complains(List.of());

        assertThatThrownBy(() -> connector().release(HELD, ATTEMPT)).isInstanceOf(Changed.class);
    }

    @Test
    void release_shouldBeDone_whenPayPalAnswersWithoutAWord() {
        platform.answersTo(VOID, 204, "");

        assertThat(connector().release(HELD, ATTEMPT).result()).isEqualTo(Result.DONE);
    }

    @ParameterizedTest
    @CsvSource({
        "RESOLVED, INQUIRY, INTERNAL, RESOLVED_BUYER_FAVOUR, CLOSED_LOST",
        "RESOLVED, CHARGEBACK, EXTERNAL, RESOLVED_WITH_PAYOUT, CLOSED_LOST",
        "RESOLVED, CHARGEBACK, INTERNAL, CANCELED_BY_BUYER, CLOSED_WON",
        "RESOLVED, CHARGEBACK, INTERNAL, NONE, UNKNOWN",
        "WAITING_FOR_BUYER_RESPONSE, INQUIRY, INTERNAL, '', IN_REVIEW",
        "OPEN, PRE_ARBITRATION, EXTERNAL, '', CHARGEBACK",
        "OPEN, PRE_ARBITRATION, INTERNAL, '', UNKNOWN",
        "OPEN, INQUIRY, '', '', UNKNOWN",
        "OTHER, INQUIRY, INTERNAL, '', UNKNOWN"
    })
    void phase_shouldBeReadFromStatusStageAndChannel(
            String status, String stage, String channel, String outcome, Phase phase) {
        var dispute = FakePayPal.of(Json.object(), status, stage, channel);
        dispute.putObject("dispute_outcome").put("outcome_code", outcome);

        assertThat(Disputes.dispute(dispute.put("dispute_id", "PP-R-1"), false))
                .isEqualTo(new Dispute("PP-R-1", phase));
    }

    @Test
    void inquiry_shouldHaveTakenNothing_whenItEndedWithARefund() {
        var dispute = FakePayPal.resolved(Json.object(), "RESOLVED_BUYER_FAVOUR");

        assertThat(Disputes.dispute(dispute, true).phase()).isEqualTo(Phase.CLOSED_LOST);
        dispute.put("dispute_life_cycle_stage", "INQUIRY");
        assertThat(Disputes.dispute(dispute, true).phase()).isEqualTo(Phase.CLOSED_WON);
    }

    @Test
    void read_shouldBeRefused_whenDisputesGoOnBeyondThePage() {
        fake.shows(FakePayPal.capture(PAID, "COMPLETED"), List.of());
        platform.answersTo(DISPUTES, 200, "{\"links\":[{\"rel\":\"next\",\"href\":\"x\"}]}");

        assertThatThrownBy(() -> connector().read(ID))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("next_page");
    }

    @ParameterizedTest
    @ValueSource(strings = {CAPTURE, ORDER, DISPUTES})
    void read_shouldNotTakeAnErrorForAnAnswer(String call) {
        platform.answersTo(call, 200, FakePayPal.error("INTERNAL_SERVER_ERROR", "", "Oh."));
        shows(State.captured(PAID));

        assertThatThrownBy(() -> connector().read(ID)).isInstanceOf(Unreachable.class);
    }

    @Test
    void orderNumber_shouldBeTheInvoices_withoutItsPrefix() {
        var capture = FakePayPal.capture(PAID, "COMPLETED").put("invoice_id", "WC-1001");
        platform.answersTo(CAPTURE, 200, capture.toString());
        platform.answersTo(CAPTURE, 200, capture.toString());

        assertThat(connect(platform.url(), clock).orderNumber(ID)).contains("WC-1001");
        assertThat(payPal(settings().put("orderPrefix", "WC-")).orderNumber(ID)).contains("1001");
    }

    @Test
    void token_shouldBeRenewedOnce_whenPayPalTurnsItAway() {
        try (var tables = new TestTables()) {
            var payPal = payPal(tables);
            platform.answersTo(TOKEN, 200, FakePayPal.token("A21.second"));
            platform.answersTo(REFUND, 401, FakePayPal.error("AUTHENTICATION_FAILURE", "", "No."));
            platform.answersTo(TOKEN, 200, FakePayPal.token("A21.third"));
            platform.answersTo(REFUND, 201, settled());

            payPal.refund(CAPTURED, PAID, Why.CUSTOMER, ATTEMPT);

            assertThat(asked(REFUND))
                    .extracting(asked -> asked.header("Authorization").orElseThrow())
                    .containsExactly("Bearer A21.second", "Bearer A21.third");
            assertThat(asked(TOKEN))
                    .extracting(FakePlatform.Asked::body)
                    .containsOnly("grant_type=client_credentials");
        }
    }

    @Test
    void token_shouldNotBeIssued_whenCredentialsAreWrong() {
        try (var tables = new TestTables()) {
            platform.answersTo(TOKEN, 401, "{\"error\":\"invalid_client\"}");

            assertThatThrownBy(() -> payPal(tables).orderNumber(ID))
                    .isInstanceOf(Misconfigured.class)
                    .hasMessageContaining("clientSecret");
        }
    }

    @Test
    void probe_shouldNameTheFeature_whenTheAppLacksIt() {
        platform.answersTo(
                TOKEN,
                200,
                FakePayPal.token("A21", "https://uri.paypal.com/services/payments/refund"));

        assertThatThrownBy(() -> connector().probe())
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("disputes");
    }

    @Test
    void probe_shouldPass_whenTheAppHasAll() {
        platform.answersTo(TOKEN, 200, FakePayPal.token("A21"));
        fake.complains(List.of());

        connector().probe();

        assertThat(platform.lastAsked().path()).isEqualTo("/v1/customer/disputes?page_size=1");
    }

    @Test
    void mark_shouldFitPayPalsField_howeverLongTheStep() {
        var attempt = new Attempt(CaseId.parse("shopify-1001-1"), "refund-" + "x".repeat(200), 1);

        assertThat(Mark.of(attempt)).hasSizeLessThan(127).startsWith("unwind.");
        assertThat(Mark.of(ATTEMPT)).isEqualTo(MARK);
    }

    @Override
    protected Payments connect(String baseUrl, InstantSource clock) {
        settings.put("baseUrl", baseUrl);
        return new PayPal(TestPlatform.of("paypal", settings, SECRETS, TABLES, clock));
    }

    @Override
    protected String payment() {
        return ID;
    }

    @Override
    protected void shows(State state) {
        if (!state.captured().isPositive()) {
            var held = state.authorised().isPositive();
            fake.holds(FakePayPal.hold(PAID, held ? "CREATED" : "VOIDED"));
            return;
        }
        var refunds =
                state.refunded().isPositive()
                        ? List.of(FakePayPal.refund("R1", state.refunded(), "COMPLETED", "x"))
                        : List.<ObjectNode>of();
        var disputes =
                IntStream.range(0, state.disputes().size())
                        .mapToObj(at -> FakePayPal.dispute(at + 1, state.disputes().get(at)))
                        .toList();
        fake.shows(FakePayPal.capture(state.captured(), status(state)), refunds, disputes);
    }

    private static String status(State state) {
        if (!state.refunded().isPositive()) return "COMPLETED";
        return state.refunded().equals(state.captured()) ? "REFUNDED" : "PARTIALLY_REFUNDED";
    }

    @Override
    protected String refundCall() {
        return REFUND;
    }

    @Override
    protected void answers(Fate fate, Money amount) {
        if (fate == Fate.REFUSED) platform.answersTo(REFUND, 422, refusal("REFUND_NOT_ALLOWED"));
        else platform.answersTo(REFUND, 201, refund(fate, amount));
    }

    @Override
    protected void stands(Fate fate) {
        platform.answersTo("GET /v2/payments/refunds/", 200, refund(fate, PAID));
    }

    private static String refund(Fate fate, Money amount) {
        var status =
                switch (fate) {
                    case SETTLED -> "COMPLETED";
                    case PENDING -> "PENDING";
                    case UNHEARD_OF -> "TELEPORTED";
                    case REFUSED, CAME_BACK -> "FAILED";
                };
        return FakePayPal.refund("1JU08902781691411", amount, status, MARK).toString();
    }

    private static String settled() {
        return refund(Fate.SETTLED, PAID);
    }

    @Override
    protected void finds(String mark, Money amount) {
        found = true;
        var refund = FakePayPal.refund("R1", amount, "COMPLETED", mark.replace(':', '.'));
        fake.shows(FakePayPal.capture(PAID, "REFUNDED"), List.of(refund));
    }

    /** After a find of another's refund the same look has shown that there is none of ours. */
    @Override
    protected void findsNothing() {
        if (!found) fake.shows(FakePayPal.capture(PAID, "COMPLETED"), List.of());
    }

    @Override
    protected void releases() {
        platform.answersTo(VOID, 200, FakePayPal.hold(PAID, "VOIDED").toString());
    }

    @Override
    protected void assertReleased() {
        assertThat(asked(VOID)).hasSize(1);
    }

    /** A token that is turned away is replaced once, so that there are two such answers. */
    @Override
    protected String error(int status, String words) {
        var error = FakePayPal.error("SOME_NAME", "", words);
        if (status == 401) {
            platform.answersTo(TOKEN, 200, FakePayPal.token("A21.next"));
            platform.answersTo(REFUND, status, error);
        }
        return error;
    }

    @Override
    protected Sent sent(FakePlatform.Asked refund) {
        return new Sent(
                refund.header("PayPal-Request-Id").orElseThrow(),
                refund.json().at("/amount/value").asText());
    }

    @Override
    protected String written(Money amount) {
        return amount.decimal();
    }

    private static String refusal(String issue) {
        return FakePayPal.error("UNPROCESSABLE_ENTITY", issue, "No.");
    }

    private Payments payPal(ObjectNode settings) {
        return new PayPal(TestPlatform.of("paypal", settings, SECRETS, TABLES, clock));
    }

    private Payments payPal(TestTables tables) {
        return new PayPal(TestPlatform.of("paypal", settings(), SECRETS, tables, clock));
    }

    private ObjectNode settings() {
        return Json.object().put("baseUrl", platform.url());
    }
}
