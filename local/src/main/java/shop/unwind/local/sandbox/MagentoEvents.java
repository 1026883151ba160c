package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Adobe I/O Events about a shop, signed with a key of the sandbox's own: a constant, worth nothing
 * anywhere else.
 */
final class MagentoEvents {
    static final String KEY = "/prod/keys/pub-key-5e1d0c9b-8a7f-4e6d-9c3b-2a1908f7e6d5.pem";
    private static final char[] PASSWORD = "unwind".toCharArray();
    private static final String ALIAS = "magento";

    private final Stage stage;
    private final KeyStore keys = keys();

    MagentoEvents(Stage stage) {
        this.stage = stage;
    }

    void emit(String code, ObjectNode order) {
        var id = "%08d-0000-4000-8000-000000000000".formatted(stage.next("events"));
        var event =
                Json.of(
                        "specversion",
                        "1.0",
                        "type",
                        "com.adobe.commerce.observer." + code,
                        "source",
                        "urn:uuid:0f6f2c61-6b02-4a1c-9d0e-6d7a3c1b2e4f",
                        "id",
                        id,
                        "recipientclientid",
                        stage.secret().path("eventsClientId"),
                        "data",
                        Json.of("key", id, "source", "", "value", value(code, order)));
        stage.webhookAddress()
                .map(uri -> Json.of("id", id, "uri", uri.toString(), "body", event.toString()))
                .ifPresent(delivery -> stage.webhooks().send(delivery, this::sign));
    }

    /** The fields that the shop subscribed to; numbers come as texts. */
    private static ObjectNode value(String code, JsonNode order) {
        if (code.equals("sales_order_save_after"))
            return Json.of(
                    "entity_id", order.path("id").asText(),
                    "increment_id", order.path("number"),
                    "state", order.path("state"),
                    "status", order.path("state"),
                    "customer_email", order.path("email"),
                    "updated_at", MagentoJson.time(order.path("updatedAt")));
        var memo = order.path("memos").path(order.path("memos").size() - 1);
        return Json.of(
                "entity_id", memo.path("id").asText(),
                "order_id", order.path("id").asText(),
                "comments", List.of(Json.of("comment", memo.path("comment"))));
    }

    void again(JsonNode order) {
        stage.webhooks().sendAgain("\"" + order.path("number").asText() + "\"", this::sign);
    }

    void resume() {
        stage.webhooks().resume(this::sign);
    }

    Map<String, String> sign(JsonNode delivery, Instant at) {
        return Map.of(
                "Content-Type",
                "application/json",
                "x-adobe-event-id",
                delivery.path("id").asText(),
                "x-adobe-delivery-id",
                delivery.path("id").asText() + "-" + at.toEpochMilli(),
                "x-adobe-digital-signature-1",
                signature(delivery.path("body").asText()),
                "x-adobe-public-key1-path",
                KEY);
    }

    /** The public key as Adobe serves it. */
    String publicKey() {
        try {
            var key = keys.getCertificate(ALIAS).getPublicKey().getEncoded();
            return "-----BEGIN PUBLIC KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                    + "\n-----END PUBLIC KEY-----\n";
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String signature(String body) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign((PrivateKey) keys.getKey(ALIAS, PASSWORD));
            signature.update(body.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static KeyStore keys() {
        try (var file = MagentoEvents.class.getResourceAsStream("/sandbox/magento.p12")) {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(file, PASSWORD);
            return keys;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
