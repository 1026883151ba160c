package shop.unwind.cases;

import shop.unwind.domain.CaseId;
import shop.unwind.domain.OrderRef;

import java.time.Instant;

/**
 * The latest case of an order.
 *
 * @param generation of the case; its id is the execution's name
 * @param origin the generation whose step records it continues: its own, or the one it runs again
 * @param from requests up to this number belong to earlier cases
 * @param seen how many requests the order has had in all
 * @param version grows with every write, so that two writers cannot lose each other's
 */
public record Head(
        OrderRef order,
        int generation,
        int origin,
        int from,
        int seen,
        Status status,
        int version,
        Instant changedAt) {

    /** Where the case stands. */
    public enum Status {
        RUNNING,
        CLOSED,
        /** Ended, but not all is done: staff must look. */
        ATTENTION
    }

    public CaseId id() {
        return new CaseId(order, generation);
    }

    public CaseId originId() {
        return new CaseId(order, origin);
    }

    static Head first(OrderRef order, Instant now) {
        return new Head(order, 1, 1, 0, 0, Status.RUNNING, 0, now);
    }

    /** One more request of the same case. */
    public Head counting(Instant now) {
        return new Head(order, generation, origin, from, seen + 1, status, version, now);
    }

    /** A later, different request: a new case that starts afresh. */
    public Head next(Instant now) {
        return new Head(
                order, generation + 1, generation + 1, seen, seen, Status.RUNNING, version, now);
    }

    /** The same case once more: what is done stays done. */
    public Head again(Instant now) {
        return new Head(order, generation + 1, origin, from, seen, Status.RUNNING, version, now);
    }

    public Head ended(Status end, Instant now) {
        return new Head(order, generation, origin, from, seen, end, version, now);
    }

    /** The requests beyond this number become a case of their own. */
    public Head following(int covered, Instant now) {
        return new Head(
                order, generation + 1, generation + 1, covered, seen, Status.RUNNING, version, now);
    }
}
