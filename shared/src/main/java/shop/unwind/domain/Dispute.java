package shop.unwind.domain;

/** One complaint about a payment, in our words for its phase. */
public record Dispute(String id, Phase phase) {

    /** The phases of all providers in one row; see the settlement table in the README. */
    public enum Phase {
        FRAUD_WARNING,
        INQUIRY,
        CLAIM,
        CHARGEBACK,
        IN_REVIEW,
        CLOSED_LOST,
        CLOSED_WON,
        UNKNOWN
    }
}
