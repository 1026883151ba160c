package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A shop's Magento, REST API V1, and Adobe's host that has the keys of its events. Nothing
 * recognises a repeat. Refunds through the method {@code stripe_payments} are made at the sandbox's
 * Stripe.
 */
final class Magento implements Platform {
    private static final String ROOT = "/rest/default/V1";
    private static final String KEY = "/prod/keys/{key}";

    private static final Set<String> REFUND =
            Set.of("items", "isOnline", "notify", "appendComment", "comment", "arguments");

    private final Stage stage;
    private final MagentoOAuth oauth = new MagentoOAuth();
    private final MagentoEvents events;
    private final MagentoBook book;
    private final Routes routes;

    Magento(Stage stage, Map<String, ? extends Gateway> gateways) {
        this.stage = stage;
        this.events = new MagentoEvents(stage);
        this.book = new MagentoBook(stage, Map.copyOf(gateways), events::emit);
        this.routes =
                new Routes()
                        .on("GET", ROOT + "/orders", "orders.list", on(this::orders))
                        .on("GET", ROOT + "/orders/{id}", "orders.get", on(this::order))
                        .on("POST", ROOT + "/orders/{id}/cancel", "orders.cancel", on(this::cancel))
                        .on("POST", ROOT + "/orders/{id}/unhold", "orders.unhold", on(this::unhold))
                        .on(
                                "POST",
                                ROOT + "/orders/{id}/comments",
                                "comments.create",
                                on(this::comment))
                        .on("GET", ROOT + "/invoices", "invoices.list", on(this::invoices))
                        .on("GET", ROOT + "/creditmemos", "creditmemos.list", on(this::memos))
                        .on("GET", ROOT + "/creditmemo/{id}", "creditmemos.get", on(this::memo))
                        .on("GET", ROOT + "/transactions", "transactions.list", on(this::moves))
                        .on("POST", ROOT + "/order/{id}/refund", "orders.refund", on(this::offline))
                        .on(
                                "POST",
                                ROOT + "/invoice/{id}/refund",
                                "invoices.refund",
                                on(this::online))
                        .on("GET", KEY, "keys.get", on(this::key));
    }

    private static Function<Call, Answer> on(Function<Call, Answer> handler) {
        return call -> {
            try {
                return handler.apply(call);
            } catch (MagentoError error) {
                return error.answer();
            }
        };
    }

    @Override
    public String name() {
        return "magento";
    }

    @Override
    public Routes routes() {
        return routes;
    }

    @Override
    public Optional<Answer> refuse(Call call) {
        if (call.path().startsWith("/prod/keys/")) return Optional.empty();
        var complaint = oauth.complaint(call, stage.secret(), stage.now());
        if (complaint.isPresent()) return Optional.of(MagentoError.answer(401, complaint.get()));
        if (!call.body().isEmpty() && !call.isJson())
            return Optional.of(MagentoError.answer(400, "Server cannot understand Content-Type."));
        return Optional.empty();
    }

    @Override
    public Answer unknown(Call call) {
        return MagentoError.answer(404, "Request does not match any route.");
    }

    @Override
    public Answer broken() {
        return MagentoError.answer(500, "Internal Error. Details are available in log file.");
    }

    /** Magento itself has no limits; a host has. */
    @Override
    public Answer throttled() {
        return MagentoError.answer(429, "Too Many Requests").with("Retry-After", "1");
    }

    @Override
    public Optional<JsonNode> add(WorldOrder order) {
        return order.storefront().equals(name()) ? Optional.of(book.add(order)) : Optional.empty();
    }

    @Override
    public Stream<Book> books() {
        return book.books();
    }

    @Override
    public void resume() {
        events.resume();
    }

    /**
     * At {@code ORDER}: {@code ship}, {@code cancel}, {@code hold}, {@code review}, {@code invoice}
     * of {@code quantity} units of the {@code line} counted from 0, {@code capture} by an invoice
     * of all, {@code refund} of an {@code amount} with a {@code note}, {@code redeliver}.
     */
    @Override
    public JsonNode act(List<String> path, Fields input) {
        if (path.size() != 2) throw new Fields.Invalid("path: expected ORDER/ACT");
        return stage.alone(
                () -> {
                    var order = numbered(path.getFirst());
                    act(order, path.getLast(), input);
                    input.nothingElse();
                    return book.order(order.path("id").asText()).orElseThrow();
                });
    }

