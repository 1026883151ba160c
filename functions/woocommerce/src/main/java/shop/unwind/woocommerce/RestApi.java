package shop.unwind.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.connector.Platform;
import shop.unwind.http.Call;
import shop.unwind.http.Http;
import shop.unwind.http.Reply;
import shop.unwind.json.Json;
import shop.unwind.log.Redaction;
import shop.unwind.problem.Misconfigured;
import shop.unwind.problem.NotFound;
import shop.unwind.problem.Problem;
import shop.unwind.problem.Refused;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The REST API of one shop: keys, errors, and answers of its host that are no JSON. */
final class RestApi {
    private static final String ROOT = "/wp-json/wc/v3";

    /** Wrong amount, or the gateway said no: final, though it comes as a server error. */
    private static final String NO_REFUND = "woocommerce_rest_cannot_create_order_refund";

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Platform platform;
    private final String address;
    private final Http http;

    RestApi(Platform platform) {
        this.platform = platform;
        this.address = platform.baseUrl(platform.optional("store").orElse(""));
        this.http = new Http(address);
    }

    /** An object. */
    JsonNode ask(String path) {
        var reply = send(Call.get(ROOT + path));
        var answer = reply.json();
        if (!answer.isObject()) throw reply.unclear("no object");
        return answer;
    }

    /** A list. */
    List<JsonNode> list(String path) {
        var reply = send(Call.get(ROOT + path));
        var answer = reply.json();
        if (!answer.isArray()) throw reply.unclear("no list");
        return answer.valueStream().toList();
    }

    JsonNode create(String path, Map<String, ?> content) {
        return changed(Call.post(ROOT + path).json(content));
    }

    JsonNode update(String path, Map<String, ?> content) {
        return changed(Call.put(ROOT + path).json(content));
    }

    private JsonNode changed(Call call) {
        var reply = send(call);
        var answer = reply.json();
        if (!answer.path("id").isIntegralNumber()) throw reply.unclear("nothing that has an id");
        return answer;
    }

    private Reply send(Call call) {
        checkAddress();
        var reply = http.send(authorised(call));
        if (reply.status() / 100 != 2) throw problem(reply);
        return reply;
    }

    /** Without TLS the keys would travel in the clear. */
    private void checkAddress() {
        var at = URI.create(address);
        var safe = "https".equals(at.getScheme());
        var local = "http".equals(at.getScheme()) && THIS_MACHINE.contains(at.getHost());
        if (!safe && !local)
            throw new Misconfigured(
                    "store document: platforms.woocommerce.store: the shop's address was expected,"
                            + " beginning with https://");
    }

    /** Some hosts take the header away; the keys then go into the query, where TLS hides them. */
    private Call authorised(Call call) {
        var key = platform.secret("consumerKey").value();
        var secret = platform.secret("consumerSecret").value();
        if (platform.settings().path("keysInQuery").asBoolean()) {
            var keys = new LinkedHashMap<String, String>();
            keys.put("consumer_key", key);
            keys.put("consumer_secret", secret);
            return call.hidden(keys);
        }
        var pair = (key + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return call.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    private static Problem problem(Reply reply) {
        return error(reply).map(error -> problem(reply, error)).orElseGet(() -> foreign(reply));
    }

    private static Problem problem(Reply reply, JsonNode error) {
        var code = Redaction.clean(error.path("code").asText());
        return switch (reply.status()) {
            case 400, 409, 422 -> refused(code, error);
            case 401 ->
                    new Misconfigured(
                            "secret unwind/woocommerce: the shop turns its keys away ("
                                    + code
                                    + "); if its host takes the header away, set keysInQuery");
            case 403 ->
                    new Misconfigured(
                            "secret unwind/woocommerce: the key needs Read/Write, its user the"
                                    + " rights of a shop manager");
            case 404 -> code.equals("rest_no_route") ? noApi() : new NotFound(reply.call().path());
            case 500 -> code.equals(NO_REFUND) ? refused(code, error) : Http.problem(reply);
            default -> Http.problem(reply);
        };
    }

    /** Pages of the host, a firewall or a security plugin: none says what became of the call. */
    private static Problem foreign(Reply reply) {
        return switch (reply.status()) {
            case 404 -> reply.call().changes() ? reply.unclear("a page") : noApi();
            case 401, 429 -> Http.problem(reply);
            default -> reply.unclear("a page of the shop's host");
        };
    }

    private static Misconfigured noApi() {
        return new Misconfigured(
                "store document: platforms.woocommerce.store: no REST API answers there; are pretty"
                        + " permalinks on?");
    }

    /** A gateway may repeat what it was sent, and these words reach the log. */
    private static Refused refused(String code, JsonNode error) {
        return new Refused(code, Redaction.clean(error.path("message").asText()));
    }

    /** The error as WordPress writes it; empty when something else answered. */
    private static Optional<JsonNode> error(Reply reply) {
        var type = reply.header().apply("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.contains("json")) return Optional.empty();
        try {
            return Optional.<JsonNode>of(Json.parse(reply.body()))
                    .filter(error -> error.path("code").isTextual());
        } catch (Json.Malformed unreadable) {
            return Optional.empty();
        }
    }

    /** A field that shows on no page of the shop. */
    static Map<String, String> meta(String key, String value) {
        return Map.of("key", key, "value", value);
    }
}
