package shop.unwind.intakeportal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestSecrets;

import java.util.Map;

final class StatusTokenTest {
    private static final String ID = "shopify-1001.AAECAwQFBgcICQoLDA0ODw";

    private final StatusToken tokens = tokens("one key");

    @Test
    void token_shouldFitItsIdAlone_whenItIsMade() {
        var token = tokens.of(ID);

        assertThat(token).matches("[A-Za-z0-9_-]{43}");
        assertThat(tokens.fits(ID, token)).isTrue();
        assertThat(tokens.fits(ID + "x", token)).isFalse();
        assertThat(tokens.fits(ID, token.substring(1))).isFalse();
        assertThat(tokens.fits(ID, "")).isFalse();
    }

    @Test
    void token_shouldNotFit_whenItWasMadeUnderAnotherKey() {
        assertThat(tokens.fits(ID, tokens("another key").of(ID))).isFalse();
    }

    private static StatusToken tokens(String key) {
        return new StatusToken(TestSecrets.of(new TestClock(), "portal", Map.of("tokenKey", key)));
    }
}
