package shop.unwind.intakebigcommerce;

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
import java.util.Map;
import java.util.Optional;

final class BigCommerceIntakeTest {
    /** The sandbox's own: the samples are signed with it. */
    private static final String SECRET = "unwind-sandbox-bigcommerce-webhooks";

    private static final String STORE =
            """
            {"name": "Acrylic House", "platforms": {"bigcommerce": {%s}, "slack": {}},
             "moneyMovedBy": {}, "ledgers": [], "customer": [], "staff": ["slack"], "notes": false}
            """;
    private static final String OURS = "\"storeHash\": \"acr9x\"";
    private static final String BY_HEADER = OURS + ", \"webhookHeader\": \"X-Shared\"";

    private final TestTables tables = new TestTables();
    private final TestClock clock = new TestClock();
    private final TestQueue queue = new TestQueue();
    private final TestLambda lambda = new TestLambda();
    private final Documents documents = new Documents(tables.client(), TestTables.DOCUMENTS, clock);
    private final BigCommerceIntake intake =
            intake(Map.of("clientSecret", SECRET, "webhookHeaderValue", "shared-7f3a"));

    @BeforeEach
    void putStore() {
        documents.put("store", STORE.formatted(OURS));
    }

    @AfterEach
    void closeTables() {
        tables.close();
    }

    @ParameterizedTest
    @CsvSource({"order-cancelled, CANCELLED", "order-refunded, REFUNDED"})
    void event_shouldBeEnqueued_whenItConcernsUs(String sample, What what) {
        assertAnswered(sample(sample), 200);

        assertThat(queue.sent())
                .containsExactly(
                        new Request(
                                firstId(),
                                Source.STOREFRONT,
                                new Wish.Happened(what),
                                Optional.of(new OrderRef("bigcommerce", "2406")),
                                Optional.empty(),
                                Optional.empty(),
                                clock.instant()));
    }

    @Test
    void event_shouldBeEnqueued_whenItIsToldToAChannel() {
        var body = body("order-cancelled").replace("store/order", "store/channel/3/order");

        assertAnswered(signed(body), 200);

        assertThat(queue.sent()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "store/order/updated",
                "store/order/archived",
                "store/order/message/created",
                "store/order/transaction/updated",
                "store/product/deleted"
            })
    void event_shouldBePassedOver_whenItsScopeIsAnother(String scope) {
        var body = body("order-cancelled").replace("store/order/statusUpdated", scope);

        assertAnswered(signed(body), 200);

        assertThat(queue.sent()).isEmpty();
        assertThat(lambda.lines()).anyMatch(line -> line.contains("passed over: " + scope));
    }

    @Test
    void status_shouldBePassedOver_whenItIsNotCancelled() {
        assertAnswered(sample("order-shipped"), 200);

        assertThat(queue.sent()).isEmpty();
    }

