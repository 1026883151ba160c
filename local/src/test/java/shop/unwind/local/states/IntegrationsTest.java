package shop.unwind.local.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;

import shop.unwind.local.AwsError;
import shop.unwind.local.AwsService;

import java.util.concurrent.atomic.AtomicReference;

class IntegrationsTest {
    private final AtomicReference<JsonNode> sent = new AtomicReference<>(Details.none());

    private AwsService answering(String answer) {
        return (_, request) -> {
            sent.set(request);
            return Lab.json(answer);
        };
    }

    private static AwsService refusing(String type) {
        return (_, _) -> {
            throw new AwsError(type, "no");
        };
    }

    private static JsonNode run(AwsService service, String action, String arguments)
            throws TaskFailure {
        var call =
                new Tasks.Call(
                        "arn:aws:states:::" + action,
                        Lab.json(arguments),
                        Lab.MACHINE,
                        "arn:aws:run");
        return new Integrations((_, payload) -> payload, service, service).run(call);
    }

    @Test
    void invoke_shouldWrapThePayload_whenItReturns() throws TaskFailure {
        var answer = run(refusing("none"), "lambda:invoke", "{FunctionName: f, Payload: {a: 1}}");

        assertThat(answer.fieldNames())
                .toIterable()
                .containsExactly(
                        "ExecutedVersion",
                        "Payload",
                        "SdkHttpMetadata",
                        "SdkResponseMetadata",
                        "StatusCode");
        assertThat(answer.get("Payload")).hasToString("{\"a\":1}");
        assertThat(answer.at("/SdkHttpMetadata/HttpStatusCode").asInt()).isEqualTo(200);
    }

    @Test
    void sendMessage_shouldSerialiseTheBody_whenItIsAnObject() throws TaskFailure {
        var answer =
                run(
                        answering("{MessageId: m, MD5OfMessageBody: x}"),
                        "sqs:sendMessage",
                        "{QueueUrl: q, MessageBody: {a: 1}}");

        assertThat(sent.get())
                .hasToString("{\"QueueUrl\":\"q\",\"MessageBody\":\"{\\\"a\\\":1}\"}");
        assertThat(answer.get("MessageId").asText()).isEqualTo("m");
    }

    @Test
    void sendMessage_shouldFailByName_whenThereIsNoQueue() {
        assertThatThrownBy(
                        () ->
                                run(
                                        refusing("QueueDoesNotExist"),
                                        "sqs:sendMessage",
                                        "{QueueUrl: q, MessageBody: b}"))
                .isInstanceOfSatisfying(
                        TaskFailure.class,
                        failure ->
                                assertThat(failure.error())
                                        .isEqualTo("SQS.QueueDoesNotExistException"));
    }

    @Test
    void putEvents_shouldPutItsArnsInFront_whenResourcesAreGiven() throws TaskFailure {
        run(
                answering("{FailedEntryCount: 0, Entries: [{EventId: e}]}"),
                "events:putEvents",
                "{Entries: [{Resources: [x], Detail: {a: 1}}]}");

        assertThat(sent.get().at("/Entries/0"))
                .hasToString(
                        "{\"Resources\":[\""
                                + Lab.MACHINE
                                + "\",\"arn:aws:run\",\"x\"],\"Detail\":\"{\\\"a\\\":1}\"}");
    }

    @Test
    void putEvents_shouldFail_whenAnEntryFailed() {
        assertThatThrownBy(
                        () ->
                                run(
                                        answering("{FailedEntryCount: 1, Entries: []}"),
                                        "events:putEvents",
                                        "{Entries: [{}]}"))
                .isInstanceOfSatisfying(
                        TaskFailure.class,
                        failure -> {
                            assertThat(failure.error()).isEqualTo("EventBridge.FailedEntry");
                            assertThat(failure.cause()).contains("\"FailedEntryCount\":1");
                        });
    }
}
