package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * PayPal's REST API: a token by client credentials, orders, captures, authorisations, refunds and
 * disputes. A repeat under a {@code PayPal-Request-Id} answers how its refund stands now; refusals
 * are not kept. Webhooks are signed with a certificate that stands below {@code /v1/notifications}.
 */
final class PayPal implements Platform, Gateway {
    private static final Duration TOKEN_LIFE = Duration.ofHours(9);
    private static final String KEYS = "request_ids";
    private static final Set<String> REFUND_FIELDS =
            Set.of("amount", "custom_id", "invoice_id", "note_to_payer");
    private static final Map<String, Integer> LONGEST =
            Map.of("custom_id", 127, "invoice_id", 127, "note_to_payer", 255);
    private static final String SCOPES =
            Stream.of(
                            "payments/refund",
                            "payments/payment/authcapture",
                            "disputes/read-seller",
                            "disputes/update-seller",
                            "applications/webhooks")
                    .map(scope -> "https://uri.paypal.com/services/" + scope)
                    .reduce((all, next) -> all + " " + next)
                    .orElseThrow();

    private final Stage stage;
    private final State state;
    private final PayPalWebhooks webhooks;
    private final PayPalBook book;
    private final Routes routes;

    PayPal(Stage stage) {
        this.stage = stage;
        this.state = stage.state();
        this.webhooks = new PayPalWebhooks(stage);
        this.book = new PayPalBook(stage, webhooks::emit);
        this.routes = routes(new Routes());
    }

    private Routes routes(Routes routes) {
        on(routes, "POST /v1/oauth2/token", "oauth2.token", this::token);
        on(routes, "GET /v2/checkout/orders/{id}", "orders.get", this::order);
        on(routes, "GET /v2/payments/captures/{id}", "captures.get", PayPalBook.CAPTURES);
        on(routes, "POST /v2/payments/captures/{id}/refund", "captures.refund", this::refund);
        on(routes, "GET /v2/payments/authorizations/{id}", "authorizations.get", PayPalBook.HOLDS);
        on(
                routes,
                "POST /v2/payments/authorizations/{id}/void",
                "authorizations.void",
                this::release);
        on(routes, "GET /v2/payments/refunds/{id}", "refunds.get", PayPalBook.REFUNDS);
        on(routes, "GET /v1/customer/disputes", "disputes.list", this::disputes);
        on(routes, "GET /v1/customer/disputes/{id}", "disputes.get", PayPalBook.DISPUTES);
        return routes.on("GET", PayPalWebhooks.CERTIFICATE, "certs.get", _ -> certificates());
    }

    @Override
    public String name() {
        return "paypal";
    }

    @Override
    public Routes routes() {
        return routes;
    }

    @Override
    public Optional<Answer> refuse(Call call) {
        if (call.path().equals(PayPalWebhooks.CERTIFICATE)) return Optional.empty();
        if (call.path().equals("/v1/oauth2/token")) return refuseClient(call);
        var token = call.bearer().flatMap(text -> state.get("tokens", text));
        if (token.filter(this::isInForce).isEmpty())
            return Optional.of(
                    PayPalError.answer(
                            401,
                            "AUTHENTICATION_FAILURE",
                            "",
                            "Authentication failed due to missing authorization header, or"
                                    + " invalid authentication credentials."));
        if (call.method().equals("POST") && !call.isJson())
            return Optional.of(
                    PayPalError.answer(
                            415,
                            "UNSUPPORTED_MEDIA_TYPE",
                            "",
                            "The server does not support the request payload's media type."));
        return Optional.empty();
    }

    private Optional<Answer> refuseClient(Call call) {
        var pair =
                stage.secret().path("clientId").asText()
                        + ":"
                        + stage.secret().path("clientSecret").asText();
        var basic =
                "Basic "
                        + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        if (call.header("authorization").equals(Optional.of(basic))) return Optional.empty();
        return Optional.of(oauth(401, "invalid_client", "Client Authentication failed"));
    }

