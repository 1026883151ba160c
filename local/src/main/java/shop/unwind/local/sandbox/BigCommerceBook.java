package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * BigCommerce's books: orders stand in the state's {@code orders}, stock in {@code inventory} by
 * SKU. Refunds and voids are jobs. Each line knows how many of its units are still out of stock:
 * these the store brings back by itself when an order is cancelled, where its setting says so.
 * Amounts are in minor units.
 */
final class BigCommerceBook {
    static final String ORDERS = "orders";
    static final String INVENTORY = "inventory";
    static final int CANCELLED = 5;
    private static final int REFUNDED = 4;
    private static final int PARTIALLY_REFUNDED = 14;
    private static final int SHIPPED = 2;
    private static final int PARTIALLY_SHIPPED = 3;
    private static final int AWAITING_FULFILLMENT = 11;
    private static final Optional<String> NULL = Optional.empty();
    private static final Set<String> BY_HAND = Set.of("bankdeposit", "cheque", "cod");

    private final Stage stage;
    private final State state;
    private final Map<String, Gateway> gateways;
    private final BigCommerceWebhooks webhooks;

    BigCommerceBook(Stage stage, Map<String, Gateway> gateways, BigCommerceWebhooks webhooks) {
        this.stage = stage;
        this.state = stage.state();
        this.gateways = gateways;
        this.webhooks = webhooks;
    }

    JsonNode add(WorldOrder world) {
        var order = create(world);
        for (var line : order.path("lines")) stock(line, -line.path("out").asInt(), 0);
        if (world.refundedByHand() > 0) {
            var refund = record(order, world.refundedByHand(), items(order, world));
            order.withArray("refunds").add(refund.put("transaction", "by-hand"));
        }
        var shipped = units(order, "shipped");
        if (shipped > 0) order.put("status", shippedStatus(order));
        if (world.cancelled()) become(order, CANCELLED);
        else if (world.refundedByHand() > 0) order.put("status", refundedStatus(order));
        put(order);
        return Json.of("order", order.path("id"), "number", order.path("number"));
    }

    private static JsonNode items(JsonNode order, WorldOrder world) {
        return Json.node(List.of(item(order, world.refundedByHand(), "by hand")));
    }

    private static JsonNode item(JsonNode order, long amount, String reason) {
        var number = BigCommerceJson.number(amount, order.path("currency").asText());
        return Json.of(
                "item_type",
                "ORDER",
                "item_id",
                order.path("id"),
                "reason",
                reason,
                "requested_amount",
                number);
    }

