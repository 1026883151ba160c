package shop.unwind.cases;

import java.time.Instant;
import java.util.Optional;

/**
 * One question to staff and its single answer.
 *
 * @param id names case and content of the question; see {@code Decision.Hold}
 * @param taskToken wakes the waiting execution
 * @param message where the question stands, in the messenger's own terms
 * @param by who answered
 */
public record Approval(
        String id,
        Answer answer,
        String question,
        String taskToken,
        String message,
        Instant askedAt,
        Optional<String> by) {

    /** The first answer stands. */
    public enum Answer {
        OPEN,
        APPROVED,
        REJECTED,
        EXPIRED
    }

    public Approval answered(Answer given, String person) {
        return new Approval(id, given, question, taskToken, message, askedAt, Optional.of(person));
    }

    public Approval askedAgain(String token) {
        return new Approval(id, answer, question, token, message, askedAt, by);
    }

    public Approval shownAt(String place) {
        return new Approval(id, answer, question, taskToken, place, askedAt, by);
    }
}
