package shop.unwind.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static shop.unwind.stripe.FakeStripe.CANCEL;
import static shop.unwind.stripe.FakeStripe.DISPUTES;
import static shop.unwind.stripe.FakeStripe.EXPIRE;
import static shop.unwind.stripe.FakeStripe.INTENT;
import static shop.unwind.stripe.FakeStripe.REFUND;
import static shop.unwind.stripe.FakeStripe.REFUNDS;
import static shop.unwind.stripe.FakeStripe.SESSIONS;
import static shop.unwind.stripe.FakeStripe.WARNINGS;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import shop.unwind.connector.Payments;
import shop.unwind.connector.PaymentsContract;
import shop.unwind.connector.Platform;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.Dispute;
import shop.unwind.domain.Dispute.Phase;
import shop.unwind.domain.Money;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Payment;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Plan.Why;
import shop.unwind.json.Json;
import shop.unwind.once.Attempt;
import shop.unwind.once.Found;
import shop.unwind.problem.Changed;
import shop.unwind.problem.Misconfigured;
import shop.unwind.problem.Problem;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Throttled;
import shop.unwind.problem.Unreachable;
import shop.unwind.problem.Unsure;
import shop.unwind.secrets.Secrets;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.TestPlatform;
import shop.unwind.testing.TestSecrets;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class StripeTest extends PaymentsContract {
    private static final Money PAID = new Money(4599, "USD");
    private static final Money NONE = Money.zero("USD");
    private static final Attempt ATTEMPT =
            new Attempt(CaseId.parse("shopify-1001-1"), "refund-p1", 1);

    private static final Outcome PENDING =
            new Outcome(
                    "refund-pi_1",
                    "stripe",
                    Result.PENDING,
                    "re_1",
                    Optional.of(PAID),
                    "refund on its way",
                    Instant.EPOCH);

    private static final PaymentRef REF = new PaymentRef("stripe", "pi_1");
    private static final Payment CAPTURED = new Payment(REF, NONE, PAID, NONE, List.of());
    private static final Payment HELD = new Payment(REF, PAID, NONE, NONE, List.of());

    private final FakeStripe fake = new FakeStripe(platform);

    @Test
    void refund_shouldBearCaseStepAndReason_whenSent() {
        platform.answersTo(REFUND, 200, Canned.text("refund_succeeded"));

        var outcome = connector().refund(CAPTURED, PAID, Why.CUSTOMER, ATTEMPT);

        assertThat(FakeStripe.form(platform.lastAsked()))
                .containsOnly(
                        Map.entry("payment_intent", "pi_1"),
                        Map.entry("amount", "4599"),
                        Map.entry("reason", "requested_by_customer"),
                        Map.entry("metadata[unwind_case]", "shopify-1001-1"),
                        Map.entry("metadata[unwind_step]", ATTEMPT.mark()));
        assertThat(platform.lastAsked().header("Idempotency-Key")).contains(ATTEMPT.key());
        assertThat(platform.lastAsked().header("Stripe-Version")).contains("2026-07-29.dahlia");
        assertThat(outcome.reference()).isEqualTo("re_1");
        assertThat(outcome.words()).isEqualTo("refunded: 45.99 USD");
    }

    @Test
    void refund_shouldBlockTheCard_whenItWasFraud() {
        platform.answersTo(REFUND, 200, Canned.text("refund_succeeded"));

        connector().refund(CAPTURED, PAID, Why.FRAUD, ATTEMPT);

        assertThat(FakeStripe.form(platform.lastAsked())).containsEntry("reason", "fraudulent");
    }

    @Test
    void refund_shouldBeRefused_whenItFailsAtOnce() {
        platform.answersTo(REFUND, 200, Canned.text("refund_failed"));
        fake.shows(FakeStripe.captured(PAID, NONE));

        assertThatThrownBy(() -> connector().refund(CAPTURED, PAID, Why.CUSTOMER, ATTEMPT))
                .isInstanceOf(Refused.class)
                .hasMessage("expired_or_canceled_card: refund re_1 came to nothing");
    }

    @Test
    void refund_shouldBeDecidedAgain_whenSomebodyElseRefundedMeanwhile() {
        platform.answersTo(REFUND, 400, Canned.text("error_charge_already_refunded"));
        fake.shows(FakeStripe.captured(PAID, PAID));

        assertThatThrownBy(() -> connector().refund(CAPTURED, PAID, Why.CUSTOMER, ATTEMPT))
                .isInstanceOf(Changed.class)
                .hasMessageContaining("charge_already_refunded");
    }

    @Test
    void refund_shouldBeLeftToTheBank_whenStripeKnowsOfTheChargebackFirst() {
        fake.shows(FakeStripe.captured(PAID, NONE));
        platform.answersTo(REFUND, 400, Canned.text("error_charge_disputed"));
        var chargeback = List.of(FakeStripe.dispute(Phase.CHARGEBACK));
        fake.shows(FakeStripe.captured(PAID, NONE), List.of(), chargeback);
        fake.shows(FakeStripe.captured(PAID, NONE), List.of(), chargeback);

        assertThat(problem(plan(PAID))).isInstanceOf(Changed.class);

        assertThat(refund(plan(PAID)).result()).isEqualTo(Result.SKIPPED);
        assertThat(refunds()).hasSize(1);
    }

    @Test
    void refund_shouldBeRefused_whenNothingExplainsTheRefusal() {
        platform.answersTo(REFUND, 400, Canned.text("error_charge_disputed"));
        fake.shows(FakeStripe.captured(PAID, NONE));

        assertThatThrownBy(() -> connector().refund(CAPTURED, PAID, Why.CUSTOMER, ATTEMPT))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("charge_disputed: Charge ch_1 has been charged back");
    }

    @ParameterizedTest
    @CsvSource({
        "error_resource_missing, 404, NotFound",
        "error_resource_missing, 400, NotFound",
        "error_idempotency, 400, Refused",
        "error_idempotency_key_in_use, 409, Unsure",
        "error_lock_timeout, 429, Throttled",
        "error_balance_insufficient, 402, Refused",
        "error_balance_insufficient, 403, Misconfigured",
    })
    void refund_shouldFailByKind_whenStripeSaysNo(String error, int status, String kind) {
        platform.answersTo(REFUND, status, Canned.text(error));
        fake.shows(FakeStripe.captured(PAID, NONE));

        assertThatThrownBy(() -> connector().refund(CAPTURED, PAID, Why.CUSTOMER, ATTEMPT))
                .isInstanceOf(Problem.class)
                .extracting(problem -> problem.getClass().getSimpleName())
                .isEqualTo(kind);
    }

    @Test
    void problem_shouldNameTheRequest_soThatStripeCanBeAsked() {
        var headers = Map.of("Request-Id", "req_42");
        platform.answersTo(REFUND, 500, error(500, "An unknown error occurred"), headers);

        assertThatThrownBy(() -> connector().refund(CAPTURED, PAID, Why.CUSTOMER, ATTEMPT))
                .hasMessage("An unknown error occurred (request req_42)");
    }

    @Test
    void pause_shouldBeStripes_whenItNamesOne() {
        platform.answersTo(
                REFUND, 429, Canned.text("error_lock_timeout"), Map.of("Retry-After", "7"));

        assertThatThrownBy(() -> connector().refund(CAPTURED, PAID, Why.CUSTOMER, ATTEMPT))
                .isInstanceOf(Throttled.class)
                .hasMessage("asked to come back in 7 s");
    }

    @Test
    void amount_shouldBeRoundedDown_whenStripeTakesNoFinerOne() {
        var asked = new Money(5124, "KWD");
        platform.answersTo(
                REFUND,
                200,
                FakeStripe.refund("refund_succeeded", new Money(5120, "KWD")).toString());
        var payment = new Payment(REF, NONE, asked, NONE, List.of());

        var outcome = connector().refund(payment, asked, Why.CUSTOMER, ATTEMPT);

        assertThat(outcome.words()).isEqualTo("refunded: 5.120 KWD");
        assertThat(FakeStripe.form(platform.lastAsked())).containsEntry("amount", "5120");
    }

    @ParameterizedTest
    @CsvSource({
        "warning_needs_response, true, INQUIRY",
        "warning_under_review, true, INQUIRY",
        "warning_needs_response, false, CHARGEBACK",
        "needs_response, false, CHARGEBACK",
        "needs_response, true, UNKNOWN",
        "under_review, false, IN_REVIEW",
        "won, false, CLOSED_WON",
        "warning_closed, true, CLOSED_WON",
        "lost, false, CLOSED_LOST",
        "prevented, true, UNKNOWN",
        "teleported, true, UNKNOWN",
    })
    void dispute_shouldBeInPhase_whenStripeSays(String status, boolean refundable, Phase phase) {
        var dispute = Canned.object("dispute_chargeback").put("status", status);
        dispute.put("is_charge_refundable", refundable);
        fake.shows(FakeStripe.captured(PAID, NONE), List.of(), List.of(dispute));

        assertThat(connector().read("pi_1").disputes()).containsExactly(new Dispute("dp_1", phase));
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 0"})
    void fraudWarning_shouldCount_onlyWhileActionable(boolean actionable, int warnings) {
        platform.answersTo(INTENT, 200, Canned.text("payment_captured"));
        var warning = Canned.object("fraud_warning").put("actionable", actionable);
        fake.surroundings(List.of(), List.of(), List.of(warning));

        assertThat(connector().read("pi_1").disputes()).hasSize(warnings);
    }

    @Test
    void pendingRefund_shouldCount_whenTheChargeDoesNotCountItYet() {
        var pending = FakeStripe.refund("refund_pending", new Money(1000, "USD"));
        var failed = FakeStripe.refund("refund_failed", new Money(2000, "USD"));
        fake.shows(FakeStripe.captured(PAID, NONE), List.of(pending, failed), List.of());

        assertThat(connector().read("pi_1").refunded()).isEqualTo(new Money(1000, "USD"));
    }

    @ParameterizedTest
    @CsvSource({"refund_succeeded, DONE", "refund_pending, PENDING", "refund_failed, FAILED"})
    void refund_shouldBeFollowed_untilItHasArrivedOrComeBack(String now, Result result) {
        platform.answersTo("GET /v1/refunds/re_1", 200, FakeStripe.refund(now, PAID).toString());

        var outcome = connector().follow(PENDING);

        assertThat(outcome.result()).isEqualTo(result);
        assertThat(outcome.reference()).isEqualTo("re_1");
        assertThat(outcome.amount()).contains(PAID);
    }

    @Test
    void followedRefund_shouldStayUnclear_whenItsStatusIsNewToUs() {
        var teleported = FakeStripe.refund("refund_pending", PAID).put("status", "teleported");
        platform.answersTo("GET /v1/refunds/re_1", 200, teleported.toString());

        assertThatThrownBy(() -> connector().follow(PENDING)).isInstanceOf(Unsure.class);
    }

    @Test
    void unpaidIntent_shouldCountAsOpen_soThatItIsCancelledBeforeItIsPaid() {
        fake.shows(Canned.object("payment_unpaid"));

        assertThat(connector().read("pi_1").authorised()).isEqualTo(PAID);
    }

    @Test
    void intent_shouldBeLeftToPeople_whenItsStatusIsUnknown() {
        fake.shows(Canned.object("payment_captured").put("status", "teleported"));

        assertThatThrownBy(() -> connector().read("pi_1"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("teleported");
    }

    @Test
    void list_shouldBeLeftToPeople_whenItGoesOn() {
        var more = Json.object().put("object", "list").put("has_more", true);
        more.putArray("data");
        platform.answersTo(INTENT, 200, Canned.text("payment_captured"));
        platform.answersTo(REFUNDS, 200, Canned.list());
        platform.answersTo(DISPUTES, 200, more.toString());
        platform.answersTo(WARNINGS, 200, Canned.list());

        assertThatThrownBy(() -> connector().read("pi_1"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("has_more");
    }

    @Test
    void read_shouldBeUnreachable_whenSuccessBringsAnError() {
        platform.answersTo(FakeStripe.INTENT, 200, "{\"error\":{\"type\":\"api_error\"}}");
        fake.surroundings(List.of(), List.of(), List.of());

        assertThatThrownBy(() -> connector().read("pi_1")).isInstanceOf(Unreachable.class);
    }

    @Test
    void read_shouldBeUnreachable_whenItsAnswerIsLost() {
        platform.losesTheAnswer().losesTheAnswer().losesTheAnswer().losesTheAnswer();

        assertThatThrownBy(() -> connector().read("pi_1")).isInstanceOf(Unreachable.class);
    }

    @Test
    void charge_shouldBeRefundedItself_whenItHasNoIntent() {
        platform.answersTo("GET /v1/charges/ch_1", 200, Canned.text("charge_without_intent"));
        fake.surroundings(List.of(), List.of(), List.of());
        platform.answersTo(REFUND, 200, Canned.text("refund_succeeded"));

        var payment = connector().read("ch_1");
        connector().refund(payment, PAID, Why.CUSTOMER, ATTEMPT);

        assertThat(payment.captured()).isEqualTo(PAID);
        assertThat(asked(DISPUTES)).allMatch(asked -> asked.path().contains("charge=ch_1"));
        assertThat(FakeStripe.form(platform.lastAsked()))
                .containsEntry("charge", "ch_1")
                .doesNotContainKey("payment_intent");
    }

    @Test
    void release_shouldBearTheKey_whenSent() {
        platform.answersTo(CANCEL, 200, Canned.text("payment_canceled"));

        assertThat(connector().release(HELD, ATTEMPT).result()).isEqualTo(Result.DONE);
        assertThat(platform.lastAsked().header("Idempotency-Key")).contains(ATTEMPT.key());
    }

    @Test
    void release_shouldBeDecidedAgain_whenTheMoneyWasCapturedMeanwhile() {
        platform.answersTo(CANCEL, 400, Canned.text("error_payment_intent_unexpected_state"));
        platform.answersTo(SESSIONS, 200, Canned.list());
        fake.shows(FakeStripe.captured(PAID, NONE));

        assertThatThrownBy(() -> connector().release(HELD, ATTEMPT)).isInstanceOf(Changed.class);
    }

    @Test
    void release_shouldBeAlreadyDone_whenSomebodyElseCancelled() {
        platform.answersTo(CANCEL, 400, Canned.text("error_payment_intent_unexpected_state"));
        platform.answersTo(SESSIONS, 200, Canned.list());
        fake.shows(Canned.object("payment_canceled"));

        assertThat(connector().release(HELD, ATTEMPT).result()).isEqualTo(Result.ALREADY);
    }

    @Test
    void release_shouldExpireTheSession_whenTheIntentBelongsToCheckout() {
        platform.answersTo(CANCEL, 400, Canned.text("error_payment_intent_unexpected_state"));
        platform.answersTo(SESSIONS, 200, Canned.list(Canned.object("session_open")));
        platform.answersTo(EXPIRE, 200, Canned.text("session_expired"));

        var outcome = connector().release(HELD, ATTEMPT);

        assertThat(outcome.result()).isEqualTo(Result.DONE);
        assertThat(outcome.reference()).isEqualTo("cs_1");
    }

    @Test
    void release_shouldBeDecidedAgain_whenTheSessionWasPaidMeanwhile() {
        platform.answersTo(CANCEL, 400, Canned.text("error_payment_intent_unexpected_state"));
        platform.answersTo(SESSIONS, 200, Canned.list(Canned.object("session_open")));
        platform.answersTo(EXPIRE, 400, Canned.text("error_session_not_open"));
        fake.shows(FakeStripe.captured(PAID, NONE));

        assertThatThrownBy(() -> connector().release(HELD, ATTEMPT)).isInstanceOf(Changed.class);
    }

    @Test
    void find_shouldFindTheRelease_whenTheIntentIsCanceled() {
        platform.answersTo(REFUNDS, 200, Canned.list());
        platform.answersTo(INTENT, 200, Canned.text("payment_canceled"));

        assertThat(connector().find("pi_1", ATTEMPT)).isInstanceOf(Found.Done.class);
    }

    @Test
    void find_shouldPassOverOurRefund_whenItFailed() {
        platform.answersTo(REFUNDS, 200, Canned.list(Canned.object("refund_failed")));
        platform.answersTo(INTENT, 200, Canned.text("payment_captured"));

        assertThat(connector().find("pi_1", ATTEMPT)).isEqualTo(new Found.Nothing());
    }

    @Test
    void orderNumber_shouldBeReadFromMetadata_underTheShopsKey() {
        platform.answersTo(INTENT, 200, Canned.text("payment_captured"));
        platform.answersTo("GET /v1/charges/ch_1", 200, Canned.text("charge_without_intent"));
        platform.answersTo(INTENT, 200, Canned.text("payment_captured"));

        assertThat(connector().orderNumber("pi_1")).contains("1001");
        assertThat(connector().orderNumber("ch_1")).contains("1002");
        assertThat(stripe(settings().put("orderKey", "cart")).orderNumber("pi_1")).isEmpty();
    }

    @Test
    void account_shouldBeNamed_whenSet() {
        platform.answersTo(REFUNDS, 200, Canned.list());

        stripe(settings().put("stripeAccount", "acct_7")).probe();

        assertThat(platform.lastAsked().header("Stripe-Account")).contains("acct_7");
    }

    @Test
    void probe_shouldNameTheKey_whenItLacksPermission() {
        platform.answersTo(REFUNDS, 403, error(403, "The provided key does not have access"));

        assertThatThrownBy(() -> connector().probe())
                .isInstanceOf(Misconfigured.class)
                .hasMessageStartingWith("secret unwind/stripe: field apiKey");
    }

    @Test
    void key_shouldBeTakenUp_whenItWasChanged() {
        platform.answersTo(REFUNDS, 200, Canned.list()).answersTo(REFUNDS, 200, Canned.list());
        var fields = new HashMap<>(Map.of("apiKey", "sk_test_old"));
        var secrets = new Secrets(new TestSecrets(Map.of("stripe", fields)), clock);
        var template = TestPlatform.of("stripe", settings(), Map.of(), clock);
        var stripe =
                new Stripe(new Platform("stripe", settings(), secrets, template.tokens(), clock));
        stripe.probe();

        fields.put("apiKey", "sk_test_new");
        clock.pass(Duration.ofMinutes(6));
        stripe.probe();

        assertThat(platform.asked())
                .extracting(asked -> asked.header("Authorization").orElseThrow())
                .containsExactly("Bearer sk_test_old", "Bearer sk_test_new");
    }

    @Override
    protected Payments connect(String baseUrl, InstantSource clock) {
        var settings = Json.object().put("baseUrl", baseUrl);
        return new Stripe(TestPlatform.of("stripe", settings, Map.of("apiKey", SECRET), clock));
    }

    @Override
    protected String payment() {
        return "pi_1";
    }

    @Override
    protected void shows(State state) {
        platform.answersTo(INTENT, 200, intent(state).toString());
        var refunds =
                state.refunded().isPositive()
                        ? List.of(byHand(state.refunded()))
                        : List.<ObjectNode>of();
        var disputes =
                state.disputes().stream().filter(phase -> phase != Phase.FRAUD_WARNING).toList();
        var warnings =
                state.disputes().stream().filter(phase -> phase == Phase.FRAUD_WARNING).toList();
        fake.surroundings(
                refunds,
                disputes.stream().map(FakeStripe::dispute).toList(),
                warnings.stream().map(FakeStripe::dispute).toList());
    }

    @Override
    protected String refundCall() {
        return REFUND;
    }

    @Override
    protected void answers(Fate fate, Money amount) {
        platform.answersTo(REFUND, fate == Fate.REFUSED ? 400 : 200, refund(fate, amount));
    }

    @Override
    protected void stands(Fate fate) {
        platform.answersTo("GET /v1/refunds/", 200, refund(fate, PAID));
    }

    private static String refund(Fate fate, Money amount) {
        return switch (fate) {
            case SETTLED -> FakeStripe.refund("refund_succeeded", amount).toString();
            case PENDING -> FakeStripe.refund("refund_pending", amount).toString();
            case UNHEARD_OF ->
                    FakeStripe.refund("refund_succeeded", amount)
                            .put("status", "teleported")
                            .toString();
            case REFUSED -> Canned.text("error_balance_insufficient");
            case CAME_BACK -> FakeStripe.refund("refund_failed", amount).toString();
        };
    }

    @Override
    protected void finds(String mark, Money amount) {
        var refund = FakeStripe.refund("refund_succeeded", amount);
        refund.putObject("metadata").put("unwind_step", mark);
        platform.answersTo(REFUNDS, 200, Canned.list(refund));
    }

    @Override
    protected void findsNothing() {
        platform.answersTo(REFUNDS, 200, Canned.list());
        platform.answersTo(INTENT, 200, Canned.text("payment_captured"));
    }

    @Override
    protected void releases() {
        platform.answersTo(CANCEL, 200, Canned.text("payment_canceled"));
    }

    @Override
    protected void assertReleased() {
        assertThat(asked(CANCEL)).hasSize(1);
    }

    @Override
    protected String error(int status, String words) {
        var error = Json.object();
        error.putObject("error").put("type", "api_error").put("message", words);
        return error.toString();
    }

    @Override
    protected Sent sent(FakePlatform.Asked refund) {
        return new Sent(
                refund.header("Idempotency-Key").orElseThrow(),
                FakeStripe.form(refund).getOrDefault("amount", "none"));
    }

    @Override
    protected String written(Money amount) {
        return Long.toString(amount.minor());
    }

    @Override
    protected List<Phase> unknownHere() {
        return List.of(Phase.CLAIM);
    }

    private static ObjectNode intent(State state) {
        if (state.captured().isPositive())
            return FakeStripe.captured(state.captured(), state.refunded());
        return state.authorised().isPositive()
                ? Canned.object("payment_authorised")
                        .put("amount_capturable", state.authorised().minor())
                : Canned.object("payment_canceled");
    }

    private static ObjectNode byHand(Money amount) {
        var refund = FakeStripe.refund("refund_succeeded", amount);
        refund.putObject("metadata");
        return refund;
    }

    private Stripe stripe(ObjectNode settings) {
        return new Stripe(TestPlatform.of("stripe", settings, Map.of("apiKey", SECRET), clock));
    }

    private ObjectNode settings() {
        return Json.object().put("baseUrl", platform.url());
    }
}
