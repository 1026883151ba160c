package shop.unwind.intakeslack;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.function.BadRequest;
import shop.unwind.json.Json;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One press of a button.
 *
 * @param value what we gave the button
 * @param team the workspace it was pressed in, such as {@code T0222}; may be empty text
 * @param user who pressed it, such as {@code U0111}
 * @param at Slack's time stamp of the press, unique with the user
 */
record Press(String action, String value, String team, String user, String at) {
    private static final String FIELD = "payload=";
    private static final Pattern ACTION = Pattern.compile("[A-Za-z0-9_.:/+=-]{1,255}");
    private static final Pattern USER = Pattern.compile("[A-Z0-9]{1,30}");
    private static final Pattern TIME = Pattern.compile("\\d{1,12}\\.\\d{1,9}");

    /**
     * Reads the form that Slack sends; empty for interactions that are no press of a button.
     *
     * @throws BadRequest 400 when it is no such form
     */
    static Optional<Press> of(byte[] body) {
        var payload = payload(new String(body, StandardCharsets.UTF_8));
        if (!payload.isObject()) throw new BadRequest(400, "payload: a JSON object was expected");
        if (!payload.path("type").asText().equals("block_actions")) return Optional.empty();
        var action = payload.path("actions").path(0);
        return Optional.of(
                new Press(
                        text(action, "action_id", ACTION),
                        action.path("value").asText(""),
                        payload.path("team").path("id").asText(""),
                        text(payload.path("user"), "id", USER),
                        text(action, "action_ts", TIME)));
    }

    private static JsonNode payload(String form) {
        var fields =
                Stream.of(form.split("&"))
                        .filter(field -> field.startsWith(FIELD))
                        .map(field -> field.substring(FIELD.length()))
                        .toList();
        if (fields.size() != 1) throw new BadRequest(400, "form field payload was expected once");
        try {
            return Json.parse(URLDecoder.decode(fields.getFirst(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException malformed) {
            throw new BadRequest(400, "payload: URL-encoded JSON was expected");
        }
    }

    /** What is not of Slack's own form goes into no key and no log line. */
    private static String text(JsonNode object, String field, Pattern form) {
        var text = object.path(field);
        if (text.isTextual() && form.matcher(text.asText()).matches()) return text.asText();
        throw new BadRequest(400, "payload: " + field + " as Slack writes it was expected");
    }
}
