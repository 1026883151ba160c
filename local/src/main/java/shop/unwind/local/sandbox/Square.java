package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Square's API in the version 2026-05-20, which each call must name: orders, payments, refunds,
 * inventory and disputes. A repeat under an {@code idempotency_key} gets the first answer; under
 * another body a key is refused. A field that it does not know it passes over, as Square does.
 */
final class Square implements Platform, Gateway {
    private static final String VERSION = "2026-05-20";
    private static final int PAGE = 50;
    private static final Duration OLDEST = Duration.ofHours(24);
    private static final Duration AHEAD = Duration.ofMinutes(1);
    private static final Duration TOKEN_LIFE = Duration.ofDays(30);
    private static final Set<String> REFUND_FIELDS =
            Set.of("idempotency_key", "payment_id", "amount_money", "reason");

    private final Stage stage;
    private final State state;
    private final SquareWebhooks webhooks;
    private final SquareBook book;
    private final Routes routes;

    Square(Stage stage) {
        this.stage = stage;
        this.state = stage.state();
        this.webhooks = new SquareWebhooks(stage);
        this.book = new SquareBook(stage, webhooks);
        this.routes = routes(new Routes());
    }

    private Routes routes(Routes routes) {
        on(routes, "POST /oauth2/token", "oauth2.token", this::token);
        on(routes, "GET /v2/orders/{id}", "orders.get", this::order);
        on(routes, "PUT /v2/orders/{id}", "orders.update", this::update);
        on(routes, "POST /v2/orders/search", "orders.search", this::search);
        on(routes, "GET /v2/payments/{id}", "payments.get", this::payment);
        on(routes, "POST /v2/payments/{id}/cancel", "payments.cancel", this::release);
        on(routes, "GET /v2/refunds", "refunds.list", this::refunds);
        on(routes, "POST /v2/refunds", "refunds.create", this::refund);
        on(routes, "GET /v2/refunds/{id}", "refunds.get", this::refundById);
        on(routes, "POST /v2/inventory/changes/batch-create", "inventory.create", this::adjust);
        on(
                routes,
                "POST /v2/inventory/changes/batch-retrieve",
                "inventory.retrieve",
                this::adjustments);
        on(routes, "POST /v2/inventory/counts/batch-retrieve", "inventory.counts", this::counts);
        on(routes, "GET /v2/disputes", "disputes.list", this::disputes);
        return routes;
    }

    @Override
    public String name() {
        return "square";
    }

    @Override
    public Routes routes() {
        return routes;
    }

    @Override
    public boolean isQuestion(Routes.Route route) {
        return route.call().method().equals("GET")
                || Set.of("orders.search", "inventory.retrieve", "inventory.counts")
                        .contains(route.operation());
    }

    @Override
    public Optional<Answer> refuse(Call call) {
        if (!call.header("square-version").equals(Optional.of(VERSION)))
            return Optional.of(
                    SquareError.bad("INVALID_SQUARE_VERSION_FORMAT", "Square-Version: " + VERSION)
                            .answer());
        if (!call.method().equals("GET") && !call.isJson())
            return Optional.of(
                    SquareError.answer(
                            415,
                            "INVALID_REQUEST_ERROR",
                            "UNSUPPORTED_CONTENT_TYPE",
                            "JSON was expected"));
        if (call.path().equals("/oauth2/token")) return Optional.empty();
        return call.bearer().filter(this::isInForce).isPresent()
                ? Optional.empty()
                : Optional.of(
                        SquareError.answer(
                                401,
                                "AUTHENTICATION_ERROR",
                                "UNAUTHORIZED",
                                "This request could not be authorized."));
    }

    private boolean isInForce(String token) {
        return token.equals(stage.secret().path("personalToken").asText())
                || state.get("tokens", token)
                        .map(each -> Instant.parse(each.path("until").asText()))
                        .filter(until -> stage.now().isBefore(until))
                        .isPresent();
    }

    @Override
    public Answer unknown(Call call) {
        return SquareError.missing("API endpoint").answer();
    }

