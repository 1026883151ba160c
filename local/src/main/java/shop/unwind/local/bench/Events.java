package shop.unwind.local.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Makes new work of an event that was done before. A step that has its record answers from it, a
 * request that was recorded is passed over; under another name they are done in full.
 */
final class Events {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Events() {}

    /** The event as its so-manieth variation. */
    static String vary(String event, int variation) {
        var tree = parse(event);
        if (tree.path("step").isObject())
            rename((ObjectNode) tree.path("step"), "step", "-" + variation);
        for (var record : tree.path("Records")) {
            var body = parse(record.path("body").asText());
            if (body.path("order").isObject()) {
                rename((ObjectNode) body, "id", "-" + variation);
                rename((ObjectNode) body.path("order"), "number", "-" + variation);
                ((ObjectNode) record).put("body", body.toString());
            }
        }
        return tree.toString();
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("a JSON document was expected", malformed);
        }
    }

    private static void rename(ObjectNode object, String field, String suffix) {
        if (object.path(field).isTextual()) object.put(field, object.path(field).asText() + suffix);
    }
}
