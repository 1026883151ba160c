package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Square's objects as its API shows them. */
final class SquareObjects {
    static final String LOCATION = "L88917AVBK2S5";
    static final String MERCHANT = "MLUNWIND00001";

    /** The gateway of other shops whose money Square has. */
    static final String PLUGIN = "square_credit_card";

    /** What only the sandbox knows of an order. */
    static final String NUMBER = "number";

    static final String CANCELLED_AT = "cancelledAt";

    private SquareObjects() {}

    /** An order as the API shows it. */
    static ObjectNode shown(ObjectNode order) {
        return order.deepCopy().remove(List.of(NUMBER, CANCELLED_AT));
    }

    static String payment(WorldOrder order, int at) {
        return "PAY" + order.payment(at);
    }

    static ObjectNode order(WorldOrder world) {
        var currency = world.currency().getCurrencyCode();
        var at = world.placedAt().toString();
        var lines = world.lines().stream().map(line -> line(line, currency)).toList();
        var total =
                world.shipping()
                        + world.lines().stream()
                                .mapToLong(line -> line.subtotal() + line.tax())
                                .sum();
        return Json.of(
                "id",
                world.number(),
                NUMBER,
                world.number(),
                CANCELLED_AT,
                Optional.empty(),
                "location_id",
                LOCATION,
                "source",
                Json.of("name", "Acrylic House Online"),
                "line_items",
                lines,
                "fulfillments",
                fulfilments(world),
                "created_at",
                at,
                "updated_at",
                at,
                "state",
                "OPEN",
                "version",
                1,
                "metadata",
                Json.of(),
                "total_money",
                money(total, currency),
                "tenders",
                List.of());
    }

    private static ObjectNode line(WorldOrder.Line line, String currency) {
        return Json.of(
                "uid", "line-" + line.sku(),
                "catalog_object_id", line.sku(),
                "name", line.title(),
                "quantity", Integer.toString(line.quantity()),
                "base_price_money", money(line.unitPrice(), currency),
                "total_tax_money", money(line.tax(), currency),
                "total_discount_money", money(line.discount(), currency),
                "total_money", money(line.subtotal() + line.tax(), currency));
    }

    private static List<ObjectNode> fulfilments(WorldOrder world) {
        if (world.tags().contains("no-fulfilment")) return List.of();
        var fulfilments = new ArrayList<ObjectNode>();
        var some = world.lines().stream().anyMatch(line -> line.shipped() > 0);
        var all = world.lines().stream().allMatch(line -> line.shipped() == line.quantity());
        if (some) fulfilments.add(fulfilment(world, "sent", "COMPLETED", entries(world, true)));
        if (!all)
            fulfilments.add(
                    some
                            ? fulfilment(world, "rest", "PROPOSED", entries(world, false))
                            : fulfilment(world, "all", "PROPOSED", List.of()));
        return fulfilments;
    }

    private static List<ObjectNode> entries(WorldOrder world, boolean shipped) {
        return world.lines().stream()
                .flatMap(
                        line -> {
                            var units = shipped ? line.shipped() : line.quantity() - line.shipped();
                            return units == 0
                                    ? Stream.<ObjectNode>empty()
                                    : Stream.of(
                                            Json.of(
                                                    "uid", "e-" + line.sku() + "-" + shipped,
                                                    "line_item_uid", "line-" + line.sku(),
                                                    "quantity", Integer.toString(units)));
                        })
                .toList();
    }

    private static ObjectNode fulfilment(
            WorldOrder world, String uid, String state, List<ObjectNode> entries) {
        var recipient = Json.of("display_name", world.name(), "email_address", world.email());
        var fulfilment =
                Json.of(
                        "uid",
                        uid,
                        "type",
                        "SHIPMENT",
                        "state",
                        state,
                        "line_item_application",
                        entries.isEmpty() ? "ALL" : "ENTRY_LIST",
                        "shipment_details",
                        Json.of("recipient", recipient));
        if (!entries.isEmpty()) fulfilment.set("entries", Json.node(entries));
        return fulfilment;
    }

    static ObjectNode tender(String payment, String gateway, JsonNode amount) {
        return Json.of(
                "id", payment,
                "location_id", LOCATION,
                "type", type(gateway),
                "amount_money", amount,
                "payment_id", payment);
    }

    /** The tender's type is the gateway in capitals. */
    private static String type(String gateway) {
        return gateway.toUpperCase(Locale.ROOT);
    }

    static ObjectNode payment(WorldOrder order, int at, String orderId) {
        var payment = order.payments().get(at);
        var amount = money(payment.amount(), order.currency().getCurrencyCode());
        var taken = payment.captured();
        var made = order.placedAt().toString();
        var object =
                Json.of(
                        "id",
                        payment(order, at),
                        "created_at",
                        made,
                        "updated_at",
                        made,
                        "amount_money",
                        amount,
                        "total_money",
                        amount,
                        "status",
                        taken ? "COMPLETED" : "APPROVED",
                        "delay_action",
                        "CANCEL",
                        "source_type",
                        "CARD",
                        "card_details",
                        Json.of("status", taken ? "CAPTURED" : "AUTHORIZED"),
                        "location_id",
                        LOCATION,
                        "buyer_email_address",
                        order.email(),
                        "version_token",
                        "v1");
        if (!orderId.isEmpty()) object.put("order_id", orderId);
        else object.put("reference_id", order.storefront() + "-" + order.number());
        return object;
    }

    static ObjectNode refund(
            String id, JsonNode payment, JsonNode amount, String reason, Instant at) {
        var refund =
                Json.of(
                        "id",
                        id,
                        "status",
                        "PENDING",
                        "location_id",
                        LOCATION,
                        "amount_money",
                        amount,
                        "payment_id",
                        payment.path("id"),
                        "reason",
                        reason,
                        "created_at",
                        at.toString(),
                        "updated_at",
                        at.toString());
        if (payment.has("order_id")) refund.set("order_id", payment.path("order_id"));
        return refund;
    }

    static ObjectNode dispute(String id, JsonNode payment, String state, Instant at) {
        return Json.of(
                "id",
                id,
                "dispute_id",
                id,
                "state",
                state,
                "reason",
                "NOT_RECEIVED",
                "amount_money",
                payment.path("amount_money"),
                "due_at",
                at.plus(Duration.ofDays(14)).toString(),
                "disputed_payment",
                Json.of("payment_id", payment.path("id")),
                "location_id",
                LOCATION,
                "created_at",
                at.toString(),
                "updated_at",
                at.toString(),
                "version",
                1);
    }

    static ObjectNode money(long amount, String currency) {
        return Json.of("amount", amount, "currency", currency);
    }

    static long minor(JsonNode money) {
        return money.path("amount").asLong();
    }

    static boolean isOver(JsonNode object) {
        return Set.of("COMPLETED", "CANCELED", "FAILED").contains(object.path("state").asText());
    }
}
