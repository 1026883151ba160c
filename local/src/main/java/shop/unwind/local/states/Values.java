package shop.unwind.local.states;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as Dashjoin's JSONata wants it: its own value for null, whole numbers as Integer or Long,
 * fractions as Double.
 */
final class Values {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final double LONG_END = 0x1p63;

    private Values() {}

    static Object toJsonata(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> list(value);
            case OBJECT -> map(value);
            case BOOLEAN -> value.booleanValue();
            case NUMBER -> number(value.numberValue());
            case NULL, MISSING -> Jsonata.NULL_VALUE;
            case STRING, BINARY, POJO -> value.asText();
        };
    }

    /** A copy of a result, which may be a live reference to a binding or a lazy range. */
    static JsonNode toJson(Object value) {
        return switch (value) {
            case Object nothing when Jsonata.NULL_VALUE.equals(nothing) -> JSON.nullNode();
            case Boolean truth -> JSON.booleanNode(truth);
            case CharSequence text -> JSON.textNode(text.toString());
            case Number number -> json(number(number));
            case List<?> items -> array(items);
            case Map<?, ?> fields -> object(fields);
            default -> throw new UnsupportedValue();
        };
    }

    /** A whole number as Integer or Long, any other as Double. */
    static Number number(Number number) {
        return switch (number) {
            case Integer small -> small;
            case Long wide -> integer(wide);
            case BigInteger big when big.bitLength() < Long.SIZE -> integer(big.longValue());
            case BigDecimal exact when exact.stripTrailingZeros().scale() <= 0 ->
                    number(exact.toBigInteger());
            default -> fraction(number.doubleValue());
        };
    }

    private static Number fraction(double value) {
        var whole = value == Math.rint(value) && Math.abs(value) < LONG_END;
        return whole ? integer((long) value) : (Number) value;
    }

    private static Number integer(long value) {
        return value == (int) value ? (Number) (int) value : (Number) value;
    }

    private static JsonNode json(Number number) {
        return switch (number) {
            case Integer small -> JSON.numberNode(small);
            case Long wide -> JSON.numberNode(wide);
            default -> json(number.doubleValue());
        };
    }

    private static JsonNode json(double number) {
        return Double.isFinite(number)
                ? JSON.numberNode(number)
                : JSON.textNode(String.valueOf(number));
    }

    private static List<Object> list(JsonNode items) {
        var list = new ArrayList<Object>(items.size());
        items.forEach(item -> list.add(toJsonata(item)));
        return list;
    }

    private static Map<String, Object> map(JsonNode fields) {
        var map = new LinkedHashMap<String, Object>();
        fields.properties().forEach(field -> map.put(field.getKey(), toJsonata(field.getValue())));
        return map;
    }

    private static ArrayNode array(List<?> items) {
        var array = JSON.arrayNode();
        for (@Nullable Object item : items) if (item != null) array.add(toJson(item));
        return array;
    }

    private static ObjectNode object(Map<?, ?> fields) {
        var object = JSON.objectNode();
        fields.forEach(
                (name, value) -> {
                    if (value != null) object.set(String.valueOf(name), toJson(value));
                });
        return object;
    }

    /** A function, or something else that JSON cannot say. */
    static final class UnsupportedValue extends RuntimeException {}
}
