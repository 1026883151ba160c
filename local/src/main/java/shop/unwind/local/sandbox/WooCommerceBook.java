package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * WooCommerce's books: what a status or a refund record does to an order and to stock. Orders stand
 * in the state's {@code orders}, stock in {@code inventory} by SKU. Each line knows how many units
 * of it are still out of stock: only these come back, whether by a record or by a cancel. Amounts
 * are in minor units.
 */
final class WooCommerceBook {
    static final String ORDERS = "orders";
    private static final String INVENTORY = "inventory";
    private static final Optional<String> NULL = Optional.empty();
    private static final Set<String> WITHOUT_REFUNDS = Set.of("cod", "bacs", "cheque");
    private static final Set<String> OUT_OF_STOCK = Set.of("processing", "on-hold", "completed");

    private final Stage stage;
    private final State state;
    private final Map<String, Gateway> gateways;
    private final Consumer<JsonNode> emitter;

    /**
     * @param emitter tells the world of a changed order
     */
    WooCommerceBook(Stage stage, Map<String, Gateway> gateways, Consumer<JsonNode> emitter) {
        this.stage = stage;
        this.state = stage.state();
        this.gateways = gateways;
        this.emitter = emitter;
    }

    JsonNode add(WorldOrder world) {
        var order = create(world);
        for (var line : order.path("lines"))
            stock(line.path("sku").asText(), -line.path("out").asInt(), 0);
        if (world.refundedByHand() > 0)
            order.withArray("refunds")
                    .add(record(world.refundedByHand(), "by hand", true, List.of(), List.of()));
        if (world.lines().stream().allMatch(line -> line.shipped() == line.quantity()))
            complete(order, world.placedAt().toString());
        if (world.cancelled()) become(order, "cancelled", "");
        else if (world.refundedByHand() > 0 && left(order) == 0) order.put("status", "refunded");
        put(order);
        return Json.of("order", order.path("id"), "number", order.path("number"));
    }

    private ObjectNode create(WorldOrder world) {
        if (world.payments().size() > 1)
            throw new Fields.Invalid("payments: WooCommerce's orders have one");
        if (world.lines().stream()
                .anyMatch(line -> line.shipped() > 0 && line.shipped() < line.quantity()))
            throw new Fields.Invalid("lines.shipped: WooCommerce knows all or nothing");
        var id = id(world.number());
        var at = world.placedAt().toString();
        var payment = world.payments().stream().findFirst();
        var paid = payment.filter(WorldOrder.Payment::captured).isPresent();
        var order =
                Json.of(
                        "id", id,
                        "number", world.number(),
                        "status", paid ? "processing" : "on-hold",
                        "currency", world.currency().getCurrencyCode(),
                        "email", world.email(),
                        "phone", world.phone(),
                        "name", world.name(),
                        "createdAt", at,
                        "updatedAt", at,
                        "paidAt", paid ? Optional.of(at) : NULL,
                        "completedAt", NULL,
                        "cancelledAt", NULL,
                        "shipping", world.shipping(),
                        "lines", Json.array(lines(world, id)),
                        "gateway", payment.map(WorldOrder.Payment::gateway).orElse(""),
                        "transaction", payment.map(of -> transaction(world, of)).orElse(""),
                        "refundMode", payment.map(WorldOrder.Payment::refundMode).orElse(""),
                        "meta", List.of(),
                        "refunds", List.of(),
                        "taken", List.of(),
                        "shipments", List.of(),
                        "notes", List.of());
        var amount = payment.map(WorldOrder.Payment::amount).orElse(total(order));
        if (amount != total(order))
            throw new Fields.Invalid("payments.amount: expected the order's total " + total(order));
        return order;
    }

    private static Stream<JsonNode> lines(WorldOrder world, long id) {
        var lines = new ArrayList<JsonNode>();
        for (var line : world.lines())
            lines.add(
                    Json.of(
                            "id", id * 100 + lines.size() + 1,
                            "sku", line.sku(),
                            "title", line.title(),
                            "quantity", line.quantity(),
                            "total", line.subtotal(),
                            "tax", line.tax(),
                            "taken", 0,
                            "out", line.quantity()));
        return lines.stream();
    }

    /** Stripe's plugin keeps the charge, Square's the payment, others a number of their own. */
    private static String transaction(WorldOrder world, WorldOrder.Payment payment) {
        return switch (payment.gateway()) {
            case "stripe" -> "ch_" + world.payment(0);
            case SquareObjects.PLUGIN -> SquareObjects.payment(world, 0);
            case String other -> other + "-" + world.payment(0);
        };
    }

