package shop.unwind.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.domain.CaseId;
import shop.unwind.domain.Dispute.Phase;
import shop.unwind.domain.Money;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Plan;
import shop.unwind.domain.Plan.Why;
import shop.unwind.once.Attempt;
import shop.unwind.once.InMemoryStepRecords;
import shop.unwind.once.Once;
import shop.unwind.problem.Changed;
import shop.unwind.problem.Misconfigured;
import shop.unwind.problem.Problem;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Throttled;
import shop.unwind.problem.Unreachable;
import shop.unwind.problem.Unsure;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.TestClock;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What every connector promises that moves money; the steps run through the same gate and the same
 * records as in production.
 *
 * <p>A new connector inherits it twice, each time by one small class that says how its platform
 * answers: in its own module against canned answers, and in {@code local} against the sandbox,
 * which then answers by itself.
 */
public abstract class PaymentsContract {
    /**
     * Never to be seen in a message: connectors are made with the first, answers name the other.
     */
    protected static final String SECRET = "sk_test_contract_4f9a1c77d2";

    protected static final String CUSTOMER = "jane.doe@example.com";

    private static final CaseId CASE = CaseId.parse("shopify-1001-1");
    private static final String STEP = "refund-p1";
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Money PAID = new Money(4599, "USD");
    private static final Money NONE = Money.zero("USD");

    /** A payment as the platform is to show it. */
    public record State(Money authorised, Money captured, Money refunded, List<Phase> disputes) {
        /** A payment that was taken whole, and of which nothing went back. */
        public static State captured(Money captured) {
            return new State(
                    Money.zero(captured.currency()),
                    captured,
                    Money.zero(captured.currency()),
                    List.of());
        }

        State refunded(Money amount) {
            return new State(authorised, captured, amount, disputes);
        }

        State disputed(Phase... phases) {
            return new State(authorised, captured, refunded, List.of(phases));
        }
    }

    /** What became of a refund, to be told in the platform's words. */
    public enum Fate {
        SETTLED,
        PENDING,
        /** A status that nobody has heard of. */
        UNHEARD_OF,
        /** A clear no that has nothing to do with how the payment stands. */
        REFUSED,
        /** The platform took it, and it came to nothing. */
        CAME_BACK
    }

    /**
     * A refund as it was asked for.
     *
     * @param key the platform's idempotency key, or what else marks a repeat as one
     * @param amount as it was written
     */
    public record Sent(String key, String amount) {}

    protected final FakePlatform platform = new FakePlatform();
    protected final TestClock clock = new TestClock();
    private final Once once = InMemoryStepRecords.once("contract", clock);

    /** The connector at this address, its credentials being {@link #SECRET}. */
    protected abstract Payments connect(String baseUrl, InstantSource clock);

    /** The name of the payment that all answers speak of. */
    protected abstract String payment();

    /** Answers what one {@link Payments#read} asks. */
    protected abstract void shows(State state);

    /** What a refund call begins with, such as {@code "POST /v1/refunds"}. */
    protected abstract String refundCall();

    /** Answers the next refund. */
    protected abstract void answers(Fate fate, Money amount);

    /** Answers what {@link Payments#follow} asks about the refund made before. */
    protected abstract void stands(Fate fate);

    /** Answers what {@link Payments#find} asks: with a settled refund that bears this mark. */
    protected abstract void finds(String mark, Money amount);

    protected abstract void findsNothing();

    /** Answers what {@link Payments#release} asks. */
    protected abstract void releases();

    /** Whether a hold ends when we ask for it, not by the order's cancellation alone. */
    protected boolean releasesByCall() {
        return true;
    }

    /** Looks whether an authorisation was released by what was asked, and only once. */
    protected abstract void assertReleased();

    /** The platform's error body with this text in it. */
    protected abstract String error(int status, String words);

    protected abstract Sent sent(FakePlatform.Asked refund);

    /** An amount as the platform wants it written. */
    protected abstract String written(Money amount);

    /** Whether the platform knows of refunds that it took and that are not there yet. */
    protected boolean knowsRefundsOnTheirWay() {
        return true;
    }

    /** Phases that the platform cannot show. */
    protected List<Phase> unknownHere() {
        return List.of();
    }

    @AfterEach
    void close() {
        platform.close();
    }

