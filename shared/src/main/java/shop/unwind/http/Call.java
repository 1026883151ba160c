package shop.unwind.http;

import shop.unwind.json.Json;
import shop.unwind.secrets.Secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One request to a platform.
 *
 * @param path below the platform's base URL, beginning with a slash
 * @param changes whether it may change something there: a lost answer then leaves us unsure
 */
public record Call(
        String method, String path, Map<String, String> headers, byte[] body, boolean changes) {

    public static Call get(String path) {
        return new Call("GET", path, Map.of(), new byte[0], false);
    }

    /** A POST that changes something. */
    public static Call post(String path) {
        return new Call("POST", path, Map.of(), new byte[0], true);
    }

    /** The same call, known to change nothing. */
    public Call asking() {
        return new Call(method, path, headers, body, false);
    }

    public Call json(Object value) {
        return body("application/json; charset=utf-8", Json.bytes(value));
    }

    public Call form(Map<String, String> fields) {
        var text =
                fields.entrySet().stream()
                        .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                        .collect(Collectors.joining("&"));
        return body("application/x-www-form-urlencoded", text.getBytes(StandardCharsets.UTF_8));
    }

    public Call header(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Call(method, path, Map.copyOf(more), body, changes);
    }

    public Call bearer(Secret token) {
        return header("Authorization", "Bearer " + token.value());
    }

    /** Headers may hold secrets and the body personal data: neither is shown. */
    @Override
    public String toString() {
        return method + " " + path;
    }

    private Call body(String type, byte[] bytes) {
        return new Call(method, path, headers, bytes, changes).header("Content-Type", type);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
