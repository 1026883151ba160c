package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * WooCommerce's webhooks: an order is told whenever it changes, once. A delivery's id is made of
 * the webhook's and the second, so two orders may share one.
 */
final class WooCommerceWebhooks {
    static final String SOURCE = "https://acrylic-house.example/";
    private static final int WEBHOOK = 142;

    private final Stage stage;

    WooCommerceWebhooks(Stage stage) {
        this.stage = stage;
    }

    void updated(JsonNode order) {
        var body = php(WooCommerceJson.order(order).toString());
        stage.webhookAddress()
                .ifPresent(
                        uri ->
                                stage.webhooks()
                                        .sendOnce(
                                                Json.of(
                                                        "id",
                                                        "wc-" + stage.next("webhooks"),
                                                        "uri",
                                                        uri.toString(),
                                                        "body",
                                                        body),
                                                this::headers));
    }

    /** Sent when a webhook is made: a form, and unsigned. */
    void ping() {
        var type = Map.of("Content-Type", "application/x-www-form-urlencoded");
        stage.webhookAddress()
                .ifPresent(
                        uri ->
                                stage.webhooks()
                                        .sendOnce(
                                                Json.of(
                                                        "id", "wc-" + stage.next("webhooks"),
                                                        "uri", uri.toString(),
                                                        "body", "webhook_id=" + WEBHOOK),
                                                (_, _) -> type));
    }

    void updatedAgain(JsonNode order) {
        stage.webhooks().sendAgain("\"id\":" + order.path("id").asText() + ",", this::headers);
    }

    private Map<String, String> headers(JsonNode delivery, Instant at) {
        var second = WEBHOOK + "|" + at.getEpochSecond();
        var id = UUID.nameUUIDFromBytes(second.getBytes(StandardCharsets.UTF_8));
        var headers = new TreeMap<String, String>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "WooCommerce/10.4 Hookshot (WordPress/6.9)");
        headers.put("X-WC-Webhook-Source", SOURCE);
        headers.put("X-WC-Webhook-Topic", "order.updated");
        headers.put("X-WC-Webhook-Resource", "order");
        headers.put("X-WC-Webhook-Event", "updated");
        headers.put("X-WC-Webhook-ID", String.valueOf(WEBHOOK));
        headers.put("X-WC-Webhook-Delivery-ID", id.toString().replace("-", ""));
        headers.put(
                "X-WC-Webhook-Signature",
                Signature.base64(
                        stage.secret().path("webhookSecret").asText(),
                        delivery.path("body").asText()));
        return headers;
    }

    /** PHP escapes slashes and all that is not ASCII. */
    private static String php(String json) {
        var text = new StringBuilder();
        json.replace("/", "\\/")
                .chars()
                .forEach(
                        letter -> {
                            if (letter < 128) text.append((char) letter);
                            else
                                text.append("\\u")
                                        .append(HexFormat.of().toHexDigits((char) letter));
                        });
        return text.toString();
    }
}
