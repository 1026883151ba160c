package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * PayPal's webhooks, signed with a key of the sandbox's own, whose certificate comes from a root of
 * the sandbox's own: constants, worth nothing anywhere else.
 */
final class PayPalWebhooks {
    static final String CERTIFICATE = "/v1/notifications/certs/CERT-sandbox";
    private static final char[] PASSWORD = "unwind".toCharArray();
    private static final String ALIAS = "paypal";

    private final Stage stage;
    private final KeyStore keys;

    PayPalWebhooks(Stage stage) {
        this.stage = stage;
        this.keys = keys();
    }

    void emit(String type, String kind, JsonNode resource) {
        var id = "WH-%012d-SANDBOX".formatted(stage.next("events"));
        var event = PayPalObjects.event(id, type, kind, resource.deepCopy(), stage.now());
        stage.webhookAddress()
                .map(uri -> Json.of("id", id, "uri", uri.toString(), "body", event.toString()))
                .ifPresent(delivery -> stage.webhooks().send(delivery, this::sign));
    }

    /** A resend has a new transmission id, and its event's own. */
    Map<String, String> sign(JsonNode delivery, Instant at) {
        var id = delivery.path("id").asText() + "-" + at.toEpochMilli();
        var time = PayPalObjects.time(at);
        return Map.of(
                "Content-Type",
                "application/json",
                "PayPal-Transmission-Id",
                id,
                "PayPal-Transmission-Time",
                time,
                "PayPal-Transmission-Sig",
                signature(id, time, delivery.path("body").asText()),
                "PayPal-Cert-Url",
                certificateUrl(),
                "PayPal-Auth-Algo",
                "SHA256withRSA",
                "PayPal-Auth-Version",
                "v2");
    }

    /** By the name that the store document has for this machine: a host is compared as a text. */
    private String certificateUrl() {
        return "http://localhost:" + stage.base().getPort() + "/" + ALIAS + CERTIFICATE;
    }

    /** The chain as PayPal serves it: the leaf first. */
    String certificates() {
        try {
            var text = new StringBuilder();
            for (var certificate : Arrays.asList(keys.getCertificateChain(ALIAS)))
                text.append("-----BEGIN CERTIFICATE-----\n")
                        .append(
                                Base64.getMimeEncoder(64, new byte[] {'\n'})
                                        .encodeToString(certificate.getEncoded()))
                        .append("\n-----END CERTIFICATE-----\n");
            return text.toString();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String signature(String id, String time, String body) {
        var crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        var webhookId = stage.secret().path("webhookId").asText();
        var message = String.join("|", id, time, webhookId, Long.toString(crc.getValue()));
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign((PrivateKey) keys.getKey(ALIAS, PASSWORD));
            signature.update(message.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static KeyStore keys() {
        try (var file = PayPalWebhooks.class.getResourceAsStream("/sandbox/paypal.p12")) {
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
