package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Square's books: what an update, a refund, a buyer or a bank does to orders, payments and stock.
 * An order that is paid in full and of which nothing is to be sent any more completes by itself,
 * and only then its units leave the stock. Next to the objects of the API stands an {@code audit}
 * by order, of what happened when.
 */
final class SquareBook {
    static final String ORDERS = "orders";
    static final String PAYMENTS = "payments";
    static final String REFUNDS = "refunds";
    static final String DISPUTES = "disputes";
    static final String MOVES = "adjustments";
    static final String STOCK = "inventory";
    static final String AUDIT = "audit";

    /** By payment: the order's number and how refunds end. */
    private static final String LINKS = "links";

    private static final Set<String> NOTHING = Set.of("REJECTED", "FAILED");
    private static final Set<String> BLOCKING =
            Set.of("EVIDENCE_REQUIRED", "PROCESSING", "LOST", "ACCEPTED");

    private final Stage stage;
    private final State state;
    private final SquareWebhooks webhooks;
    private boolean silent;

    SquareBook(Stage stage, SquareWebhooks webhooks) {
        this.stage = stage;
        this.state = stage.state();
        this.webhooks = webhooks;
    }

    /** What already was when the world began is no event. */
    Optional<JsonNode> add(WorldOrder world) {
        silent = true;
        try {
            return world.storefront().equals("square") ? Optional.of(sell(world)) : pay(world);
        } finally {
            silent = false;
        }
    }

    private JsonNode sell(WorldOrder world) {
        var order = SquareObjects.order(world);
        var id = order.path("id").asText();
        state.put(AUDIT, id, audit(world));
        for (var at = 0; at < world.payments().size(); at++) {
            var payment = charge(world, at, id);
            order.withArray("tenders")
                    .add(
                            SquareObjects.tender(
                                    payment.path("id").asText(),
                                    world.payments().get(at).gateway(),
                                    payment.path("amount_money")));
        }
        put(order);
        if (world.cancelled()) cancelAll(order);
        completeIfDone(order);
        put(order);
        for (var at = 0; at < world.payments().size(); at++) past(world, at);
        return Json.of("order", id);
    }

    private Optional<JsonNode> pay(WorldOrder world) {
        var made = Json.of();
        for (var at = 0; at < world.payments().size(); at++)
            if (world.payments().get(at).gateway().equals(SquareObjects.PLUGIN)) {
                made.put("payment", charge(world, at, "").path("id").asText());
                past(world, at);
            }
        return Optional.<JsonNode>of(made).filter(node -> !node.isEmpty());
    }

    private static ObjectNode audit(WorldOrder world) {
        var shipments =
                world.lines().stream()
                        .filter(line -> line.shipped() > 0)
                        .map(
                                line ->
                                        Json.of(
                                                "sku", line.sku(),
                                                "quantity", line.shipped(),
                                                "at", world.placedAt().toString()))
                        .toList();
        return Json.of("shipments", shipments, "metadata", List.of());
    }

    private ObjectNode charge(WorldOrder world, int at, String order) {
        var payment = SquareObjects.payment(world, at, order);
        var id = payment.path("id").asText();
        state.put(PAYMENTS, id, payment);
        state.put(LINKS, id, Json.of("order", world.number(), "refundMode", "succeeds"));
        return payment;
    }

    /** What was refunded and disputed before. */
    private void past(WorldOrder world, int at) {
        var id = SquareObjects.payment(world, at);
        var by = world.refundedByHand(at);
        if (by > 0) refund(payment(id), by, "by hand");
        switch (world.payments().get(at).dispute()) {
            case "none" -> {}
            case "inquiry" -> open(payment(id), "INQUIRY_EVIDENCE_REQUIRED");
            case "chargeback" -> open(payment(id), "EVIDENCE_REQUIRED");
            case "won" -> open(payment(id), "WON");
            default -> open(payment(id), "LOST");
        }
        var mode = world.payments().get(at).refundMode();
        state.put(LINKS, id, links(id).put("refundMode", mode));
    }

