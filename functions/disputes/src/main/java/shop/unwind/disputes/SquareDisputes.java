package shop.unwind.disputes;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.Request;
import shop.unwind.event.SquareEvents;

import java.time.Instant;
import java.util.Optional;

/** What {@code intake-square} has verified: the detail is a notice. */
final class SquareDisputes implements DisputeEvents {
    @Override
    public String platform() {
        return "square";
    }

    @Override
    public String source() {
        return SquareEvents.SOURCE;
    }

    @Override
    public Optional<Request> request(JsonNode detail, JsonNode settings, Instant receivedAt) {
        return Optional.of(SquareEvents.read(detail))
                .filter(notice -> SquareEvents.isOurs(notice, settings))
                .map(notice -> SquareEvents.request(notice, settings, receivedAt));
    }
}
