package shop.unwind.local.states;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/**
 * Why a state failed.
 *
 * @param error a name to match, such as {@code States.Timeout}; null only when a task token was
 *     answered without one
 * @param cause words for people, or null
 * @param heartbeat whether a missing heartbeat was the reason
 */
record Failure(@Nullable String error, @Nullable String cause, boolean heartbeat)
        implements Result {
    static final String ALL = "States.ALL";
    static final String DATA_LIMIT = "States.DataLimitExceeded";
    static final String HEARTBEAT = "States.HeartbeatTimeout";
    static final String QUERY = "States.QueryEvaluationError";
    static final String RUNTIME = "States.Runtime";
    static final String TASK_FAILED = "States.TaskFailed";
    static final String TIMEOUT = "States.Timeout";

    private static final Set<String> NOT_ALL = Set.of(RUNTIME, DATA_LIMIT);
    private static final Set<String> NOT_TASK_FAILED = Set.of(RUNTIME, DATA_LIMIT, QUERY, TIMEOUT);

    Failure(@Nullable String error, @Nullable String cause) {
        this(error, cause, false);
    }

    /** Whether a retrier or catcher with these names is meant. */
    boolean matches(List<String> names) {
        return names.stream().anyMatch(this::matches);
    }

    private boolean matches(String name) {
        var own = requireNonNullElse(error, "");
        return switch (name) {
            case ALL -> !NOT_ALL.contains(own);
            case TASK_FAILED -> !NOT_TASK_FAILED.contains(own);
            case HEARTBEAT -> heartbeat;
            case RUNTIME -> false;
            default -> name.equals(own);
        };
    }

    /** What {@code $states.errorOutput} is. */
    ObjectNode toJson() {
        return JsonNodeFactory.instance.objectNode().put("Error", error).put("Cause", cause);
    }
}
