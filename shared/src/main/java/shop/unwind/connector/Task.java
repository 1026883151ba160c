package shop.unwind.connector;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.CaseId;
import shop.unwind.domain.Outcome;

import java.util.List;
import java.util.Optional;

/**
 * What the workflow asks of a connector: one operation on one case.
 *
 * @param caseId the running case
 * @param origin the case whose step records count: the same, or the one it runs again
 * @param step the plan's entry for it, where the operation has one
 * @param outcomes of the steps before, for those who tell or reflect them
 * @param taskToken to wake the execution with, when it waits for an answer
 * @param trouble what went wrong, for the alarm
 */
public record Task(
        Operation operation,
        Optional<CaseId> caseId,
        Optional<CaseId> origin,
        JsonNode step,
        List<Outcome> outcomes,
        Optional<String> taskToken,
        Optional<String> trouble) {

    public Task {
        outcomes = outcomes == null ? List.of() : List.copyOf(outcomes);
    }

    /** Every operation of every role. */
    public enum Operation {
        READ_ORDER,
        CANCEL,
        READ_PAYMENT,
        REFUND,
        FOLLOW,
        FIND_ORDER,
        REFLECT,
        TELL,
        ASK,
        SETTLE,
        ALARM,
        /** Tell staff that the outcome of a step is unknown. */
        WARN,
        /** Tell staff that the money breaker holds refunds. */
        PAUSE,
        /** Read the order and keep nothing of it; its personal data stay where they are. */
        CHECK_ORDER,
        /** Tell staff what the nightly tie-out found. */
        REPORT,
        /** Take in what the storefront's events may have failed to tell. */
        SWEEP,
        PROBE
    }

    CaseId id() {
        return caseId.orElseThrow(
                () -> new IllegalArgumentException("caseId: a case was expected"));
    }

    CaseId owner() {
        return origin.orElse(id());
    }
}
