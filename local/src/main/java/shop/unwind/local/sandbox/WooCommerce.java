package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A shop's WooCommerce, REST API wc/v3. Nothing guards a status, and nothing recognises a repeat.
 * Refunds through the gateway {@code stripe} are made at the sandbox's Stripe.
 */
final class WooCommerce implements Platform {
    private static final String ROOT = "/wp-json/wc/v3";
    private static final Set<String> REFUND_FIELDS =
            Set.of("amount", "reason", "api_refund", "api_restock", "line_items", "meta_data");
    private static final Set<String> LINE_FIELDS =
            Set.of("id", "quantity", "refund_total", "refund_tax");

    private final Stage stage;
    private final State state;
    private final WooCommerceWebhooks webhooks;
    private final WooCommerceBook book;
    private final Routes routes;

    WooCommerce(Stage stage, Map<String, ? extends Gateway> gateways) {
        this.stage = stage;
        this.state = stage.state();
        this.webhooks = new WooCommerceWebhooks(stage);
        this.book = new WooCommerceBook(stage, Map.copyOf(gateways), webhooks::updated);
        this.routes =
                new Routes()
                        .on("GET", ROOT + "/orders", "orders.list", on(this::orders))
                        .on("GET", ROOT + "/orders/{id}", "orders.get", on(this::order))
                        .on("PUT", ROOT + "/orders/{id}", "orders.update", on(this::update))
                        .on("GET", ROOT + "/orders/{id}/refunds", "refunds.list", on(this::refunds))
                        .on(
                                "GET",
                                ROOT + "/orders/{id}/refunds/{refund}",
                                "refunds.get",
                                on(this::refund))
                        .on(
                                "POST",
                                ROOT + "/orders/{id}/refunds",
                                "refunds.create",
                                on(this::giveBack))
                        .on("GET", ROOT + "/orders/{id}/notes", "notes.list", on(this::notes))
                        .on("POST", ROOT + "/orders/{id}/notes", "notes.create", on(this::note))
                        .on(
                                "GET",
                                ROOT + "/payment_gateways/{id}",
                                "gateways.get",
                                on(this::gateway));
    }

    private static Function<Call, Answer> on(Function<Call, Answer> handler) {
        return call -> {
            try {
                return handler.apply(call);
            } catch (WooCommerceError error) {
                return error.answer();
            }
        };
    }

    @Override
    public String name() {
        return "woocommerce";
    }

    @Override
    public Routes routes() {
        return routes;
    }

    @Override
    public Optional<Answer> refuse(Call call) {
        var given = state.get("host", "strips").isPresent() ? inQuery(call) : key(call);
        if (given.isEmpty())
            return Optional.of(
                    WooCommerceError.answer(
                            401,
                            "woocommerce_rest_authentication_error",
                            "Consumer key is missing."));
        var secret = stage.secret();
        var known =
                secret.path("consumerKey").asText() + ":" + secret.path("consumerSecret").asText();
        if (!given.get().equals(known))
            return Optional.of(
                    WooCommerceError.answer(
                            401,
                            "woocommerce_rest_cannot_view",
                            "Sorry, you cannot list resources."));
        if (!call.method().equals("GET") && !call.isJson())
            return Optional.of(WooCommerceError.parameter("body").answer());
        return Optional.empty();
    }

    private static Optional<String> key(Call call) {
        return call.header("authorization")
                .filter(value -> value.startsWith("Basic "))
                .map(value -> Base64.getDecoder().decode(value.substring(6)))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .or(() -> inQuery(call));
    }

    private static Optional<String> inQuery(Call call) {
        return Json.text(call.query(), "consumer_key")
                .map(key -> key + ":" + call.query().path("consumer_secret").asText());
    }

    @Override
    public Answer unknown(Call call) {
        return WooCommerceError.answer(
                404, "rest_no_route", "No route was found matching the URL and request method.");
    }

    @Override
    public Answer broken() {
        return WooCommerceError.answer(
                500, "internal_server_error", "There has been a critical error on this website.");
    }

    /** Core has no limits; a host has. */
    @Override
    public Answer throttled() {
        return WooCommerceError.answer(429, "too_many_requests", "Slow down.")
                .with("Retry-After", "1");
    }

