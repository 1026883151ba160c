package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The form encoding, with brackets for what is nested: {@code metadata[case]=1&expand[]=charge}.
 */
final class Form {
    private static final Pattern BRACKET = Pattern.compile("\\[([^\\]]*)\\]");

    private Form() {}

    /** All values are texts; empty brackets and numbers in brackets make lists. */
    static ObjectNode parse(String encoded) {
        var form = Json.of();
        for (var pair : encoded.split("&", -1)) {
            if (pair.isEmpty()) continue;
            var equals = pair.indexOf('=');
            var name = equals < 0 ? pair : pair.substring(0, equals);
            put(form, decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return form;
    }

    static String encode(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static void put(ObjectNode form, String name, String value) {
        var bracket = name.indexOf('[');
        if (bracket <= 0) {
            form.put(name, value);
            return;
        }
        var keys = BRACKET.matcher(name.substring(bracket)).results().map(key -> key.group(1));
        JsonNode at = form;
        var key = name.substring(0, bracket);
        for (var next : keys.toList()) {
            at = child(at, key, next.isEmpty() || next.chars().allMatch(Character::isDigit));
            key = next;
        }
        if (at instanceof ArrayNode list) list.add(value);
        else if (at instanceof ObjectNode object) object.put(key, value);
    }

    private static JsonNode child(JsonNode parent, String key, boolean list) {
        if (parent instanceof ArrayNode items) return item(items, key);
        var object = (ObjectNode) parent;
        if (!object.path(key).isContainerNode())
            object.set(key, list ? Json.MAPPER.createArrayNode() : Json.of());
        return object.get(key);
    }

    /** Numbers count from 0, each item's fields one after the other. */
    private static JsonNode item(ArrayNode items, String key) {
        var at = key.isEmpty() ? items.size() : Integer.parseInt(key);
        return at < items.size() ? items.get(at) : items.addObject();
    }

    /** The names as they were written, each with its value. */
    static Map<String, String> names(ObjectNode form) {
        var names = new LinkedHashMap<String, String>();
        form.properties().forEach(field -> names(field.getKey(), field.getValue(), names));
        return names;
    }

    private static void names(String name, JsonNode value, Map<String, String> names) {
        if (value instanceof ArrayNode items)
            for (var at = 0; at < items.size(); at++)
                names(name + "[" + at + "]", items.get(at), names);
        else if (value instanceof ObjectNode object)
            object.properties()
                    .forEach(
                            field ->
                                    names(
                                            name + "[" + field.getKey() + "]",
                                            field.getValue(),
                                            names));
        else names.put(name, value.asText());
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
