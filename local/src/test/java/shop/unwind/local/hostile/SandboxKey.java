package shop.unwind.local.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;

/** The key with which one of the sandbox's platforms signs. */
final class SandboxKey {
    private static final char[] PASSWORD = "unwind".toCharArray();

    private final PrivateKey key;

    SandboxKey(String platform) {
        try (var file = SandboxKey.class.getResourceAsStream("/sandbox/" + platform + ".p12")) {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(file, PASSWORD);
            key = (PrivateKey) keys.getKey(platform, PASSWORD);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    String sign(byte[] message) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(message);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
