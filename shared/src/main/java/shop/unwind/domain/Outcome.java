package shop.unwind.domain;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What became of one step.
 *
 * @param step the step's id within its case
 * @param reference the platform's own id of what was done; empty when nothing was
 * @param amount the money it moved
 * @param words for staff, in plain words
 */
public record Outcome(
        String step,
        String platform,
        Result result,
        String reference,
        Optional<Money> amount,
        String words,
        Instant at) {

    /** The same step as it stands now. */
    public Outcome now(Result other, String news, InstantSource clock) {
        return new Outcome(step, platform, other, reference, amount, news, clock.instant());
    }

    /** Whether it is so by now, or will be soon, by us or by somebody else. */
    public boolean happened() {
        return switch (result) {
            case DONE, PENDING, ALREADY -> true;
            case SKIPPED, FAILED, UNKNOWN -> false;
        };
    }

    /** Whether staff must see to it. */
    public boolean missing() {
        return result == Result.FAILED || result == Result.UNKNOWN;
    }

    /** How a step ended. */
    public enum Result {
        /** Done and final. */
        DONE,
        /** The platform took it; the money is on its way. */
        PENDING,
        /** It was so already, by us or by somebody else. */
        ALREADY,
        /** Left undone on purpose. */
        SKIPPED,
        FAILED,
        /** Sent, and nobody could tell in time whether it took effect. */
        UNKNOWN
    }
}
