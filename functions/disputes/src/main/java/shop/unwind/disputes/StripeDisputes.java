package shop.unwind.disputes;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.Request;
import shop.unwind.event.StripeEvents;

import java.time.Instant;
import java.util.Optional;

/** Stripe's partner events: the detail is the whole event object. */
final class StripeDisputes implements DisputeEvents {
    @Override
    public String platform() {
        return "stripe";
    }

    @Override
    public String source() {
        return "aws.partner/stripe.com/";
    }

    @Override
    public Optional<Request> request(JsonNode detail, JsonNode settings, Instant receivedAt) {
        return StripeEvents.request(detail, receivedAt)
                .filter(_ -> StripeEvents.isOurs(detail, settings));
    }
}
