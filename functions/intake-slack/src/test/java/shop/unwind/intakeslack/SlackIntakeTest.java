package shop.unwind.intakeslack;

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

import shop.unwind.breaker.MoneyBreaker;
import shop.unwind.cases.Approval;
import shop.unwind.cases.Approval.Answer;
import shop.unwind.cases.Cases;
import shop.unwind.config.Documents;
import shop.unwind.domain.Money;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.json.Json;
import shop.unwind.problem.Paused;
import shop.unwind.secrets.Secret;
import shop.unwind.signature.Hmac;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestLambda;
import shop.unwind.testing.TestQueue;
import shop.unwind.testing.TestSecrets;
import shop.unwind.testing.TestTables;

import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sqs.model.SqsException;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

final class SlackIntakeTest {
    private static final String SECRET = "unwind-sandbox-signing-secret";
    private static final OrderRef ORDER = new OrderRef("shopify", "1001");
    private static final String APPROVAL = "approval-3f2a91c07b55";
    private static final String TOKEN = "task-token-1";
    private static final String STORE =
            """
            {"name": "Acme Paints", "platforms": {"slack": {"channel": "C0123ABCD"%s}},
             "moneyMovedBy": {}, "ledgers": [], "customer": [], "staff": ["slack"], "notes": false}
            """;

    /** One refund an hour. */
    private static final String POLICY =
            """
            {"cancelWindow": "P14D", "partlyShipped": "REFUSE",
             "madeToOrder": {"skus": [], "tags": [], "workBeginsAfter": "PT1H"},
             "approval": [], "disputes": {"inquiryAutoRefund": true, "within": "PT48H"}, "restock": true,
             "patience": {"lookEvery": "PT1M", "unknownFor": "PT1H", "followEvery": "PT1H", "followFor": "P9D"},
             "breaker": {"perHour": {"refunds": 1, "sums": {}}, "perDay": {"refunds": 9, "sums": {}}, "within": "P1D"}}
            """;

    private final TestTables tables = new TestTables();
    private final TestClock clock = new TestClock();
    private final TestQueue queue = new TestQueue();
    private final WaitingExecutions executions = new WaitingExecutions();
    private final TestLambda lambda = new TestLambda();
    private final Cases cases = new Cases(tables.client(), TestTables.CASES, clock);
    private final Documents documents = new Documents(tables.client(), TestTables.DOCUMENTS, clock);
    private final MoneyBreaker breaker =
            new MoneyBreaker(
                    tables.client(), TestTables.CASES, () -> documents.policy().document(), clock);
    private final SlackIntake intake =
            new SlackIntake(
                    TestSecrets.of(clock, "slack", Map.of("signingSecret", SECRET)),
                    documents,
                    new Answers(cases, executions),
                    queue.requests(),
                    new GoOn(breaker),
                    clock);

    @BeforeEach
    void askApprovers() {
        documents.put("store", STORE.formatted(", \"approvers\": [\"U0111\", \"U0222\"]"));
        ask();
    }

    @AfterEach
    void closeTables() {
        tables.close();
    }

    @Test
    void approval_shouldWakeTheExecutionWithTheApprover_whenApproveIsPressed() {
        var answer = press("slack/approve");

        assertAcknowledged(answer);
        assertThat(standing().answer()).isEqualTo(Answer.APPROVED);
        assertThat(standing().by()).contains("U0111");
        assertThat(Json.parse(executions.outputs().getOrDefault(TOKEN, "")))
                .isEqualTo(Json.object().put("approved", true).put("by", "U0111"));
    }

    @Test
    void approval_shouldBeRejected_whenRejectIsPressed() {
        assertAcknowledged(press("slack/reject"));

        assertThat(standing().answer()).isEqualTo(Answer.REJECTED);
        assertThat(Json.parse(executions.outputs().getOrDefault(TOKEN, "")).path("approved"))
                .isEqualTo(Json.tree(false));
    }

