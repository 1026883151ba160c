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
 * @param secrets a query that is sent behind the path and shown to nobody
 */
public record Call(
        String method,
        String path,
        Map<String, String> headers,
        byte[] body,
        boolean changes,
        String secrets) {

    public Call(
            String method, String path, Map<String, String> headers, byte[] body, boolean changes) {
        this(method, path, headers, body, changes, "");
    }

    public static Call get(String path) {
        return new Call("GET", path, Map.of(), new byte[0], false);
    }

    /** A POST that changes something. */
    public static Call post(String path) {
        return new Call("POST", path, Map.of(), new byte[0], true);
    }

    /** A PUT that changes something. */
    public static Call put(String path) {
        return new Call("PUT", path, Map.of(), new byte[0], true);
    }

    /** The same call, known to change nothing. */
    public Call asking() {
        return new Call(method, path, headers, body, false, secrets);
    }

    /** The same call with secrets in its query, for platforms that take them nowhere else. */
    public Call hidden(Map<String, String> query) {
        return new Call(method, path, headers, body, changes, encoded(query));
    }

    public Call json(Object value) {
        return body("application/json; charset=utf-8", Json.bytes(value));
    }

    public Call form(Map<String, String> fields) {
        var text = encoded(fields).getBytes(StandardCharsets.UTF_8);
        return body("application/x-www-form-urlencoded", text);
    }

    public Call header(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Call(method, path, Map.copyOf(more), body, changes, secrets);
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
        return new Call(method, path, headers, bytes, changes, secrets)
                .header("Content-Type", type);
    }

    /** What stands behind the base URL on the wire. */
    String target() {
        if (secrets.isEmpty()) return path;
        return path + (path.contains("?") ? "&" : "?") + secrets;
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
