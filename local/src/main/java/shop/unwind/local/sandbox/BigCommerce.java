package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A store at BigCommerce, orders in V2, payments and stock in V3. Nothing guards a status, and
 * nothing recognises a repeat. Refunds through the gateway {@code stripe} are made at the sandbox's
 * Stripe.
 */
final class BigCommerce implements Platform {
    static final String STORE = "acr9x";

    private static final String ROOT = "/stores/" + STORE;
    private static final int CALLS = 150;
    private static final int WINDOW_SECONDS = 30;
    private static final int LAST_STATUS = 14;
    private static final int LARGEST_PAGE = 250;
    private static final Set<String> SEARCH =
            Set.of("status_id", "min_date_modified", "sort", "page", "limit");

    private final Stage stage;
    private final State state;
    private final BigCommerceWebhooks webhooks;
    private final BigCommerceBook book;
    private final BigCommerceMetafields metafields;
    private final RateLimit calls;
    private final Routes routes = new Routes();

    BigCommerce(Stage stage, Map<String, ? extends Gateway> gateways) {
        this.stage = stage;
        this.state = stage.state();
        this.webhooks = new BigCommerceWebhooks(stage);
        this.book = new BigCommerceBook(stage, Map.copyOf(gateways), webhooks);
        this.metafields = new BigCommerceMetafields(stage);
        this.calls = stage.limit(CALLS, (double) CALLS / WINDOW_SECONDS);
        on("GET", "/v2/orders", "orders.list", this::orders);
        on("GET", "/v2/orders/{id}", "orders.get", this::order);
        on("PUT", "/v2/orders/{id}", "orders.update", this::update);
        on("GET", "/v2/orders/{id}/products", "products.list", this::products);
        on("GET", "/v3/orders/{id}/transactions", "transactions.list", this::transactions);
        on("GET", "/v3/orders/{id}/metafields", "metafields.list", this::metafields);
        on("POST", "/v3/orders/{id}/metafields", "metafields.create", this::metafield);
        var actions = "/v3/orders/{id}/payment_actions";
        on("POST", actions + "/refund_quotes", "refunds.quote", this::quote);
        on("GET", actions + "/refunds", "refunds.list", this::refunds);
        on("POST", actions + "/refunds", "refunds.create", this::refund);
        on("POST", actions + "/void", "payments.void", this::letGo);
        on("GET", "/v3/settings/inventory", "settings.get", this::settings);
        on("GET", "/v3/inventory/items", "inventory.list", this::levels);
        on("POST", "/v3/inventory/adjustments/relative", "inventory.adjust", this::adjust);
    }

    private void on(String method, String path, String operation, Function<Call, Answer> handler) {
        routes.on(method, ROOT + path, operation, call -> counted(answered(handler, call)));
    }

    private static Answer answered(Function<Call, Answer> handler, Call call) {
        try {
            return handler.apply(call);
        } catch (BigCommerceError error) {
            return error.answer(call);
        }
    }

    private Answer counted(Answer answer) {
        return answer.with("X-Rate-Limit-Requests-Quota", String.valueOf(CALLS))
                .with("X-Rate-Limit-Requests-Left", String.valueOf((long) calls.available()))
                .with("X-Rate-Limit-Time-Window-Ms", String.valueOf(WINDOW_SECONDS * 1000))
                .with("X-Rate-Limit-Time-Reset-Ms", "1000");
    }

    @Override
    public String name() {
        return "bigcommerce";
    }

    @Override
    public Routes routes() {
        return routes;
    }

    /** A quote changes nothing. */
    @Override
    public boolean isQuestion(Routes.Route route) {
        return route.call().method().equals("GET") || route.operation().equals("refunds.quote");
    }

    @Override
    public Optional<Answer> refuse(Call call) {
        var token = call.header("x-auth-token").orElse("");
        if (!token.equals(stage.secret().path("accessToken").asText()))
            return Optional.of(BigCommerceError.answer(call, 401, "Invalid access token."));
        if (!call.header("accept").orElse("").contains("application/json"))
            return Optional.of(xml());
        if (!call.body().isEmpty() && !call.isJson())
            return Optional.of(BigCommerceError.answer(call, 415, "JSON was expected."));
        if (stage.limited() && !calls.take(1)) return Optional.of(throttled());
        return Optional.empty();
    }

    /** What whoever does not ask for JSON gets. */
    private static Answer xml() {
        var type = Map.of("Content-Type", "application/xml");
        return new Answer(200, type, "<?xml version=\"1.0\"?><order/>", true);
    }

    @Override
    public Answer unknown(Call call) {
        return BigCommerceError.notFound().answer(call);
    }

    @Override
    public Answer broken() {
        return BigCommerceError.v3(500, "Internal Server Error");
    }

    @Override
    public Answer throttled() {
        return counted(BigCommerceError.v3(429, "Too many requests."));
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
        book.resume();
        webhooks.resume();
    }

