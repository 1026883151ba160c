package shop.unwind.disputes;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.Request;

import java.time.Instant;
import java.util.Optional;

/** What one provider sends through EventBridge. */
interface DisputeEvents {

    /** Under which the store document has its settings. */
    String platform();

    /** The beginning of the envelope's {@code source}. */
    String source();

    /**
     * The request that an event makes; empty when it asks nothing of us, or of another account.
     *
     * @param detail the envelope's {@code detail}
     * @param settings of the platform; a missing node when there are none
     * @throws IllegalArgumentException naming what was expected of it
     */
    Optional<Request> request(JsonNode detail, JsonNode settings, Instant receivedAt);
}