    /** In core the id is the number; a number with letters comes from a plugin. */
    static long id(String number) {
        if (number.matches("[1-9]\\d{0,14}")) return Long.parseLong(number);
        var checksum = new CRC32();
        checksum.update(number.getBytes(StandardCharsets.UTF_8));
        return 1_000_000_000L + checksum.getValue();
    }

    Optional<ObjectNode> order(String id) {
        return state.get(ORDERS, id);
    }

    Stream<ObjectNode> orders() {
        return state.all(ORDERS);
    }

    static long tax(JsonNode order) {
        return Json.stream(order.path("lines")).mapToLong(line -> line.path("tax").asLong()).sum();
    }

    static long total(JsonNode order) {
        return tax(order)
                + order.path("shipping").asLong()
                + Json.stream(order.path("lines"))
                        .mapToLong(line -> line.path("total").asLong())
                        .sum();
    }

    static long refunded(JsonNode order) {
        return Json.stream(order.path("refunds"))
                .mapToLong(refund -> refund.path("amount").asLong())
                .sum();
    }

    private static long left(JsonNode order) {
        return total(order) - refunded(order);
    }

    /** Any status follows any other: nothing guards an order that has left. */
    void change(ObjectNode order, String status, List<JsonNode> meta) {
        meta.forEach(each -> setMeta(order, each));
        become(order, status, cancelledBy(order));
        changed(order);
    }

    private void become(ObjectNode order, String status, String by) {
        var before = order.path("status").asText();
        order.put("status", status);
        if (status.equals(before)) return;
        if (status.equals("cancelled")) cancel(order, by);
        else order.putNull("cancelledAt");
        if (before.equals("cancelled") && OUT_OF_STOCK.contains(status)) takeOut(order);
        if (status.equals("completed")) complete(order, stage.now().toString());
    }

    private void cancel(ObjectNode order, String by) {
        order.put("cancelledAt", stage.now().toString());
        for (var line : order.path("lines")) {
            var units = line.path("quantity").asInt() - line.path("taken").asInt();
            if (units > 0) take(order, (ObjectNode) line, units, by, true);
            bringBack((ObjectNode) line, line.path("out").asInt());
        }
        if (order.path("paidAt").isNull())
            gateway(order).ifPresent(it -> it.release(intent(order)));
    }

    /** What a cancel had taken back is out again. */
    private void takeOut(ObjectNode order) {
        var kept = Json.stream(order.path("taken")).filter(one -> !one.path("whole").asBoolean());
        var records = Json.array(kept);
        order.set("taken", records);
        for (var line : order.path("lines")) {
            var taken =
                    Json.stream(records)
                            .filter(one -> one.path("line").equals(line.path("id")))
                            .mapToInt(one -> one.path("quantity").asInt())
                            .sum();
            var out = line.path("quantity").asInt() - taken;
            stock(line.path("sku").asText(), -out, -out);
            ((ObjectNode) line).put("taken", taken).put("out", out);
        }
    }

    private static void complete(ObjectNode order, String at) {
        order.put("status", "completed").put("completedAt", at);
        for (var line : order.path("lines"))
            order.withArray("shipments")
                    .add(
                            Json.of(
                                    "sku",
                                    line.path("sku"),
                                    "quantity",
                                    line.path("quantity").asInt() - line.path("taken").asInt(),
                                    "at",
                                    at));
    }

    /**
     * Units of a line that a refund record takes back.
     *
     * @param total without tax
     */
    record Units(ObjectNode line, int quantity, long total, long tax) {}

    /**
     * Makes a refund record, and asks the gateway where wanted; one that it refuses leaves none.
     *
     * @throws WooCommerceError when less is left, or the gateway says no
     */
    ObjectNode refund(
            ObjectNode order,
            long amount,
            String reason,
            boolean byGateway,
            boolean restock,
            List<Units> units,
            List<JsonNode> meta) {
        if (amount > left(order)) throw WooCommerceError.refund("Invalid refund amount.");
        if (byGateway) giveBack(order, amount, reason);
        var lines = units.stream().map(this::refundLine).toList();
        var record = record(amount, reason, byGateway, lines, meta);
        order.withArray("refunds").add(record);
        for (var each : units) {
            take(order, each.line(), each.quantity(), reason, false);
            if (restock) bringBack(each.line(), each.quantity());
        }
        if (left(order) == 0) order.put("status", "refunded");
        changed(order);
        return record;
    }

