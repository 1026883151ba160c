package shop.unwind.intakepaypal;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.problem.Misconfigured;

import java.util.List;
import java.util.Optional;

/**
 * Whom we believe, from the store document.
 *
 * @param webhookId ours, as PayPal shows it with the webhook; never taken from a request
 * @param origins where certificates may be fetched: {@code certificateHosts}, each a host of
 *     PayPal's, for its sandbox {@code api.sandbox.paypal.com}, or an address with its scheme
 * @param anchor a certificate in Base64 that PayPal's must come from: {@code trustAnchor}; without
 *     it the JDK's roots
 */
record Trust(String webhookId, List<String> origins, Optional<String> anchor) {
    private static final String LIVE = "https://api.paypal.com";

    /** Under which PayPal's simulator signs for anybody. */
    private static final String SIMULATOR = "WEBHOOK_ID";

    static Trust of(JsonNode settings) {
        var webhookId = settings.path("webhookId").asText("");
        if (webhookId.isBlank() || webhookId.equals(SIMULATOR))
            throw new Misconfigured("store document: platforms.paypal.webhookId");
        var origins =
                settings.path("certificateHosts")
                        .valueStream()
                        .map(JsonNode::asText)
                        .map(host -> host.contains("://") ? host : "https://" + host)
                        .toList();
        var anchor = Optional.of(settings.path("trustAnchor").asText(""));
        return new Trust(
                webhookId,
                origins.isEmpty() ? List.of(LIVE) : origins,
                anchor.filter(text -> !text.isBlank()));
    }
}
