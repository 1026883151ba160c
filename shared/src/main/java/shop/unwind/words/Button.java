package shop.unwind.words;

import shop.unwind.domain.CaseId;

/** What staff may do about a letter with one press. */
public sealed interface Button {
    /** The case once more: what is done stays done. */
    record RunAgain(CaseId id) implements Button {}

    /** Automatic refunds go on after this pause. */
    record GoOn(int pause) implements Button {}
}
