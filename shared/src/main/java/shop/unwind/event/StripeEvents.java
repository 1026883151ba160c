package shop.unwind.event;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Stripe's events as requests, whether they came by webhook or by EventBridge. Only ids are read,
 * and from the JSON itself: stripe-java reads events of its own API version alone, and what an
 * event means is asked of Stripe when the case runs. https://docs.stripe.com/api/events
 */
public final class StripeEvents {
    private static final Set<String> FAILED = Set.of("failed", "canceled");

    private StripeEvents() {}

    /**
     * The request that an event makes; empty when it asks nothing of us.
     *
     * @param event the event object, snapshot payload
     * @throws IllegalArgumentException naming what was expected of it
     */
    public static Optional<Request> request(JsonNode event, Instant receivedAt) {
        if (!event.path("object").asText().equals("event"))
            throw new IllegalArgumentException(
                    "object: an event with snapshot payload was expected");
        var id = text(event, "id");
        var type = text(event, "type");
        var about = event.path("data").path("object");
        return switch (type) {
            case "charge.dispute.created",
                    "charge.dispute.updated",
                    "charge.dispute.closed",
                    "charge.dispute.funds_withdrawn",
                    "charge.dispute.funds_reinstated",
                    "radar.early_fraud_warning.created" ->
                    Optional.of(
                            request(id, new Wish.Dispute(text(about, "id")), about, receivedAt));
            case "refund.failed", "refund.updated" -> failedRefund(about, receivedAt);
            default -> Optional.empty();
        };
    }

    /**
     * Both events report one failure, so the request is named after the refund. Only ours count.
     */
    private static Optional<Request> failedRefund(JsonNode refund, Instant receivedAt) {
        var ours = refund.path("metadata").path("unwind_step").asText().startsWith("unwind:");
        if (!ours || !FAILED.contains(refund.path("status").asText())) return Optional.empty();
        var id = text(refund, "id");
        return Optional.of(request(id + "-failed", new Wish.RefundFailed(id), refund, receivedAt));
    }

    private static Request request(String id, Wish wish, JsonNode about, Instant receivedAt) {
        return new Request(
                "stripe-" + id,
                Source.DISPUTE,
                wish,
                Optional.empty(),
                Optional.of(new PaymentRef("stripe", payment(about))),
                Optional.empty(),
                receivedAt);
    }

    /** A charge that was made without a payment intent stands for itself. */
    private static String payment(JsonNode about) {
        return Stream.of("payment_intent", "charge")
                .map(key -> about.path(key).asText(""))
                .filter(id -> !id.isBlank() && !id.equals("null"))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "data.object: a payment_intent or charge was expected"));
    }

    private static String text(JsonNode object, String key) {
        var text = object.path(key).asText("");
        if (text.isBlank()) throw new IllegalArgumentException(key + ": a text was expected");
        return text;
    }
}
