package shop.unwind.intakeshopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.config.Documents;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.domain.Wish.Happened.What;
import shop.unwind.json.Json;
import shop.unwind.secrets.Secret;
import shop.unwind.signature.Hmac;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestLambda;
import shop.unwind.testing.TestQueue;
import shop.unwind.testing.TestSecrets;
import shop.unwind.testing.TestTables;

import software.amazon.awssdk.services.sqs.model.SqsException;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

final class ShopifyIntakeTest {
    /** The sandbox's own: the samples are signed with it. */
    private static final String SECRET = "shpss_unwind000000000000000000000001";

    private static final String BEFORE = "shpss_unwind000000000000000000000000";
    private static final String STORE =
            """
            {"name": "Acrylic House", "platforms": {"shopify": {%s}, "slack": {}},
             "moneyMovedBy": {}, "ledgers": [], "customer": [], "staff": ["slack"], "notes": false}
            """;

    private final TestTables tables = new TestTables();
    private final TestClock clock = new TestClock();
    private final TestQueue queue = new TestQueue();
    private final TestLambda lambda = new TestLambda();
    private final Documents documents = new Documents(tables.client(), TestTables.DOCUMENTS, clock);
    private final ShopifyIntake intake = intake(Map.of("clientSecret", SECRET));

    @BeforeEach
    void putStore() {
        documents.put("store", STORE.formatted("\"shop\": \"acrylic-house\""));
    }

    @AfterEach
    void closeTables() {
        tables.close();
    }

    @Test
    void cancellation_shouldBeEnqueued_whenShopifyReportsIt() {
        assertAnswered(sample("orders-cancelled"), 200);

        assertThat(queue.sent())
                .containsExactly(
                        new Request(
                                idOf("orders-cancelled"),
                                Source.STOREFRONT,
                                new Wish.Happened(What.CANCELLED),
                                Optional.of(new OrderRef("shopify", "1010")),
                                Optional.empty(),
                                Optional.empty(),
                                clock.instant()));
    }

    @Test
    void refund_shouldNameItsOrderByThePayment_beyondWhatADoubleHolds() {
        assertAnswered(sample("refunds-create"), 200);

        assertThat(queue.sent())
                .containsExactly(
                        new Request(
                                idOf("refunds-create"),
                                Source.STOREFRONT,
                                new Wish.Happened(What.REFUNDED),
                                Optional.empty(),
                                Optional.of(new PaymentRef("shopify", "9007199254740993.")),
                                Optional.empty(),
                                clock.instant()));
    }

    @Test
    @DisplayName("C41: what Shopify's own cancel records without money starts nothing")
    void refund_shouldStartNothing_whenItMovedNoMoney() {
        var echo = payload("refunds-create").putNull("note");
        echo.putArray("transactions");

        assertAnswered(signed("refunds/create", Json.write(echo)), 200);

        assertThat(queue.sent()).isEmpty();
    }

    @Test
    @DisplayName("C41: our own refund, told back by its mark, starts nothing")
    void ownRefund_shouldStartNothing_whenItsNoteBearsOurMark() {
        var echo = payload("refunds-create").put("note", "unwind:shopify-1010-1:cancel");

        assertAnswered(signed("refunds/create", Json.write(echo)), 200);

        assertThat(queue.sent()).isEmpty();
        assertThat(lambda.lines()).anyMatch(line -> line.contains("passed over: refunds/create"));
    }

    @Test
    void refund_shouldBeEnqueued_whenItsNoteMentionsUsOnlyLater() {
        var byHand = payload("refunds-create").put("note", "see unwind:shopify-1010-1");

        assertAnswered(signed("refunds/create", Json.write(byHand)), 200);

        assertThat(queue.sent()).hasSize(1);
    }

    @Test
    void refund_shouldBeEnqueued_whenItHasNoNote() {
        var byHand = payload("refunds-create").putNull("note");

        assertAnswered(signed("refunds/create", Json.write(byHand)), 200);

        assertThat(queue.sent()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"disputes/create", "disputes/update"})
    void dispute_shouldNameTheComplaintAndThePayment(String topic) {
        assertAnswered(signed(topic, Json.write(payload("disputes-create"))), 200);

        assertThat(queue.sent())
                .singleElement()
                .satisfies(
                        request -> {
                            assertThat(request.source()).isEqualTo(Source.DISPUTE);
                            assertThat(request.wish())
                                    .isEqualTo(new Wish.Dispute("9007199254740997"));
                            assertThat(request.order()).isEmpty();
                            assertThat(request.payment())
                                    .contains(new PaymentRef("shopify", "9007199254740993."));
                        });
    }

