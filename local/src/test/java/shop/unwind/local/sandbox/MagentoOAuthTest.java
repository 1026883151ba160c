package shop.unwind.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** The sandbox takes signed calls, and only those. */
final class MagentoOAuthTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private final MagentoOAuth oauth = new MagentoOAuth();

    @Test
    void call_shouldBeTaken_whenItIsSigned() {
        assertThat(oauth.complaint(call(good(), "1001"), secret(), NOW)).isEmpty();
    }

    @Test
    void nonce_shouldServeOnce() {
        oauth.complaint(call(good(), "1001"), secret(), NOW);

        assertThat(oauth.complaint(call(good(), "1001"), secret(), NOW))
                .contains("oauth_problem=nonce_used");
    }

    @ParameterizedTest
    @CsvSource({"-601", "601"})
    void time_shouldBeNear(long seconds) {
        var then = NOW.plus(Duration.ofSeconds(seconds));

        assertThat(oauth.complaint(call(good(), "1001"), secret(), then))
                .contains("oauth_problem=timestamp_refused");
    }

    @Test
    void query_shouldBeTheSignedOne() {
        assertThat(oauth.complaint(call(good(), "1002"), secret(), NOW))
                .contains("oauth_problem=signature_invalid");
    }

    @ParameterizedTest
    @CsvSource({
        "HMAC-SHA256, HMAC-SHA1, signature_method_rejected",
        "sandboxmagentoconsumer0000000001, other, consumer_key_rejected",
        "sandboxmagentoaccess000000000001, other, token_rejected",
        "OAuth , Bearer , consumer_key_rejected"
    })
    void field_shouldBeOurs(String right, String wrong, String problem) {
        var header = good().replace(right.strip(), wrong.strip());

        assertThat(oauth.complaint(call(header, "1001"), secret(), NOW))
                .contains("oauth_problem=" + problem);
    }

    /** Encoded by hand, so that nothing here is the code that is tried. */
    private static String good() {
        var base =
                "GET&https%3A%2F%2Fmagento.acrylic-house.example%2Frest%2Fdefault%2FV1%2Forders"
                        + "&oauth_consumer_key%3D"
                        + secret().path("consumerKey").asText()
                        + "%26oauth_nonce%3Dn1%26oauth_signature_method%3DHMAC-SHA256"
                        + "%26oauth_timestamp%3D"
                        + NOW.getEpochSecond()
                        + "%26oauth_token%3D"
                        + secret().path("accessToken").asText()
                        + "%26oauth_version%3D1.0%26search%255Ba%255D%3D1001";
        var key =
                secret().path("consumerSecret").asText()
                        + "&"
                        + secret().path("accessTokenSecret").asText();
        var signature =
                Signature.base64(key, base)
                        .replace("+", "%2B")
                        .replace("/", "%2F")
                        .replace("=", "%3D");
        return "OAuth oauth_consumer_key=\""
                + secret().path("consumerKey").asText()
                + "\", oauth_nonce=\"n1\", oauth_signature_method=\"HMAC-SHA256\","
                + " oauth_timestamp=\""
                + NOW.getEpochSecond()
                + "\", oauth_token=\""
                + secret().path("accessToken").asText()
                + "\", oauth_version=\"1.0\", oauth_signature=\""
                + signature
                + "\"";
    }

    private static Call call(String header, String value) {
        return new Call(
                "GET",
                "/rest/default/V1/orders",
                Map.of(),
                Form.parse("search%5Ba%5D=" + value),
                Map.of("authorization", header),
                "");
    }

    private static JsonNode secret() {
        return Secrets.of("magento");
    }
}
