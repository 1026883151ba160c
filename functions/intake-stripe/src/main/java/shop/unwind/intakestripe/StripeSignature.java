package shop.unwind.intakestripe;

import shop.unwind.function.BadRequest;
import shop.unwind.secrets.Secret;
import shop.unwind.signature.Hmac;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * The header {@code Stripe-Signature: t=1763640000,v1=HEX[,v1=HEX]}: HMAC-SHA256 over time, dot and
 * raw body. Two signatures come while Stripe rolls its secret.
 */
record StripeSignature(String time, List<String> signatures) {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    static StripeSignature parse(String header) {
        var parts = Arrays.stream(header.split(",")).map(String::strip).toList();
        var time = values(parts, "t=");
        var signatures = values(parts, "v1=");
        if (time.size() != 1 || !time.getFirst().matches("\\d{1,12}") || signatures.isEmpty())
            throw new BadRequest(401, "header stripe-signature: t=…,v1=… was expected");
        return new StripeSignature(time.getFirst(), signatures);
    }

    /**
     * Accepts the body when one signature was made with one of the secrets, not long before or
     * after now.
     *
     * @throws BadRequest 401 otherwise
     */
    void check(byte[] body, List<Secret> secrets, Instant now) {
        var age = Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), now).abs();
        if (age.compareTo(TOLERANCE) > 0)
            throw new BadRequest(401, "a signature of the last 300 seconds was expected");
        if (secrets.stream().noneMatch(secret -> isSigned(body, secret)))
            throw new BadRequest(401, "a valid signature was expected");
    }

    private boolean isSigned(byte[] body, Secret secret) {
        var expected = new Hmac(secret).hex((time + ".").getBytes(StandardCharsets.UTF_8), body);
        return signatures.stream().anyMatch(given -> Hmac.same(expected, given));
    }

    private static List<String> values(List<String> parts, String key) {
        return parts.stream()
                .filter(part -> part.startsWith(key))
                .map(part -> part.substring(key.length()))
                .toList();
    }
}
