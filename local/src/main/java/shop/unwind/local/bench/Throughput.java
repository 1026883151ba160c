package shop.unwind.local.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/** Cases per second, with everything on this machine. */
final class Throughput {
    private Throughput() {}

    static Figure of(Run run) {
        return Figure.only(
                "cases/s, %d at once, delay %d ms".formatted(run.atOnce(), run.delay().toMillis()),
                perSecond(run),
                "/s",
                run.cases().size() + " cases; the budget is 10 x n8n, which is not run here");
    }

    /** From the first request to the end of the last case. */
    static double perSecond(Run run) {
        var first = run.cases().stream().map(CaseTimes::sent).min(Comparator.naturalOrder());
        var last = run.cases().stream().map(CaseTimes::ended).max(Comparator.naturalOrder());
        return run.cases().size() / seconds(first.orElseThrow(), last.orElseThrow());
    }

    private static double seconds(Instant from, Instant to) {
        return Quantiles.millis(Duration.between(from, to)) / 1000;
    }
}