    @ParameterizedTest
    @CsvSource({"disputes/create, disputes-create", "refunds/create, refunds-create"})
    void event_shouldBeLogged_whenItIsAboutNoOrder(String topic, String sample) {
        var orderless = payload(sample).putNull("order_id");

        assertAnswered(signed(topic, Json.write(orderless)), 200);

        assertThat(queue.sent()).isEmpty();
        assertThat(lambda.lines()).anyMatch(line -> line.contains("passed over: " + topic));
    }

    @Test
    void event_shouldBePassedOver_whenItsTopicIsUnknown() {
        assertAnswered(signed("inventory_levels/update", "{\"available\": 3}"), 200);

        assertThat(queue.sent()).isEmpty();
    }

    @Test
    void delivery_shouldBeTurnedAway_whenItsSignatureIsForged() {
        assertTurnedAway(sample("forged-signature"), 401);
    }

    @Test
    void delivery_shouldBeTurnedAway_whenItBearsNoSignature() {
        assertTurnedAway(without(sample("orders-cancelled"), "x-shopify-hmac-sha256"), 401);
    }

    @Test
    void delivery_shouldBeTurnedAway_whenOneByteOfItsBodyDiffers() {
        var event = sample("orders-cancelled");

        assertTurnedAway(event.put("body", event.path("body").asText() + " "), 401);
    }

    @Test
    void signature_shouldBeCheckedFirst_whenTheBodyIsNoJsonEither() {
        assertTurnedAway(sample("orders-cancelled").put("body", "{"), 401);
    }

    @Test
    void signature_shouldCoverTheRawBytes_whenTheyComeEncoded() {
        var event = sample("orders-cancelled");
        var body = event.path("body").asText().getBytes(StandardCharsets.UTF_8);
        event.put("body", Base64.getEncoder().encodeToString(body)).put("isBase64Encoded", true);

        assertAnswered(event, 200);

        assertThat(queue.sent()).hasSize(1);
    }

    @Test
    void oldSecret_shouldStillCount_whileItIsKept() {
        var rotated = Map.of("clientSecret", "shpss_unwind_next", "previousClientSecret", SECRET);

        var answer = lambda.invoke(intake(rotated), sample("orders-cancelled"));

        assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
        assertThat(queue.sent()).hasSize(1);
    }

    @Test
    void oldSecret_shouldNotCount_onceItIsGone() {
        var event = sample("orders-cancelled");
        var body = event.path("body").asText();
        ((ObjectNode) event.path("headers")).put("x-shopify-hmac-sha256", hmac(BEFORE, body));

        assertTurnedAway(event, 401);
    }

    @Test
    void delivery_shouldBeTurnedAway_whenItIsForAnotherShop() {
        var event = sample("orders-cancelled");
        ((ObjectNode) event.path("headers"))
                .put("x-shopify-shop-domain", "acrylic-house.myshopify.com.example.com");

        assertTurnedAway(event, 403);
        assertTurnedAway(without(event, "x-shopify-shop-domain"), 403);
    }

    @Test
    void everyShop_shouldBeTaken_whenNoneIsNamed() {
        documents.put("store", STORE.formatted(""));

        assertAnswered(without(sample("orders-cancelled"), "x-shopify-shop-domain"), 200);

        assertThat(queue.sent()).hasSize(1);
    }

    @Test
    @DisplayName("C37: a repeat is the same request, whatever its headers say")
    void repeat_shouldBeTheSameRequest_whateverItsHeadersSay() {
        assertAnswered(sample("orders-cancelled"), 200);
        var replayed = sample("orders-cancelled");
        ((ObjectNode) replayed.path("headers"))
                .put("x-shopify-webhook-id", "00000000-0000-0000-0000-000000000001")
                .put("x-shopify-event-id", "another")
                .put("x-shopify-triggered-at", "2030-01-01T00:00:00Z");
        assertAnswered(replayed, 200);
        assertAnswered(signed("orders/cancelled", "{\"name\": \"#1010\"}"), 200);

        assertThat(queue.sent()).extracting(Request::id).element(1).isEqualTo(firstId());
        assertThat(queue.sent()).extracting(Request::id).element(2).isNotEqualTo(firstId());
    }

