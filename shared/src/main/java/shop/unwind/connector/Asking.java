package shop.unwind.connector;

import shop.unwind.cases.Approval;
import shop.unwind.cases.Approval.Answer;
import shop.unwind.cases.Cases;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.Decision.Hold;
import shop.unwind.domain.OrderRef;
import shop.unwind.problem.Changed;
import shop.unwind.problem.NotFound;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Puts questions to staff on record. An answer, once given, is never overwritten. */
final class Asking {
    private final Cases cases;
    private final InstantSource clock;

    Asking(Cases cases, InstantSource clock) {
        this.cases = cases;
        this.clock = clock;
    }

    /**
     * Opens the question, or lets the one that stands wake this execution instead.
     *
     * @throws Changed when it is answered already: nothing will wake the execution
     */
    Approval open(CaseId id, Hold hold, String token) {
        var fresh =
                new Approval(
                        hold.approval(),
                        Answer.OPEN,
                        hold.question(),
                        token,
                        "",
                        clock.instant(),
                        Optional.empty());
        if (cases.ask(id.order(), fresh)) return fresh;
        var standing = whileOpen(id.order(), hold.approval(), asked -> asked.askedAgain(token));
        if (standing.answer() != Answer.OPEN)
            throw new Changed("the question is answered: " + standing.answer());
        return standing;
    }

    /** Notes where the question stands, for whoever shows the answer there. */
    void shown(CaseId id, Hold hold, String place) {
        whileOpen(id.order(), hold.approval(), asked -> asked.shownAt(place));
    }

    /** Closes the question: if nobody has answered by now, nobody will. */
    Approval close(CaseId id, Hold hold) {
        return whileOpen(
                id.order(), hold.approval(), asked -> asked.answered(Answer.EXPIRED, "nobody"));
    }

    /** Changes the question unless it is answered; gives how it stands then. */
    private Approval whileOpen(OrderRef order, String approval, UnaryOperator<Approval> change) {
        while (true) {
            var asked =
                    cases.approval(order, approval)
                            .orElseThrow(() -> new NotFound("approval " + approval));
            if (asked.answer() != Answer.OPEN) return asked;
            var next = change.apply(asked);
            if (next.equals(asked) || cases.change(order, asked, next)) return next;
        }
    }
}
