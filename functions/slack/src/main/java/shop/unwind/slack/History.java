package shop.unwind.slack;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.http.Call;
import shop.unwind.problem.Refused;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Looks for our own messages in a channel by their mark. */
final class History {
    /** Longer than the workflow repeats a step; a message from before is told anew. */
    private static final Duration BACK = Duration.ofHours(6);

    private static final int PAGE = 200;
    private static final int PAGES = 20;

    private final Wire wire;
    private final InstantSource clock;

    History(Wire wire, InstantSource clock) {
        this.wire = wire;
        this.clock = clock;
    }

    Optional<Place> find(String channel, String mark) {
        var cursor = "";
        for (var page = 0; page < PAGES; page++) {
            var answer = wire.ok(page(channel, PAGE, cursor), channel);
            var found = found(answer.path("messages"), mark);
            if (found.isPresent()) return found.map(ts -> new Place(channel, ts));
            cursor = answer.at("/response_metadata/next_cursor").asText("");
            if (cursor.isEmpty()) return Optional.empty();
        }
        throw new Refused("too_busy", "channel " + channel + " holds too much to look through");
    }

    /** Proves that the channel may be read. */
    void glance(String channel) {
        wire.ok(page(channel, 1, ""), channel);
    }

    private Call page(String channel, int limit, String cursor) {
        var oldest = clock.instant().minus(BACK).getEpochSecond();
        return Call.get(
                "/api/conversations.history?channel="
                        + encode(channel)
                        + "&oldest="
                        + oldest
                        + "&inclusive=true&include_all_metadata=true&limit="
                        + limit
                        + (cursor.isEmpty() ? "" : "&cursor=" + encode(cursor)));
    }

    private static Optional<String> found(JsonNode messages, String mark) {
        return messages.valueStream()
                .filter(message -> message.at("/metadata/event_payload/step").asText().equals(mark))
                .map(message -> message.path("ts").asText())
                .findFirst();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
