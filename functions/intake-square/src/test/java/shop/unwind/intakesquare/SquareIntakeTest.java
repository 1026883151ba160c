package shop.unwind.intakesquare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.config.Documents;
import shop.unwind.json.Json;
import shop.unwind.problem.Misconfigured;
import shop.unwind.secrets.Secret;
import shop.unwind.signature.Hmac;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestLambda;
import shop.unwind.testing.TestSecrets;
import shop.unwind.testing.TestTables;

import java.nio.charset.StandardCharsets;
import java.util.Map;

final class SquareIntakeTest {
    /** The sandbox's own: the samples are signed with it. */
    private static final String KEY = "unwind-sandbox-square-signature";

    private static final String ADDRESS = "https://hooks.acrylic-house.example/webhooks/square";
    private static final TestTables TABLES = new TestTables();

    private final TestClock clock = new TestClock();
    private final TestLambda lambda = new TestLambda();
    private final FakeEvents events = new FakeEvents();
    private final Documents documents = new Documents(TABLES.client(), TestTables.DOCUMENTS, clock);
    private final SquareIntake intake = intake(Map.of("webhookSignatureKey", KEY));

    @BeforeEach
    void putStore() {
        put("\"merchantId\": \"MLUNWIND00001\", \"notificationUrl\": \"" + ADDRESS + "\"");
    }

    @AfterAll
    static void closeTables() {
        TABLES.close();
    }

    @Test
    void cancelledOrder_shouldGoToTheBus_asIdsAlone() {
        assertThat(status(sample("order-cancelled"))).isEqualTo(200);

        var entry = events.put().getFirst();
        assertThat(entry.eventBusName()).isEqualTo("unwind");
        assertThat(entry.source()).isEqualTo("unwind.square");
        assertThat(entry.detailType()).isEqualTo("order.updated");
        assertThat(Json.parse(entry.detail()))
                .isEqualTo(
                        Json.parse(
                                """
                                {"id": "0f0c3c1e-1111-4a6e-9d2b-000000000006",
                                 "type": "order.updated", "about": "3106", "payment": "3106.",
                                 "failed": false, "merchant": "MLUNWIND00001"}
                                """));
    }

    @Test
    void dispute_shouldGoToTheBus() {
        assertThat(status(sample("inquiry"))).isEqualTo(200);

        assertThat(events.put()).hasSize(1);
    }

    @Test
    @DisplayName("C41: our own refund, told back, starts nothing")
    void ownRefund_shouldStartNothing() {
        assertThat(status(sample("own-echo"))).isEqualTo(200);

        assertThat(events.put()).isEmpty();
        assertThat(lambda.lines()).anyMatch(line -> line.contains("passed over: refund.updated"));
    }

    @Test
    @DisplayName("R8: what another signed is turned away")
    void event_shouldBeTurnedAway_whenAnotherSignedIt() {
        assertThat(status(sample("forged-signature"))).isEqualTo(401);

        assertThat(events.put()).isEmpty();
    }

    @Test
    @DisplayName("R8: what was changed on the way is turned away")
    void body_shouldBeTurnedAway_whenItWasChanged() {
        var event = sample("order-cancelled");
        event.put("body", event.path("body").asText().replace("3106", "3107"));

        assertThat(status(event)).isEqualTo(401);
    }

    @Test
    @DisplayName("R8: a signature for another address of ours is none for this one")
    void event_shouldBeTurnedAway_whenSignedForAnotherAddress() {
        put("\"notificationUrl\": \"" + ADDRESS + "/\"");

        assertThat(status(sample("order-cancelled"))).isEqualTo(401);
    }

    @Test
    void signature_shouldBeExpected() {
        var event = sample("order-cancelled");
        event.withObject("/headers").remove("x-square-hmacsha256-signature");

        assertThat(status(event)).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "no JSON",
                "{}",
                "{\"type\":\"order.updated\",\"data\":{\"object\":{\"order_updated\":"
                        + "{\"state\":\"CANCELED\"}}}}"
            })
    void body_shouldBeRefused_whenItIsNoEvent(String body) {
        assertThat(status(signed(body, KEY))).isEqualTo(400);
        assertThat(events.put()).isEmpty();
    }

    @Test
    void event_shouldBePassedOver_whenItIsOfAnotherAccount() {
        put("\"merchantId\": \"another\", \"notificationUrl\": \"" + ADDRESS + "\"");

        assertThat(status(sample("order-cancelled"))).isEqualTo(200);
        assertThat(events.put()).isEmpty();
    }

    @Test
    void event_shouldBeTaken_whenItIsSignedWithTheKeyBefore() {
        var both = intake(Map.of("webhookSignatureKey", "new", "previousWebhookSignatureKey", KEY));

        var answer = lambda.invoke(both, sample("order-cancelled"));

        assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
    }

    @Test
    @DisplayName("C40: what cannot be handed on is not acknowledged")
    void event_shouldNotBeAcknowledged_whenTheBusDoesNotTakeIt() {
        events.refuses();

        assertThatThrownBy(() -> status(sample("order-cancelled")))
                .hasMessageContaining("not taken");
    }

    @Test
    void address_shouldBeNamed_whenTheStoreHasNone() {
        put("");

        assertThatThrownBy(() -> status(sample("order-cancelled")))
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("platforms.square.notificationUrl");
    }

    private SquareIntake intake(Map<String, String> secrets) {
        return new SquareIntake(
                TestSecrets.of(clock, "square", secrets), documents, new Bus(events, "unwind"));
    }

    private void put(String settings) {
        var store =
                """
                {"name": "Acrylic House", "platforms": {"square": {%s}, "slack": {}},
                 "moneyMovedBy": {}, "ledgers": [], "customer": [], "staff": ["slack"],
                 "notes": false}
                """
                        .formatted(settings);
        documents.put("store", store);
        documents.forget();
    }

    private int status(JsonNode event) {
        return lambda.invoke(intake, event).path("statusCode").asInt();
    }

    private static ObjectNode sample(String name) {
        return (ObjectNode) TestLambda.event("square/" + name);
    }

    private static ObjectNode signed(String body, String key) {
        var event = sample("order-cancelled").put("body", body);
        var message = (ADDRESS + body).getBytes(StandardCharsets.UTF_8);
        event.withObject("/headers")
                .put("x-square-hmacsha256-signature", new Hmac(new Secret(key)).base64(message));
        return event;
    }
}
