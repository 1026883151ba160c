package shop.unwind.local.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import shop.unwind.local.lambda.Invocation;
import shop.unwind.local.lambda.Lambda;
import shop.unwind.local.states.TaskFailure;
import shop.unwind.local.states.Tasks;

import java.util.UUID;

/**
 * Step Functions' way to Lambda: {@code lambda:invoke} and nothing else, as our workflow uses it.
 */
record LambdaTasks(Lambda lambda) implements Tasks {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public JsonNode run(Call call) throws TaskFailure {
        var function = call.arguments().path("FunctionName").asText();
        return switch (invoke(function, call.arguments().path("Payload").toString())) {
            case Invocation.Answered(var payload) -> answer(payload);
            case Invocation.Failed(var type, _, var payload) ->
                    throw new TaskFailure(type, payload);
        };
    }

    private Invocation invoke(String function, String payload) throws TaskFailure {
        try {
            return lambda.invoke(function, payload);
        } catch (shop.unwind.local.AwsError unknown) {
            throw new TaskFailure("Lambda." + unknown.type(), String.valueOf(unknown.getMessage()));
        }
    }

    private static JsonNode answer(String payload) throws TaskFailure {
        var answer = JsonNodeFactory.instance.objectNode().put("ExecutedVersion", "1");
        try {
            answer.set("Payload", JSON.readTree(payload));
        } catch (JsonProcessingException malformed) {
            throw new TaskFailure("Lambda.Unknown", "the function answered no JSON");
        }
        answer.putObject("SdkHttpMetadata").put("HttpStatusCode", 200);
        answer.putObject("SdkResponseMetadata").put("RequestId", UUID.randomUUID().toString());
        return answer.put("StatusCode", 200);
    }
}
