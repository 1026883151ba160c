package shop.unwind.decide;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

import shop.unwind.domain.Decision.Verdict;
import shop.unwind.domain.Money;
import shop.unwind.domain.Plan;
import shop.unwind.domain.Wish.LineWish;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** An order taken back unit by unit, each time by a case of its own. */
class PartialRefundsTest {
    /** What is left of one line: units and what the storefront says they are worth. */
    private static final class Line {
        private final String sku;
        private final int quantity;
        private int open;
        private long worth;

        Line(String sku, int quantity, long worth) {
            this.sku = sku;
            this.quantity = quantity;
            this.open = quantity;
            this.worth = worth;
        }

        void take(long refunded) {
            open--;
            worth -= refunded;
        }
    }

    @RepeatedTest(200)
    @DisplayName("C22: whatever units are taken back in whatever order, the sum is what was paid")
    void sumIsWhatWasPaid(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        var lines = lines(random);
        var paid = 495 + lines.stream().mapToLong(line -> line.worth).sum();
        var refunded = 0L;
        while (lines.stream().anyMatch(line -> line.open > 0)) {
            var left = lines.stream().filter(line -> line.open > 0).toList();
            var line = left.get(random.nextInt(left.size()));
            var share = refund(lines, line, paid, refunded);
            line.take(share);
            refunded += share;
            assertThat(refunded).isLessThanOrEqualTo(paid);
        }

        assertThat(refunded).isEqualTo(paid);
    }

    /** Discounts and taxes make every worth odd. */
    private static List<Line> lines(SplittableRandom random) {
        var lines = new ArrayList<Line>();
        for (var at = 0; at < 1 + random.nextInt(3); at++)
            lines.add(new Line("SKU-" + at, 1 + random.nextInt(4), random.nextLong(1, 5000)));
        return lines;
    }

    /** What one unit of this line brings back. */
    private static long refund(List<Line> lines, Line taken, long paid, long refunded) {
        var situation = new Situation().paid(paid, refunded).asks(new LineWish(taken.sku, 1));
        for (var line : lines) situation.line(line.sku, line.quantity, line.open, 0, line.worth);
        var decision = situation.decide();
        assertThat(decision.verdict()).isEqualTo(Verdict.GO);
        return decision.plan().refunds().stream()
                .map(Plan.Refund::amount)
                .mapToLong(Money::minor)
                .sum();
    }
}
