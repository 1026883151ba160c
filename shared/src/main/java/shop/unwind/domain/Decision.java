package shop.unwind.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * What policy says of a case, pinned to the policy that said it.
 *
 * @param rule the rule's id, such as {@code made-to-order}
 * @param reason for staff, in plain words
 * @param covers the number of the last of the order's requests that it has seen
 */
public record Decision(
        Verdict verdict,
        String rule,
        String reason,
        String policyVersion,
        int covers,
        Plan plan,
        Optional<Hold> hold,
        Instant at) {

    /** The rule that finds no such order, or nobody among the askers who ordered it. */
    public static final String UNMATCHED = "unknown-order";

    public boolean isUnmatched() {
        return rule.equals(UNMATCHED);
    }

    /** The roads through the workflow. */
    public enum Verdict {
        /** Cancel, refund, tell. */
        GO,
        /** Ask staff first. */
        HOLD,
        /** Take nothing back, and say why. */
        REFUSE,
        /** Nothing is left to take back: books and words only. */
        RECORD,
        /** Staff must look; nothing is done. */
        ATTENTION
    }

    /**
     * What staff are asked.
     *
     * @param approval the id of the answer; changes with what is asked, so that an answer never
     *     covers more than was shown
     */
    public record Hold(String approval, String question, long withinSeconds) {}
}
