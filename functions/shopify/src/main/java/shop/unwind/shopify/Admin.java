package shop.unwind.shopify;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.connector.Platform;
import shop.unwind.http.Call;
import shop.unwind.http.Http;
import shop.unwind.http.Reply;
import shop.unwind.log.Redaction;
import shop.unwind.problem.Misconfigured;
import shop.unwind.problem.Problem;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Throttled;
import shop.unwind.problem.Unsure;
import shop.unwind.secrets.Tokens.Token;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The Admin GraphQL endpoint: token, errors and costs. Answers are the {@code data} object. */
final class Admin {
    private static final String PATH = "/admin/api/2026-10/graphql.json";
    private static final String TOKEN_PATH = "/admin/oauth/access_token";

    private final Platform platform;
    private final Http http;

    Admin(Platform platform) {
        this.platform = platform;
        this.http =
                platform.http("https://" + platform.optional("shop").orElse("") + ".myshopify.com");
    }

    /** A document of ours, by the name of its file. */
    static String document(String name) {
        try (var text =
                Objects.requireNonNull(
                        Admin.class.getResourceAsStream("/shopify/" + name + ".graphql"))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A query. */
    JsonNode ask(String document, Map<String, ?> variables) {
        return data(send(call(document, variables).asking()));
    }

    /** A mutation: when its answer is lost or unreadable, whether it took effect is unknown. */
    JsonNode change(String document, Map<String, ?> variables) {
        return data(send(call(document, variables)));
    }

    private static Call call(String document, Map<String, ?> variables) {
        return Call.post(PATH).json(Map.of("query", document, "variables", variables));
    }

    private Reply send(Call call) {
        var fixed = platform.optionalSecret("accessToken");
        if (fixed.isPresent()) return accepted(send(call, fixed.get().value()));
        var token = platform.tokens().current(_ -> issue());
        var reply = send(call, token.access());
        if (reply.status() != 401) return accepted(reply);
        return accepted(send(call, platform.tokens().renewed(token, _ -> issue()).access()));
    }

    private Reply send(Call call, String token) {
        return http.send(call.header("X-Shopify-Access-Token", token));
    }

    private static Reply accepted(Reply reply) {
        if (reply.status() == 401)
            throw new Misconfigured(
                    "secret unwind/shopify: Shopify turns its token away; is the app still"
                            + " installed?");
        if (reply.status() == 404) throw noShop();
        if (reply.status() / 100 != 2) throw Http.problem(reply);
        return reply;
    }

    private static Misconfigured noShop() {
        return new Misconfigured(
                "setting shop: Shopify has no such shop, or no longer this API version (404)");
    }

    /** Client credentials grant: valid 24 hours, no refresh token. */
    private Token issue() {
        var form =
                Map.of(
                        "grant_type", "client_credentials",
                        "client_id", platform.secret("clientId").value(),
                        "client_secret", platform.secret("clientSecret").value());
        var reply = http.send(Call.post(TOKEN_PATH).form(form).asking());
        if (reply.status() == 400 || reply.status() == 401)
            throw new Misconfigured(
                    "secret unwind/shopify: Shopify turns clientId and clientSecret away");
        if (reply.status() == 404) throw noShop();
        if (reply.status() / 100 != 2) throw Http.problem(reply);
        var answer = reply.json();
        if (!answer.path("access_token").isTextual()) throw reply.unclear("no token");
        var life = Duration.ofSeconds(answer.path("expires_in").asLong());
        return new Token(
                answer.path("access_token").asText(), "", platform.clock().instant().plus(life));
    }

    /** Errors first: with them {@code data} may be there, and mean nothing. */
    private static JsonNode data(Reply reply) {
        var answer = reply.json();
        for (var error : answer.path("errors")) throw problem(reply, answer, error);
        if (!answer.path("data").isObject()) throw reply.unclear("no data");
        return answer.path("data");
    }

    /** A change that brought anything back may have taken effect, whatever the error. */
    private static Problem problem(Reply reply, JsonNode answer, JsonNode error) {
        var brought = answer.path("data").valueStream().anyMatch(part -> !part.isNull());
        if (reply.call().changes() && brought) return reply.unclear("data and an error");
        var code = error.path("extensions").path("code").asText("no code");
        return switch (code) {
            case "THROTTLED" -> new Throttled(pause(answer.path("extensions").path("cost")));
            case "ACCESS_DENIED" -> withheld(error);
            case "BAD_REQUEST",
                    "INVALID_VARIABLE",
                    "MAX_COST_EXCEEDED",
                    "argumentNotAccepted",
                    "undefinedField" ->
                    new Refused(code, words(error));
            default -> reply.unclear("the error " + Redaction.clean(code));
        };
    }

    /** A field that is withheld comes as null, as one that is empty does: the error tells. */
    private static Misconfigured withheld(JsonNode error) {
        var path = error.path("path");
        return new Misconfigured(
                "Shopify app: access to "
                        + path.path(path.size() - 1).asText("something")
                        + " is missing ("
                        + error.path("extensions")
                                .path("requiredAccess")
                                .asText("see Access in Shopify's documentation")
                        + "); for an e-mail address also protected customer data: email");
    }

    /** What is missing comes back at a fixed rate of points a second. */
    private static Duration pause(JsonNode cost) {
        var status = cost.path("throttleStatus");
        var missing =
                cost.path("requestedQueryCost").asLong()
                        - status.path("currentlyAvailable").asLong();
        var rate = Math.max(1, status.path("restoreRate").asLong(50));
        return Duration.ofSeconds(Math.max(1, Math.ceilDiv(missing, rate)));
    }

    /** Throws the first user error of a mutation, if there is any. */
    static void check(JsonNode payload, String field) {
        var error = userError(payload, field);
        if (error.isPresent()) throw error.get();
    }

    /** The first user error of a mutation. */
    static Optional<Problem> userError(JsonNode payload, String field) {
        var error = payload.path(field).path(0);
        return error.isMissingNode() ? Optional.empty() : Optional.of(userError(error));
    }

    /** A failure inside Shopify, or the same refund still under way there, is no clear no. */
    private static Problem userError(JsonNode error) {
        var code = error.path("code").asText("user error");
        var words = words(error);
        return code.equals("INTERNAL_ERROR") || words.contains("currently in progress")
                ? new Unsure("Shopify: " + words)
                : new Refused(code, words);
    }

    /** Shopify may repeat what it was sent, and these words reach the log. */
    private static String words(JsonNode error) {
        return Redaction.clean(error.path("message").asText());
    }
}