    @Override
    public Answer broken() {
        return SquareError.answer(
                500, "API_ERROR", "INTERNAL_SERVER_ERROR", "An internal error has occurred.");
    }

    @Override
    public Answer throttled() {
        return SquareError.answer(429, "RATE_LIMIT_ERROR", "RATE_LIMITED", "Slow down.")
                .with("Retry-After", "1");
    }

    @Override
    public Optional<String> idempotencyKey(Call call) {
        return call.method().equals("GET")
                ? Optional.empty()
                : call.json().flatMap(body -> Json.text(body, "idempotency_key"));
    }

    @Override
    public Answer keyInUse(Call call, String key) {
        return SquareError.answer(
                409, "API_ERROR", "CONFLICT", "A request with this key is in progress.");
    }

    @Override
    public Answer keyMismatch(Call call, String key) {
        return SquareError.bad(
                        "IDEMPOTENCY_KEY_REUSED",
                        "The idempotency key has been used with different parameters.")
                .answer();
    }

    @Override
    public Optional<JsonNode> add(WorldOrder order) {
        return book.add(order);
    }

    /**
     * At {@code orders.ID}: {@code ship}, {@code cancel}, {@code redeliver}; at a payment: {@code
     * capture}, {@code void}, {@code refund} of an {@code amount}, {@code settle-refund}, {@code
     * fail-refund}, {@code inquiry}, {@code dispute}, {@code escalate}, {@code resolve} to a {@code
     * state}, {@code redeliver}; besides, {@code tokens/revoke}.
     */
    @Override
    public JsonNode act(List<String> path, Fields input) {
        if (path.size() != 2) throw new Fields.Invalid("path: expected SUBJECT/ACT");
        stage.alone(() -> act(path.getFirst(), path.getLast(), input));
        input.nothingElse();
        return Json.of();
    }

    private boolean act(String subject, String act, Fields input) {
        try {
            if (subject.equals("tokens"))
                state.all("tokens")
                        .forEach(each -> state.remove("tokens", each.path("id").asText()));
            else if (state.get(SquareBook.ORDERS, subject).isPresent())
                atOrder(book.order(subject), act);
            else atPayment(book.payment(subject), act, input);
            return true;
        } catch (SquareError refusal) {
            throw new Fields.Invalid(String.valueOf(refusal.getMessage()));
        }
    }

    private void atOrder(ObjectNode order, String act) {
        switch (act) {
            case "ship" -> book.ship(order);
            case "cancel" -> book.cancelByHand(order);
            case "redeliver" ->
                    stage.webhooks()
                            .sendAgain("\"" + order.path("id").asText() + "\"", webhooks::sign);
            default -> throw new Fields.Invalid("no act " + act);
        }
    }

    private void atPayment(ObjectNode payment, String act, Fields input) {
        switch (act) {
            case "capture" -> book.capture(payment);
            case "void" -> book.release(payment);
            case "refund" ->
                    book.refund(payment, input.number("amount"), input.text("note", "by hand"));
            case "settle-refund" -> book.end(pending(payment), "COMPLETED");
            case "fail-refund" -> book.end(pending(payment), "FAILED");
            case "inquiry" -> book.open(payment, "INQUIRY_EVIDENCE_REQUIRED");
            case "dispute" -> book.chargeBack(payment);
            case "escalate" -> book.escalate(last(book.disputes(payment)));
            case "resolve" -> book.change(last(book.disputes(payment)), input.text("state"));
            case "redeliver" ->
                    stage.webhooks()
                            .sendAgain("\"" + payment.path("id").asText() + "\"", webhooks::sign);
            default -> throw new Fields.Invalid("no act " + act);
        }
    }

    /** What is completed or failed stays so. */
    private ObjectNode pending(ObjectNode payment) {
        return last(
                book.refunds(payment)
                        .filter(refund -> refund.path("status").asText().equals("PENDING")));
    }

