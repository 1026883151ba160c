package shop.unwind.once;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import shop.unwind.domain.CaseId;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.problem.Busy;
import shop.unwind.problem.Changed;
import shop.unwind.problem.Misconfigured;
import shop.unwind.problem.NotFound;
import shop.unwind.problem.Paused;
import shop.unwind.problem.Problem;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Throttled;
import shop.unwind.problem.Unreachable;
import shop.unwind.problem.Unsure;
import shop.unwind.testing.TestClock;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

final class OnceTest {
    private static final CaseId CASE = CaseId.parse("shopify-1001-1");
    private static final String STEP = "refund-pi_1";
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Outcome DONE =
            new Outcome(
                    STEP,
                    "stripe",
                    Result.DONE,
                    "re_1",
                    Optional.empty(),
                    "refunded",
                    Instant.EPOCH);

    private final TestClock clock = new TestClock();
    private final Once once = InMemoryStepRecords.once("stripe", clock);
    private final ScriptedEffect effect = new ScriptedEffect();

    @Test
    void step_shouldAnswerFromItsRecord_whenDone() {
        effect.acts(DONE);

        assertThat(step()).isEqualTo(DONE);
        clock.pass(Duration.ofDays(30));
        assertThat(step()).isEqualTo(DONE);

        assertThat(effect.calls()).containsExactly("act 1");
    }

    @Test
    void step_shouldBeBusy_whileAnotherInvocationIsAtIt() {
        crash();
        clock.pass(LEASE.minusMillis(1));

        assertThatThrownBy(this::step).isInstanceOf(Busy.class).hasMessageContaining(STEP);
        assertThat(effect.calls()).containsExactly("act 1");
    }

    @Test
    void step_shouldBeLookedFor_whenTheLastInvocationDied() {
        crash();
        clock.pass(LEASE);
        effect.finds(new Found.Done(DONE));

        assertThat(step()).isEqualTo(DONE);
        assertThat(step()).isEqualTo(DONE);
        assertThat(effect.calls()).containsExactly("act 1", "find 1");
    }

    @Test
    void step_shouldBeDoneUnderTheSameNumber_whenTheLookFoundNothing() {
        crash();
        clock.pass(LEASE);
        effect.finds(new Found.Nothing()).acts(DONE);

        assertThat(step()).isEqualTo(DONE);
        assertThat(effect.calls()).containsExactly("act 1", "find 1", "act 1");
    }

    @Test
    @DisplayName("R2: what is not found is not sent again while the first may still arrive")
    void step_shouldNotBeSentAgain_whileItMayStillArrive() {
        effect.settlesWithin(Duration.ofMinutes(5)).fails(new Unsure("time-out"));
        assertThatThrownBy(this::step).isInstanceOf(Unsure.class);
        effect.finds(new Found.Nothing()).finds(new Found.Nothing()).acts(DONE);

        clock.pass(Duration.ofMinutes(4));
        assertThatThrownBy(this::step).isInstanceOf(Unsure.class);
        clock.pass(Duration.ofMinutes(1));
        assertThat(step()).isEqualTo(DONE);

        assertThat(effect.calls()).containsExactly("act 1", "find 1", "find 1", "act 1");
    }

    @Test
    @DisplayName("R2: a second sending gets as long to arrive as the first")
    void step_shouldGetItsTime_whenSentAgain() {
        effect.settlesWithin(Duration.ofMinutes(5)).fails(new Unsure("time-out"));
        assertThatThrownBy(this::step).isInstanceOf(Unsure.class);
        effect.finds(new Found.Nothing()).fails(new Unsure("time-out"));
        effect.finds(new Found.Nothing());
        clock.pass(Duration.ofMinutes(5));
        assertThatThrownBy(this::step).isInstanceOf(Unsure.class);

        clock.pass(Duration.ofMinutes(4));
        assertThatThrownBy(this::step).isInstanceOf(Unsure.class);

        assertThat(effect.calls()).containsExactly("act 1", "find 1", "act 1", "find 1");
    }

    @Test
    void step_shouldHoldItsLeaseWhileLooking_soThatNobodyElseActs() {
        crash();
        clock.pass(LEASE);
        effect.finds(
                () -> {
                    assertThatThrownBy(this::step).isInstanceOf(Busy.class);
                    return new Found.Done(DONE);
                });

        assertThat(step()).isEqualTo(DONE);
    }

    static Stream<Problem> untouched() {
        return Stream.of(
                new Throttled(Duration.ofSeconds(2)),
                new Unreachable("no connection"),
                new Busy("elsewhere"),
                new Paused("too many"),
                new Misconfigured("secret"));
    }

    @ParameterizedTest
    @MethodSource("untouched")
    void step_shouldBeDoneUnderTheSameNumber_whenNothingWasSent(Problem problem) {
        effect.fails(problem).acts(DONE);

        assertThatThrownBy(this::step).isSameAs(problem);
        assertThat(step()).isEqualTo(DONE);

        assertThat(effect.calls()).containsExactly("act 1", "act 1");
    }

