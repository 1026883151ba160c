package shop.unwind.paypal;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.once.Attempt;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Our mark in a refund's {@code custom_id}: 127 letters, digits, points, commas, hyphens and
 * underscores at most, as PayPal gives them back.
 */
final class Mark {
    private static final int LONGEST = 127;

    private Mark() {}

    static String of(Attempt attempt) {
        var mark = attempt.mark().replaceAll("[^A-Za-z0-9_.,-]", ".");
        return mark.length() <= LONGEST
                ? mark
                : "unwind."
                        + UUID.nameUUIDFromBytes(attempt.mark().getBytes(StandardCharsets.UTF_8));
    }

    static boolean isOn(JsonNode refund, Attempt attempt) {
        return refund.path("custom_id").asText().equals(of(attempt));
    }
}
