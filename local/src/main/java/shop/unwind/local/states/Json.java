package shop.unwind.local.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** JSON text as Step Functions reads, writes and measures it. */
final class Json {
    /** The most bytes of UTF-8 that an input, output, result or variable may have. */
    static final int LIMIT = 262_144;

    static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private Json() {}

    /** Strict JSON: no duplicate key, nothing after the value. */
    static Optional<JsonNode> parse(String text) {
        try {
            return Optional.of(MAPPER.readTree(text)).filter(value -> !value.isMissingNode());
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    static boolean tooLarge(String text) {
        if (text.length() > LIMIT) return true;
        return text.length() > LIMIT / 3 && text.getBytes(StandardCharsets.UTF_8).length > LIMIT;
    }

    /** The name of a value's type, in lower case. */
    static String type(JsonNode value) {
        return value.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
