package shop.unwind.local.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 as vendors write it. */
final class Signature {
    private Signature() {}

    static String base64(String key, String message) {
        return Base64.getEncoder().encodeToString(sign(key, message));
    }

    static String hex(String key, String message) {
        return HexFormat.of().formatHex(sign(key, message));
    }

    private static byte[] sign(String key, String message) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
