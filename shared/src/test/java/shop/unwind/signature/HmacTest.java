package shop.unwind.signature;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import shop.unwind.secrets.Secret;

import java.nio.charset.StandardCharsets;

final class HmacTest {
    /** RFC 4231, test case 2. */
    @Test
    void digest_shouldBeTheStandards_whenTheKeyIsShort() {
        var hmac = new Hmac(new Secret("Jefe"));
        var text = bytes("what do ya want for nothing?");

        assertThat(hmac.hex(text))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        assertThat(hmac.base64(text)).isEqualTo("W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=");
    }

    /** The vector of docs.slack.dev, with a made-up secret. */
    @Test
    void digest_shouldBeSlacks_whenTheBodyIsAForm() {
        var hmac = new Hmac(new Secret("3f8a1c0d5e7b92446a1b2c3d4e5f6071"));

        assertThat(
                        hmac.hex(
                                bytes("v0:1794300000:"),
                                bytes("payload=%7B%22type%22%3A%22block_actions%22%7D")))
                .isEqualTo("f131e5789ef669df8b3a5662e80852367a29d965004a31172b4e0f9e5e4ec361");
    }

    @Test
    void digest_shouldBeOfTheParts_howeverTheyAreCut() {
        var hmac = new Hmac(new Secret("key"));

        assertThat(hmac.hex(bytes("ab"), bytes(""), bytes("c"))).isEqualTo(hmac.hex(bytes("abc")));
        assertThat(hmac.hex(bytes("abc"))).isNotEqualTo(hmac.hex(bytes("abd")));
    }

    @Test
    void texts_shouldBeTheSame_onlyWhenTheyAre() {
        assertThat(Hmac.same("v0=ab", "v0=ab")).isTrue();
        assertThat(Hmac.same("v0=ab", "v0=AB")).isFalse();
        assertThat(Hmac.same("v0=ab", "v0=a")).isFalse();
        assertThat(Hmac.same("v0=ab", "")).isFalse();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
