package shop.unwind.intakeslack;

import shop.unwind.function.BadRequest;
import shop.unwind.function.HttpRequest;
import shop.unwind.secrets.Secret;
import shop.unwind.secrets.Secrets;
import shop.unwind.signature.Hmac;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Pattern;

/**
 * Slack's signature {@code v0} over time stamp and raw body
 * (docs.slack.dev/authentication/verifying-requests-from-slack).
 */
final class SlackSignature {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final Pattern EPOCH_SECONDS = Pattern.compile("\\d{1,11}");

    private final Secrets secrets;
    private final InstantSource clock;

    SlackSignature(Secrets secrets, InstantSource clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * Checks that Slack signed these bytes, lately.
     *
     * @throws BadRequest 401 otherwise, whatever was wrong
     */
    void verify(HttpRequest request) {
        var time = request.signed("x-slack-request-timestamp");
        var given = request.signed("x-slack-signature");
        var prefix = ("v0:" + time + ":").getBytes(StandardCharsets.UTF_8);
        var expected = "v0=" + new Hmac(key()).hex(prefix, request.body());
        if (!Hmac.same(expected, given) || !isRecent(time))
            throw new BadRequest(401, "a recent signature of Slack's was expected");
    }

    Secret key() {
        return secrets.required("slack", "signingSecret");
    }

    private boolean isRecent(String time) {
        if (!EPOCH_SECONDS.matcher(time).matches()) return false;
        var signedAt = Instant.ofEpochSecond(Long.parseLong(time));
        return Duration.between(signedAt, clock.instant()).abs().compareTo(TOLERANCE) <= 0;
    }
}
