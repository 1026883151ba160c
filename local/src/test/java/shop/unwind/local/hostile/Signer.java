package shop.unwind.local.hostile;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.secrets.Secret;
import shop.unwind.signature.Hmac;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Signs as the platforms do, with the secrets of this shop. */
final class Signer {
    private final JsonNode secrets;
    private final InstantSource clock;

    /**
     * A signer.
     *
     * @param secrets fields by the name of the secret
     */
    Signer(JsonNode secrets, InstantSource clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    String secret(String name, String field) {
        return secrets.path(name).path(field).asText();
    }

    /** Everything that is secret. */
    List<String> all() {
        return secrets.valueStream().flatMap(JsonNode::valueStream).map(JsonNode::asText).toList();
    }

    String shopify(byte[] body) {
        return hmac("unwind/shopify", "clientSecret").base64(body);
    }

    String wooCommerce(byte[] body) {
        return hmac("unwind/woocommerce", "webhookSecret").base64(body);
    }

    String bigCommerce(String id, String time, byte[] body) {
        return "v1,"
                + hmac("unwind/bigcommerce", "clientSecret")
                        .base64(ascii(id + "." + time + "."), body);
    }

    /** The value of {@code v1=}, alone. */
    String stripe(byte[] body, long at) {
        return hmac("unwind/stripe", "webhookSecret").hex(ascii(at + "."), body);
    }

    String slack(byte[] body, long at) {
        return slack(body, Long.toString(at));
    }

    /** Whatever stands for the time. */
    String slack(byte[] body, String at) {
        return "v0=" + hmac("unwind/slack", "signingSecret").hex(ascii("v0:" + at + ":"), body);
    }

    String square(byte[] body) {
        return square(secret("unwind/square", "notificationUrl"), body);
    }

    /** As if the webhook had been made for another address. */
    String square(String address, byte[] body) {
        return hmac("unwind/square", "webhookSignatureKey").base64(ascii(address), body);
    }

    /** Seconds since 1970. */
    long now() {
        return in(Duration.ZERO);
    }

    long in(Duration later) {
        return clock.instant().plus(later).getEpochSecond();
    }

    private Hmac hmac(String name, String field) {
        return new Hmac(new Secret(secret(name, field)));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
