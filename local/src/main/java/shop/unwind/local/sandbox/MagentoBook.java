package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Magento's books: what invoices, credit memos and a cancel do to an order and to stock. Orders
 * stand in the state's {@code orders}, stock in {@code inventory} by SKU. Amounts are in minor
 * units.
 */
final class MagentoBook {
    static final String ORDERS = "orders";
    private static final String INVENTORY = "inventory";
    private static final Optional<String> NULL = Optional.empty();
    private static final Set<String> OFFLINE = Set.of("checkmo", "banktransfer", "cashondelivery");
    private static final Set<String> UNCANCELABLE =
            Set.of("canceled", "closed", "complete", "holded", "payment_review");

    private final Stage stage;
    private final State state;
    private final Map<String, Gateway> gateways;
    private final BiConsumer<String, ObjectNode> emitter;

    /**
     * @param emitter tells the world of a saved order or credit memo, by the event's code
     */
    MagentoBook(
            Stage stage, Map<String, Gateway> gateways, BiConsumer<String, ObjectNode> emitter) {
        this.stage = stage;
        this.state = stage.state();
        this.gateways = gateways;
        this.emitter = emitter;
    }

    JsonNode add(WorldOrder world) {
        var order = create(world);
        for (var line : order.path("lines"))
            stock(line.path("sku").asText(), -line.path("quantity").asInt(), 0);
        if (order.path("paid").asBoolean()) invoiceAll(order);
        for (var at = 0; at < world.lines().size(); at++)
            shipped(order, line(order, at), world.lines().get(at).shipped(), world.placedAt() + "");
        if (world.refundedByHand() > 0) byHand(order, world.refundedByHand(), true, "by hand");
        if (world.cancelled()) takenBack(order);
        settle(order);
        put(order);
        return Json.of("order", order.path("id"), "number", order.path("number"));
    }