    @Test
    @DisplayName("C4: the first answer stands when a second is pressed")
    void firstAnswer_shouldStand_whenASecondIsPressed() {
        press("slack/approve");

        assertAcknowledged(press("slack/approve"));
        assertAcknowledged(press("slack/reject"));

        assertThat(standing().answer()).isEqualTo(Answer.APPROVED);
        assertThat(executions.outputs()).hasSize(1);
        assertThat(executions.outputs().getOrDefault(TOKEN, "")).contains("true");
    }

    @Test
    @DisplayName("C4: when many press at once, one answer wins")
    void oneAnswer_shouldWin_whenManyPressAtOnce() throws Exception {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var presses =
                    Stream.iterate(0, n -> n < 20, n -> n + 1)
                            .<Callable<JsonNode>>map(
                                    n -> () -> press(n % 2 == 0 ? "slack/approve" : "slack/reject"))
                            .toList();
            for (var answer : pool.invokeAll(presses)) assertAcknowledged(answer.get());
        }

        var approved = standing().answer() == Answer.APPROVED;
        assertThat(executions.outputs().getOrDefault(TOKEN, ""))
                .contains("\"approved\":" + approved);
    }

    @Test
    void answer_shouldBeSentAgain_whenTheExecutionDidNotHearIt() {
        executions.failOnce();
        assertThatThrownBy(() -> press("slack/approve")).isInstanceOf(SfnException.class);

        assertAcknowledged(press("slack/reject"));

        assertThat(executions.outputs().getOrDefault(TOKEN, "")).contains("\"approved\":true");
    }

    @Test
    void answer_shouldComeTooLate_whenTheQuestionHasExpired() {
        var open = standing();
        cases.change(ORDER, open, open.answered(Answer.EXPIRED, "nobody"));

        assertAcknowledged(press("slack/approve"));

        assertThat(standing().answer()).isEqualTo(Answer.EXPIRED);
        assertThat(executions.outputs()).isEmpty();
    }

    @Test
    void answer_shouldChangeNothing_whenTheQuestionWasNeverAsked() {
        var payload = payload("approve_cancellation", "shopify-1001-1 approval-other", "U0111");

        assertAcknowledged(send(payload));

        assertThat(executions.outputs()).isEmpty();
        assertThat(standing().answer()).isEqualTo(Answer.OPEN);
    }

    @Test
    void press_shouldChangeNothingButTheLog_whenSomebodyElsePresses() {
        var value = "shopify-1001-1 " + APPROVAL;

        assertAcknowledged(send(payload("approve_cancellation", value, "U0666")));
        assertAcknowledged(send(payload("run_again", "shopify-1001-1", "U0666")));

        assertThat(standing().answer()).isEqualTo(Answer.OPEN);
        assertThat(executions.outputs()).isEmpty();
        assertThat(queue.sent()).isEmpty();
        assertThat(lambda.lines()).anyMatch(line -> line.contains("U0666"));
    }

    @Test
    void press_shouldChangeNothing_whenNobodyIsAnApprover() {
        documents.put("store", STORE.formatted(""));

        assertAcknowledged(press("slack/approve"));

        assertThat(standing().answer()).isEqualTo(Answer.OPEN);
    }

    @Test
    void case_shouldBeRunAgain_whenThatIsPressed() {
        assertAcknowledged(press("slack/run-again"));
        assertAcknowledged(press("slack/run-again"));

        assertThat(queue.sent())
                .first()
                .isEqualTo(
                        new Request(
                                "slack-run-again-1795427999.123456-U0111",
                                Source.STAFF,
                                new Wish.RunAgain("U0111"),
                                Optional.of(ORDER),
                                Optional.empty(),
                                Optional.empty(),
                                clock.instant()));
        assertThat(queue.sent()).extracting(Request::id).containsOnly(queue.sent().getFirst().id());
    }

    @Test
    @DisplayName("C40: what cannot be queued is not accepted")
    void function_shouldFail_whenTheRequestCannotBeQueued() {
        queue.goDown();

        assertThatThrownBy(() -> press("slack/run-again")).isInstanceOf(SqsException.class);
    }

    @Test
    void refunds_shouldGoOn_whenThatIsPressed() {
        documents.put("policy", POLICY);
        breaker.pass("refund-1", new Money(100, "USD"));
        assertThatThrownBy(() -> breaker.pass("refund-2", new Money(100, "USD")))
                .isInstanceOf(Paused.class);

        assertAcknowledged(send(payload("go_on", "1", "U0111")));
        assertAcknowledged(send(payload("go_on", "1", "U0111")));

        assertThat(breaker.paused()).isEmpty();
        breaker.pass("refund-2", new Money(100, "USD"));
    }

    @Test
    void refunds_shouldStayHeld_whenSomebodyElsePressesGoOn() {
        documents.put("policy", POLICY);
        breaker.pass("refund-1", new Money(100, "USD"));
        assertThatThrownBy(() -> breaker.pass("refund-2", new Money(100, "USD")))
                .isInstanceOf(Paused.class);

        assertAcknowledged(send(payload("go_on", "1", "U0666")));

        assertThat(breaker.paused()).isPresent();
    }

    @Test
    void answer_shouldNameWhatWasExpected_whenNoPauseIsNamed() {
        assertThat(send(payload("go_on", "all", "U0111")).path("statusCode").asInt())
                .isEqualTo(400);
    }

    @Test
    void otherInteractions_shouldBeAcknowledgedAndIgnored_whenTheyCome() {
        assertAcknowledged(press("slack/view-closed"));
        assertAcknowledged(send(payload("snooze", "shopify-1001-1", "U0111")));

        assertThat(queue.sent()).isEmpty();
        assertThat(executions.outputs()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301})
    void press_shouldBeTurnedAway_whenItsTimeIsTooFarOff(long seconds) {
        var sample = TestLambda.event("slack/approve");

        assertTurnedAway(resigned(sample, clock.instant().getEpochSecond() + seconds), 401);
    }

    @ParameterizedTest
    @ValueSource(longs = {-300, 300})
    void press_shouldBeTaken_whenItsTimeIsJustRight(long seconds) {
        var sample = TestLambda.event("slack/approve");

        assertAcknowledged(invoke(resigned(sample, clock.instant().getEpochSecond() + seconds)));
        assertThat(standing().answer()).isEqualTo(Answer.APPROVED);
    }

    @Test
    void press_shouldBeTurnedAway_whenItIsReplayedLater() {
        clock.pass(Duration.ofSeconds(301));

        assertTurnedAway(TestLambda.event("slack/approve"), 401);
    }

    @Test
    void press_shouldBeTurnedAway_whenItsBodyWasChanged() {
        var event = (ObjectNode) TestLambda.event("slack/approve");
        event.set("body", TestLambda.event("slack/reject").path("body"));

        assertTurnedAway(event, 401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-slack-signature", "x-slack-request-timestamp"})
    void press_shouldBeTurnedAway_whenAHeaderIsMissingOrNonsense(String header) {
        var without = TestLambda.event("slack/approve");
        ((ObjectNode) without.path("headers")).remove(header);
        var nonsense = TestLambda.event("slack/approve");
        ((ObjectNode) nonsense.path("headers")).put(header, "9999999999999999999");

        assertTurnedAway(without, 401);
        assertTurnedAway(nonsense, 401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing=here",
                "payload=%7B",
                "payload=%zz",
                "payload=%7B%22type%22%3A%22block_actions%22%7D",
                "payload=%5B%5D",
                "payload=%7B%7D&payload=%7B%7D",
            })
    void form_shouldBeTurnedAway_whenItIsSignedButNoPress(String form) {
        assertTurnedAway(signed(form, clock.instant().getEpochSecond()), 400);
    }

    @ParameterizedTest
    @CsvSource({"T0222, 200, APPROVED", "T0666, 403, OPEN"})
    void press_shouldCountInOurWorkspaceOnly_whenItIsNamed(String team, int status, Answer answer) {
        documents.put(
                "store", STORE.formatted(", \"approvers\": [\"U0111\"], \"team\": \"T0222\""));
        var payload = payload("approve_cancellation", "shopify-1001-1 " + APPROVAL, "U0111");
        payload.putObject("team").put("id", team);

        assertThat(send(payload).path("statusCode").asInt()).isEqualTo(status);
        assertThat(standing().answer()).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/user/id | \"U0111 and Jo Doe\"",
                "/user/id | 111",
                "/actions/0/action_ts | \"1795427999.123456#case\"",
                "/actions/0/action_ts | 1795427999.123456",
                "/actions/0/action_id | \"\"",
                "/actions/0/action_id | {}",
            })
    void press_shouldBeTurnedAway_whenAFieldIsNotAsSlackWritesIt(String field, String value) {
        var payload = payload("run_again", "shopify-1001-1", "U0111");
        var slash = field.lastIndexOf('/');
        ((ObjectNode) payload.at(field.substring(0, slash)))
                .set(field.substring(slash + 1), Json.parse(value));

        assertThat(send(payload).path("statusCode").asInt()).isEqualTo(400);
        assertThat(queue.sent()).isEmpty();
        assertThat(lambda.lines()).noneMatch(line -> line.contains("Jo Doe"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shopify",
                "shopify-1001-1",
                "nonsense approval-1",
                "shopify-1001-1 ",
                "shopify-1001-1 approval-1#x",
            })
    void answer_shouldBeTurnedAway_whenTheButtonsValueIsNotOurs(String value) {
        var form = form(payload("approve_cancellation", value, "U0111"));

        assertTurnedAway(signed(form, clock.instant().getEpochSecond()), 400);
    }

    @Test
    void signature_shouldFit_whenItIsTheOneOfTheVendorsDocumentation() {
        var secret = new Secret("3f8a1c0d5e7b92446a1b2c3d4e5f6071");
        var signed = "v0:1794300000:payload=%7B%22type%22%3A%22block_actions%22%7D";

        assertThat(new Hmac(secret).hex(signed.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("f131e5789ef669df8b3a5662e80852367a29d965004a31172b4e0f9e5e4ec361");
    }

    private void ask() {
        var approval =
                new Approval(
                        APPROVAL,
                        Answer.OPEN,
                        "Cancel and refund 24.99 USD?",
                        TOKEN,
                        "C0123ABCD:1795427000.000100",
                        clock.instant(),
                        Optional.empty());
        assertThat(cases.ask(ORDER, approval)).isTrue();
    }

    private Approval standing() {
        return cases.approval(ORDER, APPROVAL).orElseThrow();
    }

    private JsonNode press(String sample) {
        return invoke(TestLambda.event(sample));
    }

    private JsonNode send(ObjectNode payload) {
        return invoke(signed(form(payload), clock.instant().getEpochSecond()));
    }

    private JsonNode invoke(JsonNode event) {
        return lambda.invoke(intake, event);
    }

    private void assertTurnedAway(JsonNode event, int status) {
        assertThat(invoke(event).path("statusCode").asInt()).isEqualTo(status);
        assertThat(standing().answer()).isEqualTo(Answer.OPEN);
        assertThat(executions.outputs()).isEmpty();
    }

    private static void assertAcknowledged(JsonNode answer) {
        assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
        assertThat(answer.has("body")).isFalse();
    }

    private static ObjectNode payload(String action, String value, String user) {
        var payload = Json.object().put("type", "block_actions");
        payload.putObject("user").put("id", user);
        payload.putArray("actions")
                .addObject()
                .put("action_id", action)
                .put("value", value)
                .put("action_ts", "1795427999.123456");
        return payload;
    }

    private static String form(ObjectNode payload) {
        return "payload=" + URLEncoder.encode(Json.write(payload), StandardCharsets.UTF_8);
    }

    private static JsonNode resigned(JsonNode event, long at) {
        var body = Base64.getDecoder().decode(event.path("body").asText());
        return signed(new String(body, StandardCharsets.UTF_8), at);
    }

    private static ObjectNode signed(String form, long at) {
        var text = "v0:" + at + ":" + form;
        var event = (ObjectNode) TestLambda.event("slack/approve");
        var headers = (ObjectNode) event.path("headers");
        headers.put("x-slack-request-timestamp", Long.toString(at));
        headers.put(
                "x-slack-signature",
                "v0=" + new Hmac(new Secret(SECRET)).hex(text.getBytes(StandardCharsets.UTF_8)));
        var body = form.getBytes(StandardCharsets.UTF_8);
        return event.put("body", Base64.getEncoder().encodeToString(body));
    }
}
