package shop.unwind.local.states;

import com.fasterxml.jackson.databind.JsonNode;

/** What Task states do. Called from many threads at once. */
@FunctionalInterface
public interface Tasks {
    /**
     * Does one task.
     *
     * @return the integration's answer, such as {@code {"ExecutedVersion", "Payload", …}}
     */
    JsonNode run(Call call) throws TaskFailure;

    /**
     * A task to do.
     *
     * @param resource such as {@code arn:aws:states:::lambda:invoke}
     * @param arguments as evaluated
     */
    record Call(String resource, JsonNode arguments, String stateMachineArn, String executionArn) {}
}
