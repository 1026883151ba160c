package shop.unwind.local.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** JSON in few words. */
final class Json {
    static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    static final ObjectMapper SORTED =
            JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    private Json() {}

    /**
     * An object of names and values in turn. Values are JSON nodes, texts, whole numbers, booleans,
     * Iterables or an Optional of one of these; an empty Optional becomes null.
     */
    static ObjectNode of(Object... namesAndValues) {
        var object = JsonNodeFactory.instance.objectNode();
        for (var at = 0; at < namesAndValues.length; at += 2)
            object.set((String) namesAndValues[at], node(namesAndValues[at + 1]));
        return object;
    }

    static ArrayNode array(Stream<?> values) {
        var array = JsonNodeFactory.instance.arrayNode();
        values.forEach(value -> array.add(node(value)));
        return array;
    }

    static JsonNode node(Object value) {
        return switch (value) {
            case JsonNode node -> node;
            case Optional<?> optional ->
                    optional.isPresent() ? node(optional.get()) : NullNode.getInstance();
            case Iterable<?> values -> array(StreamSupport.stream(values.spliterator(), false));
            case String text -> JsonNodeFactory.instance.textNode(text);
            case Boolean flag -> JsonNodeFactory.instance.booleanNode(flag);
            case Integer number -> JsonNodeFactory.instance.numberNode(number);
            case Long number -> JsonNodeFactory.instance.numberNode(number);
            default -> throw new IllegalArgumentException("not JSON: " + value.getClass());
        };
    }

    static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** The text at this name; empty when it is absent, null or not a text. */
    static Optional<String> text(JsonNode object, String name) {
        return Optional.ofNullable(object.path(name).textValue());
    }

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Empty when the text is not exactly one JSON value. */
    static Optional<JsonNode> parse(String text) {
        try {
            return Optional.of(MAPPER.readTree(text)).filter(node -> !node.isMissingNode());
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }
}
