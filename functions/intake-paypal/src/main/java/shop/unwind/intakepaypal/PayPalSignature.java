package shop.unwind.intakepaypal;

import shop.unwind.function.BadRequest;
import shop.unwind.function.HttpRequest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.zip.CRC32;

/**
 * The headers {@code PayPal-Transmission-*}: SHA256withRSA over transmission id, time, our webhook
 * id and the CRC-32 of the raw body, joined by bars.
 */
record PayPalSignature(
        String id, String time, String signature, String certificateUrl, String algorithm) {
    private static final String ALGORITHM = "SHA256withRSA";

    /** PayPal goes on trying for three days. UNCONFIRMED: whether it signs each time anew. */
    private static final Duration OLDEST = Duration.ofDays(4);

    private static final Duration AHEAD = Duration.ofMinutes(5);

    static PayPalSignature of(HttpRequest http) {
        return new PayPalSignature(
                http.signed("paypal-transmission-id"),
                http.signed("paypal-transmission-time"),
                http.signed("paypal-transmission-sig"),
                http.signed("paypal-cert-url"),
                http.signed("paypal-auth-algo"));
    }

    /**
     * Accepts the body when it was signed for our webhook, by a key of PayPal's.
     *
     * @throws BadRequest 401 otherwise
     */
    void check(byte[] body, Trust trust, Certificates certificates, Instant now) {
        if (!algorithm.equalsIgnoreCase(ALGORITHM))
            throw new BadRequest(401, "header paypal-auth-algo: SHA256withRSA was expected");
        if (sentAt().isBefore(now.minus(OLDEST)) || sentAt().isAfter(now.plus(AHEAD)))
            throw new BadRequest(401, "a signature of the last 4 days was expected");
        if (!isSigned(body, trust.webhookId(), certificates.key(certificateUrl, trust, now)))
            throw new BadRequest(401, "a valid signature was expected");
    }

    private Instant sentAt() {
        try {
            return OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeException malformed) {
            throw new BadRequest(401, "header paypal-transmission-time: a time was expected");
        }
    }

    private boolean isSigned(byte[] body, String webhookId, PublicKey key) {
        var crc = new CRC32();
        crc.update(body);
        var message = String.join("|", id, time, webhookId, Long.toString(crc.getValue()));
        try {
            var check = Signature.getInstance(ALGORITHM);
            check.initVerify(key);
            check.update(message.getBytes(StandardCharsets.UTF_8));
            return check.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return false;
        }
    }
}
