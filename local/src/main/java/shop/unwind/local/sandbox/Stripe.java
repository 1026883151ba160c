package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Stripe's API, version 2026-07-29.dahlia, in test mode: form in, JSON out, 25 calls a second.
 * Events go to EventBridge and, signed, to the webhook. A key replays errors too, but not a call
 * that was wrong in itself; an injected error 500 stands for the network's edge and is not kept
 * under the key.
 */
final class Stripe implements Platform, Gateway {
    private static final Set<String> REASONS =
            Set.of("duplicate", "fraudulent", "requested_by_customer");
    private static final Set<String> CANCEL_REASONS =
            Set.of("duplicate", "fraudulent", "requested_by_customer", "abandoned");
    private static final Set<String> LISTING =
            Set.of(
                    "limit",
                    "starting_after",
                    "ending_before",
                    "created",
                    "charge",
                    "payment_intent",
                    "expand");
    private static final Map<String, String> COLLECTION_BY_PREFIX =
            Map.of(
                    "pi", "payment_intents",
                    "ch", "charges",
                    "re", "refunds",
                    "dp", "disputes");

    private final Stage stage;
    private final State state;
    private final StripeBook book;
    private final RateLimit rate;
    private final Routes routes;

    Stripe(Stage stage) {
        this.stage = stage;
        this.state = stage.state();
        this.book = new StripeBook(stage, this::emit);
        this.rate = stage.limit(25, 25);
        this.routes = routes(new Routes());
    }

    private Routes routes(Routes routes) {
        get(routes, "/v1/payment_intents/{id}", "payment_intent");
        post(routes, "/v1/payment_intents/{id}/cancel", "payment_intents.cancel", this::cancel);
        get(routes, "/v1/charges/{id}", "charge");
        list(routes, "/v1/refunds", "refund");
        post(routes, "/v1/refunds", "refunds.create", this::refund);
        get(routes, "/v1/refunds/{id}", "refund");
        post(routes, "/v1/refunds/{id}", "refunds.update", this::updateRefund);
        post(routes, "/v1/refunds/{id}/cancel", "refunds.cancel", this::cancelRefund);
        list(routes, "/v1/disputes", "dispute");
        get(routes, "/v1/disputes/{id}", "dispute");
        post(routes, "/v1/disputes/{id}", "disputes.update", this::updateDispute);
        post(routes, "/v1/disputes/{id}/close", "disputes.close", this::closeDispute);
        list(routes, "/v1/checkout/sessions", "checkout_session");
        get(routes, "/v1/checkout/sessions/{id}", "checkout_session");
        post(routes, "/v1/checkout/sessions/{id}/expire", "checkout_sessions.expire", this::expire);
        list(routes, "/v1/radar/early_fraud_warnings", "early_fraud_warning");
        get(routes, "/v1/radar/early_fraud_warnings/{id}", "early_fraud_warning");
        get(routes, "/v1/events/{id}", "event");
        return routes.on("GET", "/v1/balance", "balance.retrieve", _ -> balance());
    }

    @Override
    public String name() {
        return "stripe";
    }

    @Override
    public Routes routes() {
        return routes;
    }

    @Override
    public Optional<Answer> refuse(Call call) {
        var key = call.bearer();
        if (key.isEmpty())
            return refusal(
                    401,
                    "You did not provide an API key. You need to provide your API key in the"
                        + " Authorization header, using Bearer auth (e.g. 'Authorization: Bearer"
                        + " YOUR_SECRET_KEY').");
        if (!key.get().equals(stage.secret().path("apiKey").asText()))
            return refusal(
                    401, "Invalid API Key provided: " + key.get().replaceAll("(?<=.{8}).", "*"));
        if (call.header("stripe-version").filter(version -> !version.isBlank()).isEmpty())
            return refusal(400, "Invalid Stripe API version: the Stripe-Version header is empty");
        if (!call.body().isEmpty()
                && !call.header("content-type")
                        .orElse("")
                        .startsWith("application/x-www-form-urlencoded"))
            return refusal(
                    400,
                    "Invalid request (check that your POST content type is"
                            + " application/x-www-form-urlencoded).");
        if (call.header("idempotency-key").filter(value -> value.length() > 255).isPresent())
            return refusal(400, "Idempotency keys can be at most 255 characters long");
        return stage.limited() && !rate.take(1) ? Optional.of(throttled()) : Optional.empty();
    }

