package shop.unwind.magento;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import shop.unwind.secrets.Secret;
import shop.unwind.testing.TestClock;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

final class OAuthTest {
    private static final String URL = "https://shop.example/rest/default/V1/orders";

    @ParameterizedTest
    @CsvSource({
        "a b, a%20b",
        "*, %2A",
        "~, ~",
        "-._, -._",
        "+, %2B",
        "[0], %5B0%5D",
        "ü, %C3%BC",
        "/, %2F"
    })
    void text_shouldBeEncoded_asRfc3986Says(String text, String encoded) {
        assertThat(OAuth.encode(text)).isEqualTo(encoded);
    }

    @Test
    @DisplayName(
            "brackets are encoded twice in what is signed, and the query is not in the address")
    void base_shouldEncodeTwice_whenTheQueryHasBrackets() {
        var base =
                OAuth.base("GET", URL + "?searchCriteria%5BpageSize%5D=1", Map.of("oauth_a", "1"));

        assertThat(base)
                .isEqualTo(
                        "GET&https%3A%2F%2Fshop.example%2Frest%2Fdefault%2FV1%2Forders"
                                + "&oauth_a%3D1%26searchCriteria%255BpageSize%255D%3D1");
    }

    @Test
    @DisplayName("RFC 5849, 3.4.1.3.2: sorted after encoding, by name and then by value")
    void parameters_shouldBeSorted_byNameAndValue() {
        var base =
                OAuth.base("GET", "https://a.test/r?z=p&a3=a&a3=2%20q&c%40=", Map.of("a2", "r b"));

        assertThat(base)
                .isEqualTo(
                        "GET&https%3A%2F%2Fa.test%2Fr"
                                + "&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26c%2540%3D%26z%3Dp");
    }

    /** Reckoned by other means over the base string that RFC 5849 prescribes. */
    @Test
    void signature_shouldBeTheMac_underBothSecrets() {
        var header = oauth("n1").header("GET", URL + "?searchCriteria%5BpageSize%5D=1");

        assertThat(header)
                .startsWith("OAuth oauth_consumer_key=\"ck\", oauth_nonce=\"n1\",")
                .contains("oauth_signature_method=\"HMAC-SHA256\"", "oauth_version=\"1.0\"")
                .endsWith("oauth_signature=\"jAMX6T7hgQjmr0SNery4chc2B0IcnY3BoLsABPLf3nE%3D\"");
    }

    @Test
    void nonce_shouldBeAnother_onEachAttempt() {
        var oauth = oauth("n1", "n2");

        var headers = List.of(oauth.header("GET", URL), oauth.header("GET", URL));

        assertThat(headers).doesNotHaveDuplicates();
        assertThat(headers.getLast()).contains("oauth_nonce=\"n2\"");
    }

    @Test
    void secrets_shouldNotBeShown() {
        assertThat(oauth().toString()).doesNotContain("c&s", "t s");
    }

    private static OAuth oauth(String... nonces) {
        Iterator<String> next = List.of(nonces).iterator();
        return new OAuth(
                new Secret("ck"),
                new Secret("c&s"),
                new Secret("at"),
                new Secret("t s"),
                next::next,
                new TestClock());
    }
}
