package shop.unwind.local.hostile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A JSON object whose values stand as they were written, so that they may be nonsense.
 *
 * @param fields their values as JSON, in their order
 */
record Draft(Map<String, String> fields) {
    static Draft empty() {
        return new Draft(Map.of());
    }

    Draft with(String field, String json) {
        var all = new LinkedHashMap<>(fields);
        all.put(field, json);
        return new Draft(all);
    }

    Draft text(String field, String value) {
        return with(field, '"' + value + '"');
    }

    Draft without(String field) {
        var all = new LinkedHashMap<>(fields);
        all.remove(field);
        return new Draft(all);
    }

    String json() {
        return fields.entrySet().stream()
                .map(field -> '"' + field.getKey() + "\":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
