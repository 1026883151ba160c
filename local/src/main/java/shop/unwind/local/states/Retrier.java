package shop.unwind.local.states;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/** When and how often a failed attempt is repeated. */
record Retrier(
        List<String> errors,
        int intervalSeconds,
        int maxAttempts,
        double backoffRate,
        OptionalInt maxDelaySeconds,
        boolean jitter) {

    /** The wait before the retry of this number, counted from 1. */
    Duration delay(int retry, RandomGenerator random) {
        var grown = intervalSeconds * Math.pow(backoffRate, retry - 1);
        var capped = Math.min(grown, maxDelaySeconds.orElse(Integer.MAX_VALUE));
        return Duration.ofMillis(Math.round((jitter ? random.nextDouble() : 1) * capped * 1000));
    }
}
