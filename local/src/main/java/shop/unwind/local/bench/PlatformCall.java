package shop.unwind.local.bench;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A call as the sandbox answered it.
 *
 * @param name platform and operation, such as {@code stripe refunds.create}
 */
record PlatformCall(String name, Instant began, Instant ended) {

    Duration took() {
        return Duration.between(began, ended);
    }

    boolean isWithin(Instant from, Instant to) {
        return !began.isBefore(from) && !ended.isAfter(to);
    }

    /** What the sandbox says at {@code /_calls}. */
    static List<PlatformCall> read(JsonNode log) {
        var calls = new ArrayList<PlatformCall>();
        for (var call : log) {
            var name = call.path("platform").asText() + " " + call.path("operation").asText();
            var began = Instant.parse(call.path("began").asText());
            var ended = began.plus(call.path("micros").asLong(), ChronoUnit.MICROS);
            calls.add(new PlatformCall(name, began, ended));
        }
        return calls;
    }
}