    private void giveBack(ObjectNode order, long amount, String reason) {
        var method = order.path("gateway").asText();
        if (!refunds(method))
            throw WooCommerceError.refund(
                    "The payment gateway for this order does not support automatic refunds.");
        var answer =
                gateway(order)
                        .map(provider -> provider.refund(intent(order), amount, reason))
                        .orElse(order.path("refundMode").asText());
        if (Set.of("refused", "ERROR").contains(answer))
            throw WooCommerceError.refund("The gateway declined the refund.");
    }

    static boolean refunds(String method) {
        return !method.isEmpty() && !WITHOUT_REFUNDS.contains(method);
    }

    private JsonNode refundLine(Units units) {
        return Json.of(
                "id", stage.next("items") + 900_000,
                "line", units.line().path("id"),
                "sku", units.line().path("sku"),
                "title", units.line().path("title"),
                "quantity", units.quantity(),
                "total", units.total(),
                "tax", units.tax());
    }

    private ObjectNode record(
            long amount,
            String reason,
            boolean confirmed,
            List<JsonNode> lines,
            List<JsonNode> meta) {
        return Json.of(
                "id", stage.next("posts") + 8_000_000,
                "createdAt", stage.now().toString(),
                "amount", amount,
                "reason", reason,
                "confirmed", confirmed,
                "lines", lines,
                "meta", meta);
    }

    private void take(ObjectNode order, ObjectNode line, int units, String by, boolean whole) {
        var before = line.path("taken").asInt();
        var worth = line.path("total").asLong() + line.path("tax").asLong();
        var of = line.path("quantity").asLong();
        line.put("taken", before + units);
        order.withArray("taken")
                .add(
                        Json.of(
                                "line",
                                line.path("id"),
                                "sku",
                                line.path("sku"),
                                "quantity",
                                units,
                                "worth",
                                worth * (before + units) / of - worth * before / of,
                                "by",
                                by,
                                "whole",
                                whole,
                                "at",
                                stage.now().toString()));
    }

    private void bringBack(ObjectNode line, int wanted) {
        var units = Math.min(wanted, line.path("out").asInt());
        line.put("out", line.path("out").asInt() - units);
        stock(line.path("sku").asText(), units, units);
    }

    ObjectNode note(ObjectNode order, String text, boolean toCustomer) {
        var note =
                Json.of(
                        "id",
                        stage.next("comments"),
                        "createdAt",
                        stage.now().toString(),
                        "text",
                        text,
                        "toCustomer",
                        toCustomer);
        order.withArray("notes").add(note);
        state.put(ORDERS, order.path("id").asText(), order);
        return note;
    }

    private void setMeta(ObjectNode order, JsonNode wish) {
        var meta = (ArrayNode) order.path("meta");
        for (var each : meta)
            if (each.path("key").equals(wish.path("key"))) {
                ((ObjectNode) each).set("value", wish.path("value"));
                return;
            }
        meta.add(
                Json.of(
                        "id", stage.next("meta"),
                        "key", wish.path("key"),
                        "value", wish.path("value")));
    }

    private static String cancelledBy(JsonNode order) {
        return Json.stream(order.path("meta"))
                .filter(each -> each.path("key").asText().equals("_unwind_cancel"))
                .map(each -> each.path("value").asText())
                .findFirst()
                .orElse("");
    }

    private void changed(ObjectNode order) {
        put(order.put("updatedAt", stage.now().toString()));
        emitter.accept(order);
    }

    private void put(ObjectNode order) {
        state.put(ORDERS, order.path("id").asText(), order);
    }

    /** Payments that live in WooCommerce alone. */
    Stream<Platform.Book> books() {
        return orders().filter(order -> gateway(order).isEmpty()).map(WooCommerceBook::book);
    }

    private static Platform.Book book(JsonNode order) {
        var money =
                Json.stream(order.path("refunds"))
                        .filter(refund -> refund.path("amount").asLong() > 0)
                        .count();
        return new Platform.Book(
                "woocommerce",
                order.path("id").asText(),
                order.path("number").asText(),
                order.path("currency").asText(),
                order.path("paidAt").isNull() ? 0 : total(order),
                refunded(order),
                0,
                (int) money);
    }

    private Optional<Gateway> gateway(JsonNode order) {
        return Optional.ofNullable(gateways.get(order.path("gateway").asText()));
    }

    private static String intent(JsonNode order) {
        return order.path("transaction").asText().replaceFirst("^ch_", "pi_");
    }

    private void stock(String sku, int units, int restocked) {
        var item =
                state.get(INVENTORY, sku)
                        .orElseGet(() -> Json.of("available", 100, "restocked", 0));
        item.put("available", item.path("available").asInt() + units)
                .put("restocked", item.path("restocked").asInt() + restocked);
        state.put(INVENTORY, sku, item);
    }
}
