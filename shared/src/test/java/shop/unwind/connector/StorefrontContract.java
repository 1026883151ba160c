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
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.domain.CaseId;
import shop.unwind.domain.Money;
import shop.unwind.domain.Order;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Personal;
import shop.unwind.domain.Plan;
import shop.unwind.domain.Plan.Audience;
import shop.unwind.domain.Plan.Why;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.domain.Wish.Happened.What;
import shop.unwind.once.Attempt;
import shop.unwind.once.Effect;
import shop.unwind.once.InMemoryStepRecords;
import shop.unwind.once.Once;
import shop.unwind.problem.Changed;
import shop.unwind.problem.Misconfigured;
import shop.unwind.problem.NotFound;
import shop.unwind.problem.Problem;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Throttled;
import shop.unwind.problem.Unreachable;
import shop.unwind.problem.Unsure;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.TestClock;
import shop.unwind.words.Letter;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What every connector promises where orders are placed; the steps run through the same records as
 * in production.
 *
 * <p>A new connector inherits it twice, each time by one small class that says how its platform
 * answers: in its own module against canned answers, and in {@code local} against the sandbox,
 * which then answers by itself.
 */
public abstract class StorefrontContract {
    /** Never to be seen in a message: connectors are made with it. */
    protected static final String SECRET = "shpat_contract4f9a1c77d2e84b06";

    /** Never to be seen in a message: the orders are hers. */
    protected static final String CUSTOMER = "jane.doe@example.com";

    /** Units of the order's only line. */
    protected static final int UNITS = 2;

    protected static final Money PAID = new Money(4660, "USD");

    /** More often than that Java's client sends no question. */
    private static final int GETS = 6;

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Map<String, String> COME_BACK = Map.of("Retry-After", "7");

    /**
     * An order as the platform is to show it: one line of {@link #UNITS} units, paid at once.
     *
     * @param shipped units that have left
     */
    public record State(Money paid, boolean cancelled, int shipped) {
        static State open() {
            return new State(PAID, false, 0);
        }

        State asCancelled() {
            return new State(paid, true, shipped);
        }

        State shipped(int units) {
            return new State(paid, cancelled, units);
        }
    }

    protected final FakePlatform platform = new FakePlatform();
    protected final TestClock clock = new TestClock();
    private final Once once = InMemoryStepRecords.once("contract", clock);

    /** The connector at this address, its credentials being {@link #SECRET}. */
    protected abstract Storefront connect(String baseUrl, InstantSource clock);

    /** The order that all answers speak of. */
    protected abstract OrderRef order();

    /** The storefront's id of its only line. */
    protected abstract String line();

    /** What the first call of a read begins with, such as {@code "GET /orders"}. */
    protected abstract String readCall();

    /** What a call begins with that cancels a whole order. */
    protected abstract String cancelCall();

    /** What a call begins with that takes some units back. */
    protected abstract String takeCall();

    /** Answers what one {@link Storefront#read} asks. */
    protected abstract void shows(State state);

    /** Answers what {@link Storefront#read} asks for an order that does not exist. */
    protected abstract void showsNothing();

    /** Answers the calls, after the read, that cancel a whole order. */
    protected abstract void cancels();

    /** Answers them with a clear no in these words; the order stays as it was. */
    protected abstract void refuses(String words);

    /** Answers the calls, after the read, that take some units back. */
    protected abstract void takesLinesBack();

    /** Shows that these units were taken back by the call whose answer was lost. */
    protected abstract void hasTakenBack(int units, String mark);

    /** Answers the calls, after the read, that write a note. */
    protected abstract void notes();

    /** Answers {@link Storefront#eventsSince}, the order having come to this state since then. */
    protected abstract void tellsAsChanged(State state);

    /** The platform's error body with this text in it. */
    protected abstract String error(int status, String words);

    /** Whether this call changed something, or would have. */
    protected abstract boolean isWrite(FakePlatform.Asked asked);

    /** Whether this cancel of a whole order asks for its stock to be taken back. */
    protected abstract boolean restocks(FakePlatform.Asked cancel);

    /** The platform's idempotency key, or what else tells our cancel from another's. */
    protected abstract String key(FakePlatform.Asked cancel);

    /** Whether an order is looked up in a list, so that an empty one is an answer. */
    protected boolean looksIntoLists() {
        return false;
    }

