package shop.unwind.function;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.json.Json;

import java.util.Map;
import java.util.Optional;

/**
 * A request as it came through the API.
 *
 * @param headers names in lower case, as are those of parameters
 * @param address who is connected to the API; no header says so, since anybody can write one
 * @param body the raw bytes that were sent, before any decoding
 */
public record HttpRequest(
        String method,
        String path,
        Map<String, String> pathParameters,
        Map<String, String> query,
        Map<String, String> headers,
        String address,
        byte[] body) {

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /**
     * The body as JSON.
     *
     * @throws BadRequest 400 when it is none
     */
    public JsonNode json() {
        try {
            return Json.parse(body);
        } catch (Json.Malformed malformed) {
            throw new BadRequest(400, "body: " + malformed.getMessage());
        }
    }

    /**
     * A header that the sender always sets.
     *
     * @throws BadRequest 401 without it: signatures travel in headers
     */
    public String signed(String name) {
        return header(name)
                .orElseThrow(() -> new BadRequest(401, "header " + name + " was expected"));
    }
}
