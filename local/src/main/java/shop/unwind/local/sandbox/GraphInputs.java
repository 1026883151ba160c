package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;

import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.EnumValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.NullValue;
import graphql.language.ObjectValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.language.VariableReference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The input types of a GraphQL API, and whether a value is of one. */
final class GraphInputs {
    /** A value that is not of the type asked for: where, and what was expected. */
    static final class Mismatch extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient List<String> path;

        private Mismatch(List<String> path, String explanation) {
            super(explanation);
            this.path = path;
        }

        List<String> path() {
            return path;
        }
    }

    private static final Set<String> SCALARS =
            Set.of(
                    "Boolean",
                    "DateTime",
                    "Decimal",
                    "Float",
                    "ID",
                    "Int",
                    "Money",
                    "String",
                    "URL");

    private final Map<String, Map<String, String>> objects = new HashMap<>();
    private final Map<String, Set<String>> enums = new HashMap<>();
    private final Set<String> exclusive;

    /** The named types take exactly one of their fields. */
    GraphInputs(String... exclusive) {
        this.exclusive = Set.of(exclusive);
    }

    GraphInputs object(String name, String fields) {
        objects.put(name, signature(fields));
        return this;
    }

    GraphInputs words(String name, String... words) {
        enums.put(name, Set.of(words));
        return this;
    }

    /** {@code "id: ID!, tags: [String!]"} as a map of name to type. */
    static Map<String, String> signature(String text) {
        var fields = new LinkedHashMap<String, String>();
        for (var field : text.split(",", -1)) {
            var colon = field.indexOf(':');
            if (colon > 0)
                fields.put(field.substring(0, colon).strip(), field.substring(colon + 1).strip());
        }
        return fields;
    }

    boolean knows(String type) {
        var name = type.replaceAll("[\\[\\]!]", "");
        return SCALARS.contains(name) || objects.containsKey(name) || enums.containsKey(name);
    }

    /**
     * The value as the type has it, a single one made a list where a list is due.
     *
     * @throws Mismatch when it is of another type
     */
    JsonNode coerce(String type, JsonNode value) {
        return coerce(type, value, List.of());
    }

    private JsonNode coerce(String type, JsonNode value, List<String> path) {
        if (type.endsWith("!")) {
            if (value.isNull() || value.isMissingNode())
                throw new Mismatch(path, "Expected value to not be null");
            return coerce(type.substring(0, type.length() - 1), value, path);
        }
        if (value.isNull() || value.isMissingNode()) return NullNode.getInstance();
        if (type.startsWith("[")) return list(type.substring(1, type.length() - 1), value, path);
        if (objects.containsKey(type)) return object(type, value, path);
        if (!fits(type, value))
            throw new Mismatch(path, "Could not coerce value " + value + " to " + type);
        return value;
    }

    private JsonNode list(String type, JsonNode value, List<String> path) {
        if (!value.isArray()) return Json.array(Stream.of(coerce(type, value, path)));
        var items = new ArrayList<JsonNode>();
        for (var item : value)
            items.add(coerce(type, item, plus(path, String.valueOf(items.size()))));
        return Json.array(items.stream());
    }

    private JsonNode object(String type, JsonNode value, List<String> path) {
        if (!value.isObject())
            throw new Mismatch(path, "Expected " + value + " to be a key-value object.");
        var fields = Optional.ofNullable(objects.get(type)).orElseThrow();
        value.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!fields.containsKey(name))
                                throw new Mismatch(
                                        plus(path, name), "Field is not defined on " + type);
                        });
        if (exclusive.contains(type) && value.size() != 1)
            throw new Mismatch(
                    path,
                    "'%s' requires exactly one argument, but %d were provided."
                            .formatted(type, value.size()));
        var made = Json.of();
        fields.forEach(
                (name, kind) -> {
                    var coerced = coerce(kind, value.path(name), plus(path, name));
                    if (value.has(name)) made.set(name, coerced);
                });
        return made;
    }

    private boolean fits(String type, JsonNode value) {
        return switch (type) {
            case "Boolean" -> value.isBoolean();
            case "Int" -> value.isIntegralNumber() && value.canConvertToInt();
            case "Float" -> value.isNumber();
            case "ID" -> value.isTextual() || value.isIntegralNumber();
            case "Money", "Decimal" ->
                    value.isNumber() || value.asText().matches("-?\\d+(\\.\\d+)?");
            case "CurrencyCode" -> value.asText().matches("[A-Z]{3}");
            default ->
                    value.isTextual()
                            && Optional.ofNullable(enums.get(type))
                                    .map(words -> words.contains(value.asText()))
                                    .orElse(true);
        };
    }

    /** A value written in the document, with the variables filled in. */
    static JsonNode literal(Value<?> value, JsonNode variables) {
        return switch (value) {
            case VariableReference reference -> variables.path(reference.getName());
            case StringValue text -> Json.node(Optional.ofNullable(text.getValue()).orElse(""));
            case EnumValue word -> Json.node(word.getName());
            case BooleanValue flag -> Json.node(flag.isValue());
            case IntValue number -> Json.node(number.getValue().longValueExact());
            case FloatValue number -> Json.node(number.getValue().toPlainString());
            case ArrayValue list ->
                    Json.array(list.getValues().stream().map(item -> literal(item, variables)));
            case ObjectValue object -> {
                var made = Json.of();
                for (var field : object.getObjectFields()) {
                    var part = literal(field.getValue(), variables);
                    if (!part.isMissingNode()) made.set(field.getName(), part);
                }
                yield made;
            }
            case NullValue _ -> NullNode.getInstance();
            default -> throw new IllegalArgumentException("no such value: " + value);
        };
    }

    private static List<String> plus(List<String> path, String next) {
        return Stream.concat(path.stream(), Stream.of(next)).toList();
    }
}
