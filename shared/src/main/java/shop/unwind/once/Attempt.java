package shop.unwind.once;

import shop.unwind.domain.CaseId;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * One attempt at one step. Its key is the same on every retry, so that a platform recognises the
 * repeat; only after a definite refusal does a new number make a new key.
 *
 * @param origin the case whose step it is; a run-again keeps it
 */
public record Attempt(CaseId origin, String step, int number) {

    /** For platforms that take a text: {@code shopify-1001-1:refund-pi_1:1}. */
    public String key() {
        return origin + ":" + step + ":" + number;
    }

    /** For platforms that want a UUID (version 5 of the key). */
    public UUID uuid() {
        var hash = sha1(key());
        hash[6] = (byte) ((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte) ((hash[8] & 0x3f) | 0x80);
        var bytes = ByteBuffer.wrap(hash);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    /** What we write into the platform's note or metadata, to know our own work again. */
    public String mark() {
        return "unwind:" + origin + ":" + step;
    }

    private static byte[] sha1(String text) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
