package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** What follows from an order's document at Shopify. Amounts are in minor units. */
final class ShopifyOrder {
    /** What belongs to an order bears the order's id and three digits more. */
    static final long IDS = 1000;

    private static final Optional<String> NULL = Optional.empty();

    private ShopifyOrder() {}

    static ObjectNode create(WorldOrder order) {
        var id = id(order.number());
        var currency = order.currency().getCurrencyCode();
        var lines = new ArrayList<JsonNode>();
        var shipped = new ArrayList<JsonNode>();
        for (var line : order.lines()) {
            var lineId = id * 100 + lines.size() + 1;
            lines.add(
                    Json.of(
                            "id", lineId,
                            "currency", currency,
                            "sku", line.sku(),
                            "title", line.title(),
                            "quantity", line.quantity(),
                            "unitPrice", line.unitPrice(),
                            "discount", line.discount(),
                            "tax", line.tax(),
                            "fulfilled", line.shipped(),
                            "refunded", 0));
            if (line.shipped() > 0)
                shipped.add(Json.of("id", lineId * 10, "line", lineId, "quantity", line.shipped()));
        }
        var made =
                Json.of(
                        "__typename", "Order",
                        "id", id,
                        "number", order.number(),
                        "name", "#" + order.number(),
                        "email", order.email(),
                        "phone", order.phone(),
                        "customerName", order.name(),
                        "currency", currency,
                        "createdAt", order.placedAt().toString(),
                        "updatedAt", order.placedAt().toString(),
                        "cancelledAt", NULL,
                        "cancelReason", NULL,
                        "closedAt", NULL,
                        "staffNote", NULL,
                        "note", NULL,
                        "poNumber", NULL,
                        "tags", order.tags(),
                        "attributes", List.of(),
                        "shipping", order.shipping(),
                        "lines", lines,
                        "transactions", List.of(),
                        "refunds", List.of(),
                        "fulfillments", List.of(),
                        "returns", List.of(),
                        "disputes", List.of(),
                        "last", 0);
        if (!shipped.isEmpty()) fulfill(made, shipped, order.placedAt().toString());
        for (var at = 0; at < order.payments().size(); at++) pay(made, order, at);
        return made;
    }

    private static void pay(ObjectNode made, WorldOrder order, int at) {
        var payment = order.payments().get(at);
        var kind = payment.captured() ? "SALE" : "AUTHORIZATION";
        var transaction =
                transaction(made, kind, "SUCCESS", payment.gateway(), payment.amount(), NULL)
                        .put("paymentId", made.path("name").asText() + "." + (at + 1))
                        .put("refundMode", payment.refundMode())
                        .put("createdAt", order.placedAt().toString());
        switch (payment.gateway()) {
            case "paypal" -> transaction.put("providerPayment", PayPalObjects.payment(order, at));
            case "stripe" -> transaction.put("providerPayment", "pi_" + order.payment(at));
            default -> {}
        }
        made.withArray("transactions").add(transaction);
    }

    static ObjectNode transaction(
            ObjectNode order,
            String kind,
            String status,
            String gateway,
            long amount,
            Optional<?> parent) {
        return Json.of(
                "id", next(order),
                "order", order.path("id"),
                "kind", kind,
                "status", status,
                "gateway", gateway,
                "amount", amount,
                "currency", order.path("currency"),
                "parent", parent);
    }

    static void fulfill(ObjectNode order, List<JsonNode> lines, String at) {
        var number = order.path("fulfillments").size() + 1;
        order.withArray("fulfillments")
                .add(
                        Json.of(
                                "id",
                                next(order),
                                "name",
                                order.path("name").asText() + "-F" + number,
                                "createdAt",
                                at,
                                "lines",
                                lines));
    }

    /** The next id in this order's own range. */
    static long next(ObjectNode order) {
        var last = order.path("last").asLong() + 1;
        order.put("last", last);
        return order.path("id").asLong() * IDS + last;
    }

    /** The id that Shopify gives the order of this number. */
    static long id(String number) {
        if (number.matches("\\d{1,9}")) return 5_000_000_000_000L + Long.parseLong(number);
        var hash = new CRC32();
        hash.update(number.getBytes(StandardCharsets.UTF_8));
        return 6_000_000_000_000L + hash.getValue();
    }

    static Stream<ObjectNode> transactions(JsonNode order, String... kinds) {
        return Json.stream(order.path("transactions"))
                .filter(one -> Set.of(kinds).contains(one.path("kind").asText()))
                .map(ObjectNode.class::cast);
    }