    /** Whether the platform knows of each unit if it has shipped, and not of all or none. */
    protected boolean knowsShippedUnits() {
        return true;
    }

    /** Whether an order can be cancelled without its stock coming back. */
    protected boolean canLeaveStock() {
        return true;
    }

    @AfterEach
    void close() {
        platform.close();
    }

    @Nested
    @DisplayName("An order is read as it is")
    class Reading {
        @Test
        @DisplayName("with its lines, its buyer and how it was paid")
        void order_shouldBeRead_whenItIsOpen() {
            shows(State.open());

            var order = connector().read(order());

            assertThat(order.ref()).isEqualTo(order());
            assertThat(order.email()).contains(new Personal(CUSTOMER));
            assertThat(order.cancelled()).isFalse();
            assertThat(order.lines()).singleElement().satisfies(this::isUntouched);
            assertThat(order.tenders()).extracting(Order.Tender::captured).containsExactly(PAID);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, UNITS})
        @DisplayName("what has shipped can no longer be cancelled (R5)")
        void units_shouldNotBeCancellable_whenTheyHaveShipped(int shipped) {
            assumeThat(shipped == UNITS || knowsShippedUnits()).as("shown here").isTrue();
            shows(State.open().shipped(shipped));

            assertThat(connector().read(order()).lines())
                    .extracting(Order.Line::cancellable)
                    .containsExactly(UNITS - shipped);
        }

        @Test
        @DisplayName("a cancelled order is known as cancelled")
        void order_shouldBeCancelled_whenThePlatformSaysSo() {
            shows(State.open().asCancelled());

            assertThat(connector().read(order()).cancelled()).isTrue();
        }

        @ParameterizedTest
        @CsvSource({"4660, USD", "1200, JPY", "5125, KWD", "7, EUR"})
        @DisplayName("amounts are right in zero-, two- and three-decimal currencies (C23)")
        void amount_shouldBeRead_whateverTheCurrency(long minor, String currency) {
            var paid = new Money(minor, currency);
            shows(new State(paid, false, 0));

            var order = connector().read(order());

            assertThat(order.currency()).isEqualTo(currency);
            assertThat(order.tenders()).extracting(Order.Tender::captured).containsExactly(paid);
        }

        @Test
        @DisplayName("an unknown order is not found")
        void order_shouldNotBeFound_whenThePlatformDoesNotKnowIt() {
            showsNothing();

            assertThat(problem(() -> connector().read(order()))).isInstanceOf(NotFound.class);
        }

