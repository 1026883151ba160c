package shop.unwind.local.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The SDK's request and response objects as the JSON protocol writes them. */
final class SdkJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SdkJson() {}

    static ObjectNode write(SdkPojo pojo) {
        var object = JSON.objectNode();
        for (var field : pojo.sdkFields()) {
            var value = field.getValueOrDefault(pojo);
            if (isThere(value)) object.set(field.locationName(), write(value));
        }
        return object;
    }

    /**
     * Fills a builder from JSON; fields that it does not know are ignored.
     *
     * @throws IllegalArgumentException a value is of another kind than the field
     */
    static <B extends SdkPojo> B read(JsonNode object, B builder) {
        if (!object.isObject()) throw new IllegalArgumentException("Expected an object");
        for (var field : builder.sdkFields()) {
            var value = object.get(field.locationName());
            if (value != null && !value.isNull()) field.set(builder, read(value, field));
        }
        return builder;
    }

    // What was never set is an empty collection of a kind of its own.
    private static boolean isThere(Object value) {
        return value != null
                && !(value instanceof SdkAutoConstructList)
                && !(value instanceof SdkAutoConstructMap);
    }

    private static JsonNode write(Object value) {
        return switch (value) {
            case SdkPojo pojo -> write(pojo);
            case List<?> list -> writeAll(list);
            case Map<?, ?> map -> writeAll(map);
            case SdkBytes bytes ->
                    JSON.textNode(Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe()));
            case Instant time -> JSON.numberNode(time.toEpochMilli() / 1000.0);
            case Boolean flag -> JSON.booleanNode(flag);
            case Integer number -> JSON.numberNode(number);
            case Long number -> JSON.numberNode(number);
            case Double number -> JSON.numberNode(number);
            default -> JSON.textNode(value.toString());
        };
    }

    private static ArrayNode writeAll(List<?> list) {
        var array = JSON.arrayNode(list.size());
        for (var item : list) array.add(write(item));
        return array;
    }

    private static ObjectNode writeAll(Map<?, ?> map) {
        var object = JSON.objectNode();
        map.forEach((key, value) -> object.set(key.toString(), write(value)));
        return object;
    }

    private static Object read(JsonNode value, SdkField<?> field) {
        return switch (kind(field)) {
            case STRING -> text(value, field);
            case INTEGER -> value.asInt();
            case LONG -> value.asLong();
            case DOUBLE -> value.asDouble();
            case BOOLEAN -> value.asBoolean();
            case INSTANT -> Instant.ofEpochMilli((long) (value.asDouble() * 1000));
            case SDK_BYTES ->
                    SdkBytes.fromByteArray(Base64.getDecoder().decode(text(value, field)));
            case SDK_POJO -> ((Buildable) read(value, field.constructor().get())).build();
            case LIST -> readList(value, field.getTrait(ListTrait.class).memberFieldInfo());
            case MAP -> readMap(value, field.getTrait(MapTrait.class).valueFieldInfo());
            default ->
                    throw new IllegalStateException(
                            field.memberName() + ": " + kind(field) + " has no JSON form here");
        };
    }

    private static MarshallingKnownType kind(SdkField<?> field) {
        return field.marshallingType().getKnownType();
    }

    // DynamoDB takes a number only as a string, and says so.
    private static String text(JsonNode value, SdkField<?> field) {
        if (value.isTextual()) return value.asText();
        throw new IllegalArgumentException(
                "%s: expected a string, found %s"
                        .formatted(field.locationName(), value.getNodeType()));
    }

    private static List<Object> readList(JsonNode array, SdkField<?> member) {
        var list = new ArrayList<Object>(array.size());
        for (var item : array) list.add(read(item, member));
        return list;
    }

    private static Map<String, Object> readMap(JsonNode object, SdkField<?> member) {
        var map = new LinkedHashMap<String, Object>();
        for (var entry : object.properties())
            map.put(entry.getKey(), read(entry.getValue(), member));
        return map;
    }
}
