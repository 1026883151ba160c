package shop.unwind.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;

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
    /** No platform of ours comes near it. */
    private static final int LARGEST_BODY = 1_000_000;

    @Override
    protected final Object answer(JsonNode event, Context context, Log log) {
        try {
            return respond(request(event), log).asJson();
        } catch (BadRequest bad) {
            return turnedAway(bad, log);
        } catch (IllegalArgumentException malformed) {
            return turnedAway(new BadRequest(400, String.valueOf(malformed.getMessage())), log);
        }
    }

    private static JsonNode turnedAway(BadRequest bad, Log log) {
        log.info("turned away: " + bad.logged());
        return bad.answer().asJson();
    }

    /**
     * Answers one request.
     *
     * @throws BadRequest for what cannot be right
     */
    protected abstract HttpAnswer respond(HttpRequest request, Log log);

    /** The most bytes that a body may have; what is larger is not read at all. */
    protected int largestBody() {
        return LARGEST_BODY;
    }

    private HttpRequest request(JsonNode event) {
        var http = event.path("requestContext").path("http");
        var body = body(event);
        if (body.length > largestBody())
            throw new BadRequest(413, "body: at most " + largestBody() + " bytes were expected");
        return new HttpRequest(
                http.path("method").asText(),
                event.path("rawPath").asText(),
                texts(event.path("pathParameters")),
                texts(event.path("queryStringParameters")),
                texts(event.path("headers")),
                http.path("sourceIp").asText(),
                body);
    }

    private static byte[] body(JsonNode event) {
        var text = event.path("body").asText("");
        if (!event.path("isBase64Encoded").asBoolean())
            return text.getBytes(StandardCharsets.UTF_8);
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException lie) {
            throw new BadRequest(400, "body: Base64 was expected");
        }
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