    private ObjectNode create(WorldOrder world) {
        if (world.payments().size() > 1)
            throw new Fields.Invalid("payments: at most one is imitated here");
        if (!world.number().matches("[1-9]\\d{0,14}"))
            throw new Fields.Invalid("number: BigCommerce's are ids");
        var id = Long.parseLong(world.number());
        var at = world.placedAt().toString();
        var payment = world.payments().stream().findFirst();
        var gateway = payment.map(WorldOrder.Payment::gateway).orElse("");
        var order =
                Json.of(
                        "id", id,
                        "number", world.number(),
                        "status", AWAITING_FULFILLMENT,
                        "currency", world.currency().getCurrencyCode(),
                        "email", world.email(),
                        "phone", world.phone(),
                        "name", world.name(),
                        "createdAt", at,
                        "updatedAt", at,
                        "cancelledAt", NULL,
                        "shipping", world.shipping(),
                        "lines", Json.array(lines(world, id)),
                        "gateway", gateway,
                        "transaction", gateway.isEmpty() ? "" : transaction(world, gateway),
                        "captured", payment.filter(WorldOrder.Payment::captured).isPresent(),
                        "void", "",
                        "refundMode", payment.map(WorldOrder.Payment::refundMode).orElse(""),
                        "staffNotes", "",
                        "noted", List.of(),
                        "refunds", List.of(),
                        "shipments", List.of());
        for (var line : order.path("lines"))
            if (line.path("shipped").asInt() > 0)
                order.withArray("shipments").add(shipment(line, line.path("shipped").asInt(), at));
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
                            "variant", variant(line.sku()),
                            "sku", line.sku(),
                            "title", line.title(),
                            "quantity", line.quantity(),
                            "shipped", line.shipped(),
                            "refunded", 0,
                            "total", line.subtotal(),
                            "tax", line.tax(),
                            "out", line.quantity()));
        return lines.stream();
    }

    private static String transaction(WorldOrder world, String gateway) {
        return gateway.equals("stripe")
                ? "ch_" + world.payment(0)
                : gateway + "-" + world.payment(0);
    }

    /** A SKU's number. */
    static long variant(String sku) {
        var checksum = new CRC32();
        checksum.update(sku.getBytes(StandardCharsets.UTF_8));
        return 1 + checksum.getValue();
    }

    Optional<ObjectNode> order(String id) {
        return state.get(ORDERS, id);
    }

    Stream<ObjectNode> orders() {
        return state.all(ORDERS);
    }

    static long worth(JsonNode line) {
        return line.path("total").asLong() + line.path("tax").asLong();
    }

    static long total(JsonNode order) {
        return order.path("shipping").asLong()
                + Json.stream(order.path("lines")).mapToLong(BigCommerceBook::worth).sum();
    }

    private static int units(JsonNode order, String field) {
        return Json.stream(order.path("lines")).mapToInt(line -> line.path(field).asInt()).sum();
    }

    static boolean hasArrived(JsonNode refund) {
        return refund.path("transaction").isTextual();
    }

    private static boolean isOnItsWay(JsonNode refund) {
        return !hasArrived(refund) && !refund.path("declined").asBoolean();
    }

    private static long arrived(JsonNode order) {
        return Json.stream(order.path("refunds"))
                .filter(BigCommerceBook::hasArrived)
                .mapToLong(refund -> refund.path("amount").asLong())
                .sum();
    }

    private static long pending(JsonNode order) {
        return Json.stream(order.path("refunds"))
                .filter(BigCommerceBook::isOnItsWay)
                .mapToLong(refund -> refund.path("amount").asLong())
                .sum();
    }

    static String paymentStatus(JsonNode order) {
        if (order.path("void").asText().equals("done")) return "void";
        if (order.path("void").asText().equals("begun")) return "void pending";
        if (order.path("gateway").asText().isEmpty()) return "";
        if (!order.path("captured").asBoolean()) return "authorized";
        if (arrived(order) == 0) return "captured";
        return arrived(order) < total(order) ? "partially refunded" : "refunded";
    }

    static boolean refunds(String gateway) {
        return !gateway.isEmpty() && !BY_HAND.contains(gateway);
    }

    /** Any status follows any other: nothing guards an order that has left. */
    void change(ObjectNode order, int status, String notes) {
        note(order, notes);
        become(order, status);
        changed(order);
    }

    private void note(ObjectNode order, String notes) {
        var before = order.path("staffNotes").asText().lines().toList();
        notes.lines()
                .filter(line -> !before.contains(line))
                .map(line -> Json.of("text", line, "at", stage.now().toString()))
                .forEach(order.withArray("noted")::add);
        order.put("staffNotes", notes);
    }

    private void become(ObjectNode order, int status) {
        var before = order.path("status").asInt();
        if (status == before) return;
        order.put("status", status);
        if (status == CANCELLED) {
            order.put("cancelledAt", stage.now().toString());
            if (bringsBack()) bringBack(order);
        } else if (before == CANCELLED && status != REFUNDED && status != PARTIALLY_REFUNDED) {
            order.putNull("cancelledAt");
            takeOut(order);
        }
        webhooks.statusUpdated(order, before);
    }

    private boolean bringsBack() {
        return settings().path("refund_order_stock_adjustment").asBoolean();
    }

    ObjectNode settings() {
        return state.get("settings", "inventory")
                .orElseGet(
                        () ->
                                Json.of(
                                        "product_out_of_stock_behavior", "do_nothing",
                                        "option_out_of_stock_behavior", "do_nothing",
                                        "update_stock_behavior", "order_placed",
                                        "edit_order_stock_adjustment", true,
                                        "refund_order_stock_adjustment", true));
    }

    private void bringBack(ObjectNode order) {
        for (var line : order.path("lines")) {
            var units = line.path("out").asInt();
            stock(line, units, units);
            ((ObjectNode) line).put("out", 0);
        }
    }

    private void takeOut(ObjectNode order) {
        for (var line : order.path("lines")) {
            var units = line.path("quantity").asInt() - line.path("out").asInt();
            stock(line, -units, -units);
            ((ObjectNode) line).put("out", line.path("quantity").asInt());
        }
    }

    /** Nobody packs an order that the store shows as over. */
    void ship(ObjectNode order) {
        if (Set.of(CANCELLED, REFUNDED).contains(order.path("status").asInt()))
            throw new Fields.Invalid("nothing is to be sent of an order that is over");
        for (var line : order.path("lines")) {
            var units = line.path("quantity").asInt() - line.path("shipped").asInt();
            ((ObjectNode) line).put("shipped", line.path("quantity").asInt());
            order.withArray("shipments").add(shipment(line, units, stage.now().toString()));
        }
        change(order, SHIPPED, order.path("staffNotes").asText());
    }

    private static JsonNode shipment(JsonNode line, int units, String at) {
        return Json.of("sku", line.path("sku"), "quantity", units, "at", at);
    }

    private static int shippedStatus(JsonNode order) {
        return units(order, "shipped") < units(order, "quantity") ? PARTIALLY_SHIPPED : SHIPPED;
    }

    private static int refundedStatus(JsonNode order) {
        return arrived(order) < total(order) ? PARTIALLY_REFUNDED : REFUNDED;
    }

    /**
     * Checks what is to go back.
     *
     * @throws BigCommerceError 422 when it cannot
     */
    void checkRefundable(JsonNode order, long amount) {
        if (!order.path("captured").asBoolean())
            throw BigCommerceError.unprocessable("The payment has not been captured.");
        if (amount > total(order) - arrived(order) - pending(order))
            throw BigCommerceError.unprocessable("The amount exceeds what is left to refund.");
    }

    /** Schedules a refund; the gateway is asked later. */
    ObjectNode refund(
            ObjectNode order, long amount, String provider, boolean offline, JsonNode items) {
        checkRefundable(order, amount);
        if (Json.stream(order.path("refunds")).anyMatch(BigCommerceBook::isOnItsWay))
            throw BigCommerceError.unprocessable("Another refund of this order is under way.");
        if (order.path("refundMode").asText().equals("refused"))
            throw BigCommerceError.unprocessable("The provider takes no refund of this payment.");
        var refund = record(order, amount, items).put("provider", provider).put("offline", offline);
        if (offline) refund.put("transaction", "");
        order.withArray("refunds").add(refund);
        changed(order);
        webhooks.refunded(order, refund);
        if (!offline) settleLater(order, refund);
        return shown(order, refund);
    }

    /** As it is by now. */
    private ObjectNode shown(JsonNode order, ObjectNode refund) {
        return order(order.path("id").asText()).stream()
                .flatMap(now -> Json.stream(now.path("refunds")))
                .filter(each -> each.path("id").equals(refund.path("id")))
                .map(ObjectNode.class::cast)
                .findFirst()
                .orElse(refund);
    }

    ObjectNode refundByHand(ObjectNode order, long amount, String reason) {
        var items = Json.node(List.of(item(order, amount, reason)));
        return refund(order, amount, order.path("gateway").asText(), false, items);
    }

    private ObjectNode record(JsonNode order, long amount, JsonNode items) {
        return Json.of(
                "id",
                stage.next("refunds"),
                "createdAt",
                stage.now().toString(),
                "amount",
                amount,
                "provider",
                order.path("gateway"),
                "offline",
                false,
                "declined",
                false,
                "message",
                "",
                "transaction",
                NULL,
                "items",
                items);
    }

    private void settleLater(JsonNode order, JsonNode refund) {
        var id = order.path("id").asText();
        var number = refund.path("id").asLong();
        soon(() -> settle(id, number));
    }

    /** A gateway may answer before the store does. */
    private void soon(Runnable job) {
        if (state.get("settings", "jobs").isPresent()) job.run();
        else stage.later(job);
    }

    /** From now on gateways answer before the store does. */
    void hurry() {
        state.put("settings", "jobs", Json.of("at", "once"));
    }

    /** Ends a refund that is on its way. */
    void end(ObjectNode order, boolean declined) {
        var refunds =
                Json.stream(order.path("refunds")).filter(BigCommerceBook::isOnItsWay).toList();
        if (refunds.isEmpty()) throw new Fields.Invalid("no refund is on its way");
        for (var refund : refunds)
            end(order, (ObjectNode) refund, declined ? "fails-later" : "succeeds");
    }

    private void settle(String id, long number) {
        var order = order(id).orElseThrow();
        var refund =
                Json.stream(order.path("refunds"))
                        .filter(each -> each.path("id").asLong() == number)
                        .findFirst();
        refund.filter(BigCommerceBook::isOnItsWay)
                .ifPresent(each -> settle(order, (ObjectNode) each));
    }

    private void settle(ObjectNode order, ObjectNode refund) {
        end(order, refund, fate(order, refund));
    }

    private void end(ObjectNode order, ObjectNode refund, String fate) {
        switch (fate) {
            case "PENDING", "pending" -> {
                return;
            }
            case "ERROR", "fails-later" ->
                    refund.put("declined", true).put("message", "The provider declined it.");
            default -> refund.put("transaction", "refund-" + refund.path("id").asText());
        }
        if (hasArrived(refund)) become(order, refundedStatus(order));
        changed(order);
    }

    private String fate(JsonNode order, JsonNode refund) {
        var reason = refund.path("items").path(0).path("reason").asText();
        return gateway(order)
                .map(it -> it.refund(intent(order), refund.path("amount").asLong(), reason))
                .orElse(order.path("refundMode").asText());
    }

    /** Lets a hold go, in the background. */
    void letGo(ObjectNode order) {
        if (!paymentStatus(order).equals("authorized"))
            throw BigCommerceError.unprocessable(
                    "A payment that is " + paymentStatus(order) + " cannot be voided.");
        changed(order.put("void", "begun"));
        voidLater(order);
    }

    private void voidLater(JsonNode order) {
        var id = order.path("id").asText();
        soon(() -> order(id).ifPresent(this::endVoid));
    }

    private void endVoid(ObjectNode order) {
        if (!order.path("void").asText().equals("begun")) return;
        gateway(order).ifPresent(it -> it.release(intent(order)));
        changed(order.put("void", "done"));
    }

    /** Goes on with the jobs that were under way when the sandbox stopped. */
    void resume() {
        orders().forEach(
                        order -> {
                            if (order.path("void").asText().equals("begun")) voidLater(order);
                            Json.stream(order.path("refunds"))
                                    .filter(BigCommerceBook::isOnItsWay)
                                    .forEach(refund -> settleLater(order, refund));
                        });
    }

    Optional<ObjectNode> item(long variant) {
        return state.all(INVENTORY)
                .filter(item -> item.path("variant").asLong() == variant)
                .findFirst();
    }

    void adjust(JsonNode item, int units) {
        stock(item, units, units);
    }

    private void stock(JsonNode of, int units, int restocked) {
        var sku = of.path("sku").asText();
        var item =
                state.get(INVENTORY, sku)
                        .orElseGet(
                                () ->
                                        Json.of(
                                                "sku",
                                                sku,
                                                "variant",
                                                variant(sku),
                                                "available",
                                                100,
                                                "restocked",
                                                0));
        item.put("available", item.path("available").asInt() + units)
                .put("restocked", item.path("restocked").asInt() + restocked);
        state.put(INVENTORY, sku, item);
    }

    private void changed(ObjectNode order) {
        put(order.put("updatedAt", stage.now().toString()));
        webhooks.updated(order);
    }

    private void put(ObjectNode order) {
        state.put(ORDERS, order.path("id").asText(), order);
    }

    /** Payments that live in BigCommerce alone. */
    Stream<Platform.Book> books() {
        return orders().filter(order -> gateway(order).isEmpty()).map(BigCommerceBook::book);
    }

    private static Platform.Book book(JsonNode order) {
        var moved =
                Json.stream(order.path("refunds"))
                        .filter(refund -> hasArrived(refund) || isOnItsWay(refund))
                        .count();
        return new Platform.Book(
                "bigcommerce",
                order.path("id").asText() + "." + order.path("gateway").asText(),
                order.path("number").asText(),
                order.path("currency").asText(),
                order.path("captured").asBoolean() ? total(order) : 0,
                arrived(order),
                pending(order),
                (int) moved);
    }

    private Optional<Gateway> gateway(JsonNode order) {
        return Optional.ofNullable(gateways.get(order.path("gateway").asText()));
    }

    private static String intent(JsonNode order) {
        return order.path("transaction").asText().replaceFirst("^ch_", "pi_");
    }
}
