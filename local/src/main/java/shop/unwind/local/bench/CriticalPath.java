package shop.unwind.local.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Where the time of a plain case goes: how long it takes, and how much of that are the platform
 * calls that must follow one another. A call that follows another without need is not in the chain,
 * and so counts against us.
 */
final class CriticalPath {
    private static final String REFUND = "stripe refunds.create";

    private static final Set<String> READ_ORDER = Set.of("shopify OrderByName");

    private static final Set<String> READ_PAYMENT =
            Set.of(
                    "stripe payment_intents.retrieve",
                    "stripe refunds.list",
                    "stripe disputes.list",
                    "stripe early_fraud_warnings.list");

    /**
     * The order names its payments; what has shipped is looked at again where it is cancelled; the
     * cancel is a job whose end is read; the payment is read again before it is refunded.
     */
    private static final Chain TO_REFUND =
            new Chain(
                    List.of(
                            READ_ORDER,
                            READ_PAYMENT,
                            READ_ORDER,
                            Set.of("shopify Cancel"),
                            Set.of("shopify Cancelling"),
                            READ_PAYMENT,
                            Set.of(REFUND)));

    /** Everybody is told side by side; the note on the order is added to what stands there. */
    private static final List<Chain> WHOLE =
            List.of(
                    TO_REFUND.then(List.of(READ_ORDER, Set.of("shopify Note"))),
                    TO_REFUND.then(List.of(Set.of("sendgrid mail.send"))),
                    TO_REFUND.then(List.of(Set.of("slack chat.postMessage"))));

    private record Part(Duration took, Duration chain) {
        double ratio() {
            return Quantiles.millis(took) / Quantiles.millis(chain);
        }
    }

    private CriticalPath() {}

    /** The chain ratios of a run of one case at a time. */
    static List<Figure> chains(Run run) {
        var refunds = new ArrayList<Part>();
        var cases = new ArrayList<Part>();
        for (var one : run.cases()) {
            var calls = run.calls(one);
            var refund = Duration.between(one.accepted(), refunded(calls));
            refunds.add(new Part(refund, TO_REFUND.length(calls)));
            cases.add(new Part(Duration.between(one.accepted(), one.ended()), longest(calls)));
        }
        return List.of(
                figure(1.25, "chain: accepted request to refund", refunds),
                figure(1.35, "chain: accepted request to end of case", cases));
    }

    /** From the sending of the request to the refund's answer. */
    static Figure warmCase(Run run) {
        var took =
                run.cases().stream()
                        .map(one -> Duration.between(one.sent(), refunded(run.calls(one))))
                        .toList();
        var slow = Quantiles.quantile(0.9, took.stream().map(Quantiles::millis).toList());
        return Figure.atMost(
                150,
                "request to refund, delay %d ms".formatted(run.delay().toMillis()),
                Quantiles.medianMillis(took),
                "ms",
                "median of %d; nine of ten within %.0f ms".formatted(took.size(), slow));
    }

    private static Figure figure(double budget, String what, List<Part> parts) {
        var took = Quantiles.medianMillis(parts.stream().map(Part::took).toList());
        var chain = Quantiles.medianMillis(parts.stream().map(Part::chain).toList());
        return Figure.atMost(
                budget,
                what,
                Quantiles.median(parts.stream().map(Part::ratio).toList()),
                "x",
                "median of %d; %.0f ms over %.0f ms of calls".formatted(parts.size(), took, chain));
    }

    private static Duration longest(List<PlatformCall> calls) {
        return WHOLE.stream()
                .map(chain -> chain.length(calls))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static Instant refunded(List<PlatformCall> calls) {
        return calls.stream()
                .filter(call -> call.name().equals(REFUND))
                .map(PlatformCall::ended)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no refund among " + calls));
    }
}
