package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** PayPal's objects, as its API shows them. */
final class PayPalObjects {
    private static final Set<String> WITHOUT_DECIMALS = Set.of("HUF", "JPY", "TWD");
    private static final String API = "https://api.sandbox.paypal.com";
    private static final int ID_LENGTH = 17;

    private PayPalObjects() {}

    /** By what a storefront knows payment number {@code at}: its capture, else its hold. */
    static String payment(WorldOrder order, int at) {
        return order.payments().get(at).captured() ? capture(order, at) : hold(order, at);
    }

    static String capture(WorldOrder order, int at) {
        return id("C" + (at + 1), order.word());
    }

    static String hold(WorldOrder order, int at) {
        return id("A" + (at + 1), order.word());
    }

    /** Seventeen capitals and digits that end in the order's word, if it is short enough. */
    static String id(String prefix, String word) {
        var room = ID_LENGTH - prefix.length();
        var name = word.length() <= room ? word.toUpperCase(Locale.ROOT) : hash(word, room);
        return prefix + "0".repeat(room - name.length()) + name;
    }

    static ObjectNode money(long minor, String currency) {
        var decimal = Money.decimal(minor, currency);
        if (WITHOUT_DECIMALS.contains(currency)) decimal = decimal.replaceFirst("\\..*", "");
        return Json.of("currency_code", currency, "value", decimal);
    }

    /** In minor units. */
    static long minor(JsonNode amount) {
        return Money.minor(amount.path("value").asText(), currency(amount)).orElseThrow();
    }

    static String currency(JsonNode amount) {
        return amount.path("currency_code").asText();
    }

    static boolean hasDecimals(String currency) {
        return !WITHOUT_DECIMALS.contains(currency);
    }

    static ObjectNode order(String id, WorldOrder order, WorldOrder.Payment payment) {
        var unit =
                Json.of(
                        "reference_id",
                        "default",
                        "amount",
                        money(payment.amount(), order.currency().getCurrencyCode()),
                        "custom_id",
                        order.storefront() + "-" + order.number(),
                        "invoice_id",
                        order.number());
        return Json.of(
                "id", id,
                "intent", payment.captured() ? "CAPTURE" : "AUTHORIZE",
                "status", "COMPLETED",
                "purchase_units", List.of(unit),
                "create_time", time(order.placedAt()),
                "update_time", time(order.placedAt()),
                "links", List.of(link("self", "v2/checkout/orders/" + id)));
    }

    static ObjectNode hold(String id, JsonNode order, Instant now) {
        return payment(id, "authorizations", order, now)
                .put("status", "CREATED")
                .put("expiration_time", time(now.plus(Duration.ofDays(29))));
    }

    static ObjectNode capture(String id, JsonNode order, Instant now) {
        var capture = payment(id, "captures", order, now).put("status", "COMPLETED");
        return capture.put("final_capture", true);
    }

    private static ObjectNode payment(String id, String kind, JsonNode order, Instant now) {
        var unit = order.path("purchase_units").path(0);
        var orderId = order.path("id").asText();
        return Json.of(
                "id",
                id,
                "amount",
                unit.path("amount"),
                "custom_id",
                unit.path("custom_id"),
                "invoice_id",
                unit.path("invoice_id"),
                "supplementary_data",
                Json.of("related_ids", Json.of("order_id", orderId)),
                "create_time",
                time(now),
                "update_time",
                time(now),
                "links",
                List.of(
                        link("self", "v2/payments/" + kind + "/" + id),
                        link("up", "v2/checkout/orders/" + orderId)));
    }

    static ObjectNode refund(
            String id, String capture, ObjectNode amount, JsonNode wish, Instant now) {
        var refund =
                Json.of(
                        "id",
                        id,
                        "amount",
                        amount,
                        "status",
                        "COMPLETED",
                        "create_time",
                        time(now),
                        "update_time",
                        time(now),
                        "links",
                        List.of(
                                link("self", "v2/payments/refunds/" + id),
                                link("up", "v2/payments/captures/" + capture)));
        for (var field : List.of("custom_id", "invoice_id", "note_to_payer"))
            if (wish.has(field)) refund.set(field, wish.get(field));
        return refund;
    }

    /** A dispute of one stage and channel, open. */
    static ObjectNode dispute(
            String id, JsonNode capture, String stage, String channel, Instant now) {
        var about =
                Json.of(
                        "seller_transaction_id", capture.path("id"),
                        "gross_amount", capture.path("amount"),
                        "transaction_status", "COMPLETED",
                        "invoice_number", capture.path("invoice_id"),
                        "custom", capture.path("custom_id"),
                        "seller", Json.of("merchant_id", "UNWINDSANDBOX"));
        return Json.of(
                "dispute_id",
                id,
                "create_time",
                time(now),
                "update_time",
                time(now),
                "disputed_transactions",
                List.of(about),
                "reason",
                "MERCHANDISE_OR_SERVICE_NOT_RECEIVED",
                "status",
                "OPEN",
                "dispute_state",
                stage.equals("INQUIRY") ? "OPEN_INQUIRIES" : "REQUIRED_ACTION",
                "dispute_amount",
                capture.path("amount"),
                "dispute_life_cycle_stage",
                stage,
                "dispute_channel",
                channel,
                "seller_response_due_date",
                time(now.plus(Duration.ofDays(10))),
                "links",
                List.of(link("self", "v1/customer/disputes/" + id)));
    }

    /** What a list shows of a dispute. */
    static ObjectNode summary(ObjectNode dispute) {
        return dispute.deepCopy()
                .retain(
                        "dispute_id",
                        "create_time",
                        "update_time",
                        "reason",
                        "status",
                        "dispute_state",
                        "dispute_amount",
                        "dispute_life_cycle_stage",
                        "dispute_channel",
                        "seller_response_due_date",
                        "links");
    }

    static ObjectNode event(String id, String type, String kind, JsonNode resource, Instant now) {
        return Json.of(
                "id",
                id,
                "event_version",
                "1.0",
                "create_time",
                time(now),
                "resource_type",
                kind,
                "resource_version",
                "2.0",
                "event_type",
                type,
                "summary",
                "An event of the sandbox",
                "resource",
                resource,
                "links",
                List.of());
    }

    static ObjectNode link(String rel, String path) {
        return Json.of("href", API + "/" + path, "rel", rel, "method", "GET");
    }

    static Instant createdAt(JsonNode object) {
        return Instant.parse(object.path("create_time").asText());
    }

    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static String hash(String word, int length) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(word.getBytes(StandardCharsets.UTF_8));
            var text = new BigInteger(1, digest).toString(36).toUpperCase(Locale.ROOT);
            return text.substring(0, length);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
