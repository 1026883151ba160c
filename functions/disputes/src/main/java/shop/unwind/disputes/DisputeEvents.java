package shop.unwind.disputes;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.Request;

import java.time.Instant;
import java.util.Optional;

/** What one provider sends through EventBridge. */
interface DisputeEvents {

    /** The beginning of the envelope's {@code source}. */
    String source();

    /**
     * The request that an event makes; empty when it asks nothing of us.
     *
     * @param detail the envelope's {@code detail}
     * @throws IllegalArgumentException naming what was expected of it
     */
    Optional<Request> request(JsonNode detail, Instant receivedAt);
}
