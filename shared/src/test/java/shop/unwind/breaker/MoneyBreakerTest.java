package shop.unwind.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import shop.unwind.config.Policy;
import shop.unwind.domain.Money;
import shop.unwind.json.Json;
import shop.unwind.problem.Paused;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestTables;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

final class MoneyBreakerTest {
    private static final String POLICY =
            """
            {"cancelWindow": "P14D", "partlyShipped": "REFUSE",
             "madeToOrder": {"skus": [], "tags": [], "workBeginsAfter": "PT1H"},
             "approval": [], "disputes": {"inquiryAutoRefund": true, "within": "PT48H"}, "restock": true,
             "patience": {"lookEvery": "PT1M", "unknownFor": "PT1H", "followEvery": "PT1H", "followFor": "P9D"},
             "breaker": {"perHour": {"refunds": 3, "sums": {"USD": "100.00"}},
                         "perDay": {"refunds": 5, "sums": {"USD": "1000.00"}}, "within": "P1D"}}
            """;

    private final TestTables tables = new TestTables();
    private final TestClock clock = new TestClock();
    private final Policy policy = Json.readStrictly(POLICY, Policy.class).validated();
    private final MoneyBreaker breaker =
            new MoneyBreaker(tables.client(), TestTables.CASES, () -> policy, clock);
    private final BreakerTable table = new BreakerTable(tables.client(), TestTables.CASES);

    @AfterEach
    void closeTables() {
        tables.close();
    }

    @Test
    void refundsWithinTheAllowancePass() {
        pass("a", 3000);
        pass("b", 3000);
        pass("c", 4000);

        assertThat(breaker.paused()).isEmpty();
    }

    @Test
    void oneTooManyIsHeldAndNamesTheLimit() {
        passAll("a", "b", "c");

        assertThatThrownBy(() -> pass("d", 100))
                .isInstanceOf(Paused.class)
                .hasMessageContaining("more than 3 automatic refunds or 100.00 USD this hour");
        assertThat(breaker.paused().map(Pause::number)).contains(1);
    }

    @Test
    void aSumAboveTheLimitIsHeldHoweverFewTheRefunds() {
        pass("a", 10_000);

        assertHeld("b", 1);
    }

    @Test
    void aSingleRefundAboveTheLimitIsHeld() {
        assertHeld("a", 10_001);
    }

    @Test
    void aCurrencyThatIsNotNamedIsBoundByTheCountAlone() {
        breaker.pass("a", new Money(9_000_000, "JPY"));
        breaker.pass("b", new Money(9_000_000, "JPY"));
        breaker.pass("c", new Money(9_000_000, "JPY"));

        assertThatThrownBy(() -> breaker.pass("d", new Money(1, "JPY"))).isInstanceOf(Paused.class);
        breaker.goOn(1, "U0111");
        breaker.pass("d", new Money(1, "JPY"));
    }

    @Test
    void theSameRefundIsCountedOnceHoweverOftenItAsks() {
        for (var times = 0; times < 10; times++) pass("a", 5000);
        pass("b", 5000);

        assertHeld("c", 1);
    }

    @Test
    void whatHasPassedPassesAgainWhileOthersAreHeld() {
        passAll("a", "b", "c");
        assertHeld("d", 100);

        assertThatCode(() -> pass("a", 100)).doesNotThrowAnyException();
    }

    @Test
    void aNewHourDoesNotEndThePause() {
        passAll("a", "b", "c");
        assertHeld("d", 100);

        clock.pass(Duration.ofHours(2));

        assertHeld("e", 100);
    }

    @Test
    void aNewHourHasANewAllowanceAndTheDayHasItsOwn() {
        passAll("a", "b", "c");
        clock.pass(Duration.ofHours(1));
        passAll("d", "e");

        assertThatThrownBy(() -> pass("f", 100)).hasMessageContaining("5 automatic refunds");
    }

    @Test
    void heldRefundsGoOnInTheirOrderWhenReleased() {
        passAll("a", "b", "c");
        holdInTurn("d", "e", "f", "g");

        assertThat(breaker.goOn(1, "U0111")).isTrue();

        assertHeld("g", 100);
        passAll("f", "e", "d");
    }

    @Test
    void nobodyWaitsForThoseBeforeItToAskOnceMore() {
        passAll("a", "b", "c");
        holdInTurn("d", "e", "f");
        breaker.goOn(1, "U0111");

        pass("f", 100);

        assertThat(breaker.paused()).isEmpty();
    }