    ObjectNode order(String id) {
        return state.get(ORDERS, id).orElseThrow(() -> SquareError.missing("Order " + id));
    }

    ObjectNode payment(String id) {
        return state.get(PAYMENTS, id).orElseThrow(() -> SquareError.missing("Payment " + id));
    }

    /**
     * Takes what an update says of the state, the fulfilments and the metadata.
     *
     * @throws SquareError when the order's state does not allow it
     */
    ObjectNode update(ObjectNode order, JsonNode wish) {
        if (wish.path("version").asLong(-1) != order.path("version").asLong())
            throw SquareError.oldVersion(order.path("version").asLong());
        if (SquareObjects.isOver(order))
            throw SquareError.bad(
                    "BAD_REQUEST", "Order is already " + order.path("state").asText());
        var changes = new ArrayList<JsonNode>();
        for (var change : wish.path("fulfillments")) changes.add(fulfil(order, change));
        wish.path("metadata")
                .properties()
                .forEach(entry -> note(order, entry.getKey(), entry.getValue().asText()));
        if (wish.has("state")) become(order, wish.path("state").asText());
        changed(order);
        if (!changes.isEmpty()) webhooks.fulfilmentsUpdated(order, changes);
        return order;
    }

    private JsonNode fulfil(ObjectNode order, JsonNode wish) {
        var fulfilment =
                Json.stream(order.path("fulfillments"))
                        .filter(each -> each.path("uid").equals(wish.path("uid")))
                        .findFirst()
                        .orElseThrow(() -> SquareError.missing("Fulfillment"));
        if (SquareObjects.isOver(fulfilment))
            throw SquareError.bad("BAD_REQUEST", "Fulfillment is in a terminal state");
        var change =
                Json.of(
                        "fulfillment_uid", wish.path("uid"),
                        "old_state", fulfilment.path("state"),
                        "new_state", wish.path("state"));
        ((ObjectNode) fulfilment).set("state", wish.path("state"));
        if (wish.path("state").asText().equals("COMPLETED")) shipped(order, fulfilment);
        if (isCalledOff(order)) cancelled(order);
        return change;
    }

    private void note(ObjectNode order, String key, String value) {
        if (!key.matches("[A-Za-z0-9_-]{1,60}") || value.length() > 255)
            throw SquareError.bad("VALUE_TOO_LONG", "metadata");
        var metadata = order.withObject("/metadata").put(key, value);
        if (metadata.size() > 10) throw SquareError.bad("ARRAY_LENGTH_TOO_LONG", "metadata");
        var audit = audit(order);
        audit.withArray("metadata")
                .add(Json.of("key", key, "value", value, "at", stage.now().toString()));
        state.put(AUDIT, order.path("id").asText(), audit);
    }

    private void become(ObjectNode order, String wanted) {
        if (wanted.equals(order.path("state").asText())) return;
        if (!wanted.equals("CANCELED"))
            throw SquareError.bad("BAD_REQUEST", "Order cannot become " + wanted);
        if (!Json.stream(order.path("fulfillments")).allMatch(SquareObjects::isOver))
            throw SquareError.bad("BAD_REQUEST", "Order has fulfillments that are not cancelled");
        if (payments(order).anyMatch(payment -> isTaken(payment) && left(payment) > 0))
            throw SquareError.bad("BAD_REQUEST", "Order has payments");
        order.put("state", "CANCELED").put("closed_at", stage.now().toString());
        cancelled(order);
    }

    private static boolean isCalledOff(JsonNode order) {
        var fulfilments = Json.stream(order.path("fulfillments")).toList();
        return fulfilments.stream()
                .allMatch(each -> each.path("state").asText().equals("CANCELED"));
    }

    private void cancelled(ObjectNode order) {
        if (order.path(SquareObjects.CANCELLED_AT).isNull())
            order.put(SquareObjects.CANCELLED_AT, stage.now().toString());
    }