    private static ObjectNode last(Stream<ObjectNode> all) {
        return all.reduce((_, later) -> later)
                .orElseThrow(() -> new Fields.Invalid("none is there"));
    }

    @Override
    public Stream<Book> books() {
        return book.books();
    }

    @Override
    public void resume() {
        book.resume();
        stage.webhooks().resume(webhooks::sign);
    }

    @Override
    public String refund(String payment, long amount, String note) {
        return stage.alone(
                () -> {
                    try {
                        var refund = book.refund(book.payment(payment), amount, note);
                        return refund.path("status").asText().equals("PENDING")
                                ? "PENDING"
                                : "SUCCESS";
                    } catch (SquareError _) {
                        return "ERROR";
                    }
                });
    }

    @Override
    public void release(String payment) {
        stage.alone(
                () ->
                        state.get(SquareBook.PAYMENTS, payment)
                                .filter(each -> each.path("status").asText().equals("APPROVED"))
                                .map(book::release));
    }

    private Answer token(Call call) {
        var wish = body(call);
        var secret = stage.secret();
        var known =
                Json.of(
                        "client_id", secret.path("clientId"),
                        "client_secret", secret.path("clientSecret"),
                        "grant_type", "refresh_token",
                        "refresh_token", secret.path("refreshToken"));
        if (!wish.equals(known))
            return SquareError.answer(
                    401, "AUTHENTICATION_ERROR", "UNAUTHORIZED", "Not Authorized");
        var token = "EAAAsandbox" + stage.next("tokens") + "-" + stage.now().toEpochMilli();
        var until = stage.now().plus(TOKEN_LIFE).toString();
        state.put("tokens", token, Json.of("id", token, "until", until));
        return ok(
                Json.of(
                        "access_token",
                        token,
                        "token_type",
                        "bearer",
                        "expires_at",
                        until,
                        "merchant_id",
                        SquareObjects.MERCHANT,
                        "refresh_token",
                        secret.path("refreshToken"),
                        "short_lived",
                        false));
    }

    private Answer order(Call call) {
        return ok(Json.of("order", SquareObjects.shown(book.order(call.part("id")))));
    }

    private Answer update(Call call) {
        var wish = body(call).path("order");
        var order = book.order(call.part("id"));
        if (!wish.path("location_id").equals(order.path("location_id")))
            throw SquareError.bad("INVALID_LOCATION", "order.location_id");
        return kept(Json.of("order", SquareObjects.shown(book.update(order, wish))));
    }

    private Answer search(Call call) {
        var wish = body(call);
        if (wish.path("location_ids").isEmpty())
            throw SquareError.bad("MISSING_REQUIRED_PARAMETER", "location_ids");
        var found =
                state.all(SquareBook.ORDERS)
                        .filter(order -> names(wish, "location_ids", order.path("location_id")))
                        .map(SquareObjects::shown)
                        .filter(order -> isWanted(order, wish.path("query")))
                        .toList();
        return ok(Json.of("orders", found.reversed()));
    }

    private static boolean isWanted(JsonNode order, JsonNode query) {
        var states = query.at("/filter/state_filter/states");
        if (!states.isMissingNode() && Json.stream(states).noneMatch(order.path("state")::equals))
            return false;
        var called = query.at("/filter/fulfillment_filter/fulfillment_states");
        if (!called.isMissingNode() && !isIn(order, called)) return false;
        for (var time : List.of("created_at", "updated_at")) {
            var from = query.at("/filter/date_time_filter/" + time + "/start_at");
            if (from.isMissingNode()) continue;
            if (!query.at("/sort/sort_field").asText().equalsIgnoreCase(time))
                throw SquareError.bad("BAD_REQUEST", "sort_field must match the time filter");
            if (order.path(time).asText().compareTo(from.asText()) < 0) return false;
        }
        return true;
    }

    private static boolean isIn(JsonNode order, JsonNode states) {
        return Json.stream(order.path("fulfillments"))
                .map(fulfilment -> fulfilment.path("state"))
                .anyMatch(state -> Json.stream(states).anyMatch(state::equals));
    }

