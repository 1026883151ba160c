package shop.unwind.local.bench;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** What a thousand cases of a run cost at list price. */
final class CaseCost {
    private static final double BUDGET = 1;

    private CaseCost() {}

    static Figure of(Run run) {
        var cases = run.cases().size();
        var cost = Cost.of(run.used()).perThousand(cases);
        return Figure.atMost(
                BUDGET,
                "1,000 cases at list price",
                cost.sum().doubleValue(),
                "USD",
                note(run.used(), cases, cost));
    }

    /** What each part is and costs, counts for one case. */
    private static String note(Usage used, double cases, Cost cost) {
        return String.join(
                ", ",
                Figure.digits(used.transitions() / cases)
                        + " transitions "
                        + usd(cost.transitions()),
                Figure.digits(used.invocations() / cases) + " invocations " + usd(cost.functions()),
                Figure.digits(used.tables().writes().doubleValue() / cases) + " writes",
                Figure.digits(used.tables().reads().doubleValue() / cases)
                        + " reads "
                        + usd(cost.tables()),
                "API and queues " + usd(cost.intake()),
                "logs " + usd(cost.logs()));
    }

    private static BigDecimal usd(BigDecimal sum) {
        return sum.setScale(3, RoundingMode.HALF_UP);
    }
}
