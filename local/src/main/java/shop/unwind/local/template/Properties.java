package shop.unwind.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Resolved properties; what is missing or of another kind is refused with its place and name. */
record Properties(String place, JsonNode node) {

    /** Refuses every property but these by name, lest the template mean more than is played. */
    Properties only(Set<String> known) {
        for (var field : node.properties())
            if (!known.contains(field.getKey()))
                throw problem(field.getKey(), "this property is not played on this machine");
        return this;
    }

    String text(String name) {
        return optionalText(name).orElseThrow(() -> problem(name, "expected a text, found none"));
    }

    Optional<String> optionalText(String name) {
        return value(name).map(JsonNode::asText);
    }

    int integer(String name, int otherwise) {
        return value(name).map(value -> integer(name, value)).orElse(otherwise);
    }

    boolean bool(String name, boolean otherwise) {
        return value(name).map(value -> value.asText().equals("true")).orElse(otherwise);
    }

    /** The inner map of this name, empty when absent. */
    Properties inner(String name) {
        var inner = value(name).orElseGet(JsonNodeFactory.instance::objectNode);
        if (!inner.isObject()) throw problem(name, "expected a map, found " + inner);
        return new Properties(place + ", " + name, inner);
    }

    /** The maps of the list of this name, empty when absent. */
    List<Properties> list(String name) {
        return items(name).map(item -> new Properties(place + ", " + name, item)).toList();
    }

    List<String> texts(String name) {
        return items(name).map(JsonNode::asText).toList();
    }

    Map<String, String> map() {
        var map = new TreeMap<String, String>();
        for (var field : node.properties()) map.put(field.getKey(), field.getValue().asText());
        return map;
    }

    boolean has(String name) {
        return value(name).isPresent();
    }

    IllegalArgumentException problem(String name, String what) {
        return new IllegalArgumentException(place + ": " + name + ": " + what);
    }

    private Stream<JsonNode> items(String name) {
        var list = value(name).orElseGet(JsonNodeFactory.instance::arrayNode);
        if (!list.isArray()) throw problem(name, "expected a list, found " + list);
        return StreamSupport.stream(list.spliterator(), false);
    }

    private int integer(String name, JsonNode value) {
        try {
            return Integer.parseInt(value.asText());
        } catch (NumberFormatException _) {
            throw problem(name, "expected a whole number, found " + value);
        }
    }

    private Optional<JsonNode> value(String name) {
        return Optional.ofNullable(node.get(name)).filter(value -> !value.isNull());
    }
}
