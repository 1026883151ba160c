package shop.unwind.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Map;

/** The details of history events. */
final class Details {
    private Details() {}

    static ObjectNode none() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode executionStarted(String input, String roleArn) {
        return whole(none().put("input", input), "inputDetails").put("roleArn", roleArn);
    }

    static ObjectNode entered(State state, JsonNode input) {
        return whole(
                none().put("name", state.name()).put("input", input.toString()), "inputDetails");
    }

    static ObjectNode exited(State state, String output, Map<String, JsonNode> assigned) {
        var details =
                whole(none().put("name", state.name()).put("output", output), "outputDetails");
        if (assigned.isEmpty()) return details;
        var variables = details.putObject("assignedVariables");
        assigned.forEach((name, value) -> variables.put(name, value.toString()));
        return whole(details, "assignedVariablesDetails");
    }

    static ObjectNode output(String output) {
        return whole(none().put("output", output), "outputDetails");
    }

    static ObjectNode scheduled(
            Resource resource, String region, Change.Scheduled scheduled, boolean timed) {
        var details =
                task(resource)
                        .put("region", region)
                        .put("parameters", scheduled.arguments().toString());
        if (timed) details.put("timeoutInSeconds", scheduled.timeoutSeconds());
        if (scheduled.heartbeatSeconds() > 0)
            details.put("heartbeatInSeconds", scheduled.heartbeatSeconds());
        return details;
    }

    static ObjectNode task(Resource resource) {
        return none().put("resourceType", resource.service()).put("resource", resource.action());
    }

    static ObjectNode taskAnswered(Resource resource, String output) {
        return whole(task(resource).put("output", output), "outputDetails");
    }

    static ObjectNode taskFailed(Resource resource, Failure failure) {
        return task(resource).setAll(failure(failure));
    }

    static ObjectNode evaluationFailed(State state, String location, Failure failure) {
        return failure(failure).put("location", location).put("state", state.name());
    }

    static ObjectNode iteration(State map, int index) {
        return none().put("name", map.name()).put("index", index);
    }

    static ObjectNode failure(Failure failure) {
        var details = none();
        if (failure.error() != null) details.put("error", failure.error());
        if (failure.cause() != null) details.put("cause", failure.cause());
        return details;
    }

    private static ObjectNode whole(ObjectNode details, String key) {
        details.putObject(key).put("truncated", false);
        return details;
    }
}