    /**
     * At {@code ORDER}: {@code ship}, {@code cancel}, {@code refund} of an {@code amount}, {@code
     * status} to any {@code status}, {@code notes} that somebody saves, {@code metafield} of
     * another app, {@code redeliver}, {@code settle} and {@code decline} of a refund that is on its
     * way. Besides, {@code inventory/leaves-stock} has the store bring no stock back by itself, and
     * with {@code jobs/hurry} gateways answer before the store does.
     */
    @Override
    public JsonNode act(List<String> path, Fields input) {
        if (path.size() != 2) throw new Fields.Invalid("path: expected ORDER/ACT");
        return stage.alone(() -> act(path.getFirst(), path.getLast(), input));
    }

    private JsonNode act(String subject, String act, Fields input) {
        switch (subject + "/" + act) {
            case "inventory/leaves-stock" -> leaveStock();
            case "jobs/hurry" -> book.hurry();
            default -> act(numbered(subject), act, input);
        }
        input.nothingElse();
        return book.order(subject).orElseGet(Json::of);
    }

    private void leaveStock() {
        var settings = book.settings().put("refund_order_stock_adjustment", false);
        state.put("settings", "inventory", settings);
    }

    private ObjectNode numbered(String number) {
        return book.order(number).orElseThrow(() -> new Fields.Invalid("no order " + number));
    }

    private void act(ObjectNode order, String act, Fields input) {
        var notes = order.path("staffNotes").asText();
        switch (act) {
            case "ship" -> book.ship(order);
            case "cancel" -> book.change(order, BigCommerceBook.CANCELLED, notes);
            case "status" -> book.change(order, (int) input.number("status"), notes);
            case "notes" -> book.change(order, order.path("status").asInt(), input.text("notes"));
            case "metafield" -> metafields.addByAnotherApp(order, input);
            case "settle" -> book.end(order, false);
            case "decline" -> book.end(order, true);
            case "redeliver" -> webhooks.again(order);
            case "refund" -> byHand(order, input.number("amount"), input.text("note", ""));
            default -> throw new Fields.Invalid("no act " + act);
        }
    }

    private void byHand(ObjectNode order, long amount, String note) {
        try {
            book.refundByHand(order, amount, note);
        } catch (BigCommerceError error) {
            throw new Fields.Invalid(String.valueOf(error.getMessage()));
        }
    }

    private ObjectNode found(Call call) {
        return book.order(call.part("id")).orElseThrow(BigCommerceError::notFound);
    }

