package shop.unwind.disputes;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.Request;
import shop.unwind.event.PayPalEvents;

import java.time.Instant;
import java.util.Optional;

/** What {@code intake-paypal} has verified: the detail is a notice. */
final class PayPalDisputes implements DisputeEvents {
    @Override
    public String platform() {
        return "paypal";
    }

    @Override
    public String source() {
        return PayPalEvents.SOURCE;
    }

    @Override
    public Optional<Request> request(JsonNode detail, JsonNode settings, Instant receivedAt) {
        return Optional.of(PayPalEvents.read(detail))
                .filter(notice -> PayPalEvents.isOurs(notice, settings))
                .map(notice -> PayPalEvents.request(notice, receivedAt));
    }
}
