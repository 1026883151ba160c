package shop.unwind.local.bench;

import java.time.Duration;
import java.util.Collection;

/** Of measured values, by the nearest rank: always one that was measured. */
final class Quantiles {
    private Quantiles() {}

    static double median(Collection<Double> values) {
        return quantile(0.5, values);
    }

    /** In milliseconds. */
    static double medianMillis(Collection<Duration> values) {
        return median(values.stream().map(Quantiles::millis).toList());
    }

    /**
     * The smallest value that at least this share of all values does not exceed.
     *
     * @param share above 0, at most 1
     * @throws IllegalArgumentException without any value
     */
    static double quantile(double share, Collection<Double> values) {
        if (values.isEmpty()) throw new IllegalArgumentException("nothing was measured");
        var rank = (int) Math.ceil(share * values.size());
        return values.stream().sorted().skip(Math.max(0, rank - 1)).findFirst().orElseThrow();
    }

    static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
