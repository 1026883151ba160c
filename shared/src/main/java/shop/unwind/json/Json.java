package shop.unwind.json;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import shop.unwind.domain.CaseId;
import shop.unwind.domain.Wish;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Our records as JSON. Times are ISO 8601, an empty Optional is null, a case id is its text. */
public final class Json {
    private static final ObjectMapper LENIENT = mapper(false);
    private static final ObjectMapper STRICT = mapper(true);

    private Json() {}

    public static ObjectNode object() {
        return LENIENT.createObjectNode();
    }

    public static JsonNode tree(Object value) {
        return LENIENT.valueToTree(value);
    }

    public static String write(Object value) {
        try {
            return LENIENT.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible.getOriginalMessage());
        }
    }

    public static byte[] bytes(Object value) {
        try {
            return LENIENT.writeValueAsBytes(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible.getOriginalMessage());
        }
    }

    /** Reads one of our own records; fields it does not know are passed over. */
    public static <T> T read(String text, Class<T> type) {
        try {
            return LENIENT.readValue(text, type);
        } catch (JsonProcessingException malformed) {
            throw new Malformed(malformed);
        }
    }

    public static <T> T read(JsonNode tree, Class<T> type) {
        try {
            return LENIENT.treeToValue(tree, type);
        } catch (JsonProcessingException malformed) {
            throw new Malformed(malformed);
        }
    }

    /** Reads a document that a person wrote; a field it does not know is refused. */
    public static <T> T readStrictly(String text, Class<T> type) {
        try {
            return STRICT.readValue(text, type);
        } catch (JsonProcessingException malformed) {
            throw new Malformed(malformed);
        }
    }

    /**
     * Reads any JSON document. It is to be UTF-8 (RFC 8259, 8.1): Jackson alone would guess.
     *
     * @throws Malformed when it is none, is empty, or nests deeper than 50
     */
    public static JsonNode parse(byte[] text) {
        try {
            return parse(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString());
        } catch (CharacterCodingException _) {
            throw new Malformed("a JSON document in UTF-8 was expected");
        }
    }

    public static JsonNode parse(String text) {
        try {
            var tree = STRICT.readTree(text);
            if (tree.isMissingNode()) throw new Malformed("a JSON document was expected");
            return tree;
        } catch (JsonMappingException _) {
            throw new Malformed("one JSON document was expected");
        } catch (JsonProcessingException malformed) {
            throw new Malformed(malformed);
        }
    }

    /** Not the JSON that was expected. The message holds no content of the document. */
    public static final class Malformed extends IllegalArgumentException {
        /** Jackson has no class of its own for it. */
        private static final String TWICE = "Duplicate field";

        Malformed(JsonProcessingException cause) {
            super(describe(cause));
        }

        Malformed(String message) {
            super(message);
        }

        private static String describe(JsonProcessingException cause) {
            return switch (cause) {
                case UnrecognizedPropertyException unknown -> path(unknown) + ": no such field";
                case JsonMappingException mapping -> field(mapping);
                case StreamConstraintsException _ ->
                        "a JSON document of at most 50 levels and short numbers was expected";
                case JsonParseException twice when twice.getOriginalMessage().startsWith(TWICE) ->
                        "each field once was expected";
                default -> "a JSON document was expected";
            };
        }

        private static String path(JsonMappingException mapping) {
            var path = new StringBuilder();
            for (var step : mapping.getPath()) {
                if (step.getFieldName() == null)
                    path.append('[').append(step.getIndex()).append(']');
                else path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
            return path.toString();
        }

        private static String field(JsonMappingException mapping) {
            var path = path(mapping);
            var cause = mapping.getCause();
            var why =
                    cause instanceof IllegalArgumentException
                            ? cause.getMessage()
                            : "another type was expected";
            return path.isEmpty() ? String.valueOf(why) : path + ": " + why;
        }
    }

    private static ObjectMapper mapper(boolean strict) {
        var mapper =
                JsonMapper.builder()
                        .addModule(new Jdk8Module())
                        .addModule(new JavaTimeModule())
                        .addMixIn(Wish.class, WishAsJson.class)
                        .addMixIn(CaseId.class, CaseIdAsJson.class)
                        .visibility(PropertyAccessor.ALL, Visibility.NONE)
                        .visibility(PropertyAccessor.FIELD, Visibility.ANY)
                        .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
                        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                        .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, strict)
                        .defaultPropertyInclusion(
                                JsonInclude.Value.construct(
                                        JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS))
                        .build();
        mapper.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(50).build());
        return mapper;
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Wish.Cancel.class, name = "cancel"),
        @JsonSubTypes.Type(value = Wish.Dispute.class, name = "dispute"),
        @JsonSubTypes.Type(value = Wish.Happened.class, name = "happened"),
        @JsonSubTypes.Type(value = Wish.RefundFailed.class, name = "refund-failed"),
        @JsonSubTypes.Type(value = Wish.RunAgain.class, name = "run-again")
    })
    private interface WishAsJson {}

    private abstract static class CaseIdAsJson {
        @SuppressWarnings("unused")
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static native CaseId parse(String text);

        @Override
        @JsonValue
        public abstract String toString();
    }
}
