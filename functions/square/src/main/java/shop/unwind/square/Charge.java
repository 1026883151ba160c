package shop.unwind.square;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.Dispute;
import shop.unwind.domain.Money;
import shop.unwind.domain.Payment;
import shop.unwind.domain.PaymentRef;
import shop.unwind.once.Attempt;
import shop.unwind.problem.Refused;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A payment with its refunds, in our words. */
record Charge(JsonNode payment, List<JsonNode> refunds) {
    private static final int LONGEST_REASON = 192;
    private static final String MARK = "unwind:";

    Charge {
        refunds = List.copyOf(refunds);
    }

    /** Our mark, as a refund's reason bears it. */
    static String reason(Attempt attempt) {
        var mark = attempt.mark();
        return mark.length() <= LONGEST_REASON
                ? mark
                : MARK + UUID.nameUUIDFromBytes(mark.getBytes(StandardCharsets.UTF_8));
    }

    String id() {
        return payment.path("id").asText();
    }

    Payment asPayment(List<Dispute> disputes) {
        return new Payment(
                new PaymentRef("square", id()), authorised(), captured(), refunded(), disputes);
    }

    Money authorised() {
        return isHeld() ? paid() : Money.zero(paid().currency());
    }

    /**
     * What was taken, tip included.
     *
     * @throws Refused while it is not known whether it will be
     */
    Money captured() {
        return switch (status()) {
            case "COMPLETED" -> paid();
            case "APPROVED", "CANCELED", "FAILED" -> Money.zero(paid().currency());
            case "PENDING" -> throw new Refused("PENDING", "the buyer's money has not arrived yet");
            default ->
                    throw new Refused(
                            "unknown_status", "the payment's status " + status() + " is new to us");
        };
    }

    /**
     * Given back, whether settled or on its way. UNCONFIRMED: whether {@code refunded_money} counts
     * those on their way, so the larger of the two counts.
     */
    Money refunded() {
        var listed =
                refunds.stream()
                        .filter(Charge::stands)
                        .map(refund -> Amounts.money(refund.path("amount_money")))
                        .reduce(Money.zero(paid().currency()), Money::plus);
        var told = Amounts.money(payment.path("refunded_money"), paid());
        return listed.compareTo(told) >= 0 ? listed : told;
    }

    boolean isReleased() {
        return status().equals("CANCELED");
    }

    /** Whether all that was taken went back, and by our doing. */
    boolean isRepaidByUs() {
        return captured().isPositive()
                && refunded().compareTo(captured()) >= 0
                && refunds.stream().anyMatch(each -> reason(each).startsWith(MARK));
    }

    /** The refund that this attempt made. */
    Optional<JsonNode> made(Attempt attempt) {
        return refunds.stream()
                .filter(Charge::stands)
                .filter(refund -> reason(refund).equals(reason(attempt)))
                .findFirst();
    }

    Optional<String> email() {
        return text("buyer_email_address");
    }

    Optional<String> order() {
        return text("order_id");
    }

    Optional<String> reference() {
        return text("reference_id");
    }

    private boolean isHeld() {
        return status().equals("APPROVED");
    }

    private String status() {
        return payment.path("status").asText();
    }

    private Money paid() {
        var total = payment.path("total_money");
        return Amounts.money(total.isObject() ? total : payment.path("amount_money"));
    }

    /** A refund that failed gives nothing back. */
    private static boolean stands(JsonNode refund) {
        return !List.of("REJECTED", "FAILED").contains(refund.path("status").asText());
    }

    private static String reason(JsonNode refund) {
        return refund.path("reason").asText();
    }

    private Optional<String> text(String field) {
        return Optional.of(payment.path(field).asText("")).filter(text -> !text.isBlank());
    }
}
