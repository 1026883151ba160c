package shop.unwind.local.states;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * What one journaled step changed. An execution is the sum of its changes: what runs reads only
 * what they left, so that going on after a restart is the same as going on.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "change")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Change.Started.class, name = "started"),
    @JsonSubTypes.Type(value = Change.Entered.class, name = "entered"),
    @JsonSubTypes.Type(value = Change.Waiting.class, name = "waiting"),
    @JsonSubTypes.Type(value = Change.Scheduled.class, name = "scheduled"),
    @JsonSubTypes.Type(value = Change.Submitted.class, name = "submitted"),
    @JsonSubTypes.Type(value = Change.Split.class, name = "split"),
    @JsonSubTypes.Type(value = Change.Begun.class, name = "begun"),
    @JsonSubTypes.Type(value = Change.Succeeded.class, name = "succeeded"),
    @JsonSubTypes.Type(value = Change.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = Change.Retrying.class, name = "retrying"),
    @JsonSubTypes.Type(value = Change.Left.class, name = "left"),
    @JsonSubTypes.Type(value = Change.Finished.class, name = "finished"),
    @JsonSubTypes.Type(value = Change.Closed.class, name = "closed"),
    @JsonSubTypes.Type(value = Change.Redriven.class, name = "redriven"),
})
sealed interface Change {
    /** The execution exists; {@code definition} is the fingerprint of its machine. */
    record Started(String definition, String name, String input) implements Change {}

    record Entered(String state, JsonNode input) implements Change {}

    /** A Wait knows its end, in milliseconds since 1970. */
    record Waiting(long until) implements Change {}

    /** A task's attempt begins; an empty token when it waits for none. */
    record Scheduled(JsonNode arguments, String token, int timeoutSeconds, int heartbeatSeconds)
            implements Change {}

    record Submitted() implements Change {}

    /** A Map's or Parallel's attempt begins: the input of each child, and how many run at once. */
    record Split(List<JsonNode> inputs, int atOnce) implements Change {}

    /** An iteration runs. */
    record Begun() implements Change {}

    record Succeeded(JsonNode result) implements Change {}

    /** An attempt failed; for good when neither Retry nor Catch is to be asked. */
    record Failed(Failure failure, boolean forGood) implements Change {}

    record Retrying(int retrier, long until) implements Change {}

    record Left(String next, JsonNode output, Map<String, JsonNode> variables) implements Change {}

    /** The scope has ended well. */
    record Finished(JsonNode output) implements Change {}

    record Closed(Status status, @Nullable String error, @Nullable String cause)
            implements Change {}

    record Redriven() implements Change {}
}
