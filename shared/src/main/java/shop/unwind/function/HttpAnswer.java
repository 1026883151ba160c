package shop.unwind.function;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.json.Json;

/**
 * An answer to an HTTP request.
 *
 * @param body JSON; a missing node for none
 */
public record HttpAnswer(int status, JsonNode body) {

    public static HttpAnswer empty(int status) {
        return new HttpAnswer(
                status, com.fasterxml.jackson.databind.node.MissingNode.getInstance());
    }

    JsonNode asJson() {
        var answer = Json.object().put("statusCode", status);
        var headers = answer.putObject("headers");
        headers.put("cache-control", "no-store");
        headers.put("x-content-type-options", "nosniff");
        if (!body.isMissingNode()) {
            headers.put("content-type", "application/json");
            answer.put("body", Json.write(body));
        }
        return answer;
    }
}