    @Override
    public Answer unknown(Call call) {
        return error(
                404,
                "Unrecognized request URL (%s: %s). Please see https://stripe.com/docs or we can help"
                        .formatted(call.method(), call.path()),
                Json.of());
    }

    @Override
    public Answer broken() {
        var body = Json.of("message", "An unknown error occurred", "type", "api_error");
        return Answer.json(500, Json.of("error", body)).unkept();
    }

    @Override
    public Answer throttled() {
        return error(
                429,
                "Request rate limit exceeded. You can learn more about rate limits here"
                        + " https://stripe.com/docs/rate-limits.",
                Json.of("code", "rate_limit"));
    }

    @Override
    public Optional<String> idempotencyKey(Call call) {
        return call.method().equals("POST") ? call.header("idempotency-key") : Optional.empty();
    }

    @Override
    public Answer keyInUse(Call call, String key) {
        return error(
                409,
                "There is currently another in-progress request using this Idempotent Key (that"
                    + " probably means you submitted twice, and the other request is still going"
                    + " through): "
                        + key,
                Json.of("code", "idempotency_key_in_use"));
    }

    @Override
    public Answer keyMismatch(Call call, String key) {
        return error(
                400,
                "Keys for idempotent requests can only be used with the same parameters they were"
                        + " first used with. Try using a key other than '%s' if you meant to execute"
                                .formatted(key)
                        + " a different request.",
                Json.of("type", "idempotency_error"));
    }

    @Override
    public Optional<JsonNode> add(WorldOrder order) {
        return book.add(order);
    }

    /** {@code PAYMENT/ACT}, or {@code balance/pay-out} with {@code currency} and {@code amount}. */
    @Override
    public JsonNode act(List<String> path, Fields input) {
        if (path.equals(List.of("balance", "pay-out"))) {
            book.payOut(input.text("currency"), input.number("amount"));
            return balances();
        }
        if (path.size() != 2) throw new Fields.Invalid("path: expected PAYMENT/ACT");
        var intent =
                state.get("payment_intents", path.getFirst())
                        .orElseThrow(() -> new Fields.Invalid("no payment " + path.getFirst()));
        stage.alone(() -> act(intent, path.getLast(), input));
        input.nothingElse();
        return state.get("payment_intents", path.getFirst()).orElseThrow();
    }

