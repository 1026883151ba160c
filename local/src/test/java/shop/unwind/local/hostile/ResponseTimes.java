package shop.unwind.local.hostile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Tells whether one thing takes longer than another, by the median of differences in pairs: what
 * else the machine does meets both alike. It goes on measuring until the median is known well
 * enough, so that a busy machine takes longer and says the same.
 *
 * @param difference the median of what the first took more than the second
 * @param margin the true median is no further away than that, in all but 1 of 10,000 measurements
 */
record ResponseTimes(Duration difference, Duration margin, int pairs) {
    /**
     * One more read of a table takes two milliseconds and more here. What takes microseconds, like
     * one more signature, is beyond measuring over a network too.
     */
    static final Duration TELLING = Duration.ofMillis(1);

    private static final int FEWEST = 300;
    private static final int MOST = 6_000;
    private static final Duration WELL_ENOUGH = TELLING.dividedBy(2);

    /** Of the normal distribution. */
    private static final double ONE_IN_10_000 = 3.9;

    /** Measures both in turn, each first every other time. */
    static ResponseTimes of(Runnable first, Runnable second) {
        var differences = new ArrayList<Long>();
        while (differences.size() < MOST) {
            var swapped = differences.size() % 2 == 1;
            var one = time(swapped ? second : first);
            var other = time(swapped ? first : second);
            differences.add(swapped ? other - one : one - other);
            if (differences.size() >= FEWEST && differences.size() % 50 == 0) {
                var found = found(differences);
                if (found.margin().compareTo(WELL_ENOUGH) <= 0) return found;
            }
        }
        return found(differences);
    }

    /** Whether somebody who measures could tell the two apart. */
    boolean tell() {
        return difference.abs().compareTo(TELLING) > 0 && difference.abs().compareTo(margin) > 0;
    }

    private static long time(Runnable act) {
        var start = System.nanoTime();
        act.run();
        return System.nanoTime() - start;
    }

    /** The margin is that of order statistics, which asks nothing of the distribution. */
    private static ResponseTimes found(List<Long> differences) {
        var sorted = new ArrayList<>(differences);
        Collections.sort(sorted);
        var middle = sorted.size() / 2;
        var reach = (int) Math.ceil(ONE_IN_10_000 * Math.sqrt(sorted.size()) / 2);
        var margin = (sorted.get(middle + reach) - sorted.get(middle - reach)) / 2;
        return new ResponseTimes(
                Duration.ofNanos(sorted.get(middle)), Duration.ofNanos(margin), sorted.size());
    }
}
