package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The books of {@link BigCommerceBook} as the two APIs show them. */
final class BigCommerceJson {
    /** RFC 2822, with two digits for the day. */
    private static final DateTimeFormatter V2_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss xx", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private static final Map<Integer, String> STATUSES =
            Map.ofEntries(
                    Map.entry(0, "Incomplete"),
                    Map.entry(1, "Pending"),
                    Map.entry(2, "Shipped"),
                    Map.entry(3, "Partially Shipped"),
                    Map.entry(4, "Refunded"),
                    Map.entry(5, "Cancelled"),
                    Map.entry(6, "Declined"),
                    Map.entry(7, "Awaiting Payment"),
                    Map.entry(8, "Awaiting Pickup"),
                    Map.entry(9, "Awaiting Shipment"),
                    Map.entry(10, "Completed"),
                    Map.entry(11, "Awaiting Fulfillment"),
                    Map.entry(12, "Manual Verification Required"),
                    Map.entry(13, "Disputed"),
                    Map.entry(14, "Partially Refunded"));

    private BigCommerceJson() {}

    static ObjectNode order(JsonNode order) {
        var currency = order.path("currency").asText();
        var total = decimal(BigCommerceBook.total(order), currency);
        return Json.of(
                "id", order.path("id"),
                "customer_id", 0,
                "date_created", date(order.path("createdAt")),
                "date_modified", date(order.path("updatedAt")),
                "status_id", order.path("status"),
                "status", STATUSES.getOrDefault(order.path("status").asInt(), ""),
                "payment_status", BigCommerceBook.paymentStatus(order),
                "payment_method", order.path("gateway"),
                "payment_provider_id", order.path("transaction"),
                "currency_code", currency,
                "default_currency_code", currency,
                "total_inc_tax", total,
                "items_total", units(order, "quantity"),
                "items_shipped", units(order, "shipped"),
                "refunded_amount", "0.0000",
                "is_deleted", false,
                "staff_notes", order.path("staffNotes"),
                "customer_message", "",
                "billing_address",
                        Json.of(
                                "first_name", order.path("name"),
                                "zip", "97201",
                                "email", order.path("email"),
                                "phone", order.path("phone").asText("")));
    }

    private static int units(JsonNode order, String field) {
        return Json.stream(order.path("lines")).mapToInt(line -> line.path(field).asInt()).sum();
    }

    static ObjectNode product(JsonNode order, JsonNode line) {
        var currency = order.path("currency").asText();
        return Json.of(
                "id", line.path("id"),
                "order_id", order.path("id"),
                "product_id", line.path("variant"),
                "variant_id", line.path("variant"),
                "order_address_id", order.path("id").asLong() * 100 + 99,
                "sku", line.path("sku"),
                "name", line.path("title"),
                "quantity", line.path("quantity"),
                "quantity_shipped", line.path("shipped"),
                "quantity_refunded", line.path("refunded"),
                "is_refunded", line.path("refunded").equals(line.path("quantity")),
                "total_inc_tax", decimal(BigCommerceBook.worth(line), currency),
                "applied_discounts", List.of());
    }

    /** Four decimals whatever the currency. */
    private static String decimal(long minor, String currency) {
        var decimal = Money.decimal(minor, currency);
        var point = decimal.indexOf('.');
        var digits = point < 0 ? 0 : decimal.length() - point - 1;
        return decimal + (point < 0 ? "." : "") + "0".repeat(4 - digits);
    }

    static Stream<JsonNode> transactions(JsonNode order) {
        if (order.path("gateway").asText().isEmpty()) return Stream.empty();
        var paid = order.path("captured").asBoolean();
        var first = transaction(order, 1, paid ? "purchase" : "authorization");
        return Stream.of(
                        Stream.of(first),
                        order.path("void").asText().equals("done")
                                ? Stream.of(transaction(order, 2, "void"))
                                : Stream.<JsonNode>empty(),
                        Json.stream(order.path("refunds"))
                                .filter(BigCommerceBook::hasArrived)
                                .map(refund -> transaction(order, refund)))
                .flatMap(each -> each);
    }

