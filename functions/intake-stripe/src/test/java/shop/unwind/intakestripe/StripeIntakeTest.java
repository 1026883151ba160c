package shop.unwind.intakestripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.config.Documents;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Wish;
import shop.unwind.secrets.Secret;
import shop.unwind.signature.Hmac;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestLambda;
import shop.unwind.testing.TestQueue;
import shop.unwind.testing.TestSecrets;
import shop.unwind.testing.TestTables;

import software.amazon.awssdk.services.sqs.model.SqsException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

final class StripeIntakeTest {
    private static final String SECRET = "whsec_unwind_sandbox_secret";
    private static final String PREVIOUS = "whsec_previous";
    private static final String STORE =
            """
            {"name": "Acme Paints", "platforms": {"stripe": {%s}, "slack": {}},
             "moneyMovedBy": {},
             "ledgers": [], "customer": [], "staff": ["slack"], "notes": false}
            """;
    private static final TestTables TABLES = new TestTables();

    private final TestClock clock = new TestClock();
    private final TestQueue queue = new TestQueue();
    private final TestLambda lambda = new TestLambda();
    private final Documents documents = new Documents(TABLES.client(), TestTables.DOCUMENTS, clock);
    private final StripeIntake intake = intake(Map.of("webhookSecret", SECRET));

    @BeforeEach
    void putStore() {
        documents.put("store", STORE.formatted(""));
    }

    @AfterAll
    static void closeTables() {
        TABLES.close();
    }

    @Test
    void event_shouldBeEnqueued_whenSigned() {
        assertThat(status(sample())).isEqualTo(200);

        var request = queue.sent().getFirst();
        assertThat(request.id()).isEqualTo("stripe-evt_1006");
        assertThat(request.wish()).isEqualTo(new Wish.Dispute("dp_1001"));
        assertThat(request.payment()).contains(new PaymentRef("stripe", "pi_1001"));
    }

    @Test
    void event_shouldBeEnqueued_whenTheGatewayEncodedItsBody() {
        var body = sample().path("body").asText().getBytes(StandardCharsets.UTF_8);
        var encoded = sample().put("body", Base64.getEncoder().encodeToString(body));

        assertThat(status(encoded.put("isBase64Encoded", true))).isEqualTo(200);
        assertThat(queue.sent()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v1=abc",
                "t=1795428000",
                "t=soon,v1=abc",
                "t=1795428000,v1=0000000000000000000000000000000000000000000000000000000000000000",
                "t=1795428000,t=1795428000,v1=abc",
                "t=1795428000,v0=abc",
                "t=99999999999999999999,v1=abc",
            })
    void event_shouldBeTurnedAway_whenNotSigned(String header) {
        assertThat(status(signed(sample(), header))).isEqualTo(401);
        assertThat(queue.sent()).isEmpty();
    }

    @Test
    void event_shouldBeTurnedAway_whenTheHeaderIsMissing() {
        var event = sample();
        ((ObjectNode) event.path("headers")).remove("stripe-signature");

        assertThat(status(event)).isEqualTo(401);
    }

    @Test
    void event_shouldBeTurnedAway_whenOneByteIsOther() {
        var body = sample().path("body").asText().replace("4599", "4598");

        assertThat(status(sample().put("body", body))).isEqualTo(401);
        assertThat(queue.sent()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"300, 200", "301, 401", "-300, 200", "-301, 401"})
    void event_shouldBeTakenFor300Seconds_beforeAndAfter(long seconds, int status) {
        clock.pass(Duration.ofSeconds(seconds));

        assertThat(status(sample())).isEqualTo(status);
    }

    @Test
    void anySignature_shouldDo_whileTheSecretIsRolled() {
        var body = sample().path("body").asText();
        var header = "t=1795428000,v1=" + "0".repeat(64) + ", v1=" + sign(SECRET, body) + ",v0=ab";

        assertThat(status(signed(sample(), header))).isEqualTo(200);
    }

    @Test
    void previousSecret_shouldDo_whileItIsSet() {
        var old = resigned(sample().path("body").asText(), PREVIOUS);

        assertThat(status(old)).isEqualTo(401);

        var rolling = intake(Map.of("webhookSecret", SECRET, "previousWebhookSecret", PREVIOUS));
        assertThat(status(rolling, old)).isEqualTo(200);
        assertThat(status(rolling, sample())).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"'\"livemode\": true', 0", "'\"livemode\": false', 1"})
    void event_shouldBePassedOver_whenOfTheOtherMode(String setting, int requests) {
        documents.put("store", STORE.formatted(setting));
        documents.forget();

        assertThat(status(sample())).isEqualTo(200);
        assertThat(queue.sent()).hasSize(requests);
    }

    @Test
    void otherEvent_shouldBeAcknowledged_soThatItIsNotSentAgain() {
        var body = "{\"object\":\"event\",\"id\":\"evt_2\",\"type\":\"charge.refunded\"}";

        assertThat(status(resigned(body, SECRET))).isEqualTo(200);
        assertThat(queue.sent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "{}", "[]", "{\"object\":\"v2.core.event\"}"})
    void body_shouldBeTurnedAway_whenItIsNoEventThoughSigned(String body) {
        assertThat(status(resigned(body, SECRET))).isEqualTo(400);
    }

    @Test
    void event_shouldFail_whenItCannotBeEnqueued() {
        queue.goDown();

        assertThatThrownBy(() -> status(sample())).isInstanceOf(SqsException.class);
    }

    private int status(JsonNode event) {
        return status(intake, event);
    }

    private int status(StripeIntake function, JsonNode event) {
        return lambda.invoke(function, event).path("statusCode").asInt();
    }

    private StripeIntake intake(Map<String, String> secrets) {
        return new StripeIntake(
                TestSecrets.of(clock, "stripe", secrets), documents, queue.requests(), clock);
    }

    private static ObjectNode sample() {
        return (ObjectNode) TestLambda.event("stripe/webhook-dispute-created");
    }

    private static ObjectNode resigned(String body, String secret) {
        var header = "t=1795428000,v1=" + sign(secret, body);
        return signed(sample().put("body", body), header);
    }

    private static ObjectNode signed(ObjectNode event, String header) {
        ((ObjectNode) event.path("headers")).put("stripe-signature", header);
        return event;
    }

    private static String sign(String secret, String body) {
        return new Hmac(new Secret(secret))
                .hex(("1795428000." + body).getBytes(StandardCharsets.UTF_8));
    }
}
