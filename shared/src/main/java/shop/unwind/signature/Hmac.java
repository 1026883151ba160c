package shop.unwind.signature;

import shop.unwind.secrets.Secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 under one key. */
public final class Hmac {
    private final SecretKeySpec key;

    public Hmac(Secret secret) {
        this.key = new SecretKeySpec(secret.bytes(), "HmacSHA256");
    }

    /** The digest of all parts in a row. */
    public byte[] sign(byte[]... parts) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            for (var part : parts) mac.update(part);
            return mac.doFinal();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Lower-case hex, as Stripe and Slack write it. */
    public String hex(byte[]... parts) {
        return HexFormat.of().formatHex(sign(parts));
    }

    /** Base64, as Shopify writes it. */
    public String base64(byte[]... parts) {
        return Base64.getEncoder().encodeToString(sign(parts));
    }

    /** Compares in constant time. */
    public static boolean same(String expected, String given) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