    @Nested
    @DisplayName("One step refunds once")
    class OneRefund {
        @Test
        @DisplayName("the same step sent twice refunds once and answers the same (R2)")
        void sameStep_shouldRefundOnce_whenSentTwice() {
            shows(State.captured(PAID));
            answers(Fate.SETTLED, PAID);

            var first = refund(plan(PAID));
            var second = refund(plan(PAID));

            assertThat(second).isEqualTo(first);
            assertThat(first.result()).isEqualTo(Result.DONE);
            assertThat(first.amount()).contains(PAID);
            assertThat(first.reference()).isNotBlank();
            assertThat(refunds()).hasSize(1);
        }

        @Test
        @DisplayName("a refund whose answer was lost is asked for again under the same key (C1)")
        void lostRefund_shouldKeepItsKey_whenAskedForAgain() {
            shows(State.captured(PAID));
            platform.losesTheAnswerTo(refundCall());
            assertThat(problem()).isInstanceOf(Unsure.class);
            clock.pass(connector().settles());
            findsNothing();
            shows(State.captured(PAID));
            answers(Fate.SETTLED, PAID);

            assertThat(refund(plan(PAID)).result()).isEqualTo(Result.DONE);

            assertThat(refunds()).hasSize(2);
            assertThat(refunds().getLast()).isEqualTo(refunds().getFirst());
        }

        @Test
        @DisplayName("one that is not found is not asked for again while it may still arrive (R2)")
        void lostRefund_shouldNotBeAskedForAgain_whileItMayStillArrive() {
            assumeThat(connector().settles()).as("no keys there").isPositive();
            shows(State.captured(PAID));
            platform.losesTheAnswerTo(refundCall());
            assertThat(problem()).isInstanceOf(Unsure.class);
            clock.pass(connector().settles().minusSeconds(1));
            findsNothing();

            assertThat(problem()).isInstanceOf(Unsure.class);

            assertThat(refunds()).hasSize(1);
        }

        @Test
        @DisplayName("after a definite refusal a new attempt makes a new key (C1)")
        void refusedRefund_shouldGetNewKey_whenTriedAgain() {
            shows(State.captured(PAID));
            answers(Fate.REFUSED, PAID);
            shows(State.captured(PAID));
            assertThat(problem()).isInstanceOf(Refused.class);
            shows(State.captured(PAID));
            answers(Fate.SETTLED, PAID);

            assertThat(refund(plan(PAID)).result()).isEqualTo(Result.DONE);

            assertThat(refunds()).extracting(Sent::key).hasSize(2).doesNotHaveDuplicates();
        }

        @Test
        @DisplayName("a time-out after the effect is found, not repeated (R2, C1)")
        void timeOut_shouldBeFound_whenItTookEffect() {
            shows(State.captured(PAID));
            platform.losesTheAnswerTo(refundCall());
            assertThat(problem()).isInstanceOf(Unsure.class);
            finds(new Attempt(CASE, STEP, 1).mark(), PAID);

            var found = refund(plan(PAID));

            assertThat(found.result()).isEqualTo(Result.DONE);
            assertThat(found.amount()).contains(PAID);
            assertThat(refunds()).hasSize(1);
        }

        @Test
        @DisplayName("somebody else's refund is not taken for ours")
        void find_shouldFindNothing_whenTheMarkIsAnothers() {
            shows(State.captured(PAID));
            platform.losesTheAnswerTo(refundCall());
            assertThat(problem()).isInstanceOf(Unsure.class);
            clock.pass(connector().settles());
            finds(new Attempt(CaseId.parse("shopify-1002-1"), STEP, 1).mark(), PAID);
            findsNothing();
            shows(State.captured(PAID).refunded(PAID));

            assertThat(problem()).isInstanceOf(Changed.class);

            assertThat(refunds()).hasSize(1);
        }
    }

    @Nested
    @DisplayName("Every answer is one kind of problem")
    class Answers {
        @Test
        @DisplayName("a lost answer to a refund leaves us unsure")
        void refund_shouldBeUnsure_whenItsAnswerIsLost() {
            shows(State.captured(PAID));
            platform.losesTheAnswerTo(refundCall());

            assertThat(problem()).isInstanceOf(Unsure.class);
        }

        @ParameterizedTest
        @ValueSource(ints = {500, 502, 503, 504})
        @DisplayName("a server error on a refund leaves us unsure")
        void refund_shouldBeUnsure_whenTheServerFails(int status) {
            shows(State.captured(PAID));
            platform.answersTo(refundCall(), status, error(status, "internal error"));

            assertThat(problem()).isInstanceOf(Unsure.class);
        }