    private void cancelAll(ObjectNode order) {
        Json.stream(order.path("fulfillments"))
                .forEach(each -> ((ObjectNode) each).put("state", "CANCELED"));
        cancelled(order);
        if (payments(order).noneMatch(SquareBook::isTaken)) order.put("state", "CANCELED");
    }

    /** Somebody cancels it in the dashboard, as long as nothing of it has been sent. */
    void cancelByHand(ObjectNode order) {
        var isSent =
                Json.stream(order.path("fulfillments"))
                        .anyMatch(each -> each.path("state").asText().equals("COMPLETED"));
        if (isSent || SquareObjects.isOver(order))
            throw new Fields.Invalid("it can no longer be cancelled");
        cancelAll(order);
        changed(order);
    }

    /** Somebody sends all that is still to be sent. */
    void ship(ObjectNode order) {
        for (var each : order.path("fulfillments"))
            if (!SquareObjects.isOver(each)) {
                ((ObjectNode) each).put("state", "COMPLETED");
                shipped(order, each);
            }
        changed(order);
    }

    private void shipped(JsonNode order, JsonNode fulfilment) {
        var audit = audit(order);
        for (var line : order.path("line_items")) {
            var units = units(fulfilment, line);
            if (units > 0)
                audit.withArray("shipments")
                        .add(
                                Json.of(
                                        "sku", line.path("catalog_object_id"),
                                        "quantity", units,
                                        "at", stage.now().toString()));
        }
        state.put(AUDIT, order.path("id").asText(), audit);
    }

    private static int units(JsonNode fulfilment, JsonNode line) {
        if (fulfilment.path("line_item_application").asText().equals("ALL"))
            return line.path("quantity").asInt();
        return Json.stream(fulfilment.path("entries"))
                .filter(entry -> entry.path("line_item_uid").equals(line.path("uid")))
                .mapToInt(entry -> entry.path("quantity").asInt())
                .sum();
    }

    private ObjectNode audit(JsonNode order) {
        return state.get(AUDIT, order.path("id").asText()).orElseThrow();
    }

    private void changed(ObjectNode order) {
        order.put("version", order.path("version").asLong() + 1)
                .put("updated_at", stage.now().toString());
        completeIfDone(order);
        put(order);
        if (!silent) webhooks.orderUpdated(order);
    }

    private void completeIfDone(ObjectNode order) {
        var paid = payments(order).filter(SquareBook::isTaken).mapToLong(SquareBook::amount).sum();
        var isPaid = paid > 0 && paid >= SquareObjects.minor(order.path("total_money"));
        var isSent = Json.stream(order.path("fulfillments")).allMatch(SquareObjects::isOver);
        if (!isPaid || !isSent || SquareObjects.isOver(order)) return;
        order.put("state", "COMPLETED").put("closed_at", stage.now().toString());
        for (var line : order.path("line_items")) {
            var units = line.path("quantity").asText();
            var sold =
                    Json.of(
                            "catalog_object_id",
                            line.path("catalog_object_id"),
                            "from_state",
                            "IN_STOCK",
                            "to_state",
                            "SOLD",
                            "location_id",
                            SquareObjects.LOCATION,
                            "quantity",
                            units,
                            "occurred_at",
                            stage.now().toString(),
                            "transaction_id",
                            order.path("id"));
            move(sold, -Integer.parseInt(units), 0);
        }
    }

    /** Writes an adjustment down; answers it with its id. */
    ObjectNode move(ObjectNode adjustment, int units, int restocked) {
        var id = "ADJ" + stage.next("adjustments");
        adjustment.put("id", id).put("created_at", stage.now().toString());
        adjustment.put("catalog_object_type", "ITEM_VARIATION");
        state.put(MOVES, id, adjustment);
        var sku = adjustment.path("catalog_object_id").asText();
        var item = state.get(STOCK, sku).orElseGet(() -> Json.of("available", 100, "restocked", 0));
        item.put("available", item.path("available").asInt() + units)
                .put("restocked", item.path("restocked").asInt() + restocked);
        state.put(STOCK, sku, item);
        return adjustment;
    }