        private void isUntouched(Order.Line line) {
            assertThat(line.id()).isEqualTo(line());
            assertThat(line.quantity()).isEqualTo(UNITS);
            assertThat(line.cancellable()).isEqualTo(UNITS);
        }
    }

    @Nested
    @DisplayName("One step cancels once")
    class OneCancel {
        @Test
        @DisplayName("the same step sent twice cancels once and answers the same")
        void sameStep_shouldCancelOnce_whenSentTwice() {
            shows(State.open());
            cancels();

            var first = cancel(whole());
            var second = cancel(whole());

            assertThat(first.result()).isEqualTo(Result.DONE);
            assertThat(first.reference()).isNotBlank();
            assertThat(second).isEqualTo(first);
            assertThat(asked(cancelCall())).hasSize(1);
        }

        @Test
        @DisplayName("some units taken back twice are taken back once")
        void sameStep_shouldTakeUnitsBackOnce_whenSentTwice() {
            shows(State.open());
            takesLinesBack();

            var first = cancel(units(1));
            var count = writes().size();
            var second = cancel(units(1));

            assertThat(first.result()).isEqualTo(Result.DONE);
            assertThat(second).isEqualTo(first);
            assertThat(writes()).isNotEmpty().hasSize(count);
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        @DisplayName("stock comes back once, and only where policy says so (R6)")
        void stock_shouldComeBackOnce_whenPolicySaysSo(boolean restock) {
            assumeThat(restock || canLeaveStock()).as("possible here").isTrue();
            shows(State.open());
            cancels();

            cancel(plan(List.of(), restock));
            cancel(plan(List.of(), restock));

            assertThat(asked(cancelCall()))
                    .extracting(StorefrontContract.this::restocks)
                    .containsExactly(restock);
        }

        @Test
        @DisplayName("units whose answer was lost are found, not taken back again (R6, C14)")
        void lostUnits_shouldBeFound_whenTheyWereTakenBack() {
            shows(State.open());
            platform.losesTheAnswerTo(takeCall());
            assertThat(problem(units(1))).isInstanceOf(Unsure.class);
            hasTakenBack(1, new Attempt(caseId(), "cancel", 1).mark());

            var found = cancel(units(1));

            assertThat(found.result()).isEqualTo(Result.DONE);
            assertThat(found.reference()).isNotBlank();
            assertThat(asked(takeCall())).hasSize(1);
        }

        @Test
        @DisplayName("a cancel whose answer was lost after the effect is found, not repeated (C1)")
        void lostCancel_shouldBeFound_whenItTookEffect() {
            shows(State.open());
            platform.losesTheAnswerTo(cancelCall());
            assertThat(problem(whole())).isInstanceOf(Unsure.class);
            shows(State.open().asCancelled());

            assertThat(cancel(whole()).result()).isEqualTo(Result.DONE);

            assertThat(asked(cancelCall())).hasSize(1);
        }

        @Test
        @DisplayName("a cancel that was lost before the effect is sent again under the same key")
        void lostCancel_shouldKeepItsKey_whenSentAgain() {
            shows(State.open());
            platform.losesTheAnswerTo(cancelCall());
            assertThat(problem(whole())).isInstanceOf(Unsure.class);
            clock.pass(connector().cancel(order(), whole()).settles());
            shows(State.open());
            shows(State.open());
            cancels();

            assertThat(cancel(whole()).result()).isEqualTo(Result.DONE);

            var keys = asked(cancelCall()).stream().map(asked -> key(asked)).toList();
            assertThat(keys).hasSize(2);
            assertThat(keys.getLast()).isNotBlank().isEqualTo(keys.getFirst());
        }

        @Test
        @DisplayName("a note written twice stands there once")
        void note_shouldBeWrittenOnce_whenSentTwice() {
            shows(State.open());
            notes();

            var first = note();
            var count = writes().size();
            var second = note();

            assertThat(first.result()).isEqualTo(Result.DONE);
            assertThat(second).isEqualTo(first);
            assertThat(writes()).isNotEmpty().hasSize(count);
        }
    }

    @Nested
    @DisplayName("An event that was lost is found")
    class Lost {
        @Test
        @DisplayName("a cancellation is found, and each time it is the same request (C39)")
        void cancellation_shouldBeFound_whenItsEventWasLost() {
            tellsAsChanged(State.open().asCancelled());
            var found = connector().eventsSince(longAgo());
            tellsAsChanged(State.open().asCancelled());
            var again = connector().eventsSince(longAgo());

            assertThat(found).singleElement().satisfies(this::isCancellation);
            assertThat(again).isEqualTo(found);
        }

        @Test
        @DisplayName("an order that is not cancelled is none")
        void order_shouldNotBeFound_whenItIsOpen() {
            tellsAsChanged(State.open());

            assertThat(connector().eventsSince(longAgo())).isEmpty();
        }

        private void isCancellation(Request request) {
            assertThat(request.source()).isEqualTo(Source.STOREFRONT);
            assertThat(request.wish()).isEqualTo(new Wish.Happened(What.CANCELLED));
            assertThat(request.order()).contains(order());
        }

        private Instant longAgo() {
            return clock.instant().minus(Duration.ofDays(30));
        }
    }

    @Nested
    @DisplayName("What others did meanwhile counts")
    class Meanwhile {
        @ParameterizedTest
        @ValueSource(ints = {1, UNITS})
        @DisplayName("an order that has shipped meanwhile is left alone and decided again (R5)")
        void order_shouldBeLeftAlone_whenItHasShippedMeanwhile(int shipped) {
            shows(State.open().shipped(shipped));

            assertThat(problem(whole())).isInstanceOf(Changed.class);

            assertThat(writes()).isEmpty();
        }

        @Test
        @DisplayName("units that have shipped meanwhile are left alone and decided again (R5)")
        void units_shouldBeLeftAlone_whenTheyHaveShippedMeanwhile() {
            shows(State.open().shipped(1));

            assertThat(problem(units(UNITS))).isInstanceOf(Changed.class);

            assertThat(writes()).isEmpty();
        }

        @Test
        @DisplayName("an order that somebody else has cancelled needs nothing (C11)")
        void cancel_shouldBeAlreadyDone_whenSomebodyElseDidIt() {
            shows(State.open().asCancelled());

            assertThat(cancel(whole()).result()).isEqualTo(Result.ALREADY);

            assertThat(writes()).isEmpty();
        }
    }

    @Nested
    @DisplayName("Every answer to a question is one kind of problem")
    class Questions {
        @Test
        @DisplayName("\"too many requests\" asks us to come back when it says")
        void read_shouldBeThrottled_whenThereAreTooMany() {
            platform.answersTo(readCall(), 429, error(429, "too many requests"), COME_BACK);

            assertComesBack(problem(() -> connector().read(order())));
        }

        @ParameterizedTest
        @ValueSource(ints = {500, 502, 503, 504})
        @DisplayName("a server error is asked again")
        void read_shouldBeUnreachable_whenTheServerFails(int status) {
            platform.answersTo(readCall(), status, error(status, "internal error"));

            assertThat(problem(() -> connector().read(order()))).isInstanceOf(Unreachable.class);
        }

        @Test
        @DisplayName("a lost answer is asked for again")
        void read_shouldBeUnreachable_whenItsAnswerIsLost() {
            // Java's client sends a GET again by itself.
            for (var tries = 0; tries < GETS; tries++) platform.losesTheAnswerTo(readCall());

            assertThat(problem(() -> connector().read(order()))).isInstanceOf(Unreachable.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "<html>welcome</html>", "{\"id\":", "[]", "{}"})
        @DisplayName("an answer that cannot be read is no order")
        void read_shouldBeUnreachable_whenItsAnswerCannotBeRead(String body) {
            assumeThat(body.equals("[]") && looksIntoLists()).as("an answer").isFalse();
            platform.answersTo(readCall(), 200, body);

            assertThat(problem(() -> connector().read(order()))).isInstanceOf(Unreachable.class);
        }

        @Test
        @DisplayName("a refused connection means that nothing was sent")
        void read_shouldBeUnreachable_whenNobodyListens() {
            platform.close();

            assertThat(problem(() -> connector().read(order()))).isInstanceOf(Unreachable.class);
        }

        @Test
        @DisplayName("a wrong credential names the secret to mend")
        void read_shouldNameTheSecret_whenCredentialsAreWrong() {
            platform.answersTo(readCall(), 401, error(401, "wrong key"));

            assertNamesTheSecret(problem(() -> connector().read(order())));
        }

        @Test
        @DisplayName("the probe proves the credentials")
        void probe_shouldNameTheSecret_whenCredentialsAreWrong() {
            platform.answers(401, error(401, "wrong key"));

            assertNamesTheSecret(problem(() -> probed()));
        }

        private boolean probed() {
            connector().probe();
            return true;
        }
    }

    @Nested
    @DisplayName("Every answer to a cancel is one kind of problem")
    class Answers {
        @ParameterizedTest
        @ValueSource(ints = {500, 502, 503, 504})
        @DisplayName("a server error leaves us unsure")
        void cancel_shouldBeUnsure_whenTheServerFails(int status) {
            shows(State.open());
            platform.answersTo(cancelCall(), status, error(status, "internal error"));

            assertThat(problem(whole())).isInstanceOf(Unsure.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "<html>welcome</html>", "{\"id\":", "[]", "{}"})
        @DisplayName("a success that cannot be read is none")
        void cancel_shouldBeUnsure_whenItsAnswerCannotBeRead(String body) {
            shows(State.open());
            platform.answersTo(cancelCall(), 200, body);

            assertThat(problem(whole())).isInstanceOf(Unsure.class);
        }

        @Test
        @DisplayName("after \"too many requests\" the step goes on when it was told to")
        void cancel_shouldGoOn_whenItWasThrottled() {
            shows(State.open());
            platform.answersTo(cancelCall(), 429, error(429, "too many requests"), COME_BACK);
            assertComesBack(problem(whole()));
            shows(State.open());
            cancels();

            assertThat(cancel(whole()).result()).isEqualTo(Result.DONE);
        }

        @Test
        @DisplayName("a refused connection means that nothing was sent")
        void cancel_shouldBeUnreachable_whenNobodyListens() {
            platform.close();

            assertThat(problem(whole())).isInstanceOf(Unreachable.class);
        }

        @Test
        @DisplayName("a wrong credential names the secret to mend")
        void cancel_shouldNameTheSecret_whenCredentialsAreWrong() {
            shows(State.open());
            platform.answersTo(cancelCall(), 401, error(401, "wrong key"));

            assertNamesTheSecret(problem(whole()));
        }

        @Test
        @DisplayName("a clear no is a refusal")
        void cancel_shouldBeRefused_whenThePlatformSaysNo() {
            shows(State.open());
            refuses("this order cannot be cancelled");

            assertThat(problem(whole())).isInstanceOf(Refused.class);
        }
    }

    @Nested
    @DisplayName("No problem tells a secret or who the customer is (R10)")
    class Discretion {
        private static final String WORDS = "Not for " + CUSTOMER + " under " + SECRET;

        @ParameterizedTest
        @ValueSource(ints = {400, 401, 403, 404, 422, 429, 500})
        @DisplayName("when a question goes wrong")
        void read_shouldBeDiscreet_whateverThePlatformSays(int status) {
            platform.answersTo(readCall(), status, error(status, WORDS));

            assertDiscreet(problem(() -> connector().read(order())));
        }

        @ParameterizedTest
        @ValueSource(ints = {400, 401, 403, 404, 422, 429, 500})
        @DisplayName("when a cancel goes wrong")
        void cancel_shouldBeDiscreet_whateverThePlatformSays(int status) {
            shows(State.open());
            platform.answersTo(cancelCall(), status, error(status, WORDS));

            assertDiscreet(problem(whole()));
        }

        @Test
        @DisplayName("when a cancel is refused in the platform's own words")
        void refusal_shouldBeDiscreet_whateverThePlatformSays() {
            shows(State.open());
            refuses(WORDS);

            assertDiscreet(problem(whole()));
        }

        @Test
        @DisplayName("when the order has shipped")
        void change_shouldBeDiscreet() {
            shows(State.open().shipped(1));

            assertDiscreet(problem(whole()));
        }

        private void assertDiscreet(Problem problem) {
            assertThat(problem.toString()).doesNotContain(CUSTOMER).doesNotContain(SECRET);
        }
    }

    protected final Storefront connector() {
        return connect(platform.url(), clock);
    }

    /** Runs a step as the workflow does. */
    protected final Outcome cancel(Plan.Cancel plan) {
        return run(plan.step(), connector().cancel(order(), plan));
    }

    protected final Outcome note() {
        return run("tell-order", connector().note(order(), letter()));
    }

    protected final Letter letter() {
        return new Letter(
                caseId(),
                Audience.ORDER,
                Optional.empty(),
                "Order cancelled",
                List.of("It was cancelled and 46.60 USD were refunded."),
                false,
                Optional.empty());
    }

    protected final Plan.Cancel whole() {
        return plan(List.of());
    }

    protected final Plan.Cancel units(int quantity) {
        return plan(List.of(new Plan.Units(line(), quantity)));
    }

    protected final CaseId caseId() {
        return new CaseId(order(), 1);
    }

    protected final Problem problem(Plan.Cancel plan) {
        return problem(() -> cancel(plan));
    }

    protected final Problem problem(Supplier<?> call) {
        return Optional.ofNullable(catchThrowableOfType(Problem.class, call::get))
                .orElseThrow(() -> new AssertionError("a problem was expected"));
    }

    /** The writes that begin so. */
    protected final List<FakePlatform.Asked> asked(String call) {
        return writes().stream().filter(asked -> asked.call().startsWith(call)).toList();
    }

    protected final List<FakePlatform.Asked> writes() {
        return platform.asked().stream().filter(this::isWrite).toList();
    }

    private Outcome run(String step, Effect effect) {
        return once.once(caseId(), step, LEASE, effect);
    }

    private Plan.Cancel plan(List<Plan.Units> lines) {
        return plan(lines, true);
    }

    private Plan.Cancel plan(List<Plan.Units> lines, boolean restock) {
        return new Plan.Cancel("cancel", order().storefront(), lines, restock, Why.CUSTOMER);
    }

    private static void assertComesBack(Problem problem) {
        assertThat(problem).isInstanceOf(Throttled.class).hasMessage("asked to come back in 7 s");
    }

    private static void assertNamesTheSecret(Problem problem) {
        assertThat(problem)
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("secret unwind/");
    }
}