        @Test
        @DisplayName("a server error without a body leaves us unsure")
        void refund_shouldBeUnsure_whenTheServerFailsWithoutWords() {
            shows(State.captured(PAID));
            platform.answersTo(refundCall(), 502, "");

            assertThat(problem()).isInstanceOf(Unsure.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "<html>welcome</html>", "{\"id\":", "[]", "{}"})
        @DisplayName("a success that cannot be read is none")
        void refund_shouldBeUnsure_whenItsAnswerCannotBeRead(String body) {
            shows(State.captured(PAID));
            platform.answersTo(refundCall(), 200, body);

            assertThat(problem()).isInstanceOf(Unsure.class);
        }

        @Test
        @DisplayName("a status that nobody has heard of is never success")
        void refund_shouldBeUnsure_whenItsStatusIsUnheardOf() {
            shows(State.captured(PAID));
            answers(Fate.UNHEARD_OF, PAID);

            assertThat(problem()).isInstanceOf(Unsure.class);
        }

        @Test
        @DisplayName("\"too many requests\" asks us to come back later")
        void refund_shouldBeThrottled_whenThereAreTooMany() {
            shows(State.captured(PAID));
            platform.answersTo(refundCall(), 429, error(429, "too many requests"));

            assertThat(problem()).isInstanceOf(Throttled.class);
        }

        @Test
        @DisplayName("a wrong credential names the secret to mend")
        void refund_shouldNameTheSecret_whenCredentialsAreWrong() {
            shows(State.captured(PAID));
            platform.answersTo(refundCall(), 401, error(401, "wrong key"));

            assertThat(problem())
                    .isInstanceOf(Misconfigured.class)
                    .hasMessageContaining("secret unwind/");
        }

        @Test
        @DisplayName("a refused connection means that nothing was sent")
        void refund_shouldBeUnreachable_whenNobodyListens() {
            platform.close();

            assertThat(problem()).isInstanceOf(Unreachable.class);
        }

        @Test
        @DisplayName("a clear no is said in the platform's words")
        void refund_shouldBeRefused_whenThePlatformSaysNo() {
            shows(State.captured(PAID));
            answers(Fate.REFUSED, PAID);
            shows(State.captured(PAID));

            assertThat(problem()).isInstanceOf(Refused.class);
        }

        @Test
        @DisplayName("a refund on its way is not called done (C27)")
        void refund_shouldBePending_whenItIsOnItsWay() {
            assumeThat(knowsRefundsOnTheirWay()).as("known here").isTrue();
            shows(State.captured(PAID));
            answers(Fate.PENDING, PAID);

            assertThat(refund(plan(PAID)).result()).isEqualTo(Result.PENDING);
        }

        @Test
        @DisplayName("a refund that comes to nothing at once is none (C28)")
        void refund_shouldBeRefused_whenItComesToNothingAtOnce() {
            shows(State.captured(PAID));
            answers(Fate.CAME_BACK, PAID);
            shows(State.captured(PAID));

            assertThat(problem()).isInstanceOf(Refused.class);
        }

        @ParameterizedTest
        @ValueSource(ints = {400, 401, 403, 404, 422, 429, 500})
        @DisplayName("no problem tells a secret or who the customer is (R10)")
        void problem_shouldBeDiscreet_whateverThePlatformSays(int status) {
            var words = "No such thing for " + CUSTOMER + " under " + SECRET;
            shows(State.captured(PAID));
            platform.answersTo(refundCall(), status, error(status, words));
            shows(State.captured(PAID));

            assertThat(problem().getMessage()).doesNotContain(CUSTOMER).doesNotContain(SECRET);
        }
    }

    @Nested
    @DisplayName("A refund on its way is followed (C27)")
    class OnItsWay {
        @ParameterizedTest
        @CsvSource({"SETTLED, DONE", "PENDING, PENDING", "CAME_BACK, FAILED"})
        @DisplayName("until it has arrived or come back")
        void pending_shouldBeWhatItIsNow(Fate fate, Result result) {
            assumeThat(knowsRefundsOnTheirWay()).as("known here").isTrue();
            var pending = pending();
            stands(fate);

            var now = connector().follow(pending);

            assertThat(now.result()).isEqualTo(result);
            assertThat(now.step()).isEqualTo(pending.step());
            assertThat(now.reference()).isEqualTo(pending.reference());
            assertThat(now.amount()).contains(PAID);
        }

