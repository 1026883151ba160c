package shop.unwind.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

class ChainTest {
    private static final Instant ZERO = Instant.parse("2026-11-28T10:00:00Z");

    @Test
    void whatLiesBetweenTheCallsDoesNotCount() {
        var calls = List.of(call("read", 10, 30), call("refund", 100, 125));

        assertThat(length(calls, Set.of("read"), Set.of("refund"))).isEqualTo(millis(45));
    }

    @Test
    void callsSideBySideTakeAsLongAsTheLongest() {
        var calls = List.of(call("a", 0, 20), call("b", 5, 40), call("c", 2, 10));

        assertThat(length(calls, Set.of("a", "b", "c"))).isEqualTo(millis(35));
    }

    @Test
    void aLinkBeginsWhenTheLastOfTheLinkBeforeHasEnded() {
        var calls =
                List.of(call("a", 0, 20), call("b", 0, 40), call("c", 25, 30), call("c", 45, 60));

        assertThat(length(calls, Set.of("a", "b"), Set.of("c"))).isEqualTo(millis(55));
    }

    @Test
    void theSameOperationTwiceInTheChainIsTwoCalls() {
        var calls = List.of(call("read", 50, 60), call("read", 0, 20), call("cancel", 25, 45));

        assertThat(length(calls, Set.of("read"), Set.of("cancel"), Set.of("read")))
                .isEqualTo(millis(50));
    }

    @Test
    void aCallThatFollowsWithoutNeedIsNotInTheChain() {
        var calls = List.of(call("read", 0, 20), call("again", 20, 40), call("refund", 40, 60));

        assertThat(length(calls, Set.of("read"), Set.of("refund"))).isEqualTo(millis(40));
    }

    @Test
    void aLinkThatWasNotMadeInThisOrderIsSaidByName() {
        var calls = List.of(call("refund", 0, 20), call("read", 30, 50));

        assertThatThrownBy(() -> length(calls, Set.of("read"), Set.of("refund")))
                .hasMessageContaining("refund");
    }

    @Test
    void aLongerChainBeginsWithTheShorterOne() {
        var calls = List.of(call("read", 0, 20), call("tell", 30, 45));
        var chain = new Chain(List.of(Set.of("read")));

        assertThat(chain.then(List.of(Set.of("tell"))).length(calls)).isEqualTo(millis(35));
        assertThat(chain.length(calls)).isEqualTo(millis(20));
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static Duration length(List<PlatformCall> calls, Set<String>... links) {
        return new Chain(List.of(links)).length(calls);
    }

    private static PlatformCall call(String name, long from, long to) {
        return new PlatformCall(name, ZERO.plusMillis(from), ZERO.plusMillis(to));
    }

    private static Duration millis(long count) {
        return Duration.ofMillis(count);
    }
}
