package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a platform answers.
 *
 * @param kept whether a repeat under the same idempotency key gets this answer again
 */
record Answer(int status, Map<String, String> headers, String body, boolean kept) {

    static Answer json(int status, JsonNode body) {
        var type = Map.of("Content-Type", "application/json; charset=utf-8");
        return new Answer(status, type, body.toString(), true);
    }

    static Answer empty(int status) {
        return new Answer(status, Map.of(), "", true);
    }

    Answer with(String header, String value) {
        var more = new TreeMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body, kept);
    }

    Answer status(int other) {
        return new Answer(other, headers, body, kept);
    }

    /** For refusals made before anything was tried. */
    Answer unkept() {
        return new Answer(status, headers, body, false);
    }

    /** Breaks off in the middle; an empty body becomes half a web page. */
    Answer torn() {
        var half = body.isEmpty() ? "<html><body>" : body.substring(0, body.length() / 2);
        return new Answer(status, headers, half, false);
    }
}
