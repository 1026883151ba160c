package shop.unwind.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import shop.unwind.secrets.Tokens.Token;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestTables;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

final class TokensTest {
    private final TestTables tables = new TestTables();
    private final TestClock clock = new TestClock();
    private final Tokens tokens = tokens();
    private final AtomicInteger issued = new AtomicInteger();

    @AfterEach
    void closeTables() {
        tables.close();
    }

    @Test
    void token_shouldBeIssuedOnce_whileItLasts() {
        var first = tokens.current(this::issue);
        clock.pass(Duration.ofMinutes(54));

        assertThat(tokens().current(this::issue)).isEqualTo(first);
        assertThat(issued).hasValue(1);
    }

    @Test
    void token_shouldBeExchanged_whenItIsAboutToEnd() {
        var first = tokens.current(this::issue);
        clock.pass(Duration.ofMinutes(55));

        var second =
                tokens.current(
                        last -> {
                            assertThat(last).contains(first);
                            return issue(last);
                        });

        assertThat(second).isNotEqualTo(first);
        assertThat(tokens.current(this::issue)).isEqualTo(second);
    }

    @Test
    void token_shouldBeExchanged_whenThePlatformTurnedItAway() {
        var first = tokens.current(this::issue);

        var second = tokens.renewed(first, this::issue);

        assertThat(second).isNotEqualTo(first);
        assertThat(tokens.current(this::issue)).isEqualTo(second);
    }

    @Test
    void newerToken_shouldServe_whenAnotherFunctionRenewedItMeanwhile() {
        var first = tokens.current(this::issue);
        var second = tokens().renewed(first, this::issue);

        assertThat(tokens.renewed(first, this::issue)).isEqualTo(second);
        assertThat(issued).hasValue(2);
    }

    @Test
    void token_shouldBeReadAgain_onlyWhenItWasForgotten() {
        var first = tokens.current(this::issue);
        var second = tokens().renewed(first, this::issue);

        assertThat(tokens.current(this::issue)).isEqualTo(first);
        tokens.forget();
        assertThat(tokens.current(this::issue)).isEqualTo(second);
    }

    @Test
    void slowerFunction_shouldTakeTheWinnersToken_whenTwoRenewAtOnce() {
        var first = tokens.current(this::issue);
        var other = tokens();

        var slow =
                tokens.renewed(
                        first,
                        last -> {
                            other.renewed(first, this::issue);
                            return issue(last);
                        });

        assertThat(slow).isEqualTo(other.current(this::issue));
        assertThat(slow.access()).isEqualTo("access-2");
    }

    @Test
    void allFunctions_shouldEndUpWithOneToken_whenManyStartAtOnce() throws Exception {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var starts =
                    Stream.iterate(0, n -> n < 20, n -> n + 1)
                            .<Callable<Token>>map(_ -> () -> tokens().current(this::issue))
                            .toList();
            var winner = new HashSet<Token>();
            for (var start : pool.invokeAll(starts)) winner.add(start.get());

            assertThat(winner).containsExactly(tokens.current(this::issue));
        }
    }

    @Test
    @DisplayName("R10: a token that is printed is hidden")
    void token_shouldBeHidden_whenItIsPrinted() {
        assertThat(tokens.current(this::issue).toString()).doesNotContain("access-", "refresh-");
    }

    @Test
    void platforms_shouldNotMixTheirTokens_whenTheyShareATable() {
        var other = new Tokens(tables.client(), TestTables.STEPS, "xero", clock);

        assertThat(tokens.current(this::issue)).isNotEqualTo(other.current(this::issue));
    }

    private Token issue(Optional<Token> last) {
        var number = issued.incrementAndGet();
        var end = clock.instant().plus(Duration.ofHours(1));
        return new Token("access-" + number, "refresh-" + number, end);
    }

    private Tokens tokens() {
        return new Tokens(tables.client(), TestTables.STEPS, "shopify", clock);
    }
}
