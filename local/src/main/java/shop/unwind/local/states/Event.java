package shop.unwind.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;

/**
 * One entry of an execution's history.
 *
 * @param id 1, 2, 3…
 * @param previous the id of the event that led to this one, 0 at a beginning
 * @param time milliseconds since 1970
 * @param type such as {@code TaskScheduled}
 * @param details what {@code taskScheduledEventDetails} holds; empty where there is no such field
 */
public record Event(long id, long previous, long time, String type, ObjectNode details) {

    /** The event as GetExecutionHistory shows it. */
    public JsonNode toJson() {
        var json = details.objectNode();
        json.put("timestamp", seconds(Instant.ofEpochMilli(time)));
        json.put("type", type).put("id", id).put("previousEventId", previous);
        if (!details.isEmpty()) json.set(detailsKey(), details);
        return json;
    }

    /** Seconds since 1970 with three decimals, as AWS writes times. */
    static BigDecimal seconds(Instant time) {
        return BigDecimal.valueOf(time.toEpochMilli(), 3);
    }

    private String detailsKey() {
        if (type.endsWith("StateEntered")) return "stateEnteredEventDetails";
        if (type.endsWith("StateExited")) return "stateExitedEventDetails";
        return type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1) + "EventDetails";
    }
}