    private Answer orders(Call call) {
        var query = call.query();
        query.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!SEARCH.contains(name)) throw BigCommerceError.invalid(name);
                        });
        var since = Json.text(query, "min_date_modified").map(BigCommerce::time);
        var status = Json.text(query, "status_id");
        var found =
                book.orders()
                        .filter(
                                order ->
                                        status.stream()
                                                .allMatch(order.path("status").asText()::equals))
                        .filter(
                                order ->
                                        since.stream()
                                                .noneMatch(
                                                        time(order.path("updatedAt").asText())
                                                                ::isBefore))
                        .map(BigCommerceJson::order);
        return page(found, query);
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException _) {
            throw BigCommerceError.invalid("min_date_modified");
        }
    }

    /** An empty page has no body. */
    private static Answer page(Stream<? extends JsonNode> all, JsonNode query) {
        var limit = Math.min(LARGEST_PAGE, query.path("limit").asInt(50));
        var page = Math.max(1, query.path("page").asInt(1));
        var items = all.skip((page - 1L) * limit).limit(limit).toList();
        return items.isEmpty() ? Answer.empty(204) : Answer.json(200, Json.node(items));
    }

    private Answer order(Call call) {
        return Answer.json(200, BigCommerceJson.order(found(call)));
    }

    private Answer update(Call call) {
        var order = found(call);
        var wish = body(call, Set.of("status_id", "staff_notes"));
        var status = wish.path("status_id");
        if (wish.has("status_id")
                && !(status.isInt() && status.asInt() >= 0 && status.asInt() <= LAST_STATUS))
            throw BigCommerceError.invalid("status_id");
        if (wish.has("staff_notes") && !wish.path("staff_notes").isTextual())
            throw BigCommerceError.invalid("staff_notes");
        book.change(
                order,
                status.asInt(order.path("status").asInt()),
                wish.path("staff_notes").asText(order.path("staffNotes").asText()));
        return Answer.json(200, BigCommerceJson.order(order));
    }

    private Answer products(Call call) {
        var order = found(call);
        var lines = Json.stream(order.path("lines"));
        return page(lines.map(line -> BigCommerceJson.product(order, line)), call.query());
    }

    private Answer metafields(Call call) {
        return metafields.list(found(call), call.query());
    }

    private Answer metafield(Call call) {
        return metafields.create(found(call), call);
    }

    private Answer transactions(Call call) {
        var all = BigCommerceJson.transactions(found(call)).toList();
        return all.isEmpty() ? Answer.empty(204) : data(200, Json.node(all));
    }

    private Answer refunds(Call call) {
        var order = found(call);
        var refunds = Json.stream(order.path("refunds"));
        return data(200, Json.array(refunds.map(each -> BigCommerceJson.refund(order, each))));
    }

    private Answer quote(Call call) {
        var order = found(call);
        var amount = amount(order, body(call, Set.of("items")).path("items"));
        book.checkRefundable(order, amount);
        return data(201, BigCommerceJson.quote(order, amount));
    }

    private Answer refund(Call call) {
        var order = found(call);
        var wish = body(call, Set.of("items", "payments"));
        var amount = amount(order, wish.path("items"));
        var payments = Json.stream(wish.path("payments")).toList();
        if (payments.size() != 1)
            throw BigCommerceError.unprocessable("payments: one is imitated here");
        var payment = payments.getFirst();
        known(payment, Set.of("provider_id", "amount", "offline"));
        if (minor(order, payment.path("amount")) != amount || !payment.path("offline").isBoolean())
            throw BigCommerceError.unprocessable("payments: they must add up to the items");
        var provider = payment.path("provider_id").asText();
        var offline = payment.path("offline").booleanValue();
        if (!offline && !provider.equals(order.path("gateway").asText()))
            throw BigCommerceError.unprocessable("payments: provider_id was not offered");
        var items = Json.array(Json.stream(wish.path("items")).map(BigCommerce::asRefunded));
        var refund = book.refund(order, amount, provider, offline, items);
        return data(201, BigCommerceJson.refund(order, refund));
    }

    private static JsonNode asRefunded(JsonNode item) {
        return Json.of(
                "item_type", item.path("item_type"),
                "item_id", item.path("item_id"),
                "reason", item.path("reason").asText(""),
                "requested_amount", item.path("amount"));
    }

    /** Only amounts of the order are imitated here, not products, shipping and the like. */
    private static long amount(JsonNode order, JsonNode items) {
        if (!items.isArray() || items.isEmpty())
            throw BigCommerceError.unprocessable("items: at least one was expected");
        var sum = 0L;
        for (var item : items) {
            known(item, Set.of("item_type", "item_id", "amount", "reason"));
            if (!item.path("item_type").asText().equals("ORDER")
                    || item.path("item_id").asLong() != order.path("id").asLong())
                throw BigCommerceError.unprocessable("items: this order was expected");
            sum += minor(order, item.path("amount"));
        }
        return sum;
    }

    private static long minor(JsonNode order, JsonNode amount) {
        if (!amount.isNumber())
            throw BigCommerceError.unprocessable("amount: a number was expected");
        var decimal = new BigDecimal(amount.asText()).toPlainString();
        return Money.minor(decimal, order.path("currency").asText())
                .filter(minor -> minor > 0)
                .orElseThrow(() -> BigCommerceError.unprocessable("amount: more was expected"));
    }

    private Answer letGo(Call call) {
        book.letGo(found(call));
        return Answer.json(201, Json.of());
    }

    private Answer settings(Call call) {
        return data(200, book.settings());
    }

    private Answer levels(Call call) {
        var wanted = List.of(call.query().path("variant_id:in").asText().split(","));
        var items =
                state.all(BigCommerceBook.INVENTORY)
                        .filter(item -> wanted.contains(item.path("variant").asText()));
        return data(200, Json.array(items.map(BigCommerceJson::level)));
    }

    /** All items or none. */
    private Answer adjust(Call call) {
        var wish = body(call, Set.of("reason", "items"));
        for (var item : wish.path("items")) {
            known(item, Set.of("location_id", "variant_id", "quantity"));
            if (item.path("location_id").asInt() != 1 || !item.path("quantity").isInt())
                throw BigCommerceError.unprocessable("items: location 1 and a quantity");
            if (book.item(item.path("variant_id").asLong()).isEmpty())
                throw BigCommerceError.unprocessable(
                        "requires absolute adjustment before relative");
        }
        for (var item : wish.path("items"))
            book.item(item.path("variant_id").asLong())
                    .ifPresent(level -> book.adjust(level, item.path("quantity").asInt()));
        return Answer.json(200, Json.of("transaction_id", "adj-" + stage.next("adjustments")));
    }

    private static Answer data(int status, JsonNode data) {
        return Answer.json(status, Json.of("data", data, "meta", Json.of()));
    }

    static JsonNode body(Call call, Set<String> fields) {
        var body = call.json().orElseThrow(() -> BigCommerceError.invalid("body"));
        known(body, fields);
        return body;
    }

    private static void known(JsonNode object, Set<String> fields) {
        if (!object.isObject()) throw BigCommerceError.invalid("body");
        for (var field : object.properties())
            if (!fields.contains(field.getKey())) throw BigCommerceError.invalid(field.getKey());
    }
}