    static Stream<Problem> definite() {
        return Stream.of(
                new Refused("declined", "no"),
                new NotFound("payment"),
                new Changed("other amount"));
    }

    @ParameterizedTest
    @MethodSource("definite")
    void step_shouldGetANewNumber_whenItWasDefinitelyNotDone(Problem problem) {
        effect.fails(problem).fails(problem).acts(DONE);

        assertThatThrownBy(this::step).isSameAs(problem);
        assertThatThrownBy(this::step).isSameAs(problem);
        assertThat(step()).isEqualTo(DONE);

        assertThat(effect.calls()).containsExactly("act 1", "act 2", "act 3");
    }

    @Test
    void step_shouldBeLookedForAtOnce_whenItsOutcomeIsUnsure() {
        effect.fails(new Unsure("no answer")).finds(new Found.Done(DONE));

        assertThatThrownBy(this::step).isInstanceOf(Unsure.class);
        assertThat(step()).isEqualTo(DONE);

        assertThat(effect.calls()).containsExactly("act 1", "find 1");
    }

    static Stream<Problem> everyProblem() {
        return Stream.of(untouched(), definite(), Stream.<Problem>of(new Unsure("no answer")))
                .flatMap(problems -> problems);
    }

    @ParameterizedTest
    @MethodSource("everyProblem")
    void step_shouldStayUnsure_whenTheLookFails(Problem problem) {
        effect.fails(new Unsure("no answer")).fails(problem).finds(new Found.Done(DONE));
        assertThatThrownBy(this::step).isInstanceOf(Unsure.class);

        assertThatThrownBy(this::step)
                .isInstanceOf(Unsure.class)
                .hasMessageContaining(problem.getMessage());
        assertThat(step()).isEqualTo(DONE);

        assertThat(effect.calls()).containsExactly("act 1", "find 1", "find 1");
    }

    @Test
    void step_shouldStayUnsure_whenALookDied() {
        effect.fails(new Unsure("no answer")).fails(new IllegalStateException("killed"));
        assertThatThrownBy(this::step).isInstanceOf(Unsure.class);
        assertThatThrownBy(this::step).isInstanceOf(IllegalStateException.class);
        clock.pass(LEASE);
        effect.finds(new Found.Done(DONE));

        assertThat(step()).isEqualTo(DONE);
        assertThat(effect.calls()).containsExactly("act 1", "find 1", "find 1");
    }

    @Test
    void step_shouldBeSentTwiceAtMost_whenThePlatformCannotTell() {
        var lost = new Unsure("no answer");
        effect.fails(lost).finds(new Found.CannotTell()).fails(lost);
        effect.finds(new Found.CannotTell()).finds(new Found.CannotTell());

        assertThatThrownBy(this::step).isSameAs(lost);
        assertThatThrownBy(this::step).isSameAs(lost);
        assertThatThrownBy(this::step).isInstanceOf(Refused.class).hasMessageContaining(STEP);
        assertThatThrownBy(this::step).isInstanceOf(Refused.class);

        assertThat(effect.calls()).containsExactly("act 1", "find 1", "act 1", "find 1", "find 1");
    }

    @Test
    void step_shouldBeSettled_whenABlindSendWentThrough() {
        effect.fails(new Unsure("no answer")).finds(new Found.CannotTell()).acts(DONE);
        assertThatThrownBy(this::step).isInstanceOf(Unsure.class);

        assertThat(step()).isEqualTo(DONE);
        assertThat(step()).isEqualTo(DONE);
        assertThat(effect.calls()).containsExactly("act 1", "find 1", "act 1");
    }

    @Test
    void lateInvocation_shouldBeUnsure_whenItsLeaseWasTaken() {
        var other = new ScriptedEffect().finds(new Found.Done(DONE));
        effect.acts(
                () -> {
                    clock.pass(LEASE);
                    assertThat(once.once(CASE, STEP, LEASE, other)).isEqualTo(DONE);
                    return DONE;
                });

        assertThatThrownBy(this::step).isInstanceOf(Unsure.class);

        assertThat(step()).isEqualTo(DONE);
        assertThat(effect.calls()).containsExactly("act 1");
    }

    @Test
    void steps_shouldNotShareARecord_whenCaseStepOrPlatformDiffer() {
        effect.acts(DONE).acts(DONE).acts(DONE);
        var records = new InMemoryStepRecords();
        var stripe = new Once(records, "stripe", clock, () -> "h1");
        var paypal = new Once(records, "paypal", clock, () -> "h2");

        stripe.once(CASE, STEP, LEASE, effect);
        paypal.once(CASE, STEP, LEASE, effect);
        stripe.once(CaseId.parse("shopify-1001-2"), STEP, LEASE, effect);

        assertThat(effect.calls()).containsExactly("act 1", "act 1", "act 1");
    }

    private Outcome step() {
        return once.once(CASE, STEP, LEASE, effect);
    }

    /** An invocation that dies leaves its record as it was. */
    private void crash() {
        effect.fails(new IllegalStateException("killed"));
        assertThatThrownBy(this::step).isInstanceOf(IllegalStateException.class);
    }
}
