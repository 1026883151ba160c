package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Shopify's Admin API of one shop: client credentials, and GraphQL 2026-10 with costs, 2,000 points
 * at most and 100 restored each second. A cancelled order keeps a refund record of its lines even
 * when no money moves. Refunds through the gateway {@code stripe} are made at the sandbox's Stripe.
 */
final class Shopify implements Platform {
    static final String VERSION = "2026-10";
    static final String SHOP = "acrylic-house.myshopify.com";
    private static final String GRAPHQL = "/admin/api/" + VERSION + "/graphql.json";
    private static final Duration TOKEN_LIFE = Duration.ofDays(1);

    private final Stage stage;
    private final State state;
    private final ShopifyBook book;
    private final ShopifyWebhooks webhooks;
    private final GraphTypes types;
    private final RateLimit points;
    private final Routes routes;

    Shopify(Stage stage, Map<String, ? extends Gateway> gateways) {
        this.stage = stage;
        this.state = stage.state();
        this.webhooks = new ShopifyWebhooks(stage);
        this.book = new ShopifyBook(stage, Map.copyOf(gateways), webhooks::emit);
        this.types = new ShopifyTypes(book).types();
        new ShopifyMutations(stage, book).addTo(types);
        this.points = stage.limit(2000, 100);
        this.routes =
                new Routes()
                        .on("POST", GRAPHQL, "graphql", this::graphql)
                        .on("POST", "/admin/oauth/access_token", "access_token", this::token);
    }

    @Override
    public String name() {
        return "shopify";
    }

    @Override
    public Routes routes() {
        return routes;
    }

    @Override
    public String operation(Routes.Route route) {
        if (!route.operation().equals("graphql")) return route.operation();
        try {
            return document(route.call()).name();
        } catch (GraphError _) {
            return "graphql";
        }
    }

    @Override
    public boolean isQuestion(Routes.Route route) {
        if (!route.operation().equals("graphql")) return false;
        try {
            return !document(route.call()).isMutation();
        } catch (GraphError _) {
            return false;
        }
    }

    @Override
    public Optional<Answer> refuse(Call call) {
        if (!call.path().equals(GRAPHQL)) return Optional.empty();
        var known =
                call.header("x-shopify-access-token")
                        .flatMap(token -> state.get("tokens", token))
                        .map(token -> Instant.parse(token.path("expiresAt").asText()))
                        .filter(stage.now()::isBefore);
        if (known.isEmpty())
            return Optional.of(
                    plain(
                            401,
                            "[API] Invalid API key or access token (unrecognized login or wrong"
                                    + " password)"));
        if (!call.isJson()) return Optional.of(plain(415, "Unsupported media type"));
        return Optional.empty();
    }

    @Override
    public Answer unknown(Call call) {
        return plain(404, "Not Found");
    }

    @Override
    public Answer broken() {
        return errors(
                        new GraphError(
                                "INTERNAL_SERVER_ERROR",
                                "Internal error. Looks like something went wrong on our end."))
                .status(500);
    }

    @Override
    public Answer throttled() {
        return errors(new GraphError("THROTTLED", "Throttled"));
    }

    @Override
    public Optional<String> idempotencyKey(Call call) {
        if (!call.path().equals(GRAPHQL)) return Optional.empty();
        try {
            var document = document(call);
            return document.isMutation()
                    ? document.key().filter(key -> !key.isBlank())
                    : Optional.empty();
        } catch (GraphError _) {
            return Optional.empty();
        }
    }

    @Override
    public Answer keyInUse(Call call, String key) {
        return userError(call, "This request is currently in progress, please try again.");
    }

    @Override
    public Answer keyMismatch(Call call, String key) {
        return userError(
                call,
                "The same idempotency key cannot be used with different operation parameters.");
    }

    @Override
    public Optional<JsonNode> add(WorldOrder order) {
        return Optional.of(order)
                .filter(each -> each.storefront().equals("shopify"))
                .map(book::add);
    }

    /**
     * {@code ORDER/ACT} by order number: ship, cancel, fail-cancel, refund, return, dispute,
     * inquiry, escalate, close-dispute, capture, settle-refund, fail-refund, redeliver; also {@code
     * tokens/revoke} and {@code location/deactivate}.
     */
    @Override
    public JsonNode act(List<String> path, Fields input) {
        if (path.size() != 2) throw new Fields.Invalid("path: expected ORDER/ACT");
        return stage.alone(() -> act(path.getFirst(), path.getLast(), input));
    }

