package shop.unwind.event;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.OrderRef;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Stripe's events as requests, whether they came by webhook or by EventBridge. Only ids are read,
 * and from the JSON itself: stripe-java reads events of its own API version alone, and what an
 * event means is asked of Stripe when the case runs. https://docs.stripe.com/api/events
 */
public final class StripeEvents {
    private static final Set<String> FAILED = Set.of("failed", "canceled");

    /** Ids end in addresses of Stripe's API, keys of tables and lines of the log. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_]{1,255}");

    /** Until its order is known, a payment's id is a part of the case's. */
    private static final Pattern PAYMENT =
            Pattern.compile("[A-Za-z0-9_]{1," + OrderRef.LONGEST_PAYMENT + "}");

    private static final Pattern TYPE = Pattern.compile("[a-z0-9_.]{1,100}");

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
        var id = id(event, "id");
        var type = type(event);
        var about = event.path("data").path("object");
        return switch (type) {
            case "charge.dispute.created",
                    "charge.dispute.updated",
                    "charge.dispute.closed",
                    "charge.dispute.funds_withdrawn",
                    "charge.dispute.funds_reinstated",
                    "radar.early_fraud_warning.created" ->
                    Optional.of(request(id, new Wish.Dispute(id(about, "id")), about, receivedAt));
            case "refund.failed", "refund.updated" -> failedRefund(about, receivedAt);
            default -> Optional.empty();
        };
    }

    /**
     * Whether an event is of our mode and account. Connect sends both modes, and the events of all
     * connected accounts, to one address.
     *
     * @param settings {@code platforms.stripe}; what is not set there is not asked
     */
    public static boolean isOurs(JsonNode event, JsonNode settings) {
        var livemode = settings.path("livemode");
        var account = event.path("account").asText("");
        return (livemode.isMissingNode()
                        || livemode.asBoolean() == event.path("livemode").asBoolean())
                && (account.isEmpty() || account.equals(settings.path("stripeAccount").asText("")));
    }

    /**
     * Both events report one failure, so the request is named after the refund. Only ours count.
     */
    private static Optional<Request> failedRefund(JsonNode refund, Instant receivedAt) {
        var ours = refund.path("metadata").path("unwind_step").asText().startsWith("unwind:");
        if (!ours || !FAILED.contains(refund.path("status").asText())) return Optional.empty();
        var id = id(refund, "id");
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
                .map(about::path)
                .filter(id -> id.isTextual() && PAYMENT.matcher(id.asText()).matches())
                .map(JsonNode::asText)
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "data.object: a payment_intent or charge of at most "
                                                + OrderRef.LONGEST_PAYMENT
                                                + " letters, digits and underscores was expected"));
    }

    private static String id(JsonNode object, String key) {
        return text(object, key, ID, "an id of letters, digits and underscores");
    }

    private static String type(JsonNode event) {
        return text(event, "type", TYPE, "an event's type");
    }

    private static String text(JsonNode object, String key, Pattern form, String expected) {
        var text = object.path(key);
        if (text.isTextual() && form.matcher(text.asText()).matches()) return text.asText();
        throw new IllegalArgumentException(key + ": " + expected + " was expected");
    }
}
