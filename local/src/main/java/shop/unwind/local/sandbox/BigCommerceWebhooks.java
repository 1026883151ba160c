package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * BigCommerce's webhooks: thin, and signed after Standard Webhooks with the plain bytes of the
 * client secret. A repeat bears the same id and a new time.
 */
final class BigCommerceWebhooks {
    private final Stage stage;

    BigCommerceWebhooks(Stage stage) {
        this.stage = stage;
    }

    void statusUpdated(JsonNode order, int before) {
        var status = Json.of("previous_status_id", before, "new_status_id", order.path("status"));
        send(
                "store/order/statusUpdated",
                Json.of("type", "order", "id", order.path("id"), "status", status));
    }

    void updated(JsonNode order) {
        send("store/order/updated", Json.of("type", "order", "id", order.path("id")));
    }

    void refunded(JsonNode order, JsonNode refund) {
        var made = Json.of("refund_id", refund.path("id"));
        send(
                "store/order/refund/created",
                Json.of("type", "order", "id", order.path("id"), "refund", made));
    }

    void again(JsonNode order) {
        stage.webhooks().sendAgain("\"id\":" + order.path("id").asText(), this::headers);
    }

    void resume() {
        stage.webhooks().resume(this::headers);
    }

    private void send(String scope, ObjectNode data) {
        stage.webhookAddress().ifPresent(uri -> send(scope, data, uri.toString()));
    }

    private void send(String scope, ObjectNode data, String uri) {
        var number = stage.next("webhooks");
        var body =
                Json.of(
                        "scope",
                        scope,
                        "store_id",
                        "1001",
                        "data",
                        data,
                        "hash",
                        hash(scope + data + number),
                        "created_at",
                        stage.now().getEpochSecond(),
                        "producer",
                        "stores/" + BigCommerce.STORE);
        stage.webhooks()
                .send(
                        Json.of("id", "bc-" + number, "uri", uri, "body", body.toString()),
                        this::headers);
    }

    /** Forty digits, as of SHA-1. */
    private static String hash(String content) {
        var bytes = UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8)).toString();
        var hex = HexFormat.of().formatHex(bytes.getBytes(StandardCharsets.UTF_8));
        return hex.substring(0, 40);
    }

    private Map<String, String> headers(JsonNode delivery, Instant at) {
        var id = "msg_" + delivery.path("id").asText();
        var seconds = String.valueOf(at.getEpochSecond());
        var signed = id + "." + seconds + "." + delivery.path("body").asText();
        var headers = new TreeMap<String, String>();
        headers.put("Content-Type", "application/json");
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", seconds);
        headers.put(
                "webhook-signature",
                "v1a,c2tpcHBlZA== v1,"
                        + Signature.base64(stage.secret().path("clientSecret").asText(), signed));
        return headers;
    }
}
