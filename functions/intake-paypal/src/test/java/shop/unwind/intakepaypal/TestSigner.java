package shop.unwind.intakepaypal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.zip.CRC32;

/** Signs as PayPal does, with the sandbox's key. */
final class TestSigner {
    static final String WEBHOOK_ID = "8PT597110X687430L";

    private static final Path KEYS = Path.of("../../local/src/main/resources/sandbox/paypal.p12");
    private static final char[] PASSWORD = "unwind".toCharArray();

    private final PrivateKey key;
    private final Certificate[] chain;

    TestSigner() {
        try (var file = Files.newInputStream(KEYS)) {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(file, PASSWORD);
            key = (PrivateKey) keys.getKey("paypal", PASSWORD);
            chain = keys.getCertificateChain("paypal");
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Map<String, String> headers(String body, Instant at) {
        var crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        var message = "69cd13f0|" + at + "|" + WEBHOOK_ID + "|" + crc.getValue();
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(message.getBytes(StandardCharsets.UTF_8));
            return Map.of(
                    "paypal-transmission-id", "69cd13f0",
                    "paypal-transmission-time", at.toString(),
                    "paypal-transmission-sig",
                            Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** As PayPal may serve it: the leaf alone. */
    String certificates() {
        return pem(chain[0]);
    }

    String root() {
        return pem(chain[1]);
    }

    String anchor() {
        return base64(chain[1]);
    }

    private static String pem(Certificate certificate) {
        return "-----BEGIN CERTIFICATE-----\n"
                + base64(certificate)
                + "\n-----END CERTIFICATE-----\n";
    }

    private static String base64(Certificate certificate) {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
