package shop.unwind.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import shop.unwind.json.Json;

import java.util.HashMap;
import java.util.Map;

/**
 * An answer to an HTTP request.
 *
 * @param headers beside those that every answer has
 * @param body JSON; a missing node for none
 */
public record HttpAnswer(int status, Map<String, String> headers, JsonNode body) {

    public HttpAnswer(int status, JsonNode body) {
        this(status, Map.of(), body);
    }

    public static HttpAnswer empty(int status) {
        return new HttpAnswer(status, MissingNode.getInstance());
    }

    static HttpAnswer error(int status, String words) {
        return new HttpAnswer(status, Json.object().put("error", words));
    }

    HttpAnswer with(String header, String value) {
        var more = new HashMap<>(headers);
        more.put(header, value);
        return new HttpAnswer(status, Map.copyOf(more), body);
    }

    JsonNode asJson() {
        var answer = Json.object().put("statusCode", status);
        var all = answer.putObject("headers");
        all.put("cache-control", "no-store");
        all.put("x-content-type-options", "nosniff");
        headers.forEach(all::put);
        if (!body.isMissingNode()) {
            all.put("content-type", "application/json");
            answer.put("body", Json.write(body));
        }
        return answer;
    }
}