    private Stream<ObjectNode> payments(JsonNode order) {
        return Json.stream(order.path("tenders"))
                .map(tender -> payment(tender.path("payment_id").asText()));
    }

    /**
     * @throws SquareError when it is not allowed as the payment stands
     */
    ObjectNode refund(ObjectNode payment, long amount, String reason) {
        check(payment, amount);
        var id = payment.path("id").asText();
        var mode = links(id).path("refundMode").asText();
        if (mode.equals("refused"))
            throw SquareError.refund("REFUND_DECLINED", "The refund was declined.");
        var number = payment.path("refund_ids").size() + 1;
        var money = SquareObjects.money(amount, payment.at("/amount_money/currency").asText());
        var refund = SquareObjects.refund(id + "_" + number, payment, money, reason, stage.now());
        payment.withArray("refund_ids").add(refund.path("id"));
        state.put(PAYMENTS, id, payment);
        state.put(REFUNDS, refund.path("id").asText(), refund);
        tell("refund.created", refund);
        if (!mode.equals("pending") && !mode.equals("fails-later")) end(refund, "COMPLETED");
        if (mode.equals("fails-later")) stage.later(() -> failLater(refund.path("id").asText()));
        return state.get(REFUNDS, refund.path("id").asText()).orElseThrow();
    }

    private void check(JsonNode payment, long amount) {
        if (payment.path("status").asText().equals("APPROVED"))
            throw SquareError.refund(
                    "REFUND_ERROR_PAYMENT_NEEDS_COMPLETION", "The payment is not completed.");
        if (!isTaken(payment))
            throw SquareError.refund("PAYMENT_NOT_REFUNDABLE", "The payment took no money.");
        if (disputes(payment).anyMatch(each -> BLOCKING.contains(each.path("state").asText())))
            throw SquareError.refund(
                    "PAYMENT_NOT_REFUNDABLE_DUE_TO_DISPUTE", "The payment is disputed.");
        if (amount > left(payment))
            throw SquareError.refund(
                    "REFUND_AMOUNT_INVALID", "The amount is larger than what is left.");
    }

    void end(ObjectNode refund, String status) {
        refund.put("status", status).put("updated_at", stage.now().toString());
        state.put(REFUNDS, refund.path("id").asText(), refund);
        var payment = payment(refund.path("payment_id").asText());
        var money =
                SquareObjects.money(
                        given(payment, Set.of("COMPLETED")),
                        payment.at("/amount_money/currency").asText());
        state.put(PAYMENTS, payment.path("id").asText(), payment.set("refunded_money", money));
        tell("refund.updated", refund);
        if (left(payment) == 0)
            disputes(payment)
                    .filter(each -> each.path("state").asText().startsWith("INQUIRY_E"))
                    .forEach(each -> change(each, "INQUIRY_CLOSED"));
    }

    private void failLater(String id) {
        state.get(REFUNDS, id)
                .filter(refund -> refund.path("status").asText().equals("PENDING"))
                .ifPresent(refund -> end(refund, "FAILED"));
    }

    void resume() {
        state.all(REFUNDS)
                .filter(refund -> refund.path("status").asText().equals("PENDING"))
                .filter(
                        refund ->
                                links(refund.path("payment_id").asText())
                                        .path("refundMode")
                                        .asText()
                                        .equals("fails-later"))
                .forEach(refund -> stage.later(() -> failLater(refund.path("id").asText())));
    }

    /**
     * @throws SquareError when it is not only authorised
     */
    ObjectNode release(ObjectNode payment) {
        if (!payment.path("status").asText().equals("APPROVED"))
            throw SquareError.bad("BAD_REQUEST", "Only an APPROVED payment can be cancelled.");
        payment.put("status", "CANCELED").put("updated_at", stage.now().toString());
        payment.withObject("/card_details").put("status", "VOIDED");
        state.put(PAYMENTS, payment.path("id").asText(), payment);
        if (!silent) webhooks.emit("payment.updated", "payment", payment.path("id"), payment);
        return payment;
    }