    private ObjectNode create(WorldOrder world) {
        if (world.payments().size() > 1)
            throw new Fields.Invalid("payments: Magento's orders have one");
        var id = id(world.number());
        var at = world.placedAt().toString();
        var payment = world.payments().stream().findFirst();
        var paid = payment.map(WorldOrder.Payment::captured).orElse(isFree(world));
        var order =
                Json.of(
                        "id", id,
                        "number", world.number(),
                        "store", 1,
                        "state", "processing",
                        "currency", world.currency().getCurrencyCode(),
                        "email", world.email(),
                        "phone", world.phone(),
                        "name", world.name(),
                        "createdAt", at,
                        "updatedAt", at,
                        "cancelledAt", NULL,
                        "paid", paid,
                        "authorised", payment.isPresent() && !paid,
                        "voided", false,
                        "shipping", world.shipping(),
                        "lines", Json.array(lines(world, id)),
                        "gateway", payment.map(MagentoBook::method).orElse("checkmo"),
                        "transaction", payment.map(of -> transaction(world, of)).orElse(""),
                        "refundMode", payment.map(WorldOrder.Payment::refundMode).orElse(""),
                        "invoices", List.of(),
                        "memos", List.of(),
                        "taken", List.of(),
                        "shipments", List.of(),
                        "comments", List.of());
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
                            "id",
                            id * 100 + lines.size() + 1,
                            "sku",
                            line.sku(),
                            "title",
                            line.title(),
                            "quantity",
                            line.quantity(),
                            "total",
                            line.subtotal(),
                            "tax",
                            line.tax(),
                            "invoiced",
                            0,
                            "shipped",
                            0,
                            "canceled",
                            0,
                            "refunded",
                            0));
        return lines.stream();
    }

    /** What costs nothing is invoiced at once. */
    private static boolean isFree(WorldOrder world) {
        return world.shipping() == 0
                && world.lines().stream().allMatch(line -> line.subtotal() + line.tax() == 0);
    }

    private static String method(WorldOrder.Payment payment) {
        return payment.gateway().equals("stripe") ? "stripe_payments" : payment.gateway();
    }

    /** Stripe's module keeps the intent, other gateways a number of their own. */
    private static String transaction(WorldOrder world, WorldOrder.Payment payment) {
        return payment.gateway().equals("stripe")
                ? "pi_" + world.payment(0)
                : payment.gateway() + "-" + world.payment(0);
    }

    /** Never the number itself, and yet it holds its digits. */
    static long id(String number) {
        if (number.matches("\\d{1,14}")) return Long.parseLong("7" + number);
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

    static ObjectNode line(JsonNode order, int at) {
        return (ObjectNode) order.path("lines").path(at);
    }

    static long total(JsonNode order) {
        return order.path("shipping").asLong()
                + sum(order.path("lines"), "total")
                + sum(order.path("lines"), "tax");
    }

    static long invoiced(JsonNode order) {
        return sum(order.path("invoices"), "amount");
    }

    static long refunded(JsonNode order) {
        return sum(order.path("memos"), "amount");
    }

    static long sum(JsonNode nodes, String field) {
        return Json.stream(nodes).mapToLong(node -> node.path(field).asLong()).sum();
    }

    /** Goods back by hand: cancelled, or by credit memos that moved no money. */
    private void takenBack(ObjectNode order) {
        cancelled(order);
        for (var each : order.path("invoices")) {
            var invoice = (ObjectNode) each;
            var left = left(order, invoice);
            var units = Json.stream(invoice.path("units")).toList();
            var all = Json.stream(order.path("lines")).map(line -> line.path("id").asLong());
            var toStock = all.collect(Collectors.toSet());
            var memo =
                    new Memo(
                            Optional.of(invoice),
                            units,
                            Optional.empty(),
                            0,
                            toStock,
                            false,
                            "cancelled by phone");
            if (left > 0) record(order, memo, left, invoice.path("shipping").asLong());
        }
    }

    // ---- invoices and shipments

    private void invoiceAll(ObjectNode order) {
        var units = new ArrayList<JsonNode>();
        for (var line : order.path("lines")) units.add(units(line, uninvoiced(line)));
        invoice(order, units);
    }

    /** Somebody invoices the whole order. */
    void capture(ObjectNode order) {
        var isWhole =
                Json.stream(order.path("lines"))
                        .allMatch(line -> uninvoiced(line) == line.path("quantity").asInt());
        if (UNCANCELABLE.contains(order.path("state").asText()) || !isWhole)
            throw new Fields.Invalid("no longer to be invoiced as a whole");
        invoiceAll(order);
        settle(order);
        changed(order);
    }

    /** Invoices these units, and the shipping with the first ones; the money is taken. */
    void invoice(ObjectNode order, List<JsonNode> units) {
        var first = order.path("invoices").isEmpty();
        var amount = first ? order.path("shipping").asLong() : 0;
        for (var each : units) {
            var line = line(order, each);
            var quantity = each.path("quantity").asInt();
            amount += worth(line, line.path("invoiced").asInt(), quantity);
            line.put("invoiced", line.path("invoiced").asInt() + quantity);
        }
        var id = order.path("id").asLong() * 10 + order.path("invoices").size() + 1;
        order.withArray("invoices")
                .add(
                        Json.of(
                                "id", id,
                                "number", "I" + id,
                                "amount", amount,
                                "shipping", first ? order.path("shipping").asLong() : 0,
                                "units", units));
    }

    static JsonNode units(JsonNode line, int quantity) {
        return Json.of("line", line.path("id"), "sku", line.path("sku"), "quantity", quantity);
    }

    static ObjectNode line(JsonNode order, JsonNode units) {
        return Json.stream(order.path("lines"))
                .filter(line -> line.path("id").asLong() == units.path("line").asLong())
                .map(ObjectNode.class::cast)
                .findFirst()
                .orElseThrow(
                        () -> MagentoError.invalidMemo("The creditmemo contains product item"));
    }

    private static long worth(JsonNode line, int before, int units) {
        var whole = line.path("total").asLong() + line.path("tax").asLong();
        var of = line.path("quantity").asLong();
        return whole * (before + units) / of - whole * before / of;
    }

    private static int uninvoiced(JsonNode line) {
        return line.path("quantity").asInt()
                - Math.max(line.path("invoiced").asInt(), line.path("shipped").asInt())
                - line.path("canceled").asInt();
    }

    /** Sends what is still here. */
    void ship(ObjectNode order) {
        for (var each : order.path("lines")) {
            var line = (ObjectNode) each;
            shipped(order, line, open(line) - line.path("shipped").asInt(), stage.now() + "");
        }
        settle(order);
        changed(order);
    }

    private static int open(JsonNode line) {
        return line.path("quantity").asInt()
                - line.path("canceled").asInt()
                - line.path("refunded").asInt();
    }

    private static void shipped(ObjectNode order, ObjectNode line, int units, String at) {
        if (units <= 0) return;
        line.put("shipped", line.path("shipped").asInt() + units);
        order.withArray("shipments")
                .add(Json.of("sku", line.path("sku"), "quantity", units, "at", at));
    }

    // ---- cancel

    /** False for what cannot be cancelled, and for what had been. */
    boolean cancel(ObjectNode order) {
        var nothing = Json.stream(order.path("lines")).noneMatch(line -> uninvoiced(line) > 0);
        if (UNCANCELABLE.contains(order.path("state").asText()) || nothing) return false;
        cancelled(order);
        settle(order);
        changed(order);
        return true;
    }

    private void cancelled(ObjectNode order) {
        for (var each : order.path("lines")) {
            var line = (ObjectNode) each;
            var units = uninvoiced(line);
            line.put("canceled", line.path("canceled").asInt() + units);
            take(order, line, units, "", true);
        }
        if (order.path("authorised").asBoolean() && order.path("invoices").isEmpty()) {
            gateway(order).ifPresent(it -> it.release(order.path("transaction").asText()));
            order.put("voided", true);
        }
    }

    // ---- credit memos

    /**
     * A credit memo as it was asked for.
     *
     * @param invoice absent for one of the whole order, which moves no money
     */
    record Memo(
            Optional<ObjectNode> invoice,
            List<JsonNode> units,
            Optional<Long> shipping,
            long adjustment,
            Set<Long> toStock,
            boolean online,
            String comment) {}

    String refund(ObjectNode order, Memo memo) {
        checkState(order);
        for (var each : memo.units()) checkUnits(order, memo, each);
        var shipping = memo.shipping().orElse(shippingLeft(order));
        if (shipping > shippingLeft(order))
            throw MagentoError.invalidMemo("Maximum shipping amount allowed to refund is less.");
        var amount = goods(order, memo.units()) + shipping + memo.adjustment();
        if (amount <= 0)
            throw MagentoError.invalidMemo("The credit memo's total must be positive.");
        var left =
                memo.invoice().map(i -> left(order, i)).orElse(invoiced(order) - refunded(order));
        if (amount > left)
            throw MagentoError.invalidMemo("The most money available to refund is less.");
        if (memo.online()) giveBack(order, amount, memo.comment());
        var id = record(order, memo, amount, shipping);
        settle(order);
        emitter.accept("sales_order_creditmemo_save_after", order);
        changed(order);
        return id;
    }

    private static void checkState(JsonNode order) {
        var now = order.path("state").asText();
        if (Set.of("payment_review", "holded", "canceled", "closed").contains(now))
            throw MagentoError.invalidMemo(
                    "A creditmemo can not be created when an order has a status of " + now);
        if (invoiced(order) == refunded(order))
            throw MagentoError.invalidMemo("The order does not allow a creditmemo to be created.");
    }

    private static void checkUnits(JsonNode order, Memo memo, JsonNode units) {
        var line = line(order, units);
        var left = line.path("invoiced").asInt() - line.path("refunded").asInt();
        var held = memo.invoice().map(invoice -> held(order, invoice, line)).orElse(left);
        if (units.path("quantity").asInt() > Math.min(left, held))
            throw MagentoError.invalidMemo(
                    "The quantity to creditmemo must not be greater than the unrefunded quantity"
                            + " for product SKU \""
                            + line.path("sku").asText()
                            + "\".");
    }

    private static int held(JsonNode order, JsonNode invoice, JsonNode line) {
        return quantity(invoice.path("units"), line)
                - Json.stream(order.path("memos"))
                        .filter(memo -> memo.path("invoice").equals(invoice.path("id")))
                        .mapToInt(memo -> quantity(memo.path("units"), line))
                        .sum();
    }

    private static int quantity(JsonNode units, JsonNode line) {
        return Json.stream(units)
                .filter(each -> each.path("line").equals(line.path("id")))
                .mapToInt(each -> each.path("quantity").asInt())
                .sum();
    }

    private static long left(JsonNode order, JsonNode invoice) {
        return invoice.path("amount").asLong()
                - Json.stream(order.path("memos"))
                        .filter(memo -> memo.path("invoice").equals(invoice.path("id")))
                        .mapToLong(memo -> memo.path("amount").asLong())
                        .sum();
    }

    private static long shippingLeft(JsonNode order) {
        return sum(order.path("invoices"), "shipping") - sum(order.path("memos"), "shipping");
    }

    private static long goods(JsonNode order, List<JsonNode> units) {
        return units.stream()
                .mapToLong(
                        each -> {
                            var line = line(order, each);
                            return worth(
                                    line,
                                    line.path("refunded").asInt(),
                                    each.path("quantity").asInt());
                        })
                .sum();
    }

    /** What a gateway says is lost: Magento only tells that nothing was saved. */
    private void giveBack(JsonNode order, long amount, String note) {
        if (OFFLINE.contains(order.path("gateway").asText()))
            throw MagentoError.invalidMemo("We can't create creditmemo for the invoice.");
        var answer =
                gateway(order)
                        .map(it -> it.refund(order.path("transaction").asText(), amount, note))
                        .orElse(order.path("refundMode").asText());
        if (Set.of("refused", "ERROR").contains(answer)) throw MagentoError.notSaved();
    }

    private String record(ObjectNode order, Memo memo, long amount, long shipping) {
        var id = stage.next("creditmemos") + 8_000_000;
        for (var each : memo.units()) {
            var line = line(order, each);
            var units = each.path("quantity").asInt();
            var back = memo.toStock().contains(line.path("id").asLong());
            take(order, line, units, memo.comment(), back);
            line.put("refunded", line.path("refunded").asInt() + units);
        }
        order.withArray("memos")
                .add(
                        Json.of(
                                "id", id,
                                "number", "C" + id,
                                "invoice", memo.invoice().<JsonNode>map(i -> i.path("id")),
                                "amount", amount,
                                "shipping", shipping,
                                "adjustment", memo.adjustment(),
                                "online", memo.online(),
                                "units", memo.units(),
                                "comment", memo.comment(),
                                "createdAt", stage.now().toString()));
        return String.valueOf(id);
    }

    /** Somebody gives money back in the admin pages, and takes no goods. */
    void refundByHand(ObjectNode order, long amount, boolean online, String note) {
        checkState(order);
        if (amount > left(order, order.path("invoices").path(0)))
            throw MagentoError.invalidMemo("The most money available to refund is less.");
        if (online) giveBack(order, amount, note);
        byHand(order, amount, online, note);
        settle(order);
        emitter.accept("sales_order_creditmemo_save_after", order);
        changed(order);
    }

    private void byHand(ObjectNode order, long amount, boolean online, String note) {
        var invoice = (ObjectNode) order.path("invoices").path(0);
        var memo =
                new Memo(
                        Optional.of(invoice),
                        List.of(),
                        Optional.of(0L),
                        amount,
                        Set.of(),
                        online,
                        note);
        record(order, memo, amount, 0);
    }

    private void take(ObjectNode order, ObjectNode line, int units, String by, boolean restock) {
        if (units <= 0) return;
        order.withArray("taken")
                .add(
                        Json.of(
                                "line", line.path("id"),
                                "sku", line.path("sku"),
                                "quantity", units,
                                "worth", worth(line, line.path("refunded").asInt(), units),
                                "by", by,
                                "at", stage.now().toString()));
        if (restock) stock(line.path("sku").asText(), units, units);
    }

    // ---- states

    /** The state follows from what is invoiced, shipped and given back. */
    private void settle(ObjectNode order) {
        if (Set.of("holded", "payment_review").contains(order.path("state").asText())) return;
        var lines = order.path("lines");
        var canceled =
                Json.stream(lines).allMatch(l -> l.path("canceled").equals(l.path("quantity")));
        var open = Json.stream(lines).anyMatch(line -> uninvoiced(line) > 0);
        var sent = Json.stream(lines).allMatch(l -> open(l) <= l.path("shipped").asInt());
        var money = invoiced(order) > 0 && invoiced(order) == refunded(order);
        if (canceled) become(order, "canceled");
        else if (money && !open) become(order, "closed");
        else become(order, sent && !open ? "complete" : "processing");
    }

    private void become(ObjectNode order, String now) {
        order.put("state", now);
        var gone = Set.of("canceled", "closed").contains(now);
        if (gone && order.path("cancelledAt").isNull())
            order.put("cancelledAt", stage.now().toString());
    }

    void setState(ObjectNode order, String now) {
        order.put("state", now);
        changed(order);
    }

    void unhold(ObjectNode order) {
        if (!order.path("state").asText().equals("holded"))
            throw new MagentoError(400, "You cannot remove the hold.");
        order.put("state", "processing");
        settle(order);
        changed(order);
    }

    void comment(ObjectNode order, String text) {
        order.withArray("comments")
                .add(
                        Json.of(
                                "id", stage.next("comments"),
                                "text", text,
                                "at", stage.now().toString()));
        put(order);
    }

    private void changed(ObjectNode order) {
        put(order.put("updatedAt", stage.now().toString()));
        emitter.accept("sales_order_save_after", order);
    }

    void put(ObjectNode order) {
        state.put(ORDERS, order.path("id").asText(), order);
    }

    /** Payments that live in Magento alone. */
    Stream<Platform.Book> books() {
        return orders().filter(order -> gateway(order).isEmpty()).map(MagentoBook::book);
    }

    private static Platform.Book book(JsonNode order) {
        var online = Json.stream(order.path("memos")).filter(m -> m.path("online").asBoolean());
        return new Platform.Book(
                "magento",
                order.path("id").asText(),
                order.path("number").asText(),
                order.path("currency").asText(),
                invoiced(order),
                refunded(order),
                0,
                (int) online.count());
    }

    private Optional<Gateway> gateway(JsonNode order) {
        return Optional.ofNullable(gateways.get(order.path("gateway").asText()));
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