        @Test
        @DisplayName("and has not arrived by a status that nobody has heard of")
        void pending_shouldBeUnsure_whenItsStatusIsUnheardOf() {
            assumeThat(knowsRefundsOnTheirWay()).as("known here").isTrue();
            var pending = pending();
            stands(Fate.UNHEARD_OF);

            assertThat(catchThrowableOfType(Problem.class, () -> connector().follow(pending)))
                    .isInstanceOf(Unsure.class);
        }

        private Outcome pending() {
            shows(State.captured(PAID));
            answers(Fate.PENDING, PAID);
            return refund(plan(PAID));
        }
    }

    @Nested
    @DisplayName("Amounts are sent as they are")
    class Amounts {
        @ParameterizedTest
        @CsvSource({"4599, USD", "1200, JPY", "5120, KWD", "7, EUR"})
        @DisplayName("in zero-, two- and three-decimal currencies (C23)")
        void amount_shouldBeWrittenInItsMinorUnits_whateverTheCurrency(
                long minor, String currency) {
            var paid = new Money(minor, currency);
            shows(State.captured(paid));
            answers(Fate.SETTLED, paid);

            var outcome = refund(plan(paid));

            assertThat(refunds()).extracting(Sent::amount).containsExactly(written(paid));
            assertThat(outcome.amount()).contains(paid);
        }

        @Test
        @DisplayName("never more than what is left (R1)")
        void amount_shouldBeWhatIsLeft_whenMoreIsPlanned() {
            var before = new Money(2000, "USD");
            var rest = new Money(2599, "USD");
            shows(State.captured(PAID).refunded(before));
            answers(Fate.SETTLED, rest);

            var outcome = refund(plan(PAID, before, false, false));

            assertThat(refunds()).extracting(Sent::amount).containsExactly(written(rest));
            assertThat(outcome.amount()).contains(rest);
        }
    }

    @Nested
    @DisplayName("A dispute decides before money moves")
    class Disputes {
        @ParameterizedTest
        @EnumSource(names = {"CHARGEBACK", "IN_REVIEW", "CLOSED_LOST", "CLAIM"})
        @DisplayName("a payment that the bank or provider returns is not refunded (R3, C33, C34)")
        void refund_shouldBeLeftUndone_whenTheDisputeMovesTheMoney(Phase phase) {
            assumeShown(phase);
            shows(State.captured(PAID).disputed(phase));

            assertThat(refund(plan(PAID, NONE, false, true)).result()).isEqualTo(Result.SKIPPED);
            assertThat(refunds()).isEmpty();
        }

        @Test
        @DisplayName("an inquiry is settled by a refund in full (C33)")
        void refund_shouldGoThrough_whenItSettlesAnInquiry() {
            assumeShown(Phase.INQUIRY);
            shows(State.captured(PAID).disputed(Phase.INQUIRY));
            answers(Fate.SETTLED, PAID);

            assertThat(refund(plan(PAID)).result()).isEqualTo(Result.DONE);
        }

        @Test
        @DisplayName("an inquiry is not settled by part of the money: a person decides")
        void refund_shouldBeDecidedAgain_whenItIsPartOfAnInquiry() {
            assumeShown(Phase.INQUIRY);
            shows(State.captured(PAID).disputed(Phase.INQUIRY));

            assertThat(problem(plan(new Money(1000, "USD"), NONE, false, true)))
                    .isInstanceOf(Changed.class);
            assertThat(refunds()).isEmpty();
        }

        @ParameterizedTest
        @EnumSource(names = {"INQUIRY", "FRAUD_WARNING"})
        @DisplayName("a shipped order under complaint waits for a person")
        void refund_shouldBeDecidedAgain_whenTheDisputedOrderHasShipped(Phase phase) {
            assumeShown(phase);
            shows(State.captured(PAID).disputed(phase));

            assertThat(problem(plan(PAID, NONE, true, false))).isInstanceOf(Changed.class);
            assertThat(refunds()).isEmpty();
        }

        @Test
        @DisplayName("a won dispute is refunded once a person said yes (C35)")
        void refund_shouldWaitForApproval_whenTheDisputeWasWon() {
            assumeShown(Phase.CLOSED_WON);
            shows(State.captured(PAID).disputed(Phase.CLOSED_WON));
            assertThat(problem()).isInstanceOf(Changed.class);
            shows(State.captured(PAID).disputed(Phase.CLOSED_WON));
            answers(Fate.SETTLED, PAID);

            assertThat(refund(plan(PAID, NONE, false, true)).result()).isEqualTo(Result.DONE);
            assertThat(refunds()).hasSize(1);
        }