    private boolean isInForce(JsonNode token) {
        return stage.now().isBefore(Instant.parse(token.path("until").asText()));
    }

    @Override
    public Answer unknown(Call call) {
        return PayPalError.answer(
                404, "RESOURCE_NOT_FOUND", "", "The specified resource does not exist.");
    }

    @Override
    public Answer broken() {
        return PayPalError.answer(
                500, "INTERNAL_SERVER_ERROR", "", "An internal server error has occurred.");
    }

    @Override
    public Answer throttled() {
        return PayPalError.answer(
                        429,
                        "RATE_LIMIT_REACHED",
                        "",
                        "Too many requests. Blocked due to rate limiting.")
                .with("Retry-After", "1");
    }

    /** Only for the answer while the first call with a key is under way. */
    @Override
    public Optional<String> idempotencyKey(Call call) {
        return call.method().equals("POST") ? call.header("paypal-request-id") : Optional.empty();
    }

    @Override
    public Answer keyInUse(Call call, String key) {
        return PayPalError.answer(
                409,
                "RESOURCE_CONFLICT",
                "PREVIOUS_REQUEST_IN_PROGRESS",
                "A previous request on this resource is currently in progress.");
    }

    @Override
    public Optional<JsonNode> add(WorldOrder order) {
        return book.add(order);
    }

    /**
     * {@code PAYMENT/ACT}: capture, void, forget-order, inquiry, claim, dispute (by a bank), alert,
     * escalate, review, resolve, refund, settle-refund, fail-refund, redeliver; also {@code
     * tokens/revoke}.
     */
    @Override
    public JsonNode act(List<String> path, Fields input) {
        if (path.size() != 2) throw new Fields.Invalid("path: expected PAYMENT/ACT");
        stage.alone(() -> act(path.getFirst(), path.getLast(), input));
        input.nothingElse();
        return Json.of();
    }