    @Test
    void whoPassesInItsTurnIsCountedWithWhatItAskedFor() {
        pass("a", 10_000);
        assertHeld("b", 6000);
        clock.pass(Duration.ofSeconds(1));
        assertHeld("c", 6000);
        breaker.goOn(1, "U0111");

        assertHeld("c", 6000);
        pass("b", 6000);
    }

    @Test
    void newRefundsWaitBehindThoseThatWereHeld() {
        passAll("a", "b", "c");
        holdInTurn("d", "e", "f");
        breaker.goOn(1, "U0111");

        assertHeld("new", 100);
        passAll("d", "e", "f");
    }

    @Test
    void whoWaitsTenMinutesBetweenTwoLooksKeepsItsTurn() {
        passAll("a", "b", "c");
        holdInTurn("d", "e", "f");
        clock.pass(Duration.ofMinutes(11));
        breaker.goOn(1, "U0111");

        assertHeld("new", 100);
        passAll("d", "e", "f");
    }

    @Test
    void whoAsksNoMoreTakesNothingFromTheOthers() {
        passAll("a", "b", "c");
        holdInTurn("gone", "lost", "ended");
        clock.pass(Duration.ofMinutes(31));
        holdInTurn("d", "e", "f");
        breaker.goOn(1, "U0111");

        passAll("f", "e", "d");
    }

    @Test
    void whoHasPassedAndStillStandsAmongThoseHeldIsSteppedOver() {
        passAll("a", "b", "c");
        holdInTurn("d", "e");
        breaker.goOn(1, "U0111");
        var stillHeld = table.held().getFirst();
        pass("d", 100);
        table.hold(stillHeld);

        pass("e", 100);
        assertThat(table.held()).isEmpty();
    }

    @Test
    void theHeldRefundGoesOnWhateverItsSize() {
        assertHeld("huge", 5_000_000);
        breaker.goOn(1, "U0111");

        pass("huge", 5_000_000);
        assertHeld("next", 100);
    }

    @Test
    void theNewAllowancePausesAgainWhenItIsUsedUp() {
        passAll("a", "b", "c");
        holdInTurn("d", "e", "f", "g");
        breaker.goOn(1, "U0111");

        passAll("d", "e", "f");

        assertHeld("g", 100);
        assertThat(breaker.paused().map(Pause::number)).contains(2);
    }

    @Test
    void goOnIsHeardOnceAndOnlyForThePauseItNames() {
        passAll("a", "b", "c");
        assertHeld("d", 100);

        assertThat(breaker.goOn(2, "U0111")).isFalse();
        assertThat(breaker.goOn(1, "U0111")).isTrue();
        assertThat(breaker.goOn(1, "U0222")).isFalse();
        assertThat(breaker.paused()).isEmpty();
    }

    @Test
    void neverMoreThanTheAllowancePassesUnderLoad() throws Exception {
        var passed = new ArrayList<Boolean>();
        try (var pool = Executors.newFixedThreadPool(20)) {
            var asking =
                    IntStream.range(0, 40)
                            .<Callable<Boolean>>mapToObj(n -> () -> tries("load" + n))
                            .toList();
            for (var answer : pool.invokeAll(asking)) passed.add(answer.get());
        }

        assertThat(passed).filteredOn(Boolean::booleanValue).hasSize(3);
        assertThat(breaker.paused()).isPresent();
    }

    @Test
    void oneRefundThatAsksTwiceAtOnceTakesOnePlace() throws Exception {
        passAll("a", "b");
        try (var pool = Executors.newFixedThreadPool(20)) {
            var asking = IntStream.range(0, 20).<Callable<Boolean>>mapToObj(_ -> () -> tries("c"));
            for (var answer : pool.invokeAll(asking.toList())) assertThat(answer.get()).isTrue();
        }

        assertThat(breaker.paused()).isEmpty();
    }

    private boolean tries(String key) {
        try {
            pass(key, 100);
            return true;
        } catch (Paused held) {
            return false;
        }
    }

    private void passAll(String... keys) {
        for (var key : keys) pass(key, 100);
    }

    private void holdInTurn(String... keys) {
        for (var key : List.of(keys)) {
            assertHeld(key, 100);
            clock.pass(Duration.ofSeconds(1));
        }
    }

    private void pass(String key, long minor) {
        breaker.pass(key, new Money(minor, "USD"));
    }

    private void assertHeld(String key, long minor) {
        assertThatThrownBy(() -> pass(key, minor)).isInstanceOf(Paused.class);
    }
}