    private static JsonNode transaction(JsonNode order, int number, String event) {
        return transaction(
                order,
                order.path("id").asLong() * 100 + number,
                event,
                BigCommerceBook.total(order),
                order.path("transaction").asText());
    }

    private static JsonNode transaction(JsonNode order, JsonNode refund) {
        return transaction(
                order,
                order.path("id").asLong() * 100 + 10 + refund.path("id").asLong(),
                "refund",
                refund.path("amount").asLong(),
                refund.path("transaction").asText());
    }

    private static JsonNode transaction(
            JsonNode order, long id, String event, long amount, String reference) {
        var currency = order.path("currency").asText();
        return Json.of(
                "id",
                id,
                "order_id",
                order.path("id").asText(),
                "event",
                event,
                "method",
                "credit_card",
                "amount",
                number(amount, currency),
                "currency",
                currency,
                "gateway",
                order.path("gateway"),
                "gateway_transaction_id",
                reference,
                "status",
                "ok",
                "test",
                true,
                "fraud_review",
                false);
    }

    static ObjectNode refund(JsonNode order, JsonNode refund) {
        var amount = number(refund.path("amount").asLong(), order.path("currency").asText());
        var payment =
                Json.of(
                        "id", refund.path("id"),
                        "provider_id", refund.path("provider"),
                        "amount", amount,
                        "offline", refund.path("offline"),
                        "is_declined", refund.path("declined"),
                        "declined_message", refund.path("message"),
                        "transaction_id", refund.path("transaction"));
        return Json.of(
                "id",
                refund.path("id"),
                "order_id",
                order.path("id"),
                "user_id",
                0,
                "created",
                refund.path("createdAt").asText().replaceFirst("(\\.\\d+)?Z$", "+00:00"),
                "reason",
                "",
                "total_amount",
                amount,
                "total_tax",
                0,
                "uses_merchant_override_values",
                false,
                "items",
                refund.path("items"),
                "payments",
                List.of(payment));
    }

    /** Every way that the store would give this back. */
    static ObjectNode quote(JsonNode order, long amount) {
        var total = number(amount, order.path("currency").asText());
        var gateway = order.path("gateway").asText();
        var ways = Stream.of(way("storecredit", total, false), way("custom", total, true));
        if (BigCommerceBook.refunds(gateway))
            ways = Stream.concat(ways, Stream.of(way(gateway, total, false)));
        return Json.of(
                "order_id",
                order.path("id"),
                "total_refund_amount",
                total,
                "total_refund_tax_amount",
                0,
                "order_level_refund_amount",
                total,
                "rounding",
                0,
                "adjustment",
                0,
                "tax_inclusive",
                true,
                "refund_methods",
                Json.array(ways));
    }

    private static JsonNode way(String provider, JsonNode amount, boolean offline) {
        return Json.node(
                List.of(
                        Json.of(
                                "provider_id", provider,
                                "provider_description", provider,
                                "amount", amount,
                                "offline", offline,
                                "offline_provider", offline,
                                "offline_reason", "")));
    }

    static ObjectNode level(JsonNode item) {
        var place =
                Json.of(
                        "location_id",
                        1,
                        "location_code",
                        "BC-LOCATION-1",
                        "location_name",
                        "Default location",
                        "available_to_sell",
                        item.path("available"),
                        "total_inventory_onhand",
                        item.path("available"));
        return Json.of(
                "identity",
                        Json.of(
                                "sku", item.path("sku"),
                                "variant_id", item.path("variant"),
                                "product_id", item.path("variant")),
                "locations", List.of(place));
    }

    /** V3's numbers bear no zeros behind. */
    static JsonNode number(long minor, String currency) {
        return Json.parse(Money.decimal(minor, currency)).orElseThrow();
    }

    private static String date(JsonNode time) {
        return V2_DATE.format(Instant.parse(time.asText()));
    }
}
