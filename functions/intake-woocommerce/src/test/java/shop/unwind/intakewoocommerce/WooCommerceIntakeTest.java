package shop.unwind.intakewoocommerce;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class WooCommerceIntakeTest {
    /** The sandbox's own: the samples are signed with it. */
    private static final String SECRET = "unwind-sandbox-woocommerce-webhooks";

    private static final String STORE =
            """
            {"name": "Acrylic House", "platforms": {"woocommerce": {%s}, "slack": {}},
             "moneyMovedBy": {}, "ledgers": [], "customer": [], "staff": ["slack"], "notes": false}
            """;

    private final TestTables tables = new TestTables();
    private final TestClock clock = new TestClock();
    private final TestQueue queue = new TestQueue();
    private final TestLambda lambda = new TestLambda();
    private final Documents documents = new Documents(tables.client(), TestTables.DOCUMENTS, clock);
    private final WooCommerceIntake intake = intake(Map.of("webhookSecret", SECRET));

    @BeforeEach
    void putStore() {
        documents.put(
                "store",
                STORE.formatted(
                        "\"webhookSource\": \"https://acrylic-house.example\","
                                + " \"cancelRequestedStatus\": \"cancel-request\""));
    }

    @AfterEach
    void closeTables() {
        tables.close();
    }

    @ParameterizedTest
    @CsvSource({"order-cancelled, 2106, CANCELLED", "order-refunded, 2108, REFUNDED"})
    void change_shouldBeEnqueued_whenItConcernsUs(String sample, String number, What what) {
        assertAnswered(sample(sample), 200);

        assertThat(queue.sent())
                .containsExactly(
                        new Request(
                                firstId(),
                                Source.STOREFRONT,
                                new Wish.Happened(what),
                                Optional.of(new OrderRef("woocommerce", number)),
                                Optional.empty(),
                                Optional.empty(),
                                clock.instant()));
    }

    @Test
    void wish_shouldBeToCancel_whenTheOrderWaitsForIt() {
        assertAnswered(sample("cancel-requested"), 200);

        assertThat(queue.sent())
                .singleElement()
                .satisfies(
                        request -> {
                            assertThat(request.source()).isEqualTo(Source.STOREFRONT);
                            assertThat(request.wish()).isEqualTo(new Wish.Cancel("", List.of()));
                        });
    }

    @Test
    void status_shouldAskForNothing_whenTheShopHasNoneForIt() {
        documents.put("store", STORE.formatted(""));

        assertAnswered(sample("cancel-requested"), 200);

        assertThat(queue.sent()).isEmpty();
    }

    @Test
    void change_shouldBePassedOver_whenItDoesNotConcernUs() {
        assertAnswered(sample("order-processing"), 200);

        assertThat(queue.sent()).isEmpty();
        assertThat(lambda.lines()).anyMatch(line -> line.contains("passed over: order.updated"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancelled", "refunded"})
    @DisplayName("C41: our own cancel, told back by its mark, starts nothing")
    void ownCancel_shouldStartNothing_whenTheOrderBearsOurMark(String status) {
        var echo = payload("order-cancelled").put("status", status);
        echo.withArray("meta_data")
                .addObject()
                .put("key", "_unwind_cancel")
                .put("value", "unwind:woocommerce-2106-1:cancel");

        assertAnswered(signed("order.updated", Json.write(echo)), 200);

        assertThat(queue.sent()).isEmpty();
    }

    @Test
    @DisplayName("C41: our own refund, told back by its reason, starts nothing")
    void ownRefund_shouldStartNothing_whenItsReasonIsOurMark() {
        var echo = refunded("unwind:woocommerce-2108-1:refund-2108");

        assertAnswered(signed("order.updated", Json.write(echo)), 200);

        assertThat(queue.sent()).isEmpty();
    }

    @Test
    void cancel_shouldBeEnqueued_whenOnlyLinesHadBeenTakenBackByUs() {
        var byHand = refunded("unwind:woocommerce-2108-1:cancel-1f2e3d").put("status", "cancelled");

        assertAnswered(signed("order.updated", Json.write(byHand)), 200);

        assertThat(queue.sent()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"order.deleted", "product.updated", "action.woocommerce_order_paid"})
    void event_shouldBePassedOver_whenItsTopicIsAnother(String topic) {
        assertAnswered(signed(topic, "{\"id\": 727}"), 200);

        assertThat(queue.sent()).isEmpty();
    }

    @Test
    void ping_shouldBeAnswered_andGrantNothing() {
        assertAnswered(sample("ping"), 200);

        assertThat(queue.sent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"webhook_id=", "webhook_id=1&x=2", "webhook_id=a", "{\"webhook_id\":1}", ""})
    void unsigned_shouldBeTurnedAway_whenItIsNoPing(String body) {
        assertTurnedAway(sample("ping").put("body", body), 401);
    }

    @Test
    void delivery_shouldBeTurnedAway_whenItsSignatureIsForged() {
        assertTurnedAway(sample("forged-signature"), 401);
    }

    @Test
    void delivery_shouldBeTurnedAway_whenItBearsNoSignature() {
        assertTurnedAway(without(sample("order-cancelled"), "x-wc-webhook-signature"), 401);
    }

    @Test
    @DisplayName("the same JSON written otherwise is not what was signed")
    void delivery_shouldBeTurnedAway_whenItsBodyWasWrittenAnew() {
        var event = sample("order-cancelled");

        assertTurnedAway(event.put("body", Json.write(payload("order-cancelled"))), 401);
    }

    @Test
    void oldSecret_shouldStillCount_whileItIsKept() {
        var rotated = Map.of("webhookSecret", "next", "previousWebhookSecret", SECRET);

        var answer = lambda.invoke(intake(rotated), sample("order-cancelled"));

        assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
        assertThat(queue.sent()).hasSize(1);
    }

    @Test
    void delivery_shouldBeTurnedAway_whenItIsFromAnotherShop() {
        var event = sample("order-cancelled");
        headers(event).put("x-wc-webhook-source", "https://acrylic-house.example.com/");

        assertTurnedAway(event, 403);
        assertTurnedAway(without(event, "x-wc-webhook-source"), 403);
    }

    @Test
    @DisplayName("C37: a repeat is the same request, whatever its headers say")
    void repeat_shouldBeTheSameRequest_whateverItsHeadersSay() {
        assertAnswered(sample("order-cancelled"), 200);
        var replayed = sample("order-cancelled");
        headers(replayed).put("x-wc-webhook-delivery-id", "0").put("x-wc-webhook-id", "143");
        assertAnswered(replayed, 200);

        assertThat(queue.sent()).extracting(Request::id).containsExactly(firstId(), firstId());
    }

    @Test
    @DisplayName("two changes in one second are two requests")
    void change_shouldBeAnotherRequest_whenItComesInTheSameSecond() {
        assertAnswered(sample("order-cancelled"), 200);
        var refunded = payload("order-cancelled").put("status", "refunded");
        assertAnswered(signed("order.updated", Json.write(refunded)), 200);

        assertThat(queue.sent()).extracting(Request::id).doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void delivery_shouldBeTurnedAway_whenItsTopicIsMissing() {
        assertTurnedAway(without(sample("order-cancelled"), "x-wc-webhook-topic"), 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\": 1",
                "[]",
                "{\"id\": 727}",
                "{\"id\": 727, \"status\": \"cancelled\", \"date_modified_gmt\": \"x\"}",
                "{\"id\": 727, \"number\": \"jane@example.com\", \"status\": \"cancelled\","
                        + " \"date_modified_gmt\": \"x\"}",
                "{\"id\": 727, \"number\": \"payment.5\", \"status\": \"cancelled\","
                        + " \"date_modified_gmt\": \"x\"}",
                "{\"id\": \"727\", \"number\": \"727\", \"status\": \"cancelled\","
                        + " \"date_modified_gmt\": \"x\"}"
            })
    void delivery_shouldBeTurnedAwayDiscreetly_whenItsBodyIsMalformed(String body) {
        var answer = assertTurnedAway(signed("order.updated", body), 400);

        assertThat(answer.path("body").asText()).contains("expected").doesNotContain("jane");
        assertThat(String.join("", lambda.lines())).doesNotContain("jane");
    }

    @Test
    void delivery_shouldFail_whenTheQueueTakesNothing() {
        queue.goDown();

        assertThatThrownBy(() -> lambda.invoke(intake, sample("order-cancelled")))
                .isInstanceOf(SqsException.class);
    }

    private WooCommerceIntake intake(Map<String, String> secret) {
        return new WooCommerceIntake(
                TestSecrets.of(clock, "woocommerce", secret), documents, queue.requests(), clock);
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

    private static ObjectNode refunded(String reason) {
        var order = payload("order-refunded");
        order.withArray("refunds")
                .addObject()
                .put("id", 801)
                .put("reason", reason)
                .put("total", "-46.60");
        return order;
    }

    private static ObjectNode sample(String name) {
        return (ObjectNode) TestLambda.event("woocommerce/" + name);
    }

    private static ObjectNode payload(String sample) {
        return (ObjectNode) Json.parse(sample(sample).path("body").asText());
    }

    private static ObjectNode headers(ObjectNode event) {
        return (ObjectNode) event.path("headers");
    }

    private static ObjectNode signed(String topic, String body) {
        var event = sample("order-cancelled").put("body", body);
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        headers(event)
                .put("x-wc-webhook-topic", topic)
                .put("x-wc-webhook-signature", new Hmac(new Secret(SECRET)).base64(bytes));
        return event;
    }

    private static ObjectNode without(ObjectNode event, String header) {
        headers(event).remove(header);
        return event;
    }
}
