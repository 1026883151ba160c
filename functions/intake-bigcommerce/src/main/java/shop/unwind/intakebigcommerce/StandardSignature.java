package shop.unwind.intakebigcommerce;

import shop.unwind.function.BadRequest;
import shop.unwind.function.HttpRequest;
import shop.unwind.secrets.Secret;
import shop.unwind.signature.Hmac;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A signature after Standard Webhooks: over id, time and raw body, of which the header may hold
 * several, also of versions that we do not know.
 */
record StandardSignature(String id, String timestamp, List<String> given) {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");
    private static final String VERSION = "v1,";

    static StandardSignature of(HttpRequest http) {
        return new StandardSignature(
                http.signed("webhook-id"),
                http.signed("webhook-timestamp"),
                Stream.of(http.signed("webhook-signature").split(" ", -1))
                        .filter(each -> each.startsWith(VERSION))
                        .map(each -> each.substring(VERSION.length()))
                        .toList());
    }

    /**
     * Checks it over the raw body.
     *
     * @param keys any of which may have made it
     * @throws BadRequest 401
     */
    void check(byte[] body, List<Secret> keys, Instant now) {
        var head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        if (keys.stream().noneMatch(key -> isMadeWith(key, head, body)))
            throw new BadRequest(401, "a valid signature was expected");
        if (age(now).compareTo(TOLERANCE) > 0)
            throw new BadRequest(401, "a signature of the last five minutes was expected");
    }

    private boolean isMadeWith(Secret key, byte[] head, byte[] body) {
        var expected = new Hmac(key).base64(head, body);
        return given.stream().anyMatch(each -> Hmac.same(expected, each));
    }

    private Duration age(Instant now) {
        if (!SECONDS.matcher(timestamp).matches())
            throw new BadRequest(401, "a valid signature was expected");
        return Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now).abs();
    }
}
