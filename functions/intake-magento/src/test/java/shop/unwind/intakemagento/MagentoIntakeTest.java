package shop.unwind.intakemagento;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.config.Documents;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.domain.Wish.Happened.What;
import shop.unwind.json.Json;
import shop.unwind.problem.Misconfigured;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestLambda;
import shop.unwind.testing.TestQueue;
import shop.unwind.testing.TestTables;

import software.amazon.awssdk.services.sqs.model.SqsException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

final class MagentoIntakeTest {
    private static final String KEYS = "/prod/keys/pub-key-";
    private static final String SANDBOX_KEY = KEYS + "5e1d0c9b-8a7f-4e6d-9c3b-2a1908f7e6d5.pem";
    private static final String OTHER_KEY = KEYS + "00000000-0000-4000-8000-000000000001.pem";

    private final TestTables tables = new TestTables();
    private final TestClock clock = new TestClock();
    private final TestQueue queue = new TestQueue();
    private final TestLambda lambda = new TestLambda();
    private final FakePlatform adobe = new FakePlatform();
    private final Documents documents = new Documents(tables.client(), TestTables.DOCUMENTS, clock);
    private final MagentoIntake intake = new MagentoIntake(documents, queue.requests(), clock);

    @BeforeEach
    void putStore() {
        put("\"eventsClientId\": \"unwind0sandbox0events0client0001\", ");
        adobe.answersTo("GET " + SANDBOX_KEY, 200, pem());
    }

    private void put(String client) {
        var store =
                """
                {"name": "Acrylic House", "platforms": {"magento": {%s}, "slack": {}},
                 "moneyMovedBy": {}, "ledgers": [], "customer": [], "staff": ["slack"], "notes": false}
                """
                        .formatted(client + "\"eventKeys\": \"" + adobe.url() + "\"");
        documents.put("store", store);
    }

    @AfterEach
    void closeTables() {
        tables.close();
        adobe.close();
    }

    @Test
    void cancellation_shouldBeEnqueued() {
        assertAnswered(sample("order-canceled"), 200);

        assertThat(queue.sent())
                .containsExactly(
                        new Request(
                                "magento-order-7000003108-canceled",
                                Source.STOREFRONT,
                                new Wish.Happened(What.CANCELLED),
                                Optional.of(new OrderRef("magento", "000003108")),
                                Optional.empty(),
                                Optional.empty(),
                                clock.instant()));
    }

