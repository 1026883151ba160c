package shop.unwind.square;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.connector.Platform;
import shop.unwind.http.Call;
import shop.unwind.http.Http;
import shop.unwind.http.Reply;
import shop.unwind.problem.Misconfigured;
import shop.unwind.secrets.Tokens.Token;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Square's API under the token in force: the secret's {@code accessToken}, or one issued for its
 * {@code refreshToken}. Errors become problems, also those in an answer of 200.
 */
final class RestApi {
    /** The last version whose inventory changes have one {@code location_id}. */
    static final String VERSION = "2026-05-20";

    /** Square advises to renew at least every 7 days, though a token lives 30. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private final Platform platform;
    private final Http http;

    RestApi(Platform platform) {
        this.platform = platform;
        this.http = platform.http("https://connect.squareup.com");
    }

    /**
     * A question that changes nothing.
     *
     * @param field the object that the answer cannot be without
     */
    JsonNode ask(String path, String field) {
        return object(accepted(Call.get(path)), field);
    }

    /** A question whose answer is a list; where there is nothing to list it may be bare. */
    JsonNode list(String path) {
        return bare(accepted(Call.get(path)));
    }

    /** The same, asked by a body. */
    JsonNode list(String path, Map<String, ?> body) {
        return bare(accepted(Call.post(path).json(body).asking()));
    }

    /** A call after whose lost answer we are unsure. */
    JsonNode create(String path, Map<String, ?> body, String field) {
        return object(accepted(Call.post(path).json(body)), field);
    }

    /** The same without a body. */
    JsonNode create(String path, String field) {
        var call = Call.post(path).header("Content-Type", "application/json");
        return object(accepted(call), field);
    }

    JsonNode update(String path, Map<String, ?> body, String field) {
        return object(accepted(Call.put(path).json(body)), field);
    }

    static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    /** A refund that failed stands beside the errors that say why. */
    private static JsonNode object(Reply reply, String field) {
        var answer = reply.json();
        if (!answer.path(field).isContainerNode()) throw reply.unclear("no " + field);
        return answer.path(field);
    }

    private static JsonNode bare(Reply reply) {
        var answer = reply.json();
        if (!answer.isObject() || !answer.path("errors").isEmpty())
            throw reply.unclear("errors, or no list");
        return answer;
    }

    private Reply accepted(Call call) {
        var reply = send(call.header("Square-Version", VERSION));
        if (reply.status() / 100 == 2) return reply;
        throw SquareProblems.of(reply);
    }

    /** A token that was revoked or ran out is replaced once. */
    private Reply send(Call call) {
        var fixed = platform.optionalSecret("accessToken");
        if (fixed.isPresent()) return http.send(call.bearer(fixed.get()));
        var token = platform.tokens().current(this::issue);
        var reply = send(call, token);
        if (reply.status() != 401) return reply;
        return send(call, platform.tokens().renewed(token, this::issue));
    }

    private Reply send(Call call, Token token) {
        return http.send(call.header("Authorization", "Bearer " + token.access()));
    }

    /** Some grants answer with a new refresh token, which then counts. */
    private Token issue(Optional<Token> last) {
        var refresh =
                last.map(Token::refresh)
                        .filter(text -> !text.isBlank())
                        .orElseGet(() -> platform.secret("refreshToken").value());
        var answer = grant(refresh);
        return new Token(
                answer.path("access_token").asText(),
                answer.path("refresh_token").asText(refresh),
                end(answer));
    }

    private Instant end(JsonNode answer) {
        var latest = platform.clock().instant().plus(LONGEST);
        try {
            var named = Instant.parse(answer.path("expires_at").asText());
            return named.isBefore(latest) ? named : latest;
        } catch (DateTimeException unnamed) {
            return latest;
        }
    }

    private JsonNode grant(String refresh) {
        var call =
                Call.post("/oauth2/token")
                        .json(
                                Map.of(
                                        "client_id",
                                        platform.secret("clientId").value(),
                                        "client_secret",
                                        platform.secret("clientSecret").value(),
                                        "grant_type",
                                        "refresh_token",
                                        "refresh_token",
                                        refresh))
                        .header("Square-Version", VERSION)
                        .asking();
        var reply = http.send(call);
        if (reply.status() == 400 || reply.status() == 401)
            throw new Misconfigured(
                    "secret unwind/square: Square turns clientId, clientSecret or refreshToken"
                            + " away; are they of the environment that baseUrl names?");
        if (reply.status() / 100 != 2) throw SquareProblems.of(reply);
        var answer = reply.json();
        if (!answer.path("access_token").isTextual()) throw reply.unclear("no token");
        return answer;
    }
}