    private Answer payment(Call call) {
        return ok(Json.of("payment", book.payment(call.part("id"))));
    }

    private Answer release(Call call) {
        if (!call.body().isEmpty()) throw SquareError.bad("BAD_REQUEST", "no body was expected");
        return ok(Json.of("payment", book.release(book.payment(call.part("id")))));
    }

    private Answer refunds(Call call) {
        return page(call, "refunds", state.all(SquareBook.REFUNDS).toList().reversed());
    }

    private Answer refundById(Call call) {
        return ok(
                Json.of(
                        "refund",
                        state.get(SquareBook.REFUNDS, call.part("id"))
                                .orElseThrow(() -> SquareError.missing("Refund"))));
    }

    private Answer refund(Call call) {
        var wish = body(call);
        var key = Json.text(wish, "idempotency_key").orElse("");
        if (key.isEmpty() || key.length() > 45)
            throw SquareError.bad("VALUE_TOO_LONG", "idempotency_key: 1 to 45 characters");
        for (var field : wish.properties())
            if (!REFUND_FIELDS.contains(field.getKey()))
                throw SquareError.bad("BAD_REQUEST", field.getKey());
        if (wish.path("reason").asText().length() > 192)
            throw SquareError.bad("VALUE_TOO_LONG", "reason");
        var payment = book.payment(wish.path("payment_id").asText());
        try {
            return kept(
                    Json.of(
                            "refund",
                            book.refund(
                                    payment, amount(payment, wish), wish.path("reason").asText())));
        } catch (SquareError no) {
            // For whoever audits: Square itself keeps no refusal.
            state.put(
                    "refusals",
                    key + "@" + stage.now(),
                    Json.of(
                            "code", no.code(),
                            "reason", wish.path("reason"),
                            "at", stage.now().toString()));
            throw no;
        }
    }

    private static long amount(JsonNode payment, JsonNode wish) {
        var money = wish.path("amount_money");
        if (!money.path("amount").isIntegralNumber() || money.path("amount").asLong() < 1)
            throw SquareError.bad("INVALID_VALUE", "amount_money.amount");
        if (!money.path("currency").equals(payment.at("/amount_money/currency")))
            throw SquareError.bad("CURRENCY_MISMATCH", "amount_money.currency");
        return money.path("amount").asLong();
    }

    private Answer adjust(Call call) {
        var wish = body(call);
        if (Json.text(wish, "idempotency_key").filter(key -> key.length() <= 128).isEmpty())
            throw SquareError.bad("MISSING_REQUIRED_PARAMETER", "idempotency_key");
        if (wish.path("changes").isEmpty())
            throw SquareError.bad("MISSING_REQUIRED_PARAMETER", "changes");
        wish.path("changes").forEach(this::check);
        var made = new ArrayList<JsonNode>();
        var counts = new ArrayList<JsonNode>();
        for (var change : wish.path("changes")) {
            ObjectNode adjustment = change.path("adjustment").deepCopy();
            var units = Integer.parseInt(adjustment.path("quantity").asText());
            made.add(
                    Json.of(
                            "type",
                            "ADJUSTMENT",
                            "adjustment",
                            book.move(adjustment, units, units)));
            counts.add(count(adjustment.path("catalog_object_id").asText()));
        }
        return kept(Json.of("counts", counts, "changes", made));
    }

    private void check(JsonNode change) {
        var adjustment = change.path("adjustment");
        var from = adjustment.path("from_state").asText();
        if (!change.path("type").asText().equals("ADJUSTMENT")
                || !Set.of("UNLINKED_RETURN", "NONE").contains(from)
                || !adjustment.path("to_state").asText().equals("IN_STOCK"))
            throw SquareError.bad("INVALID_VALUE", "from_state, to_state");
        if (!adjustment.path("location_id").asText().equals(SquareObjects.LOCATION))
            throw SquareError.bad("INVALID_LOCATION", "location_id");
        if (!adjustment.path("quantity").asText().matches("[1-9]\\d{0,8}"))
            throw SquareError.bad("INVALID_VALUE", "quantity");
        if (adjustment.path("reference_id").asText().length() > 255)
            throw SquareError.bad("VALUE_TOO_LONG", "reference_id");
        var at = time(adjustment.path("occurred_at"));
        if (at.isAfter(stage.now().plus(AHEAD)) || at.isBefore(stage.now().minus(OLDEST)))
            throw SquareError.bad("INVALID_TIME", "occurred_at");
    }

