package shop.unwind.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The context object: {@code $states.context}. */
final class Context {
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Context() {}

    /** What the expressions of this visit see. */
    static Bindings bindings(Scope scope, Visit visit) {
        return new Bindings(scope.variables(), visit.input, of(scope, visit));
    }

    static ObjectNode of(Scope scope, Visit visit) {
        var context = Details.none();
        context.set("Execution", execution(scope.execution));
        context.set("StateMachine", machine(scope.execution.machine));
        context.set("State", state(visit));
        visit.attempt()
                .filter(attempt -> !attempt.token.isEmpty())
                .ifPresent(attempt -> context.putObject("Task").put("Token", attempt.token));
        return context;
    }

    /** What an ItemSelector sees of its item. */
    static ObjectNode item(ObjectNode context, int index, JsonNode value) {
        var with = context.deepCopy();
        with.putObject("Map")
                .putObject("Item")
                .put("Index", index)
                .put("Source", "STATE_DATA")
                .set("Value", value);
        return with;
    }

    private static ObjectNode execution(Execution execution) {
        var json =
                Details.none()
                        .put("Id", execution.arn)
                        .put("Name", execution.name)
                        .put("RoleArn", execution.machine.roleArn())
                        .put("StartTime", text(execution.started()))
                        .put("RedriveCount", execution.redrives());
        execution.redriven().ifPresent(time -> json.put("RedriveTime", text(time)));
        return json.set("Input", execution.root().given());
    }

    private static ObjectNode machine(StateMachine machine) {
        return Details.none().put("Id", machine.arn()).put("Name", machine.name());
    }

    private static ObjectNode state(Visit visit) {
        var json =
                Details.none()
                        .put("Name", visit.state.name())
                        .put("EnteredTime", text(Instant.ofEpochMilli(visit.entry.time())));
        return visit.state instanceof State.Attempted
                ? json.put("RetryCount", visit.retryCount())
                : json;
    }

    private static String text(Instant time) {
        return MILLIS.format(time);
    }
}
