package shop.unwind.local.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.zip.CRC32;

/** The key with which the sandbox's PayPal signs. */
final class PayPalKey {
    private static final char[] PASSWORD = "unwind".toCharArray();

    private final PrivateKey key;

    PayPalKey() {
        try (var file = PayPalKey.class.getResourceAsStream("/sandbox/paypal.p12")) {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(file, PASSWORD);
            key = (PrivateKey) keys.getKey("paypal", PASSWORD);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    String sign(String id, String time, String webhookId, byte[] body) {
        var crc = new CRC32();
        crc.update(body);
        var message = String.join("|", id, time, webhookId, Long.toString(crc.getValue()));
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(message.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
