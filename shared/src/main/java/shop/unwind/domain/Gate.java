package shop.unwind.domain;

import java.util.List;

/**
 * Decides, just before money moves, whether a disputed payment may be refunded. One rule for all
 * providers: a refund into an open chargeback pays twice, a full refund settles an inquiry.
 */
public sealed interface Gate {
    record Open() implements Gate {}

    /** Never: the dispute moves the money. This is no failure of the cancellation. */
    record Blocked(String words) implements Gate {}

    /** A person must say yes first. */
    record Held(String words) implements Gate {}

    /**
     * Judges one refund.
     *
     * @param whole the refund is for all that is left of the payment
     */
    static Gate judge(List<Dispute> disputes, boolean whole, boolean shipped, boolean approved) {
        Gate gate = new Open();
        for (var dispute : disputes)
            gate = stricter(gate, judge(dispute, whole, shipped, approved));
        return gate;
    }

    private static Gate judge(Dispute dispute, boolean whole, boolean shipped, boolean approved) {
        return switch (dispute.phase()) {
            case CHARGEBACK, IN_REVIEW ->
                    new Blocked("dispute " + dispute.id() + " is open: the bank moves the money");
            case CLOSED_LOST ->
                    new Blocked("dispute " + dispute.id() + " is lost: the customer has the money");
            case CLAIM -> new Blocked("claim " + dispute.id() + " is decided by the provider");
            case UNKNOWN -> new Held("dispute " + dispute.id() + " is in a phase we do not know");
            case CLOSED_WON -> unless(approved, "dispute " + dispute.id() + " was won by evidence");
            case INQUIRY -> {
                if (!whole)
                    yield new Held("a partial refund does not settle inquiry " + dispute.id());
                yield unless(
                        approved || !shipped, "inquiry " + dispute.id() + " on a shipped order");
            }
            case FRAUD_WARNING ->
                    unless(
                            approved || !shipped,
                            "fraud warning " + dispute.id() + " on a shipped order");
        };
    }

    private static Gate unless(boolean fine, String words) {
        return fine ? new Open() : new Held(words);
    }

    private static Gate stricter(Gate one, Gate other) {
        return rank(one) >= rank(other) ? one : other;
    }

    private static int rank(Gate gate) {
        return switch (gate) {
            case Open() -> 0;
            case Held _ -> 1;
            case Blocked _ -> 2;
        };
    }
}