    @Override
    public Optional<JsonNode> add(WorldOrder order) {
        return order.storefront().equals(name()) ? Optional.of(book.add(order)) : Optional.empty();
    }

    @Override
    public Stream<Book> books() {
        return book.books();
    }

    /**
     * At {@code ORDER}: {@code ship}, {@code cancel}, {@code refund} of an {@code amount}, {@code
     * status} to any {@code status}, {@code redeliver}. Besides, {@code host/strips} takes the
     * header with the keys away from all calls, and {@code webhook/ping} makes a webhook.
     */
    @Override
    public JsonNode act(List<String> path, Fields input) {
        if (path.size() != 2) throw new Fields.Invalid("path: expected ORDER/ACT");
        return stage.alone(() -> act(path.getFirst(), path.getLast(), input));
    }

    private JsonNode act(String subject, String act, Fields input) {
        switch (subject + "/" + act) {
            case "host/strips" -> state.put("host", "strips", Json.of("header", "Authorization"));
            case "webhook/ping" -> webhooks.ping();
            default -> act(numbered(subject), act, input);
        }
        input.nothingElse();
        return state.get(WooCommerceBook.ORDERS, String.valueOf(WooCommerceBook.id(subject)))
                .orElseGet(Json::of);
    }

    private ObjectNode numbered(String number) {
        return book.order(String.valueOf(WooCommerceBook.id(number)))
                .orElseThrow(() -> new Fields.Invalid("no order " + number));
    }

    private void act(ObjectNode order, String act, Fields input) {
        switch (act) {
            case "ship" -> ship(order);
            case "cancel" -> book.change(order, "cancelled", List.of());
            case "status" -> book.change(order, input.text("status"), List.of());
            case "redeliver" -> webhooks.updatedAgain(order);
            case "refund" -> byHand(order, input.number("amount"), input.text("note", ""));
            default -> throw new Fields.Invalid("no act " + act);
        }
    }

    /** Nobody packs an order that the shop shows as over. */
    private void ship(ObjectNode order) {
        var status = order.path("status").asText();
        if (Set.of("cancelled", "refunded", "failed").contains(status))
            throw new Fields.Invalid("nothing is to be sent of an order that is " + status);
        book.change(order, "completed", List.of());
    }

    private void byHand(ObjectNode order, long amount, String note) {
        try {
            book.refund(order, amount, note, true, false, List.of(), List.of());
        } catch (WooCommerceError error) {
            throw new Fields.Invalid(String.valueOf(error.getMessage()));
        }
    }

    private Answer orders(Call call) {
        var found = WooCommerceSearch.page(book.orders(), call.query());
        return Answer.json(200, Json.array(found.map(WooCommerceJson::order)));
    }

    private ObjectNode found(Call call) {
        return book.order(call.part("id")).orElseThrow(WooCommerceError::unknownOrder);
    }

    private Answer order(Call call) {
        return Answer.json(200, WooCommerceJson.order(found(call)));
    }

    private Answer update(Call call) {
        var order = found(call);
        var wish = body(call, Set.of("status", "meta_data"));
        var status = Json.text(wish, "status").orElse(order.path("status").asText());
        if (wish.has("status") && !WooCommerceSearch.STATUSES.contains(status))
            throw WooCommerceError.parameter("status");
        book.change(order, status, meta(wish));
        return Answer.json(200, WooCommerceJson.order(order));
    }

    private Answer refunds(Call call) {
        var order = found(call);
        var records =
                Json.stream(order.path("refunds")).limit(WooCommerceSearch.perPage(call.query()));
        return Answer.json(200, Json.array(records.map(each -> shown(order, each))));
    }

    private Answer refund(Call call) {
        var order = found(call);
        return Json.stream(order.path("refunds"))
                .filter(each -> each.path("id").asText().equals(call.part("refund")))
                .findFirst()
                .map(each -> Answer.json(200, shown(order, each)))
                .orElseGet(
                        () ->
                                WooCommerceError.answer(
                                        404,
                                        "woocommerce_rest_shop_order_refund_invalid_id",
                                        "Invalid ID."));
    }

    private static ObjectNode shown(JsonNode order, JsonNode refund) {
        return WooCommerceJson.refund(refund, order.path("currency").asText());
    }

