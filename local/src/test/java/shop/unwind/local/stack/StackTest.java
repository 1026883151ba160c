package shop.unwind.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import shop.unwind.local.AwsError;
import shop.unwind.local.lambda.Invocation;

import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The sample template started once; every test uses names of its own. */
final class StackTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ConcurrentLinkedQueue<String> SEEN = new ConcurrentLinkedQueue<>();
    private static final ByteArrayOutputStream LOG = new ByteArrayOutputStream();

    @SuppressWarnings("NullAway.Init")
    private static Stack stack;

    @BeforeAll
    static void start(@TempDir Path folder) {
        System.getProperties().put("test.seen", SEEN);
        stack =
                Stack.start(
                        StackSettings.of(SampleStack.in(folder))
                                .secrets(Map.of("unwind/shop", "{\"token\":\"t-1\"}"))
                                .retryPause(Duration.ofMillis(5))
                                .log(LOG)
                                .workflows(
                                        (machines, _, _) -> (_, _) -> JSON.valueToTree(machines)));
    }

    @AfterAll
    static void stop() {
        stack.close();
        System.getProperties().remove("test.seen");
    }

    @Test
    void invoke_shouldReachFunction_whenCalledByNameArnOrAlias() {
        var arn = "arn:aws:lambda:us-east-1:000000000000:function:unwind-echo";

        for (var reference : List.of("unwind-echo", arn, arn + ":live"))
            assertThat(stack.lambda().invoke(reference, "{\"a\":1}").payload())
                    .isEqualTo("{\"a\":1}");
        assertThat(LOG.toString(StandardCharsets.UTF_8)).contains("echo for unwind-echo");
    }

    @Test
    void invoke_shouldNameTheException_whenFunctionThrows() {
        var failed = (Invocation.Failed) stack.lambda().invoke("unwind-Broken", "{}");

        assertThat(failed.errorType()).isEqualTo("sample.Broken$Unwell");
        assertThat(failed.errorMessage()).isEqualTo("not today");
        assertThat(failed.payload()).contains("\"stackTrace\":[\"sample.Broken.handleRequest(");
    }

    @Test
    void invoke_shouldEndAtTimeout_whenFunctionIsSlow() {
        var failed = (Invocation.Failed) stack.lambda().invoke("unwind-Slow", "{}");

        assertThat(failed.errorType()).isEqualTo("Sandbox.Timedout");
        assertThat(failed.errorMessage()).contains("timed out after 1.00 seconds");
    }

    @Test
    void invoke_shouldBeRefused_whenThereIsNoSuchFunction() {
        assertThatThrownBy(() -> stack.lambda().invoke("nobody", "{}"))
                .isInstanceOfSatisfying(
                        AwsError.class,
                        error -> assertThat(error.type()).isEqualTo("ResourceNotFoundException"));
    }

    @Test
    void use_shouldCountInvocations_whenFunctionRan() {
        stack.lambda().invoke("unwind-Page", "{}");

        assertThat(stack.lambda().use())
                .filteredOn(use -> use.function().equals("unwind-Page"))
                .singleElement()
                .satisfies(
                        use -> {
                            assertThat(use.invocations()).isPositive();
                            assertThat(use.environments()).isPositive();
                            assertThat(use.billed()).isPositive();
                            assertThat(use.memoryMegabytes()).isEqualTo(512);
                        });
    }

    @Test
    void message_shouldReachFunction_whenSentBySdk() {
        try (var sqs = sqs()) {
            var url = sqs.getQueueUrl(get -> get.queueName("unwind-Work")).queueUrl();
            assertThat(url).isEqualTo(stack.endpoint() + "/000000000000/unwind-Work");
            sqs.sendMessage(
                    send ->
                            send.queueUrl(url)
                                    .messageBody("sdk-")
                                    .messageAttributes(Map.of("kind", text("urgent"))));
        }

        eventually(() -> SEEN.contains("sdk-urgent"));
    }

    @Test
    void message_shouldGoToDeadLetterQueue_whenReportedAsFailed() {
        stack.queues().send("unwind-Work", "bad");
        stack.queues().send("unwind-Work", "good");

        eventually(() -> stack.queues().depth("unwind-WorkDlq").visible() > 0);
        assertThat(SEEN.stream().filter("bad"::equals)).hasSize(2);
        assertThat(SEEN.stream().filter("good"::equals)).hasSize(1);
    }

    @Test
    void sqs_shouldNameTheError_whenQueueIsUnknown() {
        try (var sqs = sqs()) {
            assertThatThrownBy(() -> sqs.getQueueUrl(get -> get.queueName("none")))
                    .isInstanceOf(QueueDoesNotExistException.class);
        }
    }

    @Test
    void event_shouldReachQueue_whenItsRuleMatches() throws Exception {
        try (var events =
                EventBridgeClient.builder().httpClient(UrlConnectionHttpClient.create()).build()) {
            for (var total : List.of(50, 500))
                assertThat(events.putEvents(put -> put.entries(order(total))).failedEntryCount())
                        .isZero();
        }

        var received = receive("idle");
        assertThat(received).hasSize(1);
        var event = JSON.readTree(received.getFirst());
        assertThat(event.at("/detail/total").asInt()).isEqualTo(500);
        assertThat(event.path("detail-type").asText()).isEqualTo("order.placed");
        assertThat(event.path("version").asText()).isEqualTo("0");
    }

    @Test
    void event_shouldReachFunctionAndItsTable_whenItsRuleMatches() {
        var entry =
                JSON.createObjectNode().put("Source", "shop.eu").put("DetailType", "order.late");
        entry.put("Detail", "{\"id\":\"late-1\"}");
        var request = JSON.createObjectNode();
        request.putArray("Entries").add(entry).addObject().put("Source", "shop.eu");

        var answer = stack.service("AWSEvents").call("PutEvents", request);

        assertThat(answer.path("FailedEntryCount").asInt()).isEqualTo(1);
        eventually(() -> isKept("late-1"));
    }

    @Test
    void schedule_shouldInvokeItsFunctionWithInput_whenTriggered() {
        stack.scheduler().trigger("KeeperSweep");

        eventually(() -> isKept("sweep"));
    }

    @Test
    void schedule_shouldTellFailureQueue_whenFunctionFailedThreeTimes() throws Exception {
        stack.scheduler().trigger("BrokenDaily");

        var lost = JSON.readTree(receive("unwind-Lost").getFirst());
        assertThat(lost.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(3);
        assertThat(lost.at("/requestContext/condition").asText()).isEqualTo("RetriesExhausted");
        assertThat(lost.at("/requestPayload/source").asText()).isEqualTo("aws.scheduler");
        assertThat(lost.at("/responsePayload/errorType").asText())
                .isEqualTo("sample.Broken$Unwell");
    }

    @Test
    void secret_shouldBeReadByNameAndArn_whenItIsThere() {
        try (var secrets = secrets()) {
            var byName = secrets.getSecretValue(get -> get.secretId("unwind/shop"));
            var byArn = secrets.getSecretValue(get -> get.secretId(byName.arn()));

            assertThat(byName.secretString()).isEqualTo("{\"token\":\"t-1\"}");
            assertThat(byArn.secretString()).isEqualTo(byName.secretString());
            assertThatThrownBy(() -> secrets.getSecretValue(get -> get.secretId("other")))
                    .isInstanceOf(ResourceNotFoundException.class);
        }
    }

    @Test
    void workflows_shouldBeGivenSubstitutedDefinitions_whenStackStarts() {
        var machine =
                stack.service("AWSStepFunctions").call("Any", JSON.createObjectNode()).path(0);

        assertThat(machine.path("name").asText()).isEqualTo("unwind-case");
        assertThat(machine.at("/definition/States/Ask/Arguments/FunctionName").asText())
                .isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:unwind-echo:live");
    }

    private static PutEventsRequestEntry order(int total) {
        return PutEventsRequestEntry.builder()
                .eventBusName("orders")
                .source("shop")
                .detailType("order.placed")
                .detail("{\"total\":%d}".formatted(total))
                .build();
    }

    private static boolean isKept(String id) {
        var key = Map.of("pk", AttributeValue.fromS(id));
        return stack.tables()
                .client()
                .getItem(get -> get.tableName("unwind-Records").key(key))
                .hasItem();
    }

    private static List<String> receive(String queue) {
        var request =
                JSON.createObjectNode()
                        .put("QueueUrl", stack.endpoint() + "/000000000000/" + queue)
                        .put("MaxNumberOfMessages", 10)
                        .put("WaitTimeSeconds", 5);
        var bodies = new ArrayList<String>();
        for (JsonNode message : stack.queues().call("ReceiveMessage", request).path("Messages"))
            bodies.add(message.path("Body").asText());
        return bodies;
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
    }

    private static SqsClient sqs() {
        return SqsClient.builder().httpClient(UrlConnectionHttpClient.create()).build();
    }

    private static SecretsManagerClient secrets() {
        return SecretsManagerClient.builder().httpClient(UrlConnectionHttpClient.create()).build();
    }

    private static void eventually(BooleanSupplier condition) {
        var end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError("it did not happen in 20 s");
            LockSupport.parkNanos(20_000_000);
        }
    }
}