    /** Payments whose money was taken. */
    static Stream<ObjectNode> payments(JsonNode order) {
        return transactions(order, "SALE", "CAPTURE")
                .filter(one -> one.path("status").asText().equals("SUCCESS"));
    }

    /** Authorisations that were neither captured nor voided. */
    static Stream<ObjectNode> openAuthorizations(JsonNode order) {
        return transactions(order, "AUTHORIZATION")
                .filter(
                        one ->
                                transactions(order, "CAPTURE", "VOID")
                                        .noneMatch(
                                                later ->
                                                        later.path("parent").asLong()
                                                                == one.path("id").asLong()));
    }

    static long received(JsonNode order) {
        return sum(payments(order));
    }

    static long capturable(JsonNode order) {
        return sum(openAuthorizations(order));
    }

    static long refunded(JsonNode order) {
        return sum(refunds(order, Set.of("SUCCESS")));
    }

    /** What is left of a payment, pending refunds taken off as well. */
    static long left(JsonNode order, JsonNode payment) {
        var given =
                refunds(order, Set.of("SUCCESS", "PENDING"))
                        .filter(one -> one.path("parent").asLong() == payment.path("id").asLong());
        return payment.path("amount").asLong() - sum(given);
    }

    static long left(JsonNode order) {
        return payments(order).mapToLong(payment -> left(order, payment)).sum();
    }

    static Stream<ObjectNode> refunds(JsonNode order, Set<String> statuses) {
        return transactions(order, "REFUND")
                .filter(one -> statuses.contains(one.path("status").asText()));
    }

    static long total(JsonNode order) {
        return Json.stream(order.path("lines")).mapToLong(line -> price(line) + tax(line)).sum()
                + order.path("shipping").asLong();
    }

    static long price(JsonNode line) {
        return original(line) - line.path("discount").asLong();
    }

    static long original(JsonNode line) {
        return line.path("quantity").asLong() * line.path("unitPrice").asLong();
    }

    static long tax(JsonNode line) {
        return line.path("tax").asLong();
    }

    /** Units neither refunded nor removed. */
    static int current(JsonNode line) {
        return line.path("quantity").asInt() - line.path("refunded").asInt();
    }

    static int unfulfilled(JsonNode line) {
        return Math.max(0, current(line) - line.path("fulfilled").asInt());
    }

    /** The part of the line's price or tax that the next {@code units} of it are worth. */
    static long share(JsonNode line, long whole, int units) {
        var before = line.path("refunded").asLong();
        return Money.share(whole, before, before + units, line.path("quantity").asLong());
    }

    static long refundedShipping(JsonNode order) {
        return Json.stream(order.path("refunds"))
                .mapToLong(one -> one.path("shipping").asLong())
                .sum();
    }

    static Optional<ObjectNode> line(JsonNode order, long id) {
        return Json.stream(order.path("lines"))
                .filter(line -> line.path("id").asLong() == id)
                .map(ObjectNode.class::cast)
                .findFirst();
    }

    static boolean isCancelled(JsonNode order) {
        return order.hasNonNull("cancelledAt");
    }

    static String financialStatus(JsonNode order) {
        var received = received(order);
        var refunded = refunded(order);
        if (received == 0 && capturable(order) > 0) return "AUTHORIZED";
        if (received == 0)
            return transactions(order, "VOID").findAny().isPresent() ? "VOIDED" : "PENDING";
        if (refunded == received) return "REFUNDED";
        if (refunded > 0) return "PARTIALLY_REFUNDED";
        return received < total(order) ? "PARTIALLY_PAID" : "PAID";
    }

    static String fulfillmentStatus(JsonNode order) {
        var shipped = count(order, "fulfilled");
        if (shipped == 0) return "UNFULFILLED";
        var waiting = Json.stream(order.path("lines")).mapToInt(ShopifyOrder::unfulfilled).sum();
        return waiting == 0 ? "FULFILLED" : "PARTIALLY_FULFILLED";
    }

    static boolean hasOpenReturn(JsonNode order) {
        return Json.stream(order.path("returns"))
                .anyMatch(one -> Set.of("OPEN", "REQUESTED").contains(one.path("status").asText()));
    }

    static int count(JsonNode order, String counter) {
        return Json.stream(order.path("lines")).mapToInt(line -> line.path(counter).asInt()).sum();
    }

    private static long sum(Stream<ObjectNode> transactions) {
        return transactions.mapToLong(one -> one.path("amount").asLong()).sum();
    }
}