    private ObjectNode count(String goods) {
        var item = state.get(SquareBook.STOCK, goods).orElseGet(() -> Json.of("available", 100));
        return Json.of(
                "catalog_object_id",
                goods,
                "catalog_object_type",
                "ITEM_VARIATION",
                "state",
                "IN_STOCK",
                "location_id",
                SquareObjects.LOCATION,
                "quantity",
                item.path("available").asText(),
                "calculated_at",
                stage.now().toString());
    }

    private Answer adjustments(Call call) {
        var wish = body(call);
        var since = wish.has("updated_after") ? time(wish.path("updated_after")) : Instant.MIN;
        var found =
                state.all(SquareBook.MOVES)
                        .filter(each -> names(wish, "catalog_object_ids", goods(each)))
                        .filter(each -> names(wish, "location_ids", each.path("location_id")))
                        .filter(each -> names(wish, "states", each.path("to_state")))
                        .filter(each -> !time(each.path("created_at")).isBefore(since))
                        .map(each -> Json.of("type", "ADJUSTMENT", "adjustment", each))
                        .toList();
        return ok(found.isEmpty() ? Json.of() : Json.of("changes", found));
    }

    /** All goods are counted here. */
    private Answer counts(Call call) {
        var wanted = Json.stream(body(call).path("catalog_object_ids")).map(JsonNode::asText);
        return ok(Json.of("counts", wanted.map(this::count).toList()));
    }

    private static JsonNode goods(JsonNode adjustment) {
        return adjustment.path("catalog_object_id");
    }

    private static boolean names(JsonNode wish, String filter, JsonNode value) {
        return !wish.has(filter)
                || Json.stream(wish.path(filter)).anyMatch(each -> each.equals(value));
    }

    private static Instant time(JsonNode text) {
        try {
            return Instant.parse(text.asText());
        } catch (DateTimeException malformed) {
            throw SquareError.bad("INVALID_TIME", "an RFC 3339 time was expected");
        }
    }

    private Answer disputes(Call call) {
        return page(call, "disputes", state.all(SquareBook.DISPUTES).toList());
    }

    /** The cursor is where the next page begins. */
    private static Answer page(Call call, String name, List<ObjectNode> all) {
        var from = call.query().path("cursor").asText("0");
        if (!from.matches("\\d{1,6}")) throw SquareError.bad("INVALID_CURSOR", "cursor");
        var begin = Math.min(all.size(), Integer.parseInt(from));
        var end = Math.min(all.size(), begin + PAGE);
        var answer = Json.of();
        if (begin < end) answer.set(name, Json.node(all.subList(begin, end)));
        if (end < all.size()) answer.put("cursor", Integer.toString(end));
        return ok(answer);
    }

    private static JsonNode body(Call call) {
        return call.json()
                .filter(JsonNode::isObject)
                .orElseThrow(() -> SquareError.bad("BAD_REQUEST", "an object was expected"));
    }

    private static void on(
            Routes routes, String route, String operation, Function<Call, Answer> handler) {
        var parts = route.split(" ", 2);
        routes.on(parts[0], parts[1], operation, call -> guarded(handler, call));
    }

    private static Answer guarded(Function<Call, Answer> handler, Call call) {
        try {
            return handler.apply(call);
        } catch (SquareError refusal) {
            return refusal.answer();
        }
    }

    private static Answer kept(JsonNode body) {
        return Answer.json(200, body).with("square-version", VERSION);
    }

    private static Answer ok(JsonNode body) {
        return kept(body).unkept();
    }
}
