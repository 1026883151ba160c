package shop.unwind.intakeportal;

import shop.unwind.domain.OrderRef;
import shop.unwind.function.BadRequest;
import shop.unwind.function.HttpRequest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * A request's id as its customer sees it, {@code shopify-1001.AAECAwQFBgcICQoLDA0ODw}: it names the
 * order, so that a look at it needs no index. It is no secret; the token that goes with it is.
 *
 * @param part 22 letters of URL-safe Base64
 */
record PublicId(OrderRef order, String part) {
    private static final int BYTES = 16;
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{8,100}");

    /**
     * A random id, or the same id for the same Idempotency-Key and body.
     *
     * @throws BadRequest 400 when the key is none
     */
    static PublicId of(OrderRef order, HttpRequest request, Random random) {
        var bytes =
                request.header("idempotency-key")
                        .map(key -> digest(key, request.body()))
                        .orElseGet(() -> random(random));
        return new PublicId(order, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Reads what {@link #toString} wrote; only for ids whose token fits. */
    static PublicId parse(String text) {
        var dot = text.lastIndexOf('.');
        return new PublicId(OrderRef.ofKey(text.substring(0, dot)), text.substring(dot + 1));
    }

    /** The id of the request as it goes through the queue. */
    String requestId() {
        return "portal-" + part;
    }

    @Override
    public String toString() {
        return order.key() + "." + part;
    }

    private static byte[] random(Random random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] digest(String key, byte[] body) {
        if (!KEY.matcher(key).matches())
            throw new BadRequest(
                    400, "header Idempotency-Key: 8 to 100 visible ASCII characters were expected");
        try {
            var hash = MessageDigest.getInstance("SHA-256");
            hash.update(key.getBytes(StandardCharsets.US_ASCII));
            // No key holds a line feed: where it ends and the body begins is certain.
            hash.update((byte) '\n');
            return Arrays.copyOf(hash.digest(body), BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
