package shop.unwind.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A payment as whoever moves its money knows it now.
 *
 * @param authorised held on the card and not taken
 * @param refunded given back, whether settled or on its way
 * @param refundableUntil when it becomes too old to be refunded, where that is known
 */
public record Payment(
        PaymentRef ref,
        Money authorised,
        Money captured,
        Money refunded,
        List<Dispute> disputes,
        Optional<Instant> refundableUntil) {

    public Payment {
        disputes = List.copyOf(disputes);
    }

    /** A payment of which no age is known at which it becomes too old to be refunded. */
    public Payment(
            PaymentRef ref,
            Money authorised,
            Money captured,
            Money refunded,
            List<Dispute> disputes) {
        this(ref, authorised, captured, refunded, disputes, Optional.empty());
    }

    public Money remaining() {
        return captured.remainingAfter(refunded);
    }

    /** Whether what is left of it can no longer go back the way it came. */
    public boolean isTooOld(Instant now) {
        return remaining().isPositive() && refundableUntil.filter(now::isAfter).isPresent();
    }
}
