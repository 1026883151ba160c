package shop.unwind.paypal;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.Dispute;
import shop.unwind.domain.Dispute.Phase;

/**
 * PayPal's disputes in our words: the stage CHARGEBACK is a claim that PayPal decides, unless a
 * bank filed it. https://developer.paypal.com/docs/disputes/disputes-reference/
 */
final class Disputes {
    private Disputes() {}

    /**
     * One dispute.
     *
     * @param repaid all of the payment was given back by refunds
     */
    static Dispute dispute(JsonNode dispute, boolean repaid) {
        return new Dispute(dispute.path("dispute_id").asText(), phase(dispute, repaid));
    }

    private static Phase phase(JsonNode dispute, boolean repaid) {
        return switch (dispute.path("status").asText()) {
            case "OPEN", "WAITING_FOR_SELLER_RESPONSE" -> open(dispute);
            case "UNDER_REVIEW", "WAITING_FOR_BUYER_RESPONSE" -> Phase.IN_REVIEW;
            case "RESOLVED" -> resolved(dispute, repaid);
            default -> Phase.UNKNOWN;
        };
    }

    private static Phase open(JsonNode dispute) {
        var stage = stage(dispute);
        return switch (dispute.path("dispute_channel").asText()) {
            case "ALERT" -> Phase.FRAUD_WARNING;
            case "INTERNAL" ->
                    switch (stage) {
                        case "INQUIRY" -> Phase.INQUIRY;
                        case "CHARGEBACK" -> Phase.CLAIM;
                        default -> Phase.UNKNOWN;
                    };
            case "EXTERNAL" ->
                    switch (stage) {
                        case "CHARGEBACK", "PRE_ARBITRATION", "ARBITRATION" -> Phase.CHARGEBACK;
                        default -> Phase.UNKNOWN;
                    };
            default -> Phase.UNKNOWN;
        };
    }

    /**
     * An inquiry or alert on a payment that was given back in full ended with that refund, and took
     * nothing besides. Whom RESOLVED_WITH_PAYOUT paid is UNCONFIRMED: the buyer, to be safe.
     */
    private static Phase resolved(JsonNode dispute, boolean repaid) {
        return switch (dispute.path("dispute_outcome").path("outcome_code").asText()) {
            case "RESOLVED_BUYER_FAVOUR", "ACCEPTED", "RESOLVED_WITH_PAYOUT" ->
                    repaid && isBeforeAnyClaim(dispute) ? Phase.CLOSED_WON : Phase.CLOSED_LOST;
            case "RESOLVED_SELLER_FAVOUR", "CANCELED_BY_BUYER", "DENIED" -> Phase.CLOSED_WON;
            default -> Phase.UNKNOWN;
        };
    }

    private static boolean isBeforeAnyClaim(JsonNode dispute) {
        return stage(dispute).equals("INQUIRY")
                || dispute.path("dispute_channel").asText().equals("ALERT");
    }

    private static String stage(JsonNode dispute) {
        return dispute.path("dispute_life_cycle_stage").asText();
    }
}