    private Answer giveBack(Call call) {
        var order = found(call);
        var wish = body(call, REFUND_FIELDS);
        var units = units(order, wish.path("line_items"));
        var record =
                book.refund(
                        order,
                        amount(order, wish, units),
                        wish.path("reason").asText(""),
                        flag(wish, "api_refund"),
                        flag(wish, "api_restock"),
                        units,
                        meta(wish));
        return Answer.json(201, shown(order, record));
    }

    /** An amount that is given wins over the lines. */
    private static long amount(JsonNode order, JsonNode wish, List<WooCommerceBook.Units> units) {
        if (!wish.has("amount"))
            return units.stream().mapToLong(each -> each.total() + each.tax()).sum();
        if (!wish.path("amount").isTextual()) throw WooCommerceError.parameter("amount");
        var amount =
                Money.minor(wish.path("amount").asText(), order.path("currency").asText())
                        .orElseThrow(() -> WooCommerceError.parameter("amount"));
        if (amount < 0)
            throw new WooCommerceError(
                    400,
                    "woocommerce_rest_invalid_order_refund",
                    "Refund amount must be greater than zero.");
        return amount;
    }

    /** Whatever is no boolean counts as true. */
    private static boolean flag(JsonNode wish, String name) {
        return !wish.path(name).isBoolean() || wish.path(name).booleanValue();
    }

    private static List<WooCommerceBook.Units> units(ObjectNode order, JsonNode wishes) {
        var units = new ArrayList<WooCommerceBook.Units>();
        for (var wish : wishes) {
            known(wish, LINE_FIELDS, "line_items");
            var line =
                    Json.stream(order.path("lines"))
                            .filter(each -> each.path("id").asLong() == wish.path("id").asLong())
                            .findFirst()
                            .orElseThrow(() -> WooCommerceError.parameter("line_items"));
            var quantity = wish.path("quantity").asInt(0);
            var left = line.path("quantity").asInt() - line.path("taken").asInt();
            if (quantity < 0 || quantity > left) throw WooCommerceError.parameter("line_items");
            units.add(
                    new WooCommerceBook.Units(
                            (ObjectNode) line,
                            quantity,
                            minor(order, wish.path("refund_total")),
                            tax(order, wish)));
        }
        return units;
    }

    private static long tax(JsonNode order, JsonNode wish) {
        return Json.stream(wish.path("refund_tax"))
                .mapToLong(each -> minor(order, each.path("refund_total")))
                .sum();
    }

    private static long minor(JsonNode order, JsonNode total) {
        if (!total.isNumber()) throw WooCommerceError.parameter("line_items");
        var decimal = new BigDecimal(total.asText()).toPlainString();
        return Money.minor(decimal, order.path("currency").asText())
                .orElseThrow(() -> WooCommerceError.parameter("line_items"));
    }

    private static List<JsonNode> meta(JsonNode wish) {
        var meta = Json.stream(wish.path("meta_data")).toList();
        for (var each : meta)
            if (Json.text(each, "key").isEmpty()) throw WooCommerceError.parameter("meta_data");
        return meta;
    }

    private Answer notes(Call call) {
        var notes = Json.stream(found(call).path("notes")).map(WooCommerceJson::note);
        return Answer.json(200, Json.array(notes));
    }

    private Answer note(Call call) {
        var order = found(call);
        var wish = body(call, Set.of("note", "customer_note"));
        var text = Json.text(wish, "note").orElseThrow(() -> WooCommerceError.parameter("note"));
        var note = book.note(order, text, wish.path("customer_note").asBoolean());
        return Answer.json(201, WooCommerceJson.note(note));
    }

    private Answer gateway(Call call) {
        var id = call.part("id");
        return Answer.json(200, WooCommerceJson.gateway(id, WooCommerceBook.refunds(id)));
    }

    private static JsonNode body(Call call, Set<String> fields) {
        var body = call.json().orElseThrow(() -> WooCommerceError.parameter("body"));
        known(body, fields, "body");
        return body;
    }

    private static void known(JsonNode object, Set<String> fields, String name) {
        if (!object.isObject()) throw WooCommerceError.parameter(name);
        for (var field : object.properties())
            if (!fields.contains(field.getKey())) throw WooCommerceError.parameter(field.getKey());
    }
}
