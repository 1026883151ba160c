package shop.unwind.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.problem.Misconfigured;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestSecrets;

import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

final class SecretsTest {
    private final TestClock clock = new TestClock();
    private final Map<String, String> fields =
            new HashMap<>(Map.of("apiKey", "SG.made-up", "empty", " "));
    private final Secrets secrets = new Secrets(new TestSecrets(Map.of("sendgrid", fields)), clock);

    @Test
    void field_shouldBeRead_whenItIsThere() {
        assertThat(secrets.required("sendgrid", "apiKey").value()).isEqualTo("SG.made-up");
        assertThat(secrets.optional("sendgrid", "other")).isEmpty();
        assertThat(secrets.optional("sendgrid", "empty")).isEmpty();
    }

    @Test
    void secret_shouldBeNamed_whenItOrItsFieldIsMissing() {
        assertThatThrownBy(() -> secrets.required("slack", "botToken"))
                .isInstanceOf(Misconfigured.class)
                .hasMessage("secret unwind/slack");
        assertThatThrownBy(() -> secrets.required("sendgrid", "other"))
                .isInstanceOf(Misconfigured.class)
                .hasMessage("secret unwind/sendgrid: field other");
    }

    @ParameterizedTest
    @NullSource // what a binary secret has for a text
    @ValueSource(strings = {"", "SG.made-up", "{\"apiKey\": SG.made-up}", "[\"SG.made-up\"]"})
    @DisplayName("R10, C40: a secret that is no JSON object is our fault, and not shown")
    void secret_shouldBeOurFault_whenItIsNoObject(@Nullable String text) {
        var malformed = new Secrets(new Written(text), clock);

        assertThatThrownBy(() -> malformed.optional("sendgrid", "apiKey"))
                .isInstanceOf(Misconfigured.class)
                .hasMessage("secret unwind/sendgrid: a JSON object of strings was expected");
    }

    /** A secret as somebody has written it. */
    private record Written(@Nullable String text) implements SecretsManagerClient {
        @Override
        public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
            return GetSecretValueResponse.builder().secretString(text).build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    @Test
    void secret_shouldBeReadAgain_whenItsAgeIsReached() {
        secrets.required("sendgrid", "apiKey");
        fields.put("apiKey", "SG.changed");

        clock.pass(Secrets.MAX_AGE.minusMillis(1));
        assertThat(secrets.required("sendgrid", "apiKey").value()).isEqualTo("SG.made-up");

        clock.pass(Duration.ofMillis(1));
        assertThat(secrets.required("sendgrid", "apiKey").value()).isEqualTo("SG.changed");
    }

    @Test
    void secret_shouldBeReadAgain_whenItIsForgotten() {
        secrets.required("sendgrid", "apiKey");
        fields.put("apiKey", "SG.changed");

        secrets.forget();

        assertThat(secrets.required("sendgrid", "apiKey").value()).isEqualTo("SG.changed");
    }

    @Test
    @DisplayName("R10: a secret that is printed hides its value")
    void value_shouldBeHidden_whenASecretIsPrinted() {
        assertThat(secrets.required("sendgrid", "apiKey").toString()).doesNotContain("made-up");
    }
}
