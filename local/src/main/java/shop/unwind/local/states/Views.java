package shop.unwind.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.List;

/** Machines and executions as the API shows them. */
final class Views {
    private Views() {}

    static ObjectNode machine(StateMachine machine, Instant created) {
        return Details.none()
                .put("stateMachineArn", machine.arn())
                .put("name", machine.name())
                .put("type", "STANDARD")
                .put("creationDate", Event.seconds(created));
    }

    static ObjectNode machineInFull(StateMachine machine, Instant created) {
        return machine(machine, created)
                .put("status", "ACTIVE")
                .put("definition", machine.source().toString())
                .put("roleArn", machine.roleArn());
    }

    static ObjectNode execution(Execution execution) {
        var view =
                Details.none()
                        .put("executionArn", execution.arn)
                        .put("stateMachineArn", execution.machine.arn())
                        .put("name", execution.name)
                        .put("status", execution.status().name())
                        .put("startDate", Event.seconds(execution.started()))
                        .put("redriveCount", execution.redrives());
        if (execution.status() != Status.RUNNING)
            view.put("stopDate", Event.seconds(execution.stopped()));
        execution.redriven().ifPresent(time -> view.put("redriveDate", Event.seconds(time)));
        return view;
    }

    static ObjectNode executionInFull(Execution execution) {
        var view = execution(execution).put("input", execution.input);
        view.putObject("inputDetails").put("included", true);
        execution.output().ifPresent(output -> addOutput(view, output));
        if (execution.end().error() != null) view.put("error", execution.end().error());
        if (execution.end().cause() != null) view.put("cause", execution.end().cause());
        return addRedrive(view, execution.status());
    }

    private static void addOutput(ObjectNode view, JsonNode output) {
        view.put("output", output.toString()).putObject("outputDetails").put("included", true);
    }

    private static ObjectNode addRedrive(ObjectNode view, Status status) {
        return switch (status) {
            case RUNNING, SUCCEEDED ->
                    view.put("redriveStatus", "NOT_REDRIVABLE")
                            .put("redriveStatusReason", notRedrivable(status));
            case FAILED, TIMED_OUT, ABORTED -> view.put("redriveStatus", "REDRIVABLE");
        };
    }

    static String notRedrivable(Status status) {
        return "Execution is " + status + " and cannot be redriven";
    }

    /** An event, without inputs, outputs and the like when they are not asked for. */
    static JsonNode event(Event event, boolean data) {
        if (data) return event.toJson();
        var details = event.details().deepCopy();
        details.remove(
                List.of("input", "output", "parameters", "cause", "error", "assignedVariables"));
        return new Event(event.id(), event.previous(), event.time(), event.type(), details)
                .toJson();
    }
}