    private boolean act(ObjectNode intent, String act, Fields input) {
        try {
            switch (act) {
                case "capture" -> book.capture(intent);
                case "redeliver" ->
                        stage.webhooks().sendAgain(intent.path("id").asText(), this::sign);
                case "dispute" -> book.openDispute(book.charge(intent), false);
                case "inquiry" -> book.openDispute(book.charge(intent), true);
                case "escalate" -> book.escalate(last(intent, "disputes"));
                case "close-dispute" ->
                        book.closeDispute(
                                last(intent, "disputes"),
                                input.word("status", "won", "won", "lost", "warning_closed"));
                case "fraud-warning" -> book.warn(book.charge(intent));
                case "refund" -> byHand(intent, input.number("amount"));
                case "settle-refund" -> book.settle(pending(intent));
                case "fail-refund" ->
                        book.fail(
                                last(intent, "refunds"),
                                input.text("reason", "expired_or_canceled_card"));
                case "open-session" -> book.openSession(intent);
                default -> throw new Fields.Invalid("no act " + act);
            }
            return true;
        } catch (StripeError refusal) {
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
        stage.webhooks().resume(this::sign);
    }

    @Override
    public String refund(String payment, long amount, String note) {
        return stage.alone(
                () -> {
                    try {
                        var wish = Json.of("metadata", Json.of("note", note));
                        var intent = find("payment_intents", payment, "payment_intent");
                        var refund =
                                book.refund(book.charge(intent), amount, wish, Optional.empty());
                        return refund.path("status").asText().equals("pending")
                                ? "PENDING"
                                : "SUCCESS";
                    } catch (StripeError _) {
                        return "ERROR";
                    }
                });
    }

    @Override
    public void release(String payment) {
        stage.alone(
                () ->
                        state.get("payment_intents", payment)
                                .filter(intent -> intent.path("amount_capturable").asLong() > 0)
                                .map(
                                        intent ->
                                                book.cancel(
                                                        intent,
                                                        Optional.empty(),
                                                        Optional.empty())));
    }

    private Answer cancel(Call call) {
        var form = form(call, Set.of("cancellation_reason"));
        var reason = Json.text(form, "cancellation_reason");
        oneOf("cancellation_reason", reason, CANCEL_REASONS);
        var intent = find("payment_intents", call.part("id"), "intent");
        return ok(book.cancel(intent, reason, idempotencyKey(call)), form);
    }

    private Answer refund(Call call) {
        var form =
                form(
                        call,
                        Set.of(
                                "amount",
                                "charge",
                                "currency",
                                "instructions_email",
                                "metadata",
                                "payment_intent",
                                "reason",
                                "refund_application_fee",
                                "reverse_transfer"));
        oneOf("reason", Json.text(form, "reason"), REASONS);
        var charge = charge(form);
        var left =
                charge.path("amount_captured").asLong() - charge.path("amount_refunded").asLong();
        var amount = positive(form, "amount").orElse(left);
        return ok(book.refund(charge, amount, form, idempotencyKey(call)), form);
    }

    private ObjectNode charge(JsonNode form) {
        var intent = Json.text(form, "payment_intent");
        var charge = Json.text(form, "charge");
        if (intent.isPresent() == charge.isPresent())
            throw StripeError.invalid(
                    intent.isPresent() ? "parameters_exclusive" : "parameter_missing",
                    intent.isPresent()
                            ? "You may only specify one of these parameters: charge,"
                                    + " payment_intent."
                            : "One of the following params should be provided for this request:"
                                    + " payment_intent or charge.",
                    "payment_intent");
        return charge.isPresent()
                ? find("charges", charge.get(), "charge")
                : book.charge(find("payment_intents", intent.orElseThrow(), "payment_intent"));
    }

    private Answer updateRefund(Call call) {
        var form = form(call, Set.of("metadata"));
        var refund = find("refunds", call.part("id"), "refund");
        if (form.path("metadata").isObject())
            ((ObjectNode) refund.get("metadata")).setAll((ObjectNode) form.get("metadata"));
        state.put("refunds", call.part("id"), refund);
        emit("refund.updated", refund, idempotencyKey(call));
        return ok(refund, form);
    }

    private Answer cancelRefund(Call call) {
        form(call, Set.of());
        var refund = find("refunds", call.part("id"), "refund");
        throw StripeError.refused(
                "A refund with status " + refund.path("status").asText() + " cannot be canceled.");
    }

    private Answer updateDispute(Call call) {
        var form = form(call, Set.of("evidence", "metadata", "submit"));
        var dispute = openDispute(call);
        return ok(book.answerDispute(dispute, form), form);
    }

    private Answer closeDispute(Call call) {
        var form = form(call, Set.of());
        var dispute = openDispute(call);
        book.closeDispute(dispute, "lost");
        return ok(dispute, form);
    }

    private ObjectNode openDispute(Call call) {
        var dispute = find("disputes", call.part("id"), "dispute");
        if (Set.of("won", "lost", "warning_closed", "prevented")
                .contains(dispute.path("status").asText()))
            throw StripeError.refused("This dispute is already closed.");
        return dispute;
    }

    private Answer expire(Call call) {
        var form = form(call, Set.of());
        return ok(book.expire(find("checkout_sessions", call.part("id"), "session")), form);
    }

    private Answer balance() {
        return ok(balances(), Json.of());
    }

    private ObjectNode balances() {
        var available = Json.array(Stream.empty());
        state.toJson()
                .path("balance")
                .properties()
                .forEach(
                        entry ->
                                available.add(
                                        Json.of(
                                                "amount", entry.getValue().path("available"),
                                                "currency", entry.getKey())));
        return Json.of(
                "object",
                "balance",
                "available",
                available,
                "livemode",
                false,
                "pending",
                List.of());
    }

    private Answer list(Call call, String kind) {
        var more =
                kind.equals("checkout_session") ? Set.of("status", "customer") : Set.<String>of();
        known(call.query(), LISTING, more);
        var matching = matching(call, kind).toList();
        var start =
                Json.text(call.query(), "starting_after")
                        .map(after -> ids(matching).indexOf(after) + 1)
                        .orElse(0);
        var limit = Math.min(100, positive(call.query(), "limit").orElse(10L));
        var page = matching.stream().skip(start).limit(limit).toList();
        return ok(
                Json.of(
                        "object",
                        "list",
                        "data",
                        page,
                        "has_more",
                        matching.size() > start + page.size(),
                        "url",
                        call.path()),
                call.query());
    }

    private Stream<ObjectNode> matching(Call call, String kind) {
        var intent =
                Json.text(call.query(), "payment_intent")
                        .or(
                                () ->
                                        Json.text(call.query(), "charge")
                                                .map(id -> id.replaceFirst("^ch_", "pi_")));
        var found =
                intent.isPresent()
                        ? book.belonging(kind + "s", intent.get()).toList()
                        : state.all(kind + "s").toList();
        return found.reversed().stream()
                .sorted(
                        Comparator.<ObjectNode>comparingLong(one -> one.path("created").asLong())
                                .reversed());
    }

    private static List<String> ids(List<ObjectNode> objects) {
        return objects.stream().map(one -> one.path("id").asText()).toList();
    }

    private void emit(String type, JsonNode object, Optional<String> key) {
        var id = "evt_" + stage.next("events");
        var event = StripeObjects.event(id, type, object.deepCopy(), key, stage.now());
        state.put("events", id, event);
        stage.emit(StripeObjects.envelope(event, stage.now()));
        stage.webhookAddress()
                .ifPresent(
                        uri ->
                                stage.webhooks()
                                        .send(
                                                Json.of(
                                                        "id", id,
                                                        "uri", uri.toString(),
                                                        "body", event.toString()),
                                                this::sign));
    }

    private Map<String, String> sign(JsonNode delivery, Instant at) {
        var time = at.getEpochSecond();
        var signed = time + "." + delivery.path("body").asText();
        var v1 = Signature.hex(stage.secret().path("webhookSecret").asText(), signed);
        return Map.of(
                "Content-Type", "application/json; charset=utf-8",
                "User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
                "Stripe-Signature", "t=" + time + ",v1=" + v1);
    }

    private void byHand(ObjectNode intent, long amount) {
        book.refund(book.charge(intent), amount, Json.of(), Optional.empty());
    }

    private ObjectNode pending(ObjectNode intent) {
        return book.belonging("refunds", intent.path("id").asText())
                .filter(refund -> refund.path("status").asText().equals("pending"))
                .findFirst()
                .orElseThrow(() -> new Fields.Invalid("no pending refund"));
    }

    private ObjectNode last(ObjectNode intent, String collection) {
        return book.belonging(collection, intent.path("id").asText())
                .reduce((_, later) -> later)
                .orElseThrow(() -> new Fields.Invalid("none of the " + collection + " is there"));
    }

    private void get(Routes routes, String path, String kind) {
        Function<Call, Answer> handler =
                call -> {
                    known(call.query(), Set.of("expand"), Set.of("client_secret"));
                    return ok(find(kind + "s", call.part("id"), kind), call.query());
                };
        routes.on("GET", path, kind + "s.retrieve", guarded(handler));
    }

    private void list(Routes routes, String path, String kind) {
        routes.on("GET", path, kind + "s.list", guarded(call -> list(call, kind)));
    }

    private static void post(
            Routes routes, String path, String operation, Function<Call, Answer> handler) {
        routes.on("POST", path, operation, guarded(handler));
    }

    private static Function<Call, Answer> guarded(Function<Call, Answer> handler) {
        return call -> {
            try {
                return handler.apply(call);
            } catch (StripeError refusal) {
                return refusal.answer();
            }
        };
    }

    private ObjectNode find(String collection, String id, String param) {
        var kind = collection.substring(0, collection.length() - 1);
        return state.get(collection, id).orElseThrow(() -> StripeError.missing(kind, id, param));
    }

    private static ObjectNode form(Call call, Set<String> allowed) {
        var form = call.form();
        known(form, allowed, Set.of("expand"));
        return form;
    }

    private static void known(JsonNode form, Set<String> allowed, Set<String> also) {
        form.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!allowed.contains(name) && !also.contains(name))
                                throw StripeError.invalid(
                                        "parameter_unknown",
                                        "Received unknown parameter: " + name,
                                        name);
                        });
    }

    private static void oneOf(String param, Optional<String> value, Set<String> allowed) {
        if (value.isPresent() && !allowed.contains(value.get()))
            throw StripeError.invalid(
                    "parameter_invalid_string_empty",
                    "Invalid " + param + ": must be one of " + String.join(", ", allowed),
                    param);
    }

    private static Optional<Long> positive(JsonNode form, String param) {
        var text = Json.text(form, param);
        if (text.isEmpty()) return Optional.empty();
        if (!text.get().matches("-?\\d{1,18}"))
            throw StripeError.invalid(
                    "parameter_invalid_integer", "Invalid integer: " + text.get(), param);
        var number = Long.parseLong(text.get());
        if (number < 1)
            throw StripeError.invalid(
                    "parameter_invalid_integer",
                    "This value must be greater than or equal to 1.",
                    param);
        return Optional.of(number);
    }

    private Answer ok(ObjectNode object, JsonNode asked) {
        var paths =
                asked.path("expand").isArray() ? asked.path("expand") : Json.array(Stream.empty());
        paths.forEach(path -> expand(object, List.of(path.asText().split("\\.")), path.asText()));
        return Answer.json(200, object).with("Request-Id", "req_" + stage.now().toEpochMilli());
    }

    private void expand(JsonNode object, List<String> path, String whole) {
        var name = path.getFirst();
        var rest = path.subList(1, path.size());
        if (object.path(name) instanceof ArrayNode items && !rest.isEmpty())
            items.forEach(item -> expand(item, rest, whole));
        else if (object.path(name).isTextual()) {
            var id = object.path(name).asText();
            var collection =
                    Optional.ofNullable(COLLECTION_BY_PREFIX.get(id.replaceFirst("_.*", "")))
                            .orElseThrow(() -> notExpandable(whole));
            ((ObjectNode) object).set(name, find(collection, id, name));
            if (!rest.isEmpty()) expand(object.path(name), rest, whole);
        } else if (!object.path(name).isNull()) throw notExpandable(whole);
    }

    private static StripeError notExpandable(String path) {
        return StripeError.invalid(
                "parameter_invalid", "This property cannot be expanded (" + path + ").", "expand");
    }

    private static Optional<Answer> refusal(int status, String message) {
        return Optional.of(error(status, message, Json.of()));
    }

    private static Answer error(int status, String message, ObjectNode more) {
        var error = Json.of("message", message, "type", "invalid_request_error");
        return Answer.json(status, Json.of("error", error.setAll(more))).unkept();
    }
}
