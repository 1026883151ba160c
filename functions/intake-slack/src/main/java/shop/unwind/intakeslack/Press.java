package shop.unwind.intakeslack;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.function.BadRequest;
import shop.unwind.json.Json;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One press of a button.
 *
 * @param value what we gave the button
 * @param user who pressed it, such as {@code U0111}
 * @param at Slack's time stamp of the press, unique with the user
 */
record Press(String action, String value, String user, String at) {
    private static final String FIELD = "payload=";

    /**
     * Reads the form that Slack sends; empty for interactions that are no press of a button.
     *
     * @throws BadRequest 400 when it is no such form
     */
    static Optional<Press> of(byte[] body) {
        var payload = payload(new String(body, StandardCharsets.UTF_8));
        if (!payload.path("type").asText().equals("block_actions")) return Optional.empty();
        var action = payload.path("actions").path(0);
        return Optional.of(
                new Press(
                        text(action, "action_id"),
                        action.path("value").asText(""),
                        text(payload.path("user"), "id"),
                        text(action, "action_ts")));
    }

    private static JsonNode payload(String form) {
        try {
            return Stream.of(form.split("&"))
                    .filter(field -> field.startsWith(FIELD))
                    .map(field -> field.substring(FIELD.length()))
                    .map(field -> Json.parse(URLDecoder.decode(field, StandardCharsets.UTF_8)))
                    .findFirst()
                    .orElseThrow(() -> new BadRequest(400, "form field payload was expected"));
        } catch (IllegalArgumentException malformed) {
            throw new BadRequest(400, "payload: URL-encoded JSON was expected");
        }
    }

    private static String text(JsonNode object, String field) {
        var text = object.path(field).asText("");
        if (text.isBlank()) throw new BadRequest(400, "payload: " + field + " was expected");
        return text;
    }
}