    @Test
    void creditMemo_shouldBeEnqueued_underItsOrdersId() {
        assertAnswered(sample("credit-memo"), 200);

        assertThat(queue.sent())
                .singleElement()
                .satisfies(
                        request -> {
                            assertThat(request.id()).isEqualTo("magento-creditmemo-8990109");
                            assertThat(request.payment())
                                    .contains(new PaymentRef("magento", "7000003109"));
                            assertThat(request.wish()).isEqualTo(new Wish.Happened(What.REFUNDED));
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-processing", "own-credit-memo"})
    @DisplayName("C41: our own credit memo, and what does not concern us, starts nothing")
    void event_shouldBePassedOver_whenNothingFollows(String sample) {
        assertAnswered(sample(sample), 200);

        assertThat(queue.sent()).isEmpty();
        assertThat(lambda.lines()).anyMatch(line -> line.contains("passed over: com.adobe"));
    }

    @Test
    @DisplayName("C37: a repeat is the same request, whatever its headers say")
    void repeat_shouldBeTheSameRequest_whateverItsHeadersSay() {
        assertAnswered(sample("order-canceled"), 200);
        var again = sample("order-canceled");
        headers(again).put("x-adobe-event-id", "another").put("x-adobe-retry-count", "1");
        assertAnswered(again, 200);

        assertThat(queue.sent()).extracting(Request::id).hasSize(2).containsOnly(firstId());
    }

    @Test
    void challenge_shouldBeGivenBack() {
        var answer = assertAnswered(challenge("8ec8d794-e0ab-42df-9017-e3dada8e84f7"), 200);

        assertThat(Json.parse(answer.path("body").asText()).path("challenge").asText())
                .isEqualTo("8ec8d794-e0ab-42df-9017-e3dada8e84f7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<script>alert(1)</script>", "a b"})
    void challenge_shouldBeTurnedAway_whenItIsNone(String challenge) {
        assertTurnedAway(challenge(challenge), 400);
    }

    @Test
    void key_shouldBeFetchedOnce_andAgainAfterADay() {
        assertAnswered(sample("order-canceled"), 200);
        assertAnswered(sample("order-processing"), 200);
        assertThat(adobe.asked()).hasSize(1);

        clock.pass(Duration.ofHours(24));
        adobe.answersTo("GET " + SANDBOX_KEY, 200, pem());
        assertAnswered(sample("order-canceled"), 200);

        assertThat(adobe.asked()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/prod/keys/pub-key-1.pem",
                "//evil.example/prod/keys/pub-key-5e1d0c9b-8a7f-4e6d-9c3b-2a1908f7e6d5.pem",
                "/prod/keys/../keys/pub-key-5e1d0c9b-8a7f-4e6d-9c3b-2a1908f7e6d5.pem",
                "@evil.example/prod/keys/pub-key-5e1d0c9b-8a7f-4e6d-9c3b-2a1908f7e6d5.pem",
                "/prod/keys/pub-key-5e1d0c9b-8a7f-4e6d-9c3b-2a1908f7e6d5.pem?x=1",
                "https://evil.example/prod/keys/pub-key-5e1d0c9b-8a7f-4e6d-9c3b-2a1908f7e6d5.pem"
            })
    @DisplayName("a key is asked for nowhere else, whatever the event says")
    void path_shouldBeAdobes(String path) {
        var event = sample("order-canceled");
        headers(event).put("x-adobe-public-key1-path", path);

        assertTurnedAway(event, 401);
        assertThat(adobe.asked()).isEmpty();
    }

    @Test
    void event_shouldBeTurnedAway_whenItsSignatureIsForged() {
        assertTurnedAway(sample("forged-signature"), 401);
    }

    @Test
    @DisplayName("the same JSON written otherwise is not what was signed")
    void event_shouldBeTurnedAway_whenItsBodyWasWrittenAnew() {
        var event = sample("order-canceled");

        assertTurnedAway(event.put("body", event.path("body").asText() + " "), 401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-adobe-digital-signature-1", "x-adobe-public-key1-path"})
    void event_shouldBeTurnedAway_withoutSignature(String header) {
        var event = sample("order-canceled");
        headers(event).remove(header);

        assertTurnedAway(event, 401);
    }

    @Test
    void event_shouldBeTurnedAway_whenAdobeHasNoSuchKey() {
        var event = sample("order-canceled");
        headers(event).put("x-adobe-public-key1-path", OTHER_KEY);
        adobe.answersTo("GET " + OTHER_KEY, 404, "");

        assertTurnedAway(event, 401);
    }

    @Test
    void event_shouldComeAgain_whileAdobeHasNoAnswer() {
        var event = sample("order-canceled");
        headers(event).put("x-adobe-public-key1-path", OTHER_KEY);
        adobe.answersTo("GET " + OTHER_KEY, 503, "");

        assertThatThrownBy(() -> lambda.invoke(intake, event)).isInstanceOf(RuntimeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {SANDBOX_KEY, OTHER_KEY, "/prod/keys/other.pem"})
    @DisplayName("while Adobe changes its keys, the second signature will do")
    void secondSignature_shouldDo_whenTheFirstIsOfNoUse(String firstKey) {
        adobe.answersTo("GET " + OTHER_KEY, 404, "");
        var event = sample("order-canceled");
        var headers = headers(event);
        headers.put("x-adobe-public-key1-path", firstKey);
        headers.put(
                "x-adobe-digital-signature-2",
                headers.path("x-adobe-digital-signature-1").asText());
        headers.put("x-adobe-public-key2-path", SANDBOX_KEY);
        headers.put("x-adobe-digital-signature-1", "AAAA");

        assertAnswered(event, 200);
        assertThat(queue.sent()).hasSize(1);
    }

    @Test
    @DisplayName("Adobe signs everybody's events with the same keys")
    void event_shouldBeTurnedAway_whenItIsMeantForAnother() {
        put("\"eventsClientId\": \"somebody-else\", ");

        assertTurnedAway(sample("order-canceled"), 403);
    }

    @Test
    void clientId_shouldBeSet() {
        put("");

        assertThatThrownBy(() -> lambda.invoke(intake, sample("order-canceled")))
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("platforms.magento.eventsClientId");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "{\"recipientclientid\":\"unwind0sandbox0events0client0001\"}",
                "{\"recipientclientid\":\"unwind0sandbox0events0client0001\","
                        + "\"type\":\"com.adobe.commerce.observer.sales_order_save_after\"}",
                "{\"recipientclientid\":\"unwind0sandbox0events0client0001\","
                        + "\"type\":\"com.adobe.commerce.observer.sales_order_save_after\","
                        + "\"data\":{\"value\":{\"state\":\"canceled\",\"entity_id\":\"74\","
                        + "\"increment_id\":\"jane@example.com\"}}}",
                "{\"recipientclientid\":\"unwind0sandbox0events0client0001\","
                        + "\"type\":\"com.adobe.commerce.observer.sales_order_save_after\","
                        + "\"data\":{\"value\":{\"state\":\"canceled\",\"entity_id\":\"74 x\","
                        + "\"increment_id\":\"74\"}}}",
                "{\"recipientclientid\":\"unwind0sandbox0events0client0001\","
                    + "\"type\":\"com.adobe.commerce.observer.sales_order_creditmemo_save_after\","
                    + "\"data\":{\"value\":{\"entity_id\":\"74\"}}}"
            })
    void event_shouldBeTurnedAwayDiscreetly_whenItsBodyIsMalformed(String body) {
        var status = body.equals("[]") ? 403 : 400;
        var answer = assertTurnedAway(signed(body), status);

        assertThat(answer.path("body").asText()).contains("expected").doesNotContain("jane");
        assertThat(String.join("", lambda.lines())).doesNotContain("jane");
    }

    @Test
    @DisplayName("the vendor's own samples have the value a step deeper")
    void value_shouldBeFound_whereTheVendorsSamplesHaveIt() {
        assertAnswered(
                signed(
                        "{\"recipientclientid\":\"unwind0sandbox0events0client0001\","
                            + "\"type\":\"com.adobe.commerce.observer.sales_order_save_commit_after\","
                            + "\"event\":{\"data\":{\"value\":{\"state\":\"canceled\","
                            + "\"entity_id\":74,\"increment_id\":\"000000074\"}}}}"),
                200);

        assertThat(firstId()).isEqualTo("magento-order-74-canceled");
    }

    @Test
    void event_shouldFail_whenTheQueueTakesNothing() {
        queue.goDown();

        assertThatThrownBy(() -> lambda.invoke(intake, sample("order-canceled")))
                .isInstanceOf(SqsException.class);
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

    /** Signed with a key that Adobe has from now on. */
    private ObjectNode signed(String body) {
        var pair = pair();
        var text =
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n";
        adobe.answersTo("GET " + OTHER_KEY, 200, text);
        var event = sample("order-canceled").put("body", body);
        headers(event)
                .put("x-adobe-public-key1-path", OTHER_KEY)
                .put("x-adobe-digital-signature-1", signature(pair, body));
        return event;
    }

    private static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String signature(KeyPair pair, String body) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(body.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The sandbox's own: the samples are signed with it. */
    private static String pem() {
        try (var file = MagentoIntakeTest.class.getResourceAsStream("/magento.pem")) {
            return new String(
                    Objects.requireNonNull(file).readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static ObjectNode challenge(String challenge) {
        var event = sample("order-canceled");
        ((ObjectNode) event.at("/requestContext/http")).put("method", "GET");
        event.putObject("queryStringParameters").put("challenge", challenge);
        return event.put("body", "");
    }

    private static ObjectNode sample(String name) {
        return (ObjectNode) TestLambda.event("magento/" + name);
    }

    private static ObjectNode headers(ObjectNode event) {
        return (ObjectNode) event.path("headers");
    }
}
