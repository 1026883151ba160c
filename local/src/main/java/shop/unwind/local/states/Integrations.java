package shop.unwind.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.local.AwsError;
import shop.unwind.local.AwsService;

import java.util.UUID;

/** Lambda, SQS and EventBridge as Step Functions calls them and passes on their answers. */
public final class Integrations implements Tasks {
    private static final int ACCEPTED = 200;

    private final Lambda lambda;
    private final AwsService sqs;
    private final AwsService events;

    /** Calls these services, queues and buses as their JSON protocols have them. */
    public Integrations(Lambda lambda, AwsService sqs, AwsService events) {
        this.lambda = lambda;
        this.sqs = sqs;
        this.events = events;
    }

    @Override
    public JsonNode run(Call call) throws TaskFailure {
        var resource =
                Resource.of(call.resource())
                        .orElseThrow(() -> new IllegalArgumentException(call.resource()));
        return switch (resource) {
            case INVOKE, INVOKE_AND_WAIT -> invoke(call.arguments());
            case SEND_MESSAGE -> sendMessage(call.arguments());
            case PUT_EVENTS -> putEvents(call);
        };
    }

    private JsonNode invoke(JsonNode arguments) throws TaskFailure {
        var function = arguments.path("FunctionName").asText();
        var qualified =
                arguments.has("Qualifier")
                        ? function + ":" + arguments.get("Qualifier").asText()
                        : function;
        var payload = lambda.invoke(qualified, arguments.path("Payload"));
        var answer = Details.none().put("ExecutedVersion", "$LATEST");
        answer.set("Payload", payload);
        return withMetadata(answer).put("StatusCode", ACCEPTED);
    }

    private JsonNode sendMessage(JsonNode arguments) throws TaskFailure {
        var request = asText((ObjectNode) arguments.deepCopy(), "MessageBody");
        try {
            return withMetadata((ObjectNode) sqs.call("SendMessage", request));
        } catch (AwsError error) {
            throw new TaskFailure(sqsError(error.type()), error.getMessage() + " (Service: Sqs)");
        }
    }

    private static String sqsError(String type) {
        return type.endsWith("QueueDoesNotExist") || type.endsWith("NonExistentQueue")
                ? "SQS.QueueDoesNotExistException"
                : "SQS.AmazonSQSException";
    }

    private JsonNode putEvents(Call call) throws TaskFailure {
        var request = (ObjectNode) call.arguments().deepCopy();
        request.path("Entries").forEach(entry -> complete((ObjectNode) entry, call));
        try {
            var answer = withMetadata((ObjectNode) events.call("PutEvents", request));
            if (answer.path("FailedEntryCount").asInt() > 0)
                throw new TaskFailure("EventBridge.FailedEntry", answer.toString());
            return answer;
        } catch (AwsError error) {
            throw new TaskFailure(
                    "EventBridge." + error.type(), String.valueOf(error.getMessage()));
        }
    }

    private static void complete(ObjectNode entry, Call call) {
        var given = entry.path("Resources");
        entry.putArray("Resources")
                .add(call.stateMachineArn())
                .add(call.executionArn())
                .addAll(given.valueStream().toList());
        asText(entry, "Detail");
    }

    private static ObjectNode asText(ObjectNode object, String field) {
        var value = object.path(field);
        return value.isContainerNode() ? object.put(field, value.toString()) : object;
    }

    private static ObjectNode withMetadata(ObjectNode answer) {
        var http = answer.putObject("SdkHttpMetadata");
        http.putObject("AllHttpHeaders").putArray("Content-Type").add("application/json");
        http.putObject("HttpHeaders").put("Content-Type", "application/json");
        http.put("HttpStatusCode", ACCEPTED);
        answer.putObject("SdkResponseMetadata").put("RequestId", UUID.randomUUID().toString());
        return answer;
    }
}
