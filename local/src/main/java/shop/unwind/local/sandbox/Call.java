package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Map;
import java.util.Optional;

/**
 * One request to a platform.
 *
 * @param path below the platform's own, beginning with a slash
 * @param at the parts of the path that the route names
 * @param query what stands behind the question mark, parsed as a form
 * @param headers by lower-case name
 */
record Call(
        String method,
        String path,
        Map<String, String> at,
        ObjectNode query,
        Map<String, String> headers,
        String body) {

    Call at(Map<String, String> parts) {
        return new Call(method, path, parts, query, headers, body);
    }

    /** A part of the path that the route names. */
    String part(String name) {
        return Optional.ofNullable(at.get(name))
                .orElseThrow(() -> new IllegalArgumentException("the route has no " + name));
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Whether path, query or body bear this text. */
    boolean isAbout(String text) {
        return path.contains(text) || body.contains(text) || query.toString().contains(text);
    }

    /** The text after {@code Authorization: Bearer}. */
    Optional<String> bearer() {
        return header("authorization")
                .filter(value -> value.startsWith("Bearer "))
                .map(value -> value.substring(7));
    }

    boolean isJson() {
        return header("content-type").orElse("").startsWith("application/json");
    }

    Optional<JsonNode> json() {
        return Json.parse(body);
    }

    ObjectNode form() {
        return Form.parse(body);
    }
}