    /** Somebody at the shop takes what was held. */
    void capture(ObjectNode payment) {
        if (!payment.path("status").asText().equals("APPROVED"))
            throw new Fields.Invalid("only an authorisation can be captured");
        payment.put("status", "COMPLETED").withObject("/card_details").put("status", "CAPTURED");
        state.put(PAYMENTS, payment.path("id").asText(), payment);
        Json.text(payment, "order_id").ifPresent(id -> changed(order(id)));
    }

    void chargeBack(JsonNode payment) {
        if (left(payment) <= 0) throw new Fields.Invalid("a bank cannot dispute what was refunded");
        open(payment, "EVIDENCE_REQUIRED");
    }

    ObjectNode open(JsonNode payment, String dispute) {
        var id = "DSP" + payment.path("id").asText() + (disputes(payment).count() + 1);
        var made = SquareObjects.dispute(id, payment, dispute, stage.now());
        state.put(DISPUTES, id, made);
        if (!silent) webhooks.emit("dispute.created", "dispute", made.path("id"), made);
        return made;
    }

    /** An inquiry becomes a dispute. */
    void escalate(ObjectNode dispute) {
        if (!dispute.path("state").asText().startsWith("INQUIRY_E"))
            throw new Fields.Invalid("only an inquiry can become a dispute");
        change(dispute, "EVIDENCE_REQUIRED");
    }

    void change(ObjectNode dispute, String to) {
        dispute.put("state", to).put("version", dispute.path("version").asLong() + 1);
        state.put(DISPUTES, dispute.path("id").asText(), dispute);
        if (!silent) webhooks.emit("dispute.state.updated", "dispute", dispute.path("id"), dispute);
    }

    Stream<ObjectNode> disputes(JsonNode payment) {
        return state.all(DISPUTES)
                .filter(each -> each.at("/disputed_payment/payment_id").equals(payment.path("id")));
    }

    Stream<ObjectNode> refunds(JsonNode payment) {
        return state.all(REFUNDS)
                .filter(each -> each.path("payment_id").equals(payment.path("id")));
    }

    private void tell(String type, JsonNode refund) {
        if (!silent) webhooks.emit(type, "refund", refund.path("id"), refund);
    }

    private long left(JsonNode payment) {
        return amount(payment) - given(payment, Set.of("COMPLETED", "PENDING"));
    }

    private long given(JsonNode payment, Set<String> statuses) {
        return refunds(payment)
                .filter(refund -> statuses.contains(refund.path("status").asText()))
                .mapToLong(refund -> SquareObjects.minor(refund.path("amount_money")))
                .sum();
    }

    private static boolean isTaken(JsonNode payment) {
        return payment.path("status").asText().equals("COMPLETED");
    }

    private static long amount(JsonNode payment) {
        return SquareObjects.minor(payment.path("total_money"));
    }

    private ObjectNode links(String payment) {
        return state.get(LINKS, payment).orElseThrow();
    }

    Stream<Platform.Book> books() {
        return state.all(PAYMENTS).map(this::book);
    }

    private Platform.Book book(JsonNode payment) {
        return new Platform.Book(
                "square",
                payment.path("id").asText(),
                links(payment.path("id").asText()).path("order").asText(),
                payment.at("/amount_money/currency").asText(),
                isTaken(payment) ? amount(payment) : 0,
                given(payment, Set.of("COMPLETED")),
                given(payment, Set.of("PENDING")),
                (int)
                        refunds(payment)
                                .filter(each -> !NOTHING.contains(each.path("status").asText()))
                                .count());
    }

    private void put(ObjectNode order) {
        state.put(ORDERS, order.path("id").asText(), order);
    }
}