    @Test
    void delivery_shouldBeTurnedAway_whenItsTopicIsMissing() {
        assertTurnedAway(without(sample("orders-cancelled"), "x-shopify-topic"), 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "orders", "Orders/Cancelled", "orders/cancelled\r\nx: y", "a/b/c"})
    void delivery_shouldBeTurnedAway_whenItsTopicIsNone(String topic) {
        assertTurnedAway(signed(topic, "{\"name\": \"#1010\"}"), 400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "orders/cancelled|{\"name\": \"#1010\"",
                "orders/cancelled|[]",
                "orders/cancelled|{\"name\": 1010}",
                "orders/cancelled|{\"name\": \"payment.5001\"}",
                "orders/cancelled|{\"name\": \"jane.doe@example.com\"}",
                "refunds/create|{\"id\": 61}",
                "refunds/create|{\"id\": 61, \"order_id\": \"jane.doe@example.com\"}",
                "refunds/create|{\"id\": 61, \"order_id\": 5001.5}",
                "disputes/create|{\"id\": 31, \"order_id\": 9223372036854775808}",
                "disputes/create|{\"id\": -1, \"order_id\": 5001}"
            })
    void delivery_shouldBeTurnedAwayDiscreetly_whenItsBodyIsMalformed(String topic, String body) {
        var answer = assertTurnedAway(signed(topic, body), 400);

        assertThat(answer.path("body").asText()).contains("expected").doesNotContain("jane");
        assertThat(String.join("", lambda.lines())).doesNotContain("jane").doesNotContain("5001");
    }

    @Test
    void delivery_shouldFail_whenTheQueueTakesNothing() {
        queue.goDown();

        assertThatThrownBy(() -> lambda.invoke(intake, sample("orders-cancelled")))
                .isInstanceOf(SqsException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders-cancelled", "refunds-create", "disputes-create"})
    void sample_shouldBeSignedWithTheSandboxsSecret(String sample) {
        var event = sample(sample);

        assertThat(event.path("headers").path("x-shopify-hmac-sha256").asText())
                .isEqualTo(hmac(SECRET, event.path("body").asText()));
    }

    private ShopifyIntake intake(Map<String, String> secret) {
        return new ShopifyIntake(
                TestSecrets.of(clock, "shopify", secret), documents, queue.requests(), clock);
    }

    private JsonNode assertAnswered(JsonNode event, int status) {
        var answer = lambda.invoke(intake, event);
        assertThat(answer.path("statusCode").asInt()).isEqualTo(status);
        return answer;
    }

    private JsonNode assertTurnedAway(JsonNode event, int status) {
        var answer = assertAnswered(event, status);
        assertThat(queue.sent()).isEmpty();
        return answer;
    }

    private String firstId() {
        return queue.sent().getFirst().id();
    }

    private static String idOf(String sample) {
        var body = sample(sample).path("body").asText().getBytes(StandardCharsets.UTF_8);
        return "shopify-" + UUID.nameUUIDFromBytes(body);
    }

    private static ObjectNode sample(String name) {
        return (ObjectNode) TestLambda.event("shopify/" + name);
    }

    private static ObjectNode payload(String sample) {
        return (ObjectNode) Json.parse(sample(sample).path("body").asText());
    }

    private static ObjectNode signed(String topic, String body) {
        var event = sample("orders-cancelled").put("body", body);
        ((ObjectNode) event.path("headers"))
                .put("x-shopify-topic", topic)
                .put("x-shopify-hmac-sha256", hmac(SECRET, body));
        return event;
    }

    private static ObjectNode without(ObjectNode event, String header) {
        ((ObjectNode) event.path("headers")).remove(header);
        return event;
    }

    private static String hmac(String secret, String body) {
        return new Hmac(new Secret(secret)).base64(body.getBytes(StandardCharsets.UTF_8));
    }
}
