package shop.unwind.local.bench;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** What a thousand cases of a run cost at list price. */
final class CaseCost {
    private static final double BUDGET = 1;

    private CaseCost() {}

    static Figure of(Run run) {
        var cases = run.cases().size();
        var cost = Cost.of(run.used()).perThousand(cases);
        return Figure.atMost(
                BUDGET, "1,000 cases at list price", cost.sum().doubleValue(), "USD", note(run));
    }

    private static String note(Run run) {
        var cases = run.cases().size();
        var cost = Cost.of(run.used()).perThousand(cases);
        var used = run.used();
        return String.format(
                Locale.ROOT,
                "%.1f transitions %s, %.1f invocations of %.0f ms %s, %.1f writes and %.1f reads"
                    + " %s, API and queues %s, logs %s",
                (double) used.transitions() / cases,
                cents(cost.transitions()),
                (double) used.invocations() / cases,
                (double) used.megabyteMillis() / 1024 / used.invocations(),
                cents(cost.functions()),
                used.tables().writes().doubleValue() / cases,
                used.tables().reads().doubleValue() / cases,
                cents(cost.tables()),
                cents(cost.intake()),
                cents(cost.logs()));
    }

    private static BigDecimal cents(BigDecimal dollars) {
        return dollars.setScale(3, RoundingMode.HALF_UP);
    }
}
