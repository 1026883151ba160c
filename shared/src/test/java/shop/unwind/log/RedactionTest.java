package shop.unwind.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys here are made up in the shape of real ones. */
final class RedactionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "jo.doe+paints@mail.example.co.uk",
                "jürgen@exämple.de",
                "o'brien@example.com",
                "JO_DOE@EXAMPLE.COM",
                "+49 170 1234567",
                "+1 (555) 010-9999",
            })
    void personalData_shouldBeTakenOut_whereverItStands(String personal) {
        assertThat(Redaction.clean("sent to <" + personal + ">, thanks"))
                .startsWith("sent to <(")
                .endsWith(")>, thanks");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk_test_made0up0key0123456789",
                "rk_live_made0up0key0123456789",
                "whsec_made0up0key0123456789",
                "shpat_made0up0key0123456789",
                "xoxb-made-up-0123456789",
                "SG.made0up0key.0123456789",
                "EAAAmade0up0token0123456789-_",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl",
            })
    void key_shouldBeTakenOut_whereverItStands(String key) {
        assertThat(Redaction.clean("key " + key + " was turned away")).doesNotContain(key);
        assertThat(Redaction.clean("\"" + key + "\"")).doesNotContain(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer abcdef",
                "token=abcdef",
                "{\"token\":\"abcdef\"}",
                "{\"clientSecret\": \"abcdef\"}",
                "password = abcdef",
                "?signature=abcdef&x=1",
            })
    void value_shouldBeTakenOut_whenItsNameSaysSecret(String text) {
        assertThat(Redaction.clean(text)).doesNotContain("abcdef");
    }

    @Test
    void text_shouldStay_whenNothingInItIsSecret() {
        var text =
                "order 1001: refunded 15.00 USD as re_1Nabc at 2026-11-23T10:00:00Z"
                        + " (shopify-1001-1)";

        assertThat(Redaction.clean(text)).isEqualTo(text);
    }
}
