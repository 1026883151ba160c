package shop.unwind.stripe;

import com.stripe.model.radar.EarlyFraudWarning;

import shop.unwind.domain.Dispute;
import shop.unwind.domain.Dispute.Phase;

import java.util.Optional;

/** Stripe's disputes and fraud warnings in our words. https://docs.stripe.com/api/disputes */
final class Disputes {
    private Disputes() {}

    static Dispute dispute(com.stripe.model.Dispute dispute) {
        return new Dispute(dispute.getId(), phase(dispute));
    }

    /** A warning counts only while it is actionable: neither disputed nor refunded in full. */
    static Optional<Dispute> warning(EarlyFraudWarning warning) {
        return Optional.ofNullable(warning.getActionable()).orElse(true)
                ? Optional.of(new Dispute(warning.getId(), Phase.FRAUD_WARNING))
                : Optional.empty();
    }

    /**
     * {@code is_charge_refundable} overrides an inquiry's status: false means that the bank moves
     * the money. True on a chargeback contradicts it: a person must read.
     */
    private static Phase phase(com.stripe.model.Dispute dispute) {
        var refundable = Optional.ofNullable(dispute.getIsChargeRefundable());
        return switch (String.valueOf(dispute.getStatus())) {
            case "warning_needs_response", "warning_under_review" ->
                    refundable.orElse(true) ? Phase.INQUIRY : Phase.CHARGEBACK;
            case "needs_response" -> refundable.orElse(false) ? Phase.UNKNOWN : Phase.CHARGEBACK;
            case "under_review" -> refundable.orElse(false) ? Phase.UNKNOWN : Phase.IN_REVIEW;
            case "won", "warning_closed" -> Phase.CLOSED_WON;
            case "lost" -> Phase.CLOSED_LOST;
            // "prevented" settles by itself: whether our balance was debited, a person must read.
            default -> Phase.UNKNOWN;
        };
    }
}
