package shop.unwind.intakeportal;

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

import shop.unwind.cases.Cases;
import shop.unwind.config.Documents;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Personal;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.domain.Wish.LineWish;
import shop.unwind.json.Json;
import shop.unwind.secrets.Secrets;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestLambda;
import shop.unwind.testing.TestQueue;
import shop.unwind.testing.TestSecrets;
import shop.unwind.testing.TestTables;

import software.amazon.awssdk.services.sqs.model.SqsException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class PortalIntakeTest {
    private static final String STORE =
            """
            {"name": "Acme Paints", "platforms": {"shopify": {}, "slack": {}},
             "moneyMovedBy": {"shopify": {}},
             "ledgers": [], "customer": [], "staff": ["slack"], "notes": false}
            """;

    private final TestTables tables = new TestTables();
    private final TestClock clock = new TestClock();
    private final TestQueue queue = new TestQueue();
    private final TestLambda lambda = new TestLambda();
    private final Cases cases = new Cases(tables.client(), TestTables.CASES, clock);
    private final Documents documents = new Documents(tables.client(), TestTables.DOCUMENTS, clock);
    private final Secrets secrets =
            TestSecrets.of(clock, "portal", Map.of("tokenKey", "unwind-sandbox-token-key"));
    private final PortalIntake intake =
            new PortalIntake(
                    secrets,
                    documents,
                    new Attempts(tables.client(), TestTables.STEPS, secrets, clock),
                    cases,
                    queue.requests(),
                    clock);

    @BeforeEach
    void openShop() {
        documents.put("store", STORE);
    }

    @AfterEach
    void closeTables() {
        tables.close();
    }

    @Test
    void guesses_shouldBeTurnedAway_whenThereWereTooManyAboutOneOrder() {
        allow(3);
        for (var guess = 0; guess < 3; guess++) assertStatus(202, form("1001", "192.0.2." + guess));

        var answer = invoke(form("1001", "192.0.2.99"));

        assertThat(answer.path("statusCode").asInt()).isEqualTo(429);
        assertThat(answer.path("headers").path("retry-after").asInt()).isBetween(1, 3600);
        assertStatus(202, form("1002", "192.0.2.99"));
        assertThat(queue.sent()).hasSize(4);

        clock.pass(Duration.ofHours(1));
        assertStatus(202, form("1001", "192.0.2.99"));
    }

    @Test
    void guesses_shouldBeTurnedAway_whenThereWereTooManyFromOneAddress() {
        allow(3);
        for (var order = 1; order <= 3; order++)
            assertStatus(202, form("100" + order, "192.0.2.1"));

        assertStatus(429, form("1009", "192.0.2.1"));
        assertStatus(202, form("1009", "192.0.2.2"));
    }

    @Test
    void guesses_shouldAddUp_whenTheyComeFromOneNetworkOfIpv6() {
        allow(2);
        assertStatus(202, form("1001", "2001:db8:0:1::1"));
        assertStatus(202, form("1002", "2001:db8:0:1::2"));

        assertStatus(429, form("1003", "2001:db8:0:1:ffff::3"));
        assertStatus(202, form("1003", "2001:db8:0:2::1"));
    }

    @Test
    void order_shouldBeOneHoweverItIsWritten_soThatGuessesAddUp() {
        allow(2);
        assertStatus(202, form("ab-1", "192.0.2.1"));
        assertStatus(202, form("AB-1", "192.0.2.2"));

        assertStatus(429, form("#Ab-1", "192.0.2.3"));
    }

    @Test
    void tokens_shouldNotBeGuessed_whenThereWereTooManyWrongOnes() {
        allow(3);
        var event = (ObjectNode) TestLambda.event("portal/status");
        event.putObject("pathParameters").put("id", "shopify-1001.abc");
        event.putObject("headers").put("x-status-token", "wrong");
        for (var guess = 0; guess < 3; guess++) assertStatus(404, event);

        assertStatus(429, event);
    }

    private void allow(int count) {
        documents.put(
                "store",
                STORE.replace(
                        "\"platforms\": {",
                        "\"platforms\": {\"portal\": {\"attempts\": {\"count\": %d, \"within\": \"PT1H\"}}, "
                                .formatted(count)));
    }

    private static ObjectNode form(String order, String address) {
        var event = (ObjectNode) TestLambda.event("portal/cancel-order");
        ((ObjectNode) event.at("/requestContext/http")).put("sourceIp", address);
        return event.put(
                "body",
                Json.write(Json.object().put("order", order).put("email", "ann@example.com")));
    }

    private void assertStatus(int status, ObjectNode event) {
        assertThat(invoke(event).path("statusCode").asInt()).isEqualTo(status);
    }

    @Test
    void request_shouldBeQueuedAndAnswered_whenTheFormIsRight() {
        var answer = invoke(TestLambda.event("portal/cancel-order"));

        var body = body(answer);
        assertThat(answer.path("statusCode").asInt()).isEqualTo(202);
        assertThat(body.path("id").asText()).startsWith("shopify-1001.");
        assertThat(body.path("status").asText()).isEqualTo("received");
        assertThat(body.path("statusUrl").asText())
                .isEqualTo(
                        "/cancellations/"
                                + body.path("id").asText()
                                + "?token="
                                + body.path("token").asText());
        var part = body.path("id").asText().substring("shopify-1001.".length());
        assertThat(queue.sent())
                .containsExactly(
                        new Request(
                                "portal-" + part,
                                Source.PORTAL,
                                new Wish.Cancel("Ordered the wrong colour", List.of()),
                                Optional.of(new OrderRef("shopify", "1001")),
                                Optional.empty(),
                                Optional.of(new Personal("jo.doe@example.net")),
                                clock.instant()));
    }

    @Test
    void lines_shouldBeQueued_whenOnlyTheyAreTakenBack() {
        invoke(TestLambda.event("portal/cancel-lines"));

        assertThat(queue.sent().getFirst().wish())
                .isEqualTo(new Wish.Cancel("", List.of(new LineWish("ACR-500", 1))));
    }

    @Test
    @DisplayName("C37, C46: a request repeated under one key keeps its id")
    void request_shouldKeepItsId_whenItIsRepeatedUnderOneKey() {
        var event = TestLambda.event("portal/cancel-order");

        assertThat(invoke(event)).isEqualTo(invoke(event));
        assertThat(queue.sent()).hasSize(2).extracting(Request::id).containsOnly(firstId());
    }

    @Test
    void request_shouldHaveAnotherId_whenKeyOrBodyDiffer() {
        var event = (ObjectNode) TestLambda.event("portal/cancel-order");
        invoke(event);
        invoke(event.put("body", event.path("body").asText().replace("wrong", "other")));
        ((ObjectNode) event.path("headers")).put("idempotency-key", "another-key");
        invoke(event);

        assertThat(queue.sent()).extracting(Request::id).doesNotHaveDuplicates();
    }

    @Test
    void request_shouldHaveAFreshId_whenNoKeyIsGiven() {
        var event = TestLambda.event("portal/cancel-lines");
        invoke(event);
        invoke(event);

        assertThat(queue.sent()).extracting(Request::id).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "with a blank in it", "ümlaut-key"})
    void key_shouldBeNamed_whenItCannotBeOne(String key) {
        var event = TestLambda.event("portal/cancel-order");
        ((ObjectNode) event.path("headers")).put("idempotency-key", key);

        assertTurnedAway(event, 400, "header Idempotency-Key: ");
    }

    @Test
    void storefront_shouldBeNamed_whenTheShopHasNoSuch() {
        var event = (ObjectNode) TestLambda.event("portal/cancel-lines");
        event.put("body", event.path("body").asText().replace("shopify", "etsy"));

        assertTurnedAway(event, 400, "storefront: ");
    }

    @Test
    void order_shouldBeAtTheDefaultStorefront_whenTheFormNamesNone() {
        documents.put("store", twoStorefronts("\"defaultStorefront\": \"woocommerce\", "));

        assertStatus(202, form("1001", "192.0.2.1"));

        assertThat(queue.sent().getFirst().order()).contains(new OrderRef("woocommerce", "1001"));
    }

    @Test
    void storefront_shouldBeAskedFor_whenTheShopHasSeveralAndNoDefault() {
        documents.put("store", twoStorefronts(""));

        assertTurnedAway(form("1001", "192.0.2.1"), 400, "storefront: ");
    }

    private static String twoStorefronts(String more) {
        return STORE.replace("{\"shopify\": {}, ", "{\"shopify\": {}, \"woocommerce\": {}, ")
                .replace(
                        "\"moneyMovedBy\": {\"shopify\": {}",
                        more + "\"moneyMovedBy\": {\"shopify\": {}, \"woocommerce\": {}");
    }

    @Test
    void form_shouldBeTurnedAway_whenItIsTooLargeOrNoJson() {
        var event = (ObjectNode) TestLambda.event("portal/cancel-order");

        assertTurnedAway(event.deepCopy().put("body", " ".repeat(1_000_001)), 413, "body");
        assertTurnedAway(event.deepCopy().put("body", "order=1001"), 400, "");
    }

    @Test
    @DisplayName("C40: what cannot be queued is not accepted")
    void function_shouldFail_whenTheRequestCannotBeQueued() {
        queue.goDown();

        assertThatThrownBy(() -> invoke(TestLambda.event("portal/cancel-order")))
                .isInstanceOf(SqsException.class);
    }

    @Test
    void log_shouldHoldNoPersonalData_whenAFormIsTakenOrTurnedAway() {
        var event = (ObjectNode) TestLambda.event("portal/cancel-order");
        invoke(event);
        invoke(
                event.put(
                        "body",
                        "{\"order\":\"1\",\"email\":\"jo.doe@example.net\",\"jo.doe@example.net\":1}"));

        assertThat(lambda.lines()).noneMatch(line -> line.contains("jo.doe")); // R10
    }

    @Test
    void status_shouldBeReceived_whenTheTokenFitsAndNothingIsRecordedYet() {
        var answer = invoke(TestLambda.event("portal/status"));

        assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
        assertThat(answer.at("/headers/cache-control").asText()).isEqualTo("no-store");
        assertThat(body(answer).path("status").asText()).isEqualTo("received");
        assertThat(body(answer).path("timeline")).isEmpty();
    }

    @Test
    void status_shouldBeShown_whenTheTokenComesByHeader() {
        var sample = TestLambda.event("portal/status");
        var event = status(sample.at("/pathParameters/id").asText(), "wrong");
        var token = sample.at("/queryStringParameters/token").asText();
        ((ObjectNode) event.path("headers")).put("x-status-token", token);

        assertThat(invoke(event).path("statusCode").asInt()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"shopify-1001.BBECAwQFBgcICQoLDA0ODw", "shopify-9999.x", "nonsense", ""})
    @DisplayName("R8: with a token of another id there is no status")
    void status_shouldNotBeFound_whenTheTokenIsNotTheIds(String id) {
        var token = TestLambda.event("portal/status").at("/queryStringParameters/token").asText();

        var answer = invoke(status(id, token));

        assertThat(answer).isEqualTo(invoke(status("shopify-1001.AAECAwQFBgcICQoLDA0ODw", "")));
        assertThat(answer.path("statusCode").asInt()).isEqualTo(404);
        assertThat(body(answer).path("error").asText()).isEqualTo("no such cancellation");
    }

    @Test
    @DisplayName("R8: the answer is the same whether the order exists or not")
    void answer_shouldBeTheSame_whetherTheOrderExistsOrNot() {
        var unknown = invoke(TestLambda.event("portal/cancel-order"));
        var existing = CaseStatusTest.order("jo.doe@example.net", false);
        cases.keep(existing);
        var known = invoke(TestLambda.event("portal/cancel-order"));

        assertThat(known).isEqualTo(unknown);
    }

    @Test
    void method_shouldBeTurnedAway_whenItIsAnother() {
        var event = TestLambda.event("portal/status");
        ((ObjectNode) event.at("/requestContext/http")).put("method", "DELETE");

        assertThat(invoke(event).path("statusCode").asInt()).isEqualTo(405);
    }

    private String firstId() {
        return queue.sent().getFirst().id();
    }

    private JsonNode invoke(JsonNode event) {
        return lambda.invoke(intake, event);
    }

    private void assertTurnedAway(JsonNode event, int status, String error) {
        var answer = invoke(event);
        assertThat(answer.path("statusCode").asInt()).isEqualTo(status);
        assertThat(body(answer).path("error").asText()).startsWith(error);
        assertThat(queue.sent()).isEmpty();
    }

    private static JsonNode status(String id, String token) {
        var event = TestLambda.event("portal/status");
        ((ObjectNode) event.path("pathParameters")).put("id", id);
        ((ObjectNode) event.path("queryStringParameters")).put("token", token);
        return event;
    }

    private static JsonNode body(JsonNode answer) {
        return Json.parse(answer.path("body").asText());
    }
}
