package shop.unwind.paypal;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.connector.Platform;
import shop.unwind.http.Call;
import shop.unwind.http.Http;
import shop.unwind.http.Reply;
import shop.unwind.json.Json;
import shop.unwind.problem.Misconfigured;
import shop.unwind.secrets.Tokens.Token;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** PayPal's REST API under the token in force. Errors become problems. */
final class RestApi {
    private static final String SCOPE = "https://uri.paypal.com/services/";
    private static final Map<String, String> NEEDED =
            Map.of(
                    SCOPE + "payments/refund", "refunds",
                    SCOPE + "disputes/read-seller", "disputes");

    private final Platform platform;
    private final Http http;

    RestApi(Platform platform) {
        this.platform = platform;
        this.http = platform.http("https://api-m.paypal.com");
    }

    /**
     * A question that changes nothing.
     *
     * @param field that the answer cannot be without
     */
    JsonNode ask(String path, String field) {
        var reply = accepted(send(Call.get(path)));
        var answer = reply.json();
        if (!answer.has(field)) throw reply.unclear("no " + field);
        return answer;
    }

    /** A question whose answer is a list; where there is nothing to list it may be bare. */
    JsonNode list(String path) {
        var reply = accepted(send(Call.get(path)));
        var answer = reply.json();
        if (!answer.isObject() || answer.has("debug_id")) throw reply.unclear("no list");
        return answer;
    }

    /**
     * A call after whose lost answer we are unsure.
     *
     * @param requestId under which PayPal does it once within 45 days
     */
    JsonNode change(String path, Object body, String requestId) {
        return change(Call.post(path).json(body), requestId);
    }

    /** The same without a body; PayPal may answer without one, too. */
    JsonNode change(String path, String requestId) {
        return change(Call.post(path).header("Content-Type", "application/json"), requestId);
    }

    private JsonNode change(Call call, String requestId) {
        var reply =
                accepted(
                        send(
                                call.header("PayPal-Request-Id", requestId)
                                        .header("Prefer", "return=representation")));
        return reply.status() == 204 ? Json.object() : reply.json();
    }

    /**
     * Proves credentials and the app's features by a new token.
     *
     * @throws Misconfigured naming the feature that is missing
     */
    void prove() {
        var scopes = List.of(grant().path("scope").asText().split(" ", -1));
        NEEDED.forEach(
                (scope, feature) -> {
                    if (!scopes.contains(scope))
                        throw new Misconfigured("PayPal app: tick the feature " + feature);
                });
    }

    /** A token that was revoked or ran out is replaced once. */
    private Reply send(Call call) {
        var token = platform.tokens().current(_ -> issue());
        var reply = send(call, token);
        if (reply.status() != 401) return reply;
        return send(call, platform.tokens().renewed(token, _ -> issue()));
    }

    private Reply send(Call call, Token token) {
        return http.send(call.header("Authorization", "Bearer " + token.access()));
    }

    private static Reply accepted(Reply reply) {
        if (reply.status() / 100 == 2) return reply;
        throw PayPalProblems.of(reply);
    }

    /** Client credentials grant: valid about nine hours, no refresh token. */
    private Token issue() {
        var answer = grant();
        var life = Duration.ofSeconds(answer.path("expires_in").asLong());
        return new Token(
                answer.path("access_token").asText(), "", platform.clock().instant().plus(life));
    }

    private JsonNode grant() {
        var call =
                Call.post("/v1/oauth2/token")
                        .form(Map.of("grant_type", "client_credentials"))
                        .header("Authorization", "Basic " + credentials())
                        .asking();
        var reply = http.send(call);
        if (reply.status() == 400 || reply.status() == 401)
            throw new Misconfigured(
                    "secret unwind/paypal: PayPal turns clientId and clientSecret away; are they"
                            + " of the environment (live, sandbox) that baseUrl names?");
        var answer = accepted(reply).json();
        if (!answer.path("access_token").isTextual()) throw reply.unclear("no token");
        return answer;
    }

    private String credentials() {
        var pair =
                platform.secret("clientId").value() + ":" + platform.secret("clientSecret").value();
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
