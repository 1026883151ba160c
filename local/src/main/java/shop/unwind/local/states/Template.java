package shop.unwind.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The value of a field: JSON in which any string may be an expression. */
sealed interface Template {
    /** What comes out. */
    JsonNode evaluate(Bindings bindings) throws QueryFailure;

    /** What comes out, which must be of this type. */
    default JsonNode evaluate(Bindings bindings, String type, Predicate<JsonNode> fits)
            throws QueryFailure {
        var value = evaluate(bindings);
        if (fits.test(value)) return value;
        throw unexpected(type, value);
    }

    /** The failure of a value of another type than the field takes. */
    default QueryFailure unexpected(String type, JsonNode value) {
        return switch (this) {
            case Query query -> query.expression().unexpected(type, value);
            case Literal _, Items _, Fields _ ->
                    throw new IllegalStateException(
                            "the definition was read without checking for " + type);
        };
    }

    record Literal(JsonNode value) implements Template {
        @Override
        public JsonNode evaluate(Bindings bindings) {
            return value;
        }
    }

    record Query(Expression expression) implements Template {
        @Override
        public JsonNode evaluate(Bindings bindings) throws QueryFailure {
            return expression.evaluate(bindings);
        }
    }

    record Items(List<Template> items) implements Template {
        @Override
        public JsonNode evaluate(Bindings bindings) throws QueryFailure {
            var array = JsonNodeFactory.instance.arrayNode();
            for (var item : items) array.add(item.evaluate(bindings));
            return array;
        }
    }

    record Fields(Map<String, Template> fields) implements Template {
        @Override
        public JsonNode evaluate(Bindings bindings) throws QueryFailure {
            var object = JsonNodeFactory.instance.objectNode();
            for (var field : fields.entrySet())
                object.set(field.getKey(), field.getValue().evaluate(bindings));
            return object;
        }
    }

    /**
     * Reads a field, compiling what stands between {@code {%} and {@code %}}.
     *
     * @throws shop.unwind.local.AwsError InvalidDefinition
     */
    static Template parse(JsonNode value, Place place) {
        return switch (value.getNodeType()) {
            case STRING -> string(value, place);
            case ARRAY -> items(value, place);
            case OBJECT -> new Fields(fields(value, place));
            default -> new Literal(value);
        };
    }

    static Map<String, Template> fields(JsonNode object, Place place) {
        var fields = new LinkedHashMap<String, Template>();
        object.properties()
                .forEach(
                        field ->
                                fields.put(
                                        field.getKey(),
                                        parse(field.getValue(), place.field(field.getKey()))));
        return fields;
    }

    static boolean isExpression(JsonNode value) {
        var text = value.asText();
        return value.isTextual()
                && text.length() >= 4
                && text.startsWith("{%")
                && text.endsWith("%}");
    }

    private static Template string(JsonNode value, Place place) {
        if (!isExpression(value)) return new Literal(value);
        var text = value.asText();
        return new Query(new Expression(text.substring(2, text.length() - 2).strip(), place));
    }

    private static Template items(JsonNode value, Place place) {
        var items = new ArrayList<Template>();
        for (var item : value) items.add(parse(item, place.item(items.size())));
        return new Items(items);
    }
}
