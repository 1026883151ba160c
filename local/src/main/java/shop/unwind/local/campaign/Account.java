package shop.unwind.local.campaign;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One order by the platforms' own books. Amounts are in cents.
 *
 * @param shippedFirst whether something had left before the order was cancelled
 * @param taken units taken back, by SKU
 * @param restocked units that came back into stock, by SKU
 * @param takes units taken back, one by one
 * @param shipments units that have left
 * @param refused what the payment platform turned away, in its own code
 * @param held whether an authorisation or an open checkout can still take money
 */
record Account(
        boolean cancelled,
        boolean shippedFirst,
        Map<String, Integer> taken,
        Map<String, Integer> restocked,
        List<Take> takes,
        List<Shipment> shipments,
        List<Refund> refunds,
        List<Refusal> refused,
        Optional<Instant> chargedBack,
        boolean held,
        List<Message> messages) {

    /**
     * Units of a line taken back at the storefront.
     *
     * @param worth their price and tax, as the storefront reckons
     * @param by the case that ordered it; empty for anybody else
     */
    record Take(String sku, int units, long worth, String by, Instant at) {
        boolean isOurs() {
            return !by.isEmpty();
        }
    }

    record Shipment(String sku, int units, Instant at) {}

    /**
     * Money that went back.
     *
     * @param by the case that ordered it; empty for anybody else
     */
    record Refund(String payment, long amount, String status, String by, Instant at) {
        boolean stands() {
            return switch (status) {
                case "succeeded", "pending", "SUCCESS", "PENDING", "COMPLETED" -> true;
                default -> false;
            };
        }

        /** Whether its platform took it, whatever a bank made of it later. */
        boolean wasTaken() {
            return !status.equals("ERROR");
        }

        boolean isSettled() {
            return Set.of("succeeded", "SUCCESS", "COMPLETED").contains(status);
        }

        boolean isOurs() {
            return !by.isEmpty();
        }
    }

    /**
     * A refund that the provider refused.
     *
     * @param by the case that wanted it
     */
    record Refusal(String code, String by, Instant at) {
        boolean isForTooMuch() {
            return code.contains("greater than unrefunded")
                    || code.contains("REFUND_AMOUNT_EXCEEDED")
                    || code.contains("REFUND_AMOUNT_INVALID");
        }

        boolean isForChargeback() {
            return code.contains("charge_disputed")
                    || code.contains("DUE_TO_CHARGEBACK")
                    || code.contains("DUE_TO_DISPUTE");
        }
    }

    /** Where something was said. */
    enum Channel {
        MAIL,
        CHAT,
        NOTE
    }

    /**
     * Something that was said.
     *
     * @param stage the mark of the step that said it
     */
    record Message(Channel channel, String stage, String text) {}

    /** What went back to the customer or is on its way. */
    long refunded() {
        return refunds.stream().filter(Refund::stands).mapToLong(Refund::amount).sum();
    }

    List<Message> said(Channel channel) {
        return messages.stream().filter(message -> message.channel() == channel).toList();
    }
}
