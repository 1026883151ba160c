package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Square's webhooks, signed over the address under which the subscription was made and the body. A
 * resend is the same to the letter.
 */
final class SquareWebhooks {
    private final Stage stage;

    SquareWebhooks(Stage stage) {
        this.stage = stage;
    }

    /** Orders come as little more than an id, whatever happens to them. */
    void orderUpdated(JsonNode order) {
        emit("order.updated", "order_updated", order.path("id"), about(order));
    }

    private static ObjectNode about(JsonNode order) {
        return Json.of(
                "order_id", order.path("id"),
                "location_id", order.path("location_id"),
                "state", order.path("state"),
                "version", order.path("version"),
                "created_at", order.path("created_at"),
                "updated_at", order.path("updated_at"));
    }

    /**
     * What an update through the API did to fulfilments.
     *
     * @param changes each with its {@code old_state} and {@code new_state}
     */
    void fulfilmentsUpdated(JsonNode order, List<JsonNode> changes) {
        var about = about(order);
        about.putArray("fulfillment_update").addAll(changes);
        emit("order.fulfillment.updated", "order_fulfillment_updated", order.path("id"), about);
    }

    void emit(String type, String kind, JsonNode id, JsonNode object) {
        var number = "square-event-" + stage.next("events");
        var eventId = UUID.nameUUIDFromBytes(number.getBytes(StandardCharsets.UTF_8)).toString();
        var event =
                Json.of(
                        "merchant_id",
                        SquareObjects.MERCHANT,
                        "type",
                        type,
                        "event_id",
                        eventId,
                        "created_at",
                        stage.now().toString(),
                        "data",
                        Json.of("type", kind, "id", id, "object", Json.of(kind, object)));
        stage.webhookAddress()
                .map(uri -> Json.of("id", eventId, "uri", uri.toString(), "body", event.toString()))
                .ifPresent(delivery -> stage.webhooks().send(delivery, this::sign));
    }

    Map<String, String> sign(JsonNode delivery, Instant at) {
        var secret = stage.secret();
        return Map.of(
                "Content-Type",
                "application/json",
                "square-environment",
                "Sandbox",
                "square-initial-delivery-timestamp",
                at.toString(),
                "x-square-hmacsha256-signature",
                Signature.base64(
                        secret.path("webhookSignatureKey").asText(),
                        secret.path("notificationUrl").asText() + delivery.path("body").asText()));
    }
}