    private JsonNode act(String subject, String act, Fields input) {
        switch (subject + "/" + act) {
            case "tokens/revoke" ->
                    state.all("tokens")
                            .forEach(each -> state.remove("tokens", each.path("id").asText()));
            case "location/deactivate" -> state.put("locations", "inactive", Json.of("id", 9));
            case "location/activate" -> state.remove("locations", "inactive");
            default -> {
                var order =
                        book.order(ShopifyOrder.id(subject))
                                .orElseThrow(() -> new Fields.Invalid("no order " + subject));
                try {
                    act(order, act, input);
                } catch (ShopifyBook.UserError error) {
                    throw new Fields.Invalid(String.valueOf(error.getMessage()));
                }
            }
        }
        input.nothingElse();
        return state.get(ShopifyBook.ORDERS, String.valueOf(ShopifyOrder.id(subject)))
                .orElseGet(Json::of);
    }

    private void act(ObjectNode order, String act, Fields input) {
        switch (act) {
            case "ship" -> book.ship(order, input.optionalText("sku"), input.number("quantity", 1));
            case "capture" -> book.capture(order);
            case "fail-cancel" -> book.failCancel(order, input.text("words"));
            case "redeliver" -> webhooks.emitAgain(order);
            case "return" -> book.openReturn(order);
            case "settle-refund" -> book.settle(order, "SUCCESS");
            case "fail-refund" -> book.settle(order, "FAILURE");
            case "dispute", "inquiry" -> book.openDispute(order, act);
            case "escalate" -> book.escalate(order);
            case "close-dispute" ->
                    book.closeDispute(
                            order, input.word("status", "won", "won", "lost", "accepted"));
            case "refund" ->
                    book.refundByHand(order, input.number("amount"), input.text("note", ""));
            case "cancel" -> {
                if (ShopifyOrder.isCancelled(order))
                    throw new Fields.Invalid("it has been cancelled before");
                book.cancelNow(
                        order,
                        Json.of(
                                "reason", input.text("reason", "STAFF"),
                                "restock", input.flag("restock", true),
                                "refund", input.flag("refund", false)));
            }
            default -> throw new Fields.Invalid("no act " + act);
        }
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

    private Answer graphql(Call call) {
        try {
            var document = document(call);
            if (stage.limited() && !points.take(document.cost())) return throttled();
            return Answer.json(
                    200, Json.of("data", document.execute(), "extensions", cost(document.cost())));
        } catch (GraphError error) {
            return errors(error);
        }
    }

    private Answer userError(Call call, String message) {
        var error = new ShopifyBook.UserError("", message).json();
        var data = document(call).answerAll(Json.of("userErrors", List.of(error)));
        return Answer.json(200, Json.of("data", data)).unkept();
    }

    /**
     * @throws GraphError when it is not one, or not one that this API answers
     */
    private GraphQl document(Call call) {
        var body = call.json().orElseGet(Json::of);
        var query =
                Json.text(body, "query")
                        .orElseThrow(
                                () ->
                                        new GraphError(
                                                "BAD_REQUEST",
                                                "query: Required parameter missing or invalid"));
        return new GraphQl(types, ShopifyTypes.INPUTS, query, body.path("variables"));
    }

    private Answer token(Call call) {
        var form = call.isJson() ? call.json().orElseGet(Json::of) : call.form();
        var secret = stage.secret();
        if (!form.path("grant_type").asText().equals("client_credentials"))
            return oauthError(400, "unsupported_grant_type");
        if (!form.path("client_id").equals(secret.path("clientId"))
                || !form.path("client_secret").equals(secret.path("clientSecret")))
            return oauthError(401, "invalid_client");
        var number = stage.next("tokens") + "@" + stage.now();
        var token =
                "shpat_"
                        + UUID.nameUUIDFromBytes(number.getBytes(StandardCharsets.UTF_8))
                                .toString()
                                .replace("-", "");
        var until = stage.now().plus(TOKEN_LIFE).toString();
        state.put("tokens", token, Json.of("id", token, "expiresAt", until));
        return Answer.json(
                200,
                Json.of(
                        "access_token",
                        token,
                        "scope",
                        "read_orders,write_orders,read_customers",
                        "expires_in",
                        TOKEN_LIFE.toSeconds() - 1));
    }

    private static Answer oauthError(int status, String error) {
        return Answer.json(
                status, Json.of("error", error, "error_description", "The request was refused."));
    }

    private ObjectNode cost(int points) {
        var available = stage.limited() ? this.points.available() : this.points.maximum();
        var status =
                Json.of(
                        "maximumAvailable", (long) this.points.maximum(),
                        "currentlyAvailable", (long) available,
                        "restoreRate", (long) this.points.perSecond());
        return Json.of(
                "cost",
                Json.of(
                        "requestedQueryCost", points,
                        "actualQueryCost", points,
                        "throttleStatus", status));
    }

    private Answer errors(GraphError error) {
        var body = Json.of("errors", List.of(error.json()), "extensions", cost(0));
        return Answer.json(200, body).unkept();
    }

    private static Answer plain(int status, String message) {
        return Answer.json(status, Json.of("errors", message)).unkept();
    }

    /** The number at the end of a global id; -1 when there is none. */
    static long number(String gid) {
        var digits = gid.substring(gid.lastIndexOf('/') + 1);
        return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : -1;
    }
}
