package shop.unwind.breaker;

import java.time.Instant;

/**
 * How the breaker stands.
 *
 * @param allowance counts the allowances; each "go on" grants a new one
 * @param words why, or by whom
 */
record Standing(Phase phase, int allowance, String words, Instant since) {
    enum Phase {
        /** Refunds pass as long as the allowance lasts. */
        FLOWING,
        /** No automatic refund passes. */
        PAUSED,
        /** A person said "go on": held refunds pass in order, and before new ones. */
        RELEASED
    }

    static Standing initial() {
        return new Standing(Phase.FLOWING, 1, "", Instant.EPOCH);
    }

    Standing paused(String why, Instant now) {
        return new Standing(Phase.PAUSED, allowance, why, now);
    }

    Standing released(String by, Instant now) {
        return new Standing(Phase.RELEASED, allowance + 1, by, now);
    }

    Standing flowing(Instant now) {
        return new Standing(Phase.FLOWING, allowance, "", now);
    }
}
