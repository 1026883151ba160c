package shop.unwind.local.states;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The fields of one object of a definition; those that nobody asks for are refused by name. */
final class Fields {
    private static final Set<String> JSONPATH =
            Set.of(
                    "And",
                    "CausePath",
                    "ErrorPath",
                    "HeartbeatSecondsPath",
                    "InputPath",
                    "ItemsPath",
                    "MaxConcurrencyPath",
                    "MaxItemsPath",
                    "Not",
                    "Or",
                    "OutputPath",
                    "Parameters",
                    "Result",
                    "ResultPath",
                    "ResultSelector",
                    "SecondsPath",
                    "TimeoutSecondsPath",
                    "TimestampPath",
                    "ToleratedFailureCountPath",
                    "ToleratedFailurePercentagePath",
                    "Variable");

    private final JsonNode object;
    private final Place place;
    private final Set<String> known = new HashSet<>(Set.of("Comment"));

    Fields(JsonNode object, Place place) {
        if (!object.isObject()) throw place.refusal("Expected an object");
        this.object = object;
        this.place = place;
        if (object.has("Comment") && !object.get("Comment").isTextual())
            throw place.field("Comment").refusal("Expected a string");
    }

    /** The same fields, where {@code $states.errorOutput} is bound. */
    Fields inCatcher() {
        return new Fields(object, place.inCatcher());
    }

    Place place() {
        return place;
    }

    Place place(String name) {
        return place.field(name);
    }

    Optional<JsonNode> get(String name) {
        known.add(name);
        return Optional.ofNullable(object.get(name));
    }

    JsonNode required(String name) {
        return get(name)
                .orElseThrow(() -> place.refusal("These fields are required: [" + name + "]"));
    }

    Optional<String> text(String name) {
        return get(name).map(value -> text(value, place(name)));
    }

    String requiredText(String name) {
        return text(required(name), place(name));
    }

    Optional<Template> template(String name) {
        return get(name).map(value -> Template.parse(value, place(name)));
    }

    /** A whole number from this least value on, or an expression. */
    Optional<Template> integerTemplate(String name, int least) {
        return get(name)
                .map(
                        value -> {
                            if (!Template.isExpression(value))
                                integer(value, least, Limits.MOST_SECONDS, place(name));
                            return Template.parse(value, place(name));
                        });
    }

    OptionalInt integer(String name, int least, int most) {
        return get(name)
                .map(value -> OptionalInt.of(integer(value, least, most, place(name))))
                .orElse(OptionalInt.empty());
    }

    /** The objects of a list that must not be empty; an absent list has none. */
    List<Fields> objects(String name) {
        return get(name).map(value -> objects(value, place(name))).orElse(List.of());
    }

    List<String> texts(String name) {
        var array = nonEmpty(required(name), place(name));
        return elements(array).map(value -> text(value, place(name))).toList();
    }

    /** Refuses whatever was not asked for. */
    void done() {
        object.fieldNames().forEachRemaining(this::refuseUnknown);
    }

    private void refuseUnknown(String name) {
        if (known.contains(name)) return;
        if (JSONPATH.contains(name))
            throw place.refusal(
                    "The QueryLanguage is set to 'JSONata', but field '%s' is only supported for the"
                                    .formatted(name)
                            + " 'JSONPath' QueryLanguage");
        throw place.refusal("Field '" + name + "' is not supported");
    }

    private static List<Fields> objects(JsonNode value, Place place) {
        var array = nonEmpty(value, place);
        return Stream.iterate(0, index -> index < array.size(), index -> index + 1)
                .map(index -> new Fields(array.get(index), place.item(index)))
                .toList();
    }

    private static JsonNode nonEmpty(JsonNode value, Place place) {
        if (!value.isArray() || value.isEmpty())
            throw place.refusal("Expected an array of at least one item");
        return value;
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static String text(JsonNode value, Place place) {
        if (!value.isTextual()) throw place.refusal("Expected a string");
        return value.textValue();
    }

    private static int integer(JsonNode value, int least, int most, Place place) {
        if (!value.isIntegralNumber() || !value.canConvertToInt())
            throw place.refusal("Expected an integer");
        if (value.intValue() < least) throw place.refusal("Minimum value is " + least);
        if (value.intValue() > most) throw place.refusal("Maximum value is " + most);
        return value.intValue();
    }
}
