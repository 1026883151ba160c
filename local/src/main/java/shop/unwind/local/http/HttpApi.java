package shop.unwind.local.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;

import shop.unwind.local.lambda.Invocation;
import shop.unwind.local.lambda.Lambda;
import shop.unwind.local.template.Template;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** API Gateway's HTTP API: routes to functions, payload format 2.0. */
public final class HttpApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final int MOST_BYTES = 10 * 1024 * 1024;
    private static final List<String> FRAMING =
            List.of("connection", "content-length", "transfer-encoding");

    private final Router router;
    private final Optional<Cors> cors;
    private final Lambda lambda;
    private final InstantSource clock;

    public HttpApi(
            List<Template.Route> routes,
            Optional<Template.Cors> cors,
            Lambda lambda,
            InstantSource clock) {
        this.router = new Router(routes);
        this.cors = cors.map(Cors::new);
        this.lambda = lambda;
        this.clock = clock;
    }

    Reply answer(HttpExchange exchange, byte[] body) {
        var id = UUID.randomUUID().toString();
        return answer(exchange, body, id).with("Apigw-Requestid", id);
    }

    private Reply answer(HttpExchange exchange, byte[] body, String id) {
        if (cors.isEmpty()) return routed(exchange, body, id);
        var asked = exchange.getRequestHeaders();
        return cors.get().isPreflight(exchange.getRequestMethod(), asked)
                ? cors.get().preflight(asked)
                : cors.get().allowed(asked, routed(exchange, body, id));
    }

    static Reply malformed() {
        return message(400, "Bad Request");
    }

    static Reply tooLong() {
        return message(413, "Request Entity Too Large");
    }

    private Reply routed(HttpExchange exchange, byte[] body, String id) {
        var match = router.match(exchange.getRequestMethod(), ProxyEvent.path(exchange));
        if (match.isEmpty()) return message(404, "Not Found");
        var event = ProxyEvent.of(exchange, body, match.get(), id, clock.instant());
        return switch (lambda.invoke(match.get().route().function(), event.toString())) {
            case Invocation.Answered(var payload) -> reply(payload);
            case Invocation.Failed _ -> message(500, "Internal Server Error");
        };
    }

    private static Reply reply(String payload) {
        try {
            var answer = JSON.readTree(payload);
            return answer.has("statusCode")
                    ? reply(answer)
                    : Reply.json(200, "application/json", answer);
        } catch (JsonProcessingException | IllegalArgumentException _) {
            return message(500, "Internal Server Error");
        }
    }

    private static Reply reply(JsonNode answer) {
        var headers = new ArrayList<Map.Entry<String, String>>();
        for (var header : answer.path("headers").properties())
            if (!FRAMING.contains(header.getKey().toLowerCase(Locale.ROOT)))
                headers.add(Map.entry(header.getKey(), header.getValue().asText()));
        for (var cookie : answer.path("cookies"))
            headers.add(Map.entry("Set-Cookie", cookie.asText()));
        if (headers.stream().noneMatch(header -> header.getKey().equalsIgnoreCase("content-type")))
            headers.add(Map.entry("Content-Type", "text/plain;charset=UTF-8"));
        return new Reply(answer.path("statusCode").asInt(500), headers, body(answer));
    }

    private static byte[] body(JsonNode answer) {
        var body = answer.path("body").asText("");
        return answer.path("isBase64Encoded").asBoolean()
                ? Base64.getDecoder().decode(body)
                : body.getBytes(StandardCharsets.UTF_8);
    }

    private static Reply message(int status, String message) {
        return Reply.json(
                status, "application/json", JSON.createObjectNode().put("message", message));
    }
}
