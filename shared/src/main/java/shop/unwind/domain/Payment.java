package shop.unwind.domain;

import java.util.List;

/**
 * A payment as whoever moves its money knows it now.
 *
 * @param authorised held on the card and not taken
 * @param refunded given back, whether settled or on its way
 */
public record Payment(
        PaymentRef ref, Money authorised, Money captured, Money refunded, List<Dispute> disputes) {

    public Payment {
        disputes = List.copyOf(disputes);
    }

    public Money remaining() {
        return captured.minus(refunded);
    }
}
