package shop.unwind.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.json.Json;
import shop.unwind.log.Log;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Answers an HTTP API route (payload format 2.0). A request that cannot be right is answered 4xx
 * with a sentence that says what was expected; everything else that goes wrong is a 500, so that
 * the sender sends again.
 */
public abstract class HttpFunction extends JsonFunction {
    /** No sender of ours comes near it; what is larger is not read at all. */
    private static final int LARGEST_BODY = 1_000_000;

    @Override
    protected final Object answer(JsonNode event, Context context, Log log) {
        try {
            return respond(request(event), log).asJson();
        } catch (BadRequest bad) {
            return turnedAway(bad.status(), bad, log);
        } catch (IllegalArgumentException malformed) {
            return turnedAway(400, malformed, log);
        }
    }

    private static JsonNode turnedAway(int status, RuntimeException why, Log log) {
        log.info("turned away: " + why.getMessage());
        return new HttpAnswer(status, Json.object().put("error", why.getMessage())).asJson();
    }

    /**
     * Answers one request.
     *
     * @throws BadRequest for what cannot be right
     */
    protected abstract HttpAnswer respond(HttpRequest request, Log log);

    private static HttpRequest request(JsonNode event) {
        var http = event.path("requestContext").path("http");
        var body = body(event);
        if (body.length > LARGEST_BODY) throw new BadRequest(413, "the body is too large");
        return new HttpRequest(
                http.path("method").asText(),
                event.path("rawPath").asText(),
                texts(event.path("pathParameters")),
                texts(event.path("queryStringParameters")),
                texts(event.path("headers")),
                body);
    }

    private static byte[] body(JsonNode event) {
        var text = event.path("body").asText("");
        return event.path("isBase64Encoded").asBoolean()
                ? Base64.getDecoder().decode(text)
                : text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> texts(JsonNode object) {
        var texts = new HashMap<String, String>();
        object.properties()
                .forEach(
                        field ->
                                texts.put(
                                        field.getKey().toLowerCase(Locale.ROOT),
                                        field.getValue().asText()));
        return Map.copyOf(texts);
    }
}