        @Test
        @DisplayName("a dispute in a phase that nobody has heard of waits for a person")
        void refund_shouldBeDecidedAgain_whenThePhaseIsUnknown() {
            assumeShown(Phase.UNKNOWN);
            shows(State.captured(PAID).disputed(Phase.UNKNOWN));

            assertThat(problem(plan(PAID, NONE, false, true))).isInstanceOf(Changed.class);
            assertThat(refunds()).isEmpty();
        }

        @Test
        @DisplayName("one chargeback among several complaints is enough")
        void refund_shouldBeLeftUndone_whenOneOfSeveralDisputesIsAChargeback() {
            assumeShown(Phase.INQUIRY);
            shows(State.captured(PAID).disputed(Phase.INQUIRY, Phase.CHARGEBACK));

            assertThat(refund(plan(PAID)).result()).isEqualTo(Result.SKIPPED);
            assertThat(refunds()).isEmpty();
        }
    }

    @Nested
    @DisplayName("What others did meanwhile counts")
    class Meanwhile {
        @Test
        @DisplayName("a payment given back in full by hand is left alone (C11)")
        void refund_shouldBeAlreadyDone_whenAllWasGivenBackByHand() {
            shows(State.captured(PAID).refunded(PAID));

            assertThat(refund(plan(PAID, PAID, false, false)).result()).isEqualTo(Result.ALREADY);
            assertThat(refunds()).isEmpty();
        }

        @Test
        @DisplayName("a refund that came in between is decided again")
        void refund_shouldBeDecidedAgain_whenMoneyWentBackMeanwhile() {
            shows(State.captured(PAID).refunded(new Money(1000, "USD")));

            assertThat(problem()).isInstanceOf(Changed.class);
            assertThat(refunds()).isEmpty();
        }

        @Test
        @DisplayName("what was only authorised is released, not refunded (C31)")
        void authorisation_shouldBeReleased_whenNothingWasCaptured() {
            assumeThat(releasesByCall()).as("releases when asked to").isTrue();
            shows(new State(PAID, NONE, NONE, List.of()));
            releases();

            assertThat(refund(plan(PAID)).result()).isEqualTo(Result.DONE);
            assertThat(refunds()).isEmpty();
            assertReleased();
        }

        @Test
        @DisplayName("a hold that was captured meanwhile is decided again (C12, C31)")
        void refund_shouldBeDecidedAgain_whenTheHoldWasCapturedMeanwhile() {
            shows(State.captured(PAID));

            assertThat(problem(plan(NONE))).isInstanceOf(Changed.class);
            assertThat(refunds()).isEmpty();
        }

        @Test
        @DisplayName("what was never charged needs nothing")
        void refund_shouldBeAlreadyDone_whenNothingWasCharged() {
            shows(new State(NONE, NONE, NONE, List.of()));

            assertThat(refund(plan(PAID)).result()).isEqualTo(Result.ALREADY);
            assertThat(refunds()).isEmpty();
        }
    }

    protected final Payments connector() {
        return connect(platform.url(), clock);
    }

    /** Runs a step as the workflow does. */
    protected final Outcome refund(Plan.Refund plan) {
        return once.once(
                CASE, plan.step(), LEASE, new RefundOnce(connector(), plan, (_, _) -> {}, clock));
    }

    protected final Problem problem(Plan.Refund plan) {
        return Optional.ofNullable(catchThrowableOfType(Problem.class, () -> refund(plan)))
                .orElseThrow(() -> new AssertionError("a problem was expected"));
    }

    protected final Plan.Refund plan(Money amount) {
        return plan(amount, Money.zero(amount.currency()), false, false);
    }

    protected final List<Sent> refunds() {
        return asked(refundCall()).stream().map(this::sent).toList();
    }

    protected final List<FakePlatform.Asked> asked(String call) {
        return platform.asked().stream().filter(asked -> asked.call().startsWith(call)).toList();
    }

    private Problem problem() {
        return problem(plan(PAID));
    }

    private Plan.Refund plan(Money amount, Money before, boolean shipped, boolean approved) {
        return new Plan.Refund(
                STEP, "contract", payment(), amount, before, shipped, approved, Why.CUSTOMER);
    }

    private void assumeShown(Phase phase) {
        assumeThat(unknownHere()).as("phases unknown to this platform").doesNotContain(phase);
    }
}