    @Test
    void delivery_shouldBeTurnedAway_whenItsSignatureIsForged() {
        assertTurnedAway(sample("forged-signature"), 401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
    void delivery_shouldBeTurnedAway_whenAHeaderIsMissing(String header) {
        var event = sample("order-cancelled");
        headers(event).remove(header);

        assertTurnedAway(event, 401);
    }

    @ParameterizedTest
    @CsvSource({
        "webhook-id, msg_other",
        "webhook-timestamp, 1795428001",
        "webhook-timestamp, 1795428000.0",
        "webhook-timestamp, now",
        "webhook-signature, ''",
        "webhook-signature, 'v1,'",
        "webhook-signature, 'v1,AAAA v2,BBBB'"
    })
    @DisplayName("id, time and body are signed, and a version that we do not know counts for none")
    void delivery_shouldBeTurnedAway_whenAHeaderIsAnother(String header, String value) {
        var event = sample("order-cancelled");
        headers(event).put(header, value);

        assertTurnedAway(event, 401);
    }

    @Test
    void signature_shouldCount_amongOthers() {
        var event = sample("order-cancelled");
        var ours = headers(event).path("webhook-signature").asText();
        headers(event).put("webhook-signature", "v1a,AAAA v1,BBBB " + ours);

        assertAnswered(event, 200);

        assertThat(queue.sent()).hasSize(1);
    }

    @Test
    void signature_shouldNotCount_underAnotherVersion() {
        var event = sample("order-cancelled");
        var ours = headers(event).path("webhook-signature").asText();
        headers(event).put("webhook-signature", ours.replace("v1,", "v2,"));

        assertTurnedAway(event, 401);
    }

    @Test
    @DisplayName("the same JSON written otherwise is not what was signed")
    void delivery_shouldBeTurnedAway_whenItsBodyWasWrittenAnew() {
        var event = sample("order-cancelled");

        assertTurnedAway(event.put("body", body("order-cancelled") + " "), 401);
    }

    @ParameterizedTest
    @CsvSource({"-301, 401", "-300, 200", "300, 200", "301, 401"})
    @DisplayName("C37: a signature holds for five minutes")
    void delivery_shouldBeTakenInTime(long secondsAgo, int status) {
        clock.pass(Duration.ofSeconds(secondsAgo));

        assertAnswered(sample("order-cancelled"), status);
    }

    @Test
    void oldSecret_shouldStillCount_whileItIsKept() {
        var rotated = Map.of("clientSecret", "next", "previousClientSecret", SECRET);

        var answer = lambda.invoke(intake(rotated), sample("order-cancelled"));

        assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
        assertThat(queue.sent()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stores/acr9y", "acr9x", ""})
    void delivery_shouldBeTurnedAway_whenItIsFromAnotherStore(String producer) {
        var body = body("order-cancelled").replace("stores/acr9x", producer);

        assertTurnedAway(signed(body), 403);
    }

    @Test
    @DisplayName("C37: a repeat is the same request, and another event another")
    void repeat_shouldBeTheSameRequest() {
        assertAnswered(sample("order-cancelled"), 200);
        assertAnswered(sample("order-cancelled"), 200);
        assertAnswered(sample("order-refunded"), 200);

        var ids = queue.sent().stream().map(Request::id).toList();
        assertThat(ids.get(1)).isEqualTo(ids.get(0));
        assertThat(ids.get(2)).isNotEqualTo(ids.get(0));
    }

    @Test
    @DisplayName("a store that signs nothing is known by the header that its webhook was given")
    void header_shouldCountInstead_whereTheStoreSaysSo() {
        documents.put("store", STORE.formatted(BY_HEADER));

        assertAnswered(withHeader("shared-7f3a"), 200);
        assertAnswered(withHeader("shared-7f3a"), 200);

        assertThat(queue.sent()).extracting(Request::id).containsExactly(firstId(), firstId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared-7f3b", "", "SHARED-7F3A"})
    void delivery_shouldBeTurnedAway_whenTheHeaderIsAnother(String value) {
        documents.put("store", STORE.formatted(BY_HEADER));

        assertTurnedAway(withHeader(value), 401);
        assertTurnedAway(sample("order-cancelled"), 401);
    }

    @Test
    @DisplayName("a store that signs is not known by a header")
    void header_shouldNotCount_whereTheStoreDoesNotSaySo() {
        assertTurnedAway(withHeader("shared-7f3a"), 401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\": 1",
                "{\"producer\":\"stores/acr9x\"}",
                "{\"producer\":\"stores/acr9x\",\"scope\":\"jane@example.com\"}",
                "{\"producer\":\"stores/acr9x\",\"scope\":\"store/order/statusUpdated\"}",
                "{\"producer\":\"stores/acr9x\",\"scope\":\"store/order/statusUpdated\",\"data\":"
                        + "{\"id\":\"118\",\"status\":{\"new_status_id\":5}}}",
                "{\"producer\":\"stores/acr9x\",\"scope\":\"store/order/statusUpdated\",\"data\":"
                        + "{\"id\":0,\"status\":{\"new_status_id\":5}}}",
                "{\"producer\":\"stores/acr9x\",\"scope\":\"store/order/statusUpdated\",\"data\":"
                        + "{\"id\":118.5,\"status\":{\"new_status_id\":5}}}",
                "{\"producer\":\"stores/acr9x\",\"scope\":\"store/order/statusUpdated\",\"data\":"
                        + "{\"id\":118,\"status\":{\"new_status_id\":\"5\"}}}",
                "{\"producer\":\"stores/acr9x\",\"scope\":\"store/order/refund/created\",\"data\":"
                        + "{\"id\":99999999999999999999}}"
            })
    void delivery_shouldBeTurnedAwayDiscreetly_whenItsBodyIsMalformed(String body) {
        var answer = assertTurnedAway(signed(body), 400);

        assertThat(answer.path("body").asText()).contains("expected").doesNotContain("jane");
        assertThat(String.join("", lambda.lines())).doesNotContain("jane");
    }

    @Test
    void delivery_shouldFail_whenTheQueueTakesNothing() {
        queue.goDown();

        assertThatThrownBy(() -> lambda.invoke(intake, sample("order-cancelled")))
                .isInstanceOf(SqsException.class);
    }

    private BigCommerceIntake intake(Map<String, String> secret) {
        return new BigCommerceIntake(
                TestSecrets.of(clock, "bigcommerce", secret), documents, queue.requests(), clock);
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

    private static ObjectNode sample(String name) {
        return (ObjectNode) TestLambda.event("bigcommerce/" + name);
    }

    private static String body(String sample) {
        return sample(sample).path("body").asText();
    }

    private static ObjectNode headers(ObjectNode event) {
        return (ObjectNode) event.path("headers");
    }

    private static ObjectNode withHeader(String value) {
        var event = sample("order-cancelled");
        headers(event).removeAll().put("x-shared", value);
        return event;
    }

    private ObjectNode signed(String body) {
        var event = sample("order-cancelled").put("body", body);
        var head = "msg_test." + clock.instant().getEpochSecond() + ".";
        var bytes = (head + body).getBytes(StandardCharsets.UTF_8);
        headers(event)
                .put("webhook-id", "msg_test")
                .put("webhook-timestamp", String.valueOf(clock.instant().getEpochSecond()))
                .put("webhook-signature", "v1," + new Hmac(new Secret(SECRET)).base64(bytes));
        return event;
    }
}
