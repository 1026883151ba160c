package shop.unwind.event;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.OrderRef;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.domain.Wish.Happened.What;
import shop.unwind.json.Json;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Square's events. Of a verified webhook only ids go on, as a notice; how things stand is asked of
 * Square when the case runs. https://developer.squareup.com/docs/webhooks/v2webhook-events-tech-ref
 */
public final class SquareEvents {
    /** The source under which notices stand on our bus. */
    public static final String SOURCE = "unwind.square";

    private static final Set<String> FAILED = Set.of("FAILED", "REJECTED");

    /** What the reasons of our own refunds begin with. */
    private static final String MARK = "unwind:";

    /** Behind an order's id that stands where a payment's would. */
    private static final String ORDER = ".";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    /** Until its order is known, a payment's id is a part of the case's. */
    private static final Pattern PAYMENT =
            Pattern.compile("[A-Za-z0-9_-]{1," + (OrderRef.LONGEST_PAYMENT - 1) + "}\\.?");

    private static final Pattern TYPE = Pattern.compile("[a-z._]{1,100}");

    /**
     * What an event tells us, in ids.
     *
     * @param id the event's own
     * @param type of the event, such as {@code dispute.created}
     * @param about the order's, dispute's or refund's id
     * @param payment its id; behind an order's stands a point
     * @param failed the event tells of a refund that came to nothing
     * @param merchant the account's id
     */
    public record Notice(
            String id, String type, String about, String payment, boolean failed, String merchant) {
        public Notice {
            checked("event_id", id, ID);
            checked("type", type, TYPE);
            checked("id", about, ID);
            checked("payment_id", payment, PAYMENT);
            checked("merchant_id", merchant, ID);
        }
    }

    private SquareEvents() {}

    /**
     * The notice that an event makes; empty when it asks nothing of us.
     *
     * @param event a webhook's body
     * @throws IllegalArgumentException naming what was expected of it
     */
    public static Optional<Notice> notice(JsonNode event) {
        var type = text(event.path("type"));
        checked("type", type, TYPE);
        return switch (type) {
            case "dispute.created", "dispute.state.updated" -> Optional.of(disputed(event));
            case "refund.created", "refund.updated" -> refunded(event);
            case "order.updated" -> ordered(event);
            case "order.fulfillment.updated" -> calledOff(event);
            default -> Optional.empty();
        };
    }

    /**
     * The request that a notice makes.
     *
     * @param settings {@code platforms.square}
     * @throws IllegalArgumentException naming what was expected of it
     */
    public static Request request(Notice notice, JsonNode settings, Instant receivedAt) {
        return switch (notice.type()) {
            case "order.updated", "order.fulfillment.updated" ->
                    cancelled(notice, settings, receivedAt);
            case "refund.created", "refund.updated" ->
                    // Several events report one refund, so the request is named after it.
                    notice.failed()
                            ? byPayment(
                                    notice,
                                    notice.about() + "-failed",
                                    Source.DISPUTE,
                                    new Wish.RefundFailed(notice.about()),
                                    receivedAt)
                            : byPayment(
                                    notice,
                                    notice.about() + "-refunded",
                                    Source.STOREFRONT,
                                    new Wish.Happened(What.REFUNDED),
                                    receivedAt);
            default ->
                    byPayment(
                            notice,
                            notice.id(),
                            Source.DISPUTE,
                            new Wish.Dispute(notice.about()),
                            receivedAt);
        };
    }

    /**
     * Whether a notice is of our account.
     *
     * @param settings {@code platforms.square}; without {@code merchantId} there nothing is asked
     */
    public static boolean isOurs(Notice notice, JsonNode settings) {
        var merchant = settings.path("merchantId").asText("");
        return merchant.isEmpty() || notice.merchant().equals(merchant);
    }

    /** A notice as it stands on the bus. */
    public static Notice read(JsonNode detail) {
        return Json.read(detail, Notice.class);
    }

    /** UNCONFIRMED: the schema names it {@code object}, real payloads {@code dispute}. */
    private static Notice disputed(JsonNode event) {
        var object = event.at("/data/object");
        var dispute = object.has("dispute") ? object.path("dispute") : object.path("object");
        var payment = text(dispute.at("/disputed_payment/payment_id"));
        var id = text(dispute.has("id") ? dispute.path("id") : dispute.path("dispute_id"));
        return notice(event, id, payment, false);
    }

    /** Ours count only when they came to nothing, others' only when they have arrived. */
    private static Optional<Notice> refunded(JsonNode event) {
        var refund = event.at("/data/object/refund");
        var ours = refund.path("reason").asText().startsWith(MARK);
        var status = refund.path("status").asText();
        var failed = FAILED.contains(status);
        var counts = ours ? failed : status.equals("COMPLETED");
        if (!counts) return Optional.empty();
        var payment = text(refund.path("payment_id"));
        return Optional.of(notice(event, text(refund.path("id")), payment, failed));
    }

    /** That we cancelled it ourselves, Square does not say: the case will know it. */
    private static Optional<Notice> ordered(JsonNode event) {
        var order = event.at("/data/object/order_updated");
        if (!order.path("state").asText().equals("CANCELED")) return Optional.empty();
        var id = text(order.path("order_id"));
        return Optional.of(notice(event, id, id + ORDER, false));
    }

    /** All there is to see of an order that is called off after it was paid: it is not CANCELED. */
    private static Optional<Notice> calledOff(JsonNode event) {
        var order = event.at("/data/object/order_fulfillment_updated");
        var changes = order.path("fulfillment_update").valueStream();
        if (changes.noneMatch(each -> each.path("new_state").asText().equals("CANCELED")))
            return Optional.empty();
        var id = text(order.path("order_id"));
        return Optional.of(notice(event, id, id + ORDER, false));
    }

    private static Notice notice(JsonNode event, String about, String payment, boolean failed) {
        return new Notice(
                text(event.path("event_id")),
                text(event.path("type")),
                about,
                payment,
                failed,
                text(event.path("merchant_id")));
    }

    /** A number is no id, though it may look like one. */
    private static String text(JsonNode node) {
        return node.isTextual() ? node.asText() : "";
    }

    /** Where orders go by another number than Square's id, Square is asked for it. */
    private static Request cancelled(Notice notice, JsonNode settings, Instant receivedAt) {
        if (settings.path("orderNumbers").asText().equals("reference_id"))
            return byPayment(
                    notice,
                    notice.id(),
                    Source.STOREFRONT,
                    new Wish.Happened(What.CANCELLED),
                    receivedAt);
        return new Request(
                "square-" + notice.id(),
                Source.STOREFRONT,
                new Wish.Happened(What.CANCELLED),
                Optional.of(new OrderRef("square", notice.about())),
                Optional.empty(),
                Optional.empty(),
                receivedAt);
    }

    private static Request byPayment(
            Notice notice, String id, Source source, Wish wish, Instant receivedAt) {
        return new Request(
                "square-" + id,
                source,
                wish,
                Optional.empty(),
                Optional.of(new PaymentRef("square", notice.payment())),
                Optional.empty(),
                receivedAt);
    }

    private static void checked(String key, String text, Pattern form) {
        if (!form.matcher(text).matches())
            throw new IllegalArgumentException(key + ": " + form.pattern() + " was expected");
    }
}