    private ObjectNode numbered(String number) {
        return book.order(String.valueOf(MagentoBook.id(number)))
                .orElseThrow(() -> new Fields.Invalid("no order " + number));
    }

    private void act(ObjectNode order, String act, Fields input) {
        switch (act) {
            case "ship" -> book.ship(order);
            case "cancel" -> {
                if (!book.cancel(order)) throw new Fields.Invalid("cannot be cancelled");
            }
            case "hold" -> book.setState(order, "holded");
            case "review" -> book.setState(order, "payment_review");
            case "invoice" -> {
                var line = MagentoBook.line(order, (int) input.number("line"));
                var units = MagentoBook.units(line, (int) input.number("quantity"));
                book.invoice(order, List.of(units));
                book.put(order);
            }
            case "capture" -> book.capture(order);
            case "refund" -> byHand(order, input);
            case "redeliver" -> events.again(order);
            default -> throw new Fields.Invalid("no act " + act);
        }
    }

    private void byHand(ObjectNode order, Fields input) {
        try {
            book.refundByHand(
                    order,
                    input.number("amount"),
                    input.flag("online", true),
                    input.text("note", ""));
        } catch (MagentoError error) {
            throw new Fields.Invalid(String.valueOf(error.getMessage()));
        }
    }

    // ---- reads

    private Answer orders(Call call) {
        return page(call, book.orders().map(MagentoJson::order));
    }

    private Answer invoices(Call call) {
        return page(call, book.orders().flatMap(MagentoJson::invoices));
    }

    private Answer memos(Call call) {
        return page(call, book.orders().flatMap(MagentoJson::memos));
    }

    private Answer moves(Call call) {
        return page(call, book.orders().flatMap(MagentoJson::transactions));
    }

    /** All conditions hold together; past the last page the last one is shown again. */
    private static Answer page(Call call, Stream<? extends JsonNode> all) {
        var wanted = conditions(call);
        var found = all.filter(each -> wanted.stream().allMatch(one -> one.test(each))).toList();
        var criteria = call.query().path("searchCriteria");
        var size = Integer.parseInt(criteria.path("pageSize").asText("20"));
        var number = criteria.path("currentPage").asText("1");
        var last = Math.max(1, (found.size() + size - 1) / size);
        var skipped = (long) size * (Math.min(Integer.parseInt(number), last) - 1);
        return Answer.json(
                200,
                Json.of(
                        "items", Json.array(found.stream().skip(skipped).limit(size)),
                        "search_criteria", Json.of("filter_groups", List.of()),
                        "total_count", found.size()));
    }

    private static List<Predicate<JsonNode>> conditions(Call call) {
        var conditions = new ArrayList<Predicate<JsonNode>>();
        for (var field : call.query().properties())
            if (!field.getKey().equals("searchCriteria"))
                throw new MagentoError(400, "\"" + field.getKey() + "\" is not supported.");
        for (var group : call.query().path("searchCriteria").path("filterGroups"))
            conditions.add(condition(group.path("filters").path(0)));
        return conditions;
    }

    private static Predicate<JsonNode> condition(JsonNode filter) {
        var field = filter.path("field").asText();
        var value = filter.path("value").asText();
        return switch (filter.path("conditionType").asText("eq")) {
            case "eq" -> each -> each.path(field).asText().equals(value);
            case "gt" -> each -> each.path(field).asText().compareTo(value) > 0;
            default -> throw new MagentoError(400, "Condition type is not known.");
        };
    }

    private ObjectNode found(Call call) {
        return book.order(call.part("id")).orElseThrow(MagentoError::unknown);
    }

    private Answer order(Call call) {
        return Answer.json(200, MagentoJson.order(found(call)));
    }

    private Answer memo(Call call) {
        return book.orders()
                .flatMap(MagentoJson::memos)
                .filter(memo -> memo.path("entity_id").asText().equals(call.part("id")))
                .findFirst()
                .map(memo -> Answer.json(200, memo))
                .orElseThrow(MagentoError::unknown);
    }

    private Answer key(Call call) {
        if (!call.path().equals(MagentoEvents.KEY)) return Answer.empty(404);
        return new Answer(
                200, Map.of("Content-Type", "application/x-pem-file"), events.publicKey(), true);
    }

