package shop.unwind.decide;

import static shop.unwind.domain.Dispute.Phase.CLOSED_WON;
import static shop.unwind.domain.Dispute.Phase.FRAUD_WARNING;
import static shop.unwind.domain.Dispute.Phase.INQUIRY;
import static shop.unwind.domain.Dispute.Phase.UNKNOWN;

import shop.unwind.domain.Wish;

import java.util.Optional;
import java.util.stream.Collectors;

/**
 * When a person must be asked whatever the amount. An open chargeback is no question: it blocks.
 */
final class Questions {
    private Questions() {}

    static Optional<String> about(Facts facts) {
        if (facts.isMoneyMovedByDispute()) return Optional.empty();
        return refundFailed(facts).or(() -> disputed(facts)).or(() -> cancelledElsewhere(facts));
    }

    private static Optional<String> refundFailed(Facts facts) {
        return facts.any(Wish.RefundFailed.class)
                ? Optional.of("a refund did not arrive and the money is back with us")
                : Optional.empty();
    }

    private static Optional<String> disputed(Facts facts) {
        var shipped = facts.known().anythingShipped();
        var auto = facts.policy().document().disputes().inquiryAutoRefund();
        var asks =
                facts.in(UNKNOWN, CLOSED_WON)
                        || (facts.in(INQUIRY) && (shipped || !auto || !Take.of(facts).whole()))
                        || (facts.in(FRAUD_WARNING) && shipped)
                        || (!facts.disputes().isEmpty() && Take.of(facts).begun() > 0);
        return asks ? Optional.of(describe(facts, shipped)) : Optional.empty();
    }

    /** Whoever cancelled at the storefront could have refunded there and did not. */
    private static Optional<String> cancelledElsewhere(Facts facts) {
        var order = facts.known();
        var left =
                facts.payments().stream()
                        .filter(
                                payment ->
                                        payment.ref().platform().equals(order.ref().storefront()))
                        .anyMatch(payment -> payment.remaining().isPositive());
        return order.cancelled() && !facts.isTakingBackWanted() && left
                ? Optional.of("it was cancelled at the storefront without a refund")
                : Optional.empty();
    }

    private static String describe(Facts facts, boolean shipped) {
        var disputes =
                facts.disputes().stream()
                        .map(dispute -> dispute.id() + " is " + dispute.phase())
                        .collect(Collectors.joining(", "));
        return disputes + (shipped ? " and part of the order has shipped" : "");
    }
}
