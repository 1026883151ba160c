package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;

/** The latest calls to platforms with their times, for whoever asks where the time went. */
final class CallLog {
    private static final int KEPT = 2_000;

    private record Entry(String platform, String operation, Instant began, Instant ended) {
        JsonNode toJson() {
            return Json.of(
                    "platform",
                    platform,
                    "operation",
                    operation,
                    "began",
                    began.toString(),
                    "micros",
                    ChronoUnit.MICROS.between(began, ended));
        }
    }

    private final Deque<Entry> entries = new ArrayDeque<>();

    /** Notes a call that has just been answered. */
    synchronized void answered(String platform, String operation, Duration took) {
        var now = Instant.now();
        entries.addLast(new Entry(platform, operation, now.minus(took), now));
        if (entries.size() > KEPT) entries.removeFirst();
    }

    /** In the order in which they ended. */
    synchronized JsonNode toJson() {
        return Json.array(entries.stream().map(Entry::toJson));
    }

    synchronized void clear() {
        entries.clear();
    }
}
