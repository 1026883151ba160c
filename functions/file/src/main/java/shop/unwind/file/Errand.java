package shop.unwind.file;

import shop.unwind.domain.CaseId;
import shop.unwind.domain.Outcome;

import java.util.List;
import java.util.Optional;

/**
 * What the workflow asks of the case's file.
 *
 * @param number the order number found, for a hand-over
 * @param outcomes of the steps; for a reopening the refunds that came back
 * @param trouble what went wrong, in words; empty when nothing did
 */
record Errand(
        Operation operation,
        CaseId caseId,
        Optional<String> number,
        List<Outcome> outcomes,
        Optional<String> trouble) {

    enum Operation {
        OPEN,
        HAND_OVER,
        CLOSE,
        REOPEN
    }

    Errand {
        outcomes = outcomes == null ? List.of() : List.copyOf(outcomes);
    }
}