    private boolean act(String payment, String act, Fields input) {
        try {
            switch (act) {
                case "revoke" ->
                        state.all("tokens")
                                .forEach(each -> state.remove("tokens", each.path("id").asText()));
                case "capture" -> book.capture(hold(payment));
                case "void" -> book.release(hold(payment));
                case "forget-order" -> book.forgetOrder(payment);
                case "inquiry" -> book.open(book.capture(payment), "INQUIRY", "INTERNAL");
                case "claim" -> book.open(book.capture(payment), "CHARGEBACK", "INTERNAL");
                case "dispute" -> book.chargeBack(book.capture(payment));
                case "alert" -> book.open(book.capture(payment), "CHARGEBACK", "ALERT");
                case "escalate" -> book.escalate(last(PayPalBook.DISPUTES, payment));
                case "review" -> book.review(last(PayPalBook.DISPUTES, payment));
                case "resolve" ->
                        book.resolve(last(PayPalBook.DISPUTES, payment), input.text("outcome"));
                case "refund" ->
                        book.refund(book.capture(payment), input.number("amount"), Json.of());
                case "settle-refund" -> book.settle(pending(payment));
                case "fail-refund" -> book.fail(pending(payment));
                case "redeliver" -> stage.webhooks().sendAgain(payment, webhooks::sign);
                default -> throw new Fields.Invalid("no act " + act);
            }
            return true;
        } catch (PayPalError refusal) {
            throw new Fields.Invalid(String.valueOf(refusal.getMessage()));
        }
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
                        var wish = Json.of("note_to_payer", note);
                        var refund = book.refund(book.capture(payment), amount, wish);
                        return refund.path("status").asText().equals("PENDING")
                                ? "PENDING"
                                : "SUCCESS";
                    } catch (PayPalError _) {
                        return "ERROR";
                    }
                });
    }

    @Override
    public void release(String payment) {
        stage.alone(
                () ->
                        state.get(PayPalBook.HOLDS, payment)
                                .filter(hold -> hold.path("status").asText().equals("CREATED"))
                                .map(book::release));
    }

    private Answer token(Call call) {
        if (!call.form().equals(Json.of("grant_type", "client_credentials")))
            return oauth(400, "unsupported_grant_type", "Grant Type is NULL");
        var token = "A21AAsandbox" + stage.next("tokens") + "-" + stage.now().toEpochMilli();
        var until = stage.now().plus(TOKEN_LIFE);
        state.put("tokens", token, Json.of("id", token, "until", until.toString()));
        return Answer.json(
                        200,
                        Json.of(
                                "scope",
                                SCOPES,
                                "access_token",
                                token,
                                "token_type",
                                "Bearer",
                                "app_id",
                                "APP-80W284485P519543T",
                                "expires_in",
                                TOKEN_LIFE.toSeconds(),
                                "nonce",
                                "sandbox"))
                .unkept();
    }

    private static Answer oauth(int status, String error, String description) {
        return Answer.json(status, Json.of("error", error, "error_description", description))
                .unkept();
    }

    private Answer order(Call call) {
        return ok(200, book.withPayments(find(PayPalBook.ORDERS, call)));
    }

    /** The latest state of what a known key did; under another body a key is refused. */
    private Answer refund(Call call) {
        var capture = find(PayPalBook.CAPTURES, call);
        var wish = call.json().orElseThrow(() -> malformed("/"));
        check(wish);
        var key = call.header("paypal-request-id");
        var first = key.flatMap(id -> state.get(KEYS, id));
        if (first.isPresent()) return repeat(first.get(), call, wish);
        var amount = amount(capture, wish);
        var refund = refund(capture, amount, wish, key);
        key.ifPresent(
                id ->
                        state.put(
                                KEYS,
                                id,
                                Json.of(
                                        "path", call.path(),
                                        "wish", wish,
                                        "refund", refund.path("id"))));
        return created(call, refund);
    }

    private Answer repeat(JsonNode first, Call call, JsonNode wish) {
        if (!first.path("path").asText().equals(call.path()) || !first.path("wish").equals(wish))
            throw PayPalError.refused(
                    "DUPLICATE_REQUEST_ID",
                    "The value of PayPal-Request-Id header has already been used.");
        var refund = state.get(PayPalBook.REFUNDS, first.path("refund").asText());
        return created(call, refund.orElseThrow());
    }

    private ObjectNode refund(
            ObjectNode capture, long amount, JsonNode wish, Optional<String> key) {
        try {
            return book.refund(capture, amount, wish);
        } catch (PayPalError no) {
            // For whoever audits: PayPal itself keeps no refusal.
            state.put(
                    "refusals",
                    key.orElse("none") + "@" + stage.now(),
                    Json.of(
                            "issue", no.issue(),
                            "custom_id", wish.path("custom_id").asText(),
                            "at", stage.now().toString()));
            throw no;
        }
    }

    private long amount(JsonNode capture, JsonNode wish) {
        var currency = PayPalObjects.currency(capture.path("amount"));
        var asked = wish.path("amount");
        if (asked.isMissingNode())
            return PayPalObjects.minor(capture.path("amount")) - book.returned(capture);
        if (!PayPalObjects.currency(asked).equals(currency))
            throw PayPalError.refused(
                    "CURRENCY_MISMATCH", "The currency is not that of the capture.");
        var value = asked.path("value").asText();
        if (value.contains(".") && !PayPalObjects.hasDecimals(currency))
            throw PayPalError.refused(
                    "DECIMALS_NOT_SUPPORTED", "Currency does not support decimals.");
        var amount =
                Money.minor(value, currency)
                        .orElseThrow(
                                () ->
                                        PayPalError.refused(
                                                "DECIMAL_PRECISION",
                                                "The value of the field should not be more than"
                                                        + " the currency's decimal places."));
        if (amount < 1)
            throw PayPalError.refused("CANNOT_BE_ZERO_OR_NEGATIVE", "Must be greater than zero.");
        return amount;
    }

    private void check(JsonNode wish) {
        if (!wish.isObject()) throw malformed("/");
        for (var field : wish.properties()) {
            var name = field.getKey();
            if (!REFUND_FIELDS.contains(name)) throw malformed("/" + name);
            var longest = LONGEST.get(name);
            var text = field.getValue().asText();
            if (longest != null && (text.isEmpty() || text.length() > longest))
                throw PayPalError.invalid(
                        "INVALID_STRING_LENGTH",
                        "The value of /" + name + " is either too short or too long.");
        }
        var amount = wish.path("amount");
        if (!amount.isMissingNode() && !amount.path("value").isTextual())
            throw malformed("/amount/value");
    }

    private static PayPalError malformed(String field) {
        return PayPalError.invalid(
                "INVALID_PARAMETER_SYNTAX", "The value of " + field + " does not conform.");
    }

    private Answer release(Call call) {
        var hold = book.release(find(PayPalBook.HOLDS, call));
        return isWhole(call) ? ok(200, hold) : Answer.empty(204).unkept();
    }

    private Answer disputes(Call call) {
        var query = call.query();
        query.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!Set.of("disputed_transaction_id", "page_size").contains(name))
                                throw PayPalError.invalid(
                                        "INVALID_PARAMETER", "Unknown parameter " + name);
                        });
        var about = Json.text(query, "disputed_transaction_id");
        var found =
                about.isPresent()
                        ? state.get(PayPalBook.CAPTURES, about.get()).stream()
                                .flatMap(book::disputes)
                        : state.all(PayPalBook.DISPUTES);
        var items = found.map(PayPalObjects::summary).toList();
        var list = Json.of("links", List.of(PayPalObjects.link("self", "v1/customer/disputes")));
        if (!items.isEmpty()) list.set("items", Json.node(items.reversed()));
        return ok(200, list);
    }

    private Answer certificates() {
        return new Answer(
                200,
                Map.of("Content-Type", "application/x-x509-ca-cert"),
                webhooks.certificates(),
                false);
    }

    private ObjectNode hold(String payment) {
        return state.get(PayPalBook.HOLDS, payment)
                .orElseThrow(() -> new Fields.Invalid("no authorisation " + payment));
    }

    /** What is completed or failed stays so. */
    private ObjectNode pending(String payment) {
        return last(
                book.belonging(PayPalBook.REFUNDS, payment)
                        .filter(refund -> refund.path("status").asText().equals("PENDING")),
                PayPalBook.REFUNDS);
    }

    private ObjectNode last(String collection, String payment) {
        return last(book.belonging(collection, payment), collection);
    }

    private static ObjectNode last(Stream<ObjectNode> all, String collection) {
        return all.reduce((_, later) -> later)
                .orElseThrow(() -> new Fields.Invalid("none of the " + collection + " is there"));
    }

    private ObjectNode find(String collection, Call call) {
        return state.get(collection, call.part("id")).orElseThrow(PayPalError::missing);
    }

    private void on(Routes routes, String route, String operation, String collection) {
        on(routes, route, operation, call -> ok(200, find(collection, call)));
    }

    private static void on(
            Routes routes, String route, String operation, Function<Call, Answer> handler) {
        var parts = route.split(" ", 2);
        routes.on(parts[0], parts[1], operation, call -> guarded(handler, call));
    }

    private static Answer guarded(Function<Call, Answer> handler, Call call) {
        try {
            return handler.apply(call);
        } catch (PayPalError refusal) {
            return refusal.answer();
        }
    }

    /** Without {@code Prefer: return=representation} only id, status and links come back. */
    private Answer created(Call call, ObjectNode refund) {
        return ok(201, isWhole(call) ? refund : refund.retain("id", "status", "links"));
    }

    private static boolean isWhole(Call call) {
        return call.header("prefer").equals(Optional.of("return=representation"));
    }

    private Answer ok(int status, ObjectNode body) {
        return Answer.json(status, body)
                .with("Paypal-Debug-Id", "f" + Long.toHexString(stage.now().toEpochMilli()))
                .unkept();
    }
}
