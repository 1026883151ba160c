package shop.unwind.connector;

import shop.unwind.cases.Approval;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.Decision.Hold;
import shop.unwind.domain.Personal;
import shop.unwind.once.Effect;

import java.util.Optional;

/** Asks staff a question that has one answer. */
public interface Approver extends Connector {

    /**
     * Shows the question; the outcome's reference says where it stands.
     *
     * @param reason what the customer wrote
     */
    Effect ask(CaseId id, Hold hold, Optional<Personal> reason);

    /** Shows the answer in place of the question; harmless to repeat. */
    void settle(CaseId id, Approval approval);
}
