package shop.unwind.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.local.AwsError;
import shop.unwind.local.lambda.Invocation;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
    private static final HttpRequest.BodyPublisher NOTHING = HttpRequest.BodyPublishers.noBody();
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
    void request_shouldBecomeEvent_whenRouteMatches() throws Exception {
        var answer =
                http(
                        HttpRequest.newBuilder(uri("/orders/a%20b?q=%C3%BC&q=2&e"))
                                .header("X-Trace", "1")
                                .header("X-Trace", "2")
                                .header("Cookie", "a=1; b=2"));

        var event = JSON.readTree(answer.body());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Apigw-Requestid"))
                .contains(event.at("/requestContext/requestId").asText());
        assertThat(event.path("version").asText()).isEqualTo("2.0");
        assertThat(event.path("routeKey").asText()).isEqualTo("GET /orders/{id}");
        assertThat(event.path("rawPath").asText()).isEqualTo("/orders/a b");
        assertThat(event.path("rawQueryString").asText()).isEqualTo("q=%C3%BC&q=2&e");
        assertThat(event.at("/queryStringParameters/q").asText()).isEqualTo("ü,2");
        assertThat(event.at("/pathParameters/id").asText()).isEqualTo("a b");
        assertThat(event.at("/headers/x-trace").asText()).isEqualTo("1,2");
        assertThat(event.path("headers").has("cookie")).isFalse();
        assertThat(event.path("cookies")).hasToString("[\"a=1\",\"b=2\"]");
        assertThat(event.at("/requestContext/http/method").asText()).isEqualTo("GET");
        assertThat(event.at("/requestContext/http/sourceIp").asText()).isEqualTo("127.0.0.1");
        assertThat(event.has("body")).isFalse();
        assertThat(event.path("isBase64Encoded").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "application/json; charset=utf-8, hi, false",
        "text/plain, hi, false",
        "application/x-www-form-urlencoded, aGk=, true",
        "application/vnd.api+json, aGk=, true",
    })
    void body_shouldBeText_onlyForTextTypes(String type, String body, boolean encoded)
            throws Exception {
        var answer =
                http(
                        HttpRequest.newBuilder(uri("/webhooks/test"))
                                .header("Content-Type", type)
                                .POST(HttpRequest.BodyPublishers.ofString("hi")));

        var event = JSON.readTree(answer.body());
        assertThat(event.path("body").asText()).isEqualTo(body);
        assertThat(event.path("isBase64Encoded").asBoolean()).isEqualTo(encoded);
    }

    @Test
    void answer_shouldBeMapped_whenFunctionGivesStatus() throws Exception {
        var answer = http(HttpRequest.newBuilder(uri("/page")));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("GIF");
        assertThat(answer.headers().firstValue("content-type")).contains("image/gif");
        assertThat(answer.headers().allValues("set-cookie")).containsExactly("a=1", "b=2");
    }

    @ParameterizedTest
    @CsvSource({
        "/nowhere, 404, Not Found",
        "/webhooks/test, 404, Not Found",
        "/broken, 500, Internal Server Error",
    })
    void answer_shouldBeGateways_whenNoFunctionAnswers(String path, int status, String message)
            throws Exception {
        var answer = http(HttpRequest.newBuilder(uri(path)));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo("{\"message\":\"" + message + "\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders/1", "/webhooks/test", "/nowhere"})
    void preflight_shouldBeAnsweredByTheGateway_whenThePageIsKnown(String path) throws Exception {
        var answer = http(preflight(path, "https://b.example"));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(header(answer, "allow-origin")).containsExactly("https://b.example");
        assertThat(header(answer, "allow-methods")).containsExactly("GET,POST");
        assertThat(header(answer, "allow-headers")).containsExactly("content-type,x-token");
        assertThat(header(answer, "max-age")).containsExactly("60");
        assertThat(answer.headers().firstValue("Apigw-Requestid")).isPresent();
    }

    @Test
    void preflight_shouldAllowNothing_whenThePageIsAnybodys() throws Exception {
        var answer = http(preflight("/orders/1", "https://c.example"));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(header(answer, "allow-origin")).isEmpty();
    }

    @Test
    void options_shouldBeARequestLikeOthers_whenNoPageAsks() throws Exception {
        var options = HttpRequest.newBuilder(uri("/orders/1")).method("OPTIONS", NOTHING);

        assertThat(http(options).statusCode()).isEqualTo(404);
        assertThat(http(options.header("Origin", "https://a.example")).statusCode()).isEqualTo(404);
    }

    @Test
    void answer_shouldBeReadableByKnownPagesOnly_whateverTheFunctionSays() throws Exception {
        var known =
                http(HttpRequest.newBuilder(uri("/page")).header("Origin", "https://a.example"));
        var unknown =
                http(HttpRequest.newBuilder(uri("/page")).header("Origin", "https://c.example"));

        assertThat(known.statusCode()).isEqualTo(201);
        assertThat(header(known, "allow-origin")).containsExactly("https://a.example");
        assertThat(unknown.statusCode()).isEqualTo(201);
        assertThat(header(unknown, "allow-origin")).isEmpty();
    }

    private static HttpRequest.Builder preflight(String path, String origin) {
        return HttpRequest.newBuilder(uri(path))
                .method("OPTIONS", NOTHING)
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type");
    }

    private static List<String> header(HttpResponse<String> answer, String name) {
        return answer.headers().allValues("access-control-" + name);
    }

    @Test
    void request_shouldBeRefused_whenItIsTooLong() throws Exception {
        var body = HttpRequest.BodyPublishers.ofByteArray(new byte[10 * 1024 * 1024 + 1]);

        var answer = http(HttpRequest.newBuilder(uri("/webhooks/test")).POST(body));

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void service_shouldBeRefused_whenNobodyPlaysIt() throws Exception {
        var answer =
                http(
                        HttpRequest.newBuilder(uri("/"))
                                .header("X-Amz-Target", "Kinesis_20131202.PutRecord")
                                .POST(HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("x-amzn-RequestId")).isPresent();
        assertThat(JSON.readTree(answer.body()).path("__type").asText())
                .isEqualTo("UnknownOperationException");
    }

    @Test
    void queryProtocol_shouldBeUnderstood_whenClientIsOld() throws Exception {
        var answer =
                http(
                        HttpRequest.newBuilder(uri("/000000000000/unwind-Lost"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "Action=GetQueueAttributes&AttributeName.1=QueueArn")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("arn:aws:sqs:us-east-1:000000000000:unwind-Lost");
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

    @Test
    void dynamoDb_shouldCarryTheItem_whenConditionFails() {
        try (var tables = tables()) {
            var item =
                    Map.of("pk", AttributeValue.fromS("taken"), "by", AttributeValue.fromS("me"));
            tables.putItem(put -> put.tableName("unwind-Records").item(item));

            assertThatThrownBy(
                            () ->
                                    tables.putItem(
                                            put ->
                                                    put.tableName("unwind-Records")
                                                            .item(item)
                                                            .conditionExpression(
                                                                    "attribute_not_exists(pk)")
                                                            .returnValuesOnConditionCheckFailure(
                                                                    "ALL_OLD")))
                    .isInstanceOfSatisfying(
                            ConditionalCheckFailedException.class,
                            failed -> assertThat(failed.item()).isEqualTo(item));
        }
    }

    @Test
    void dynamoDb_shouldGiveReasons_whenTransactionIsCancelled() {
        try (var tables = tables()) {
            var key = Map.of("pk", AttributeValue.fromS("absent"));

            assertThatThrownBy(
                            () ->
                                    tables.transactWriteItems(
                                            write ->
                                                    write.transactItems(
                                                            put("new"), mustExist(key))))
                    .isInstanceOfSatisfying(
                            TransactionCanceledException.class,
                            cancelled ->
                                    assertThat(cancelled.cancellationReasons())
                                            .extracting(CancellationReason::code)
                                            .containsExactly("None", "ConditionalCheckFailed"));
            assertThat(isKept("new")).isFalse();
        }
    }

    @Test
    void dynamoDb_shouldKeepEveryKindOfValue_whenItemComesBack() {
        var item =
                Map.of(
                        "pk", AttributeValue.fromS("kinds"),
                        "n", AttributeValue.fromN("12.50"),
                        "flag", AttributeValue.fromBool(false),
                        "none", AttributeValue.fromNul(true),
                        "bytes", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, -1})),
                        "list", AttributeValue.fromL(List.of(AttributeValue.fromS("a"))),
                        "empty", AttributeValue.fromL(List.of()),
                        "map", AttributeValue.fromM(Map.of("x", AttributeValue.fromM(Map.of()))),
                        "set", AttributeValue.fromSs(List.of("a", "b")));
        try (var tables = tables()) {
            tables.putItem(put -> put.tableName("unwind-Records").item(item));

            var key = Map.of("pk", AttributeValue.fromS("kinds"));
            var back = tables.getItem(get -> get.tableName("unwind-Records").key(key)).item();
            assertThat(back).containsEntry("n", AttributeValue.fromN("12.5"));
            assertThat(back.entrySet())
                    .containsAll(
                            item.entrySet().stream()
                                    .filter(entry -> !entry.getKey().equals("n"))
                                    .toList());
        }
    }

    @Test
    void dynamoDb_shouldBeQueriedByIndex_whenTemplateHasOne() {
        try (var tables = tables()) {
            for (var id : List.of("open-1", "open-2"))
                tables.putItem(
                        put ->
                                put.tableName("unwind-Records")
                                        .item(
                                                Map.of(
                                                        "pk", AttributeValue.fromS(id),
                                                        "status", AttributeValue.fromS("OPEN"))));

            var open = Map.of(":open", AttributeValue.fromS("OPEN"));
            var found =
                    tables.query(
                            query ->
                                    query.tableName("unwind-Records")
                                            .indexName("byStatus")
                                            .keyConditionExpression("#s = :open")
                                            .expressionAttributeNames(Map.of("#s", "status"))
                                            .expressionAttributeValues(open));
            assertThat(found.items()).hasSize(2);
            assertThat(
                            tables.describeTimeToLive(of -> of.tableName("unwind-Records"))
                                    .timeToLiveDescription()
                                    .attributeName())
                    .isEqualTo("expiresAt");
        }
    }

    @Test
    void messages_shouldGoBack_whenMovedFromDeadLetterQueue() {
        stack.queues().send("unwind-WorkDlq", "again-" + SEEN.size());
        var before = List.copyOf(SEEN);
        var source = "arn:aws:sqs:us-east-1:000000000000:unwind-WorkDlq";

        stack.queues()
                .call("StartMessageMoveTask", JSON.createObjectNode().put("SourceArn", source));

        eventually(() -> SEEN.stream().anyMatch(body -> body.startsWith("again-")));
        assertThat(before).noneMatch(body -> body.startsWith("again-"));
    }

    private static TransactWriteItem put(String id) {
        return TransactWriteItem.builder()
                .put(
                        put ->
                                put.tableName("unwind-Records")
                                        .item(Map.of("pk", AttributeValue.fromS(id))))
                .build();
    }

    private static TransactWriteItem mustExist(Map<String, AttributeValue> key) {
        return TransactWriteItem.builder()
                .conditionCheck(
                        check ->
                                check.tableName("unwind-Records")
                                        .key(key)
                                        .conditionExpression("attribute_exists(pk)"))
                .build();
    }

    private static DynamoDbClient tables() {
        return DynamoDbClient.builder().httpClient(UrlConnectionHttpClient.create()).build();
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

    private static URI uri(String path) {
        return URI.create(stack.endpoint() + path);
    }

    private static HttpResponse<String> http(HttpRequest.Builder request) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
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
