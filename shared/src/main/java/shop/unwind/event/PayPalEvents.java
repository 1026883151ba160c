package shop.unwind.event;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.OrderRef;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.json.Json;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * PayPal's events. Of a verified webhook only ids go on, as notices: one for each payment that a
 * dispute is about. What an event means is asked of PayPal when the case runs.
 * https://developer.paypal.com/api/rest/webhooks/event-names/
 */
public final class PayPalEvents {
    /** The source under which notices stand on our bus. */
    public static final String SOURCE = "unwind.paypal";

    private static final Set<String> FAILED = Set.of("FAILED", "CANCELLED");

    /** Ids end in addresses of PayPal's API, keys of tables and lines of the log. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,100}");

    /** Until its order is known, a payment's id is a part of the case's. */
    private static final Pattern PAYMENT =
            Pattern.compile("[A-Z0-9]{1," + OrderRef.LONGEST_PAYMENT + "}");

    private static final Pattern TYPE = Pattern.compile("[A-Z0-9._-]{1,100}");

    /**
     * What an event tells us, in ids.
     *
     * @param id the event's own; of each further payment with its number behind it
     * @param type of the event, such as {@code CUSTOMER.DISPUTE.CREATED}
     * @param about the dispute's or the refund's id
     * @param payment the capture's id
     * @param merchant the account's id, empty where the event names none
     */
    public record Notice(String id, String type, String about, String payment, String merchant) {
        public Notice {
            checked("id", id, ID);
            checked("type", type, TYPE);
            checked("about", about, ID);
            checked("payment", payment, PAYMENT);
            if (!merchant.isEmpty()) checked("merchant", merchant, ID);
        }
    }

    private PayPalEvents() {}

    /**
     * The notices that an event makes; none when it asks nothing of us.
     *
     * @param event a webhook's body
     * @throws IllegalArgumentException naming what was expected of it
     */
    public static List<Notice> notices(JsonNode event) {
        var type = event.path("event_type").asText();
        checked("event_type", type, TYPE);
        return switch (type) {
            case "CUSTOMER.DISPUTE.CREATED",
                    "CUSTOMER.DISPUTE.UPDATED",
                    "CUSTOMER.DISPUTE.RESOLVED",
                    "RISK.DISPUTE.CREATED" ->
                    disputed(event);
            default -> failedRefund(event).stream().toList();
        };
    }

    /**
     * The request that a notice makes.
     *
     * @throws IllegalArgumentException naming what was expected of it
     */
    public static Request request(Notice notice, Instant receivedAt) {
        var dispute = notice.type().contains(".DISPUTE.");
        // Several events report one failure, so that request is named after the refund.
        return new Request(
                "paypal-" + (dispute ? notice.id() : notice.about() + "-failed"),
                Source.DISPUTE,
                dispute ? new Wish.Dispute(notice.about()) : new Wish.RefundFailed(notice.about()),
                Optional.empty(),
                Optional.of(new PaymentRef("paypal", notice.payment())),
                Optional.empty(),
                receivedAt);
    }

    /**
     * Whether a notice is of our account.
     *
     * @param settings {@code platforms.paypal}; without {@code merchantId} there nothing is asked
     */
    public static boolean isOurs(Notice notice, JsonNode settings) {
        var merchant = settings.path("merchantId").asText("");
        return merchant.isEmpty()
                || notice.merchant().isEmpty()
                || notice.merchant().equals(merchant);
    }

    private static List<Notice> disputed(JsonNode event) {
        var dispute = event.path("resource");
        var payments = dispute.path("disputed_transactions");
        if (payments.isEmpty())
            throw new IllegalArgumentException(
                    "resource.disputed_transactions: at least one was expected");
        var id = event.path("id").asText();
        return IntStream.range(0, payments.size())
                .mapToObj(
                        at ->
                                new Notice(
                                        at == 0 ? id : id + "-" + (at + 1),
                                        event.path("event_type").asText(),
                                        dispute.path("dispute_id").asText(),
                                        payments.path(at).path("seller_transaction_id").asText(),
                                        payments.path(at).at("/seller/merchant_id").asText()))
                .toList();
    }

    /**
     * Only ours count. UNCONFIRMED: whether PayPal tells at all of a refund that came back; it is
     * followed in any case.
     */
    private static Optional<Notice> failedRefund(JsonNode event) {
        var refund = event.path("resource");
        var ours = refund.path("custom_id").asText().startsWith("unwind.");
        var isRefund = event.path("resource_type").asText().equals("refund");
        if (!isRefund || !ours || !FAILED.contains(refund.path("status").asText()))
            return Optional.empty();
        return Optional.of(
                new Notice(
                        event.path("id").asText(),
                        event.path("event_type").asText(),
                        refund.path("id").asText(),
                        capture(refund).findFirst().orElse(""),
                        ""));
    }

    private static Stream<String> capture(JsonNode refund) {
        return refund.path("links")
                .valueStream()
                .filter(link -> link.path("rel").asText().equals("up"))
                .map(link -> link.path("href").asText())
                .map(href -> href.substring(href.lastIndexOf('/') + 1));
    }

    /** A notice as it stands on the bus. */
    public static Notice read(JsonNode detail) {
        return Json.read(detail, Notice.class);
    }

    private static void checked(String key, String text, Pattern form) {
        if (!form.matcher(text).matches())
            throw new IllegalArgumentException(key + ": " + form.pattern() + " was expected");
    }
}