    // ---- changes

    private Answer cancel(Call call) {
        return flag(book.cancel(found(call)));
    }

    private Answer unhold(Call call) {
        book.unhold(found(call));
        return flag(true);
    }

    private static Answer flag(boolean said) {
        return Answer.json(200, JsonNodeFactory.instance.booleanNode(said));
    }

    private Answer comment(Call call) {
        var order = found(call);
        var wish = body(call, Set.of("statusHistory")).path("statusHistory");
        if (wish.has("status") && !wish.path("status").equals(order.path("state")))
            throw new MagentoError(400, "The order's status is another.");
        if (wish.path("parent_id").asLong() != order.path("id").asLong())
            throw new MagentoError(400, "parent_id is required.");
        book.comment(order, wish.path("comment").asText());
        return flag(true);
    }

    private Answer offline(Call call) {
        return refund(found(call), Optional.empty(), call, Set.of("isOnline"));
    }

    private Answer online(Call call) {
        var id = call.part("id");
        for (var order : book.orders().toList())
            for (var invoice : order.path("invoices"))
                if (invoice.path("id").asText().equals(id))
                    return refund(order, Optional.of((ObjectNode) invoice), call, Set.of());
        throw MagentoError.unknown();
    }

    private Answer refund(
            ObjectNode order, Optional<ObjectNode> invoice, Call call, Set<String> unknown) {
        var known = new HashSet<>(REFUND);
        known.removeAll(unknown);
        var wish = body(call, known);
        var arguments = wish.path("arguments");
        var memo =
                new MagentoBook.Memo(
                        invoice,
                        units(order, invoice, wish.path("items")),
                        minor(order, arguments, "shipping_amount"),
                        minor(order, arguments, "adjustment_positive").orElse(0L)
                                - minor(order, arguments, "adjustment_negative").orElse(0L),
                        ids(arguments.at("/extension_attributes/return_to_stock_items")),
                        invoice.isPresent() && wish.path("isOnline").asBoolean(),
                        wish.path("comment").path("comment").asText(""));
        return Answer.json(200, Json.node(Long.parseLong(book.refund(order, memo))));
    }

    /** Without items Magento takes all of them. */
    private static List<JsonNode> units(
            ObjectNode order, Optional<ObjectNode> invoice, JsonNode items) {
        if (items.isEmpty())
            return invoice.map(each -> Json.stream(each.path("units")).toList())
                    .orElseThrow(() -> new MagentoError(400, "items were expected here"));
        var units = new ArrayList<JsonNode>();
        for (var item : items) {
            var line = Json.of("line", item.path("order_item_id").asLong());
            var quantity = item.path("qty");
            if (!quantity.isNumber() || quantity.decimalValue().stripTrailingZeros().scale() > 0)
                throw new MagentoError(400, "Quantities were expected.");
            if (quantity.asInt() > 0)
                units.add(MagentoBook.units(named(order, line), quantity.asInt()));
        }
        return units;
    }

    private static JsonNode named(ObjectNode order, ObjectNode units) {
        var line = MagentoBook.line(order, units);
        return Json.of("id", line.path("id"), "sku", line.path("sku"));
    }

    private static Optional<Long> minor(JsonNode order, JsonNode arguments, String field) {
        if (!arguments.has(field)) return Optional.empty();
        var amount = arguments.path(field);
        if (!amount.isNumber()) throw new MagentoError(400, "The \"" + field + "\" is no number.");
        return Money.minor(amount.asText(), order.path("currency").asText())
                .or(
                        () -> {
                            throw new MagentoError(400, "The \"" + field + "\" is too fine.");
                        });
    }

    private static Set<Long> ids(JsonNode list) {
        var ids = new HashSet<Long>();
        list.forEach(each -> ids.add(each.asLong()));
        return ids;
    }

    /** Stricter than the vendor, which passes over what it does not know: so that we notice. */
    private static JsonNode body(Call call, Set<String> known) {
        var body =
                call.json()
                        .filter(JsonNode::isObject)
                        .orElseThrow(() -> new MagentoError(400, "Decoding error."));
        for (var field : body.properties())
            if (!known.contains(field.getKey()))
                throw new MagentoError(400, "\"" + field.getKey() + "\" is not supported.");
        return body;
    }
}
