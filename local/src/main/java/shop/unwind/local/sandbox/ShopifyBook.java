package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Shopify's books: what cancelling, refunding and shipping does to an order and to stock. Orders
 * stand in the state's {@code orders}, stock in {@code inventory} by SKU, cancellations under way
 * in {@code jobs}.
 */
final class ShopifyBook {
    /** A complaint in a mutation's user errors. The code is empty where the type has none. */
    static final class UserError extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient ObjectNode json;

        UserError(List<String> field, String message, String code) {
            super(message);
            json =
                    Json.of(
                            "field",
                            field.isEmpty() ? Optional.empty() : field,
                            "message",
                            message,
                            "code",
                            Optional.of(code).filter(word -> !word.isEmpty()));
        }

        UserError(String field, String message) {
            this(field.isEmpty() ? List.of() : List.of(field), message, "");
        }

        ObjectNode json() {
            return json;
        }
    }

    /** Tells the world of a change to an order; the second document is the topic's own. */
    @FunctionalInterface
    interface Emitter {
        void emit(String topic, JsonNode order, JsonNode subject);
    }

    static final String ORDERS = "orders";
    static final String JOBS = "jobs";
    private static final String INVENTORY = "inventory";

    private final Stage stage;
    private final State state;
    private final Map<String, Gateway> gateways;
    private final Emitter emitter;

    ShopifyBook(Stage stage, Map<String, Gateway> gateways, Emitter emitter) {
        this.stage = stage;
        this.state = stage.state();
        this.gateways = gateways;
        this.emitter = emitter;
    }

    JsonNode add(WorldOrder world) {
        var order = ShopifyOrder.create(world);
        world.lines().forEach(line -> stock(line.sku(), -line.quantity()));
        for (var at = 0; at < world.payments().size(); at++) {
            var payment = world.payments().get(at);
            if (payment.gateway().equals("shopify_payments") && !payment.dispute().equals("none"))
                dispute(order, payment.dispute());
            if (world.refundedByHand(at) > 0) byHand(order, at, world.refundedByHand(at));
        }
        if (world.cancelled())
            order.put("cancelledAt", world.placedAt().toString())
                    .put("cancelReason", "OTHER")
                    .put("closedAt", world.placedAt().toString());
        put(order);
        return Json.of(
                "order", gid("Order", order.path("id").asLong()), "name", order.path("name"));
    }

    /** The provider's own books are its own business: this is only Shopify's record. */
    private void byHand(ObjectNode order, int at, long amount) {
        var payment = (ObjectNode) order.path("transactions").get(at);
        var transaction =
                ShopifyOrder.transaction(
                                order,
                                "REFUND",
                                "SUCCESS",
                                payment.path("gateway").asText(),
                                amount,
                                Optional.of(payment.path("id")))
                        .put("createdAt", stage.now().toString());
        order.withArray("transactions").add(transaction);
        record(order, "by hand", List.of(), 0, List.of(transaction));
    }

    Optional<ObjectNode> order(long id) {
        return state.get(ORDERS, String.valueOf(id));
    }

    Stream<ObjectNode> orders() {
        return state.all(ORDERS);
    }

    Stream<ObjectNode> named(String number) {
        return order(ShopifyOrder.id(number)).stream();
    }

    /**
     * Begins to cancel; the job does the rest.
     *
     * @return the job
     * @throws UserError when the order cannot be cancelled
     */
    ObjectNode cancel(ObjectNode order, ObjectNode wish) {
        checkCancel(order, wish);
        var number = stage.next(JOBS);
        var seed = order.path("id").asText() + "-" + number;
        var id = UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
        var job =
                Json.of(
                        "__typename",
                        "OrderCancelJobResult",
                        "id",
                        id,
                        "order",
                        order.path("id"),
                        "wish",
                        wish,
                        "done",
                        false,
                        "status",
                        "STARTED",
                        "errors",
                        List.of());
        state.put(JOBS, id, job);
        stage.later(() -> run(id));
        return job;
    }

    /** Goes on with the jobs that a stop interrupted. */
    void resume() {
        state.all(JOBS)
                .filter(job -> !job.path("done").asBoolean())
                .forEach(job -> stage.later(() -> run(job.path("id").asText())));
    }

    private void checkCancel(JsonNode order, JsonNode wish) {
        if (ShopifyOrder.isCancelled(order))
            throw invalid("orderId", "Cannot cancel an order that has already been canceled");
        if (ShopifyOrder.hasOpenReturn(order))
            throw invalid("orderId", "Cannot cancel an order with an active return");
        if (ShopifyOrder.count(order, "fulfilled") > 0)
            throw invalid(
                    "orderId", "Cannot cancel an order with fulfillments that can't be canceled");
        if (Json.stream(order.path("transactions"))
                .anyMatch(one -> one.path("status").asText().equals("PENDING")))
            throw invalid("orderId", "Cannot cancel an order with pending payments");
        if (wish.path("restock").asBoolean()
                && ShopifyOrder.received(order) > 0
                && state.get("locations", "inactive").isPresent())
            throw invalid("restock", "Cannot restock items to a deactivated location");
    }

    private void run(String id) {
        var job = state.get(JOBS, id).orElseThrow();
        var order = order(job.path("order").asLong()).orElseThrow();
        try {
            if (order.has("cancelFails"))
                throw invalid("orderId", order.path("cancelFails").asText());
            checkCancel(order, job.path("wish"));
            cancelNow(order, job.path("wish"));
            job.put("status", "SUCCEEDED");
        } catch (UserError error) {
            job.put("status", "FAILED").set("errors", Json.node(List.of(error.json())));
        }
        state.put(JOBS, id, job.put("done", true));
    }

    /** Cancels, restocks, voids and, when the wish says how, refunds all that is left. */
    void cancelNow(ObjectNode order, JsonNode wish) {
        var now = stage.now().toString();
        var restock = wish.path("restock").asBoolean();
        var lines = new ArrayList<JsonNode>();
        for (var line : order.path("lines"))
            if (ShopifyOrder.current(line) > 0)
                lines.add(
                        take(
                                order,
                                (ObjectNode) line,
                                ShopifyOrder.current(line),
                                restock ? "CANCEL" : "NO_RESTOCK"));
        ShopifyOrder.openAuthorizations(order).toList().forEach(each -> voided(order, each));
        var money = new ArrayList<ObjectNode>();
        if (wish.at("/refundMethod/originalPaymentMethodsRefund").asBoolean()
                || wish.path("refund").asBoolean())
            for (var payment : ShopifyOrder.payments(order).toList())
                if (ShopifyOrder.left(order, payment) > 0)
                    money.add(giveBack(order, payment, ShopifyOrder.left(order, payment), ""));
        if (wish.at("/refundMethod/storeCreditRefund").isObject())
            storeCredit(order).ifPresent(money::add);
        var shipping = order.path("shipping").asLong() - ShopifyOrder.refundedShipping(order);
        var refund =
                lines.isEmpty() && money.isEmpty()
                        ? Optional.<ObjectNode>empty()
                        : Optional.of(
                                record(order, "", lines, money.isEmpty() ? 0 : shipping, money));
        order.put("cancelledAt", now).put("closedAt", now);
        order.set("cancelReason", wish.path("reason"));
        order.set("staffNote", Json.node(Json.text(wish, "staffNote")));
        put(order);
        refund.ifPresent(made -> emitter.emit("refunds/create", order, made));
        emitter.emit("orders/cancelled", order, order);
        emitter.emit("orders/updated", order, order);
    }

    /** Lets every job that is to cancel the order fail with these words. */
    void failCancel(ObjectNode order, String words) {
        state.put(ORDERS, order.path("id").asText(), order.put("cancelFails", words));
    }

    private void voided(ObjectNode order, ObjectNode authorization) {
        gateway(authorization)
                .ifPresent(
                        gateway -> gateway.release(authorization.path("providerPayment").asText()));
        order.withArray("transactions")
                .add(
                        ShopifyOrder.transaction(
                                        order,
                                        "VOID",
                                        "SUCCESS",
                                        authorization.path("gateway").asText(),
                                        authorization.path("amount").asLong(),
                                        Optional.of(authorization.path("id")))
                                .put("createdAt", stage.now().toString()));
    }

    private Optional<ObjectNode> storeCredit(ObjectNode order) {
        var left = ShopifyOrder.left(order);
        if (left == 0) return Optional.empty();
        var account = order.path("email").asText();
        var credit = state.get("storeCredit", account).orElseGet(() -> Json.of("balance", 0));
        state.put(
                "storeCredit",
                account,
                credit.put("balance", credit.path("balance").asLong() + left));
        var parent = ShopifyOrder.payments(order).findFirst().map(payment -> payment.path("id"));
        var transaction =
                ShopifyOrder.transaction(
                                order, "REFUND", "SUCCESS", "shopify_store_credit", left, parent)
                        .put("createdAt", stage.now().toString());
        order.withArray("transactions").add(transaction);
        return Optional.of(transaction);
    }

    /**
     * Refunds lines, shipping and money as the input says.
     *
     * @throws UserError with what Shopify says when that is too much
     */
    ObjectNode refund(ObjectNode order, ObjectNode input) {
        var currency = order.path("currency").asText();
        if (!input.path("currency").asText(currency).equals(currency))
            throw new UserError("currency", "Currency must be the order's presentment currency");
        var wishes = ShopifyRefunds.lines(order, input.path("refundLineItems"));
        var shipping = ShopifyRefunds.shipping(order, input.path("shipping"));
        var payments = ShopifyRefunds.payments(order, input.path("transactions"));
        var lines = new ArrayList<JsonNode>();
        for (var wish : wishes)
            lines.add(take(order, wish.line(), wish.units(), wish.restockType()));
        var note = Json.text(input, "note").orElse("");
        var money = new ArrayList<ObjectNode>();
        for (var payment : payments)
            money.add(giveBack(order, payment.parent(), payment.amount(), note));
        var refund = record(order, note, lines, shipping, money);
        put(order);
        emitter.emit("refunds/create", order, refund);
        emitter.emit("orders/updated", order, order);
        return refund;
    }

    private ObjectNode take(ObjectNode order, ObjectNode line, int units, String restockType) {
        var taken =
                Json.of(
                        "id", ShopifyOrder.next(order),
                        "line", line.path("id"),
                        "currency", order.path("currency"),
                        "quantity", units,
                        "restockType", restockType,
                        "subtotal", ShopifyOrder.share(line, ShopifyOrder.price(line), units),
                        "tax", ShopifyOrder.share(line, ShopifyOrder.tax(line), units));
        line.put("refunded", line.path("refunded").asInt() + units);
        if (!restockType.equals("NO_RESTOCK")) stock(line.path("sku").asText(), units);
        return taken;
    }

    private ObjectNode giveBack(ObjectNode order, JsonNode payment, long amount, String note) {
        var provider = payment.path("providerPayment").asText();
        var status =
                gateway(payment)
                        .map(gateway -> gateway.refund(provider, amount, note))
                        .orElseGet(() -> outcome(payment.path("refundMode").asText()));
        var transaction =
                ShopifyOrder.transaction(
                                order,
                                "REFUND",
                                status,
                                payment.path("gateway").asText(),
                                amount,
                                Optional.of(payment.path("id")))
                        .put("createdAt", stage.now().toString());
        order.withArray("transactions").add(transaction);
        return transaction;
    }

    private static String outcome(String refundMode) {
        return switch (refundMode) {
            case "pending", "fails-later" -> "PENDING";
            case "refused" -> "ERROR";
            default -> "SUCCESS";
        };
    }

    private ObjectNode record(
            ObjectNode order,
            String note,
            List<JsonNode> lines,
            long shipping,
            List<ObjectNode> money) {
        var refund =
                Json.of(
                        "__typename", "Refund",
                        "id", ShopifyOrder.next(order),
                        "order", order.path("id"),
                        "currency", order.path("currency"),
                        "createdAt", stage.now().toString(),
                        "note", Optional.of(note).filter(text -> !text.isEmpty()),
                        "lines", lines,
                        "shipping", shipping,
                        "transactions", money.stream().map(each -> each.path("id")).toList());
        order.withArray("refunds").add(refund);
        return refund;
    }

    /** A pending refund comes to its end; failed ones of mode fails-later stay failed. */
    void settle(ObjectNode order, String status) {
        var pending =
                ShopifyOrder.refunds(order, Set.of("PENDING"))
                        .findFirst()
                        .orElseThrow(() -> new Fields.Invalid("no pending refund"));
        pending.put("status", status);
        put(order);
        emitter.emit("order_transactions/create", order, pending);
        emitter.emit("orders/updated", order, order);
    }

    /** Ships what has not been shipped: all of it, or so many units of one SKU. */
    void ship(ObjectNode order, Optional<String> sku, long units) {
        var shipped = new ArrayList<JsonNode>();
        for (var line : order.path("lines")) {
            if (sku.isPresent() && !sku.get().equals(line.path("sku").asText())) continue;
            var open = line.path("quantity").asInt() - line.path("fulfilled").asInt();
            var now = sku.isPresent() ? (int) Math.min(units, open) : open;
            if (now == 0) continue;
            ((ObjectNode) line).put("fulfilled", line.path("fulfilled").asInt() + now);
            shipped.add(
                    Json.of(
                            "id",
                            ShopifyOrder.next(order),
                            "line",
                            line.path("id"),
                            "quantity",
                            now));
        }
        if (shipped.isEmpty()) throw new Fields.Invalid("nothing is left to ship");
        ShopifyOrder.fulfill(order, shipped, stage.now().toString());
        put(order);
        emitter.emit("orders/fulfilled", order, order);
        emitter.emit("orders/updated", order, order);
    }

    /** Takes the money of every open authorisation. */
    void capture(ObjectNode order) {
        var open = ShopifyOrder.openAuthorizations(order).toList();
        if (open.isEmpty()) throw new Fields.Invalid("no open authorisation");
        for (var authorization : open) {
            var capture =
                    ShopifyOrder.transaction(
                            order,
                            "CAPTURE",
                            "SUCCESS",
                            authorization.path("gateway").asText(),
                            authorization.path("amount").asLong(),
                            Optional.of(authorization.path("id")));
            capture.put("createdAt", stage.now().toString())
                    .put("refundMode", authorization.path("refundMode").asText());
            Json.text(authorization, "providerPayment")
                    .ifPresent(payment -> capture.put("providerPayment", payment));
            order.withArray("transactions").add(capture);
        }
        put(order);
        emitter.emit("orders/updated", order, order);
    }

    ObjectNode openReturn(ObjectNode order) {
        var number = order.path("returns").size() + 1;
        var made =
                Json.of(
                        "id", ShopifyOrder.next(order),
                        "order", order.path("id"),
                        "name", order.path("name").asText() + "-R" + number,
                        "createdAt", stage.now().toString(),
                        "status", "OPEN");
        order.withArray("returns").add(made);
        put(order);
        emitter.emit("orders/updated", order, order);
        return made;
    }

    /** A bank or buyer disputes: inquiry, chargeback, or one already won or lost. */
    ObjectNode dispute(ObjectNode order, String kind) {
        var inquiry = kind.equals("inquiry");
        var status =
                Set.of("won", "lost").contains(kind)
                        ? kind.toUpperCase(Locale.ROOT)
                        : "NEEDS_RESPONSE";
        var dispute =
                Json.of(
                        "id", ShopifyOrder.next(order),
                        "order", order.path("id"),
                        "type", inquiry ? "INQUIRY" : "CHARGEBACK",
                        "initiatedAs", inquiry ? "INQUIRY" : "CHARGEBACK",
                        "status", status,
                        "amount", ShopifyOrder.received(order),
                        "currency", order.path("currency"),
                        "initiatedAt", stage.now().toString(),
                        "evidenceDueBy", stage.now().plus(Duration.ofDays(9)).toString());
        order.withArray("disputes").add(dispute);
        return dispute;
    }

    void openDispute(ObjectNode order, String kind) {
        if (ShopifyOrder.left(order) <= 0)
            throw new Fields.Invalid("a bank cannot dispute what was refunded");
        var dispute = dispute(order, kind);
        put(order);
        emitter.emit("disputes/create", order, dispute);
    }

    /** An inquiry becomes a chargeback; how it began stays on record. */
    void escalate(ObjectNode order) {
        var dispute = lastDispute(order).put("type", "CHARGEBACK").put("status", "NEEDS_RESPONSE");
        put(order);
        emitter.emit("disputes/update", order, dispute);
    }

    void closeDispute(ObjectNode order, String status) {
        var dispute = lastDispute(order).put("status", status.toUpperCase(Locale.ROOT));
        put(order);
        emitter.emit("disputes/update", order, dispute);
    }

    private static ObjectNode lastDispute(ObjectNode order) {
        return Json.stream(order.path("disputes"))
                .reduce((_, later) -> later)
                .map(ObjectNode.class::cast)
                .orElseThrow(() -> new Fields.Invalid("no dispute"));
    }

    /** Staff give back money in Shopify's admin, without saying for which lines. */
    void refundByHand(ObjectNode order, long amount, String note) {
        var suggestion =
                ShopifyRefunds.suggest(
                        order, Json.of("shippingAmount", "0", "suggestFullRefund", true));
        var open = amount;
        var wishes = new ArrayList<JsonNode>();
        for (var each : suggestion.path("transactions")) {
            var part = Math.min(open, each.path("amount").asLong());
            open -= part;
            if (part > 0)
                wishes.add(
                        Json.of(
                                "orderId", gid("Order", order.path("id").asLong()),
                                "kind", "REFUND",
                                "gateway", each.path("gateway"),
                                "amount", Money.decimal(part, order.path("currency").asText()),
                                "parentId", gid("OrderTransaction", each.path("parent").asLong())));
        }
        if (open > 0) throw new Fields.Invalid("amount: expected at most what is left");
        refund(order, Json.of("note", note, "transactions", wishes));
    }

    /** Keeps an edited order and tells of it. */
    void changed(ObjectNode order) {
        put(order);
        emitter.emit("orders/updated", order, order);
    }

    void put(ObjectNode order) {
        order.put("updatedAt", stage.now().toString());
        state.put(ORDERS, order.path("id").asText(), order);
    }

    Stream<Platform.Book> books() {
        return orders().flatMap(order -> payments(order).map(payment -> book(order, payment)));
    }

    /** Payments that live in Shopify alone. */
    private Stream<ObjectNode> payments(JsonNode order) {
        return ShopifyOrder.payments(order).filter(payment -> gateway(payment).isEmpty());
    }

    private static Platform.Book book(JsonNode order, JsonNode payment) {
        return new Platform.Book(
                "shopify",
                gid("OrderTransaction", payment.path("id").asLong()),
                order.path("number").asText(),
                order.path("currency").asText(),
                payment.path("amount").asLong(),
                given(order, payment, "SUCCESS")
                        .mapToLong(one -> one.path("amount").asLong())
                        .sum(),
                given(order, payment, "PENDING")
                        .mapToLong(one -> one.path("amount").asLong())
                        .sum(),
                (int) given(order, payment, "SUCCESS", "PENDING").count());
    }

    private static Stream<ObjectNode> given(JsonNode order, JsonNode payment, String... statuses) {
        return ShopifyOrder.refunds(order, Set.of(statuses))
                .filter(one -> one.path("parent").asLong() == payment.path("id").asLong());
    }

    private Optional<Gateway> gateway(JsonNode payment) {
        return Optional.ofNullable(gateways.get(payment.path("gateway").asText()))
                .filter(_ -> payment.has("providerPayment"));
    }

    private void stock(String sku, int units) {
        var item =
                state.get(INVENTORY, sku)
                        .orElseGet(() -> Json.of("available", 100, "restocked", 0));
        item.put("available", item.path("available").asInt() + units);
        if (units > 0) item.put("restocked", item.path("restocked").asInt() + units);
        state.put(INVENTORY, sku, item);
    }

    static String gid(String type, long id) {
        return "gid://shopify/" + type + "/" + id;
    }

    private static UserError invalid(String field, String message) {
        return new UserError(List.of(field), message, "INVALID");
    }
}
