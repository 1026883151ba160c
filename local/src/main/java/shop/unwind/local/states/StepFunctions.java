package shop.unwind.local.states;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.local.AwsError;
import shop.unwind.local.AwsService;
import shop.unwind.local.Journal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Step Functions Standard for the AWS CLI and SDKs. Machines are registered in code; executions
 * survive a killed process when their journal does.
 */
public final class StepFunctions implements AwsService {
    private static final Pattern NAME =
            Pattern.compile("[^\\s<>{}\\[\\]?*\"#%\\\\^|~$&,;:/`\\p{Cntrl}]{1,80}");
    private static final Duration NAME_KEPT = Duration.ofDays(90);
    private static final Duration REDRIVABLE = Duration.ofDays(14);

    private final Time time;
    private final Engine engine;
    private final TaskAnswers answers;

    /**
     * Reads the journal; nothing runs before {@link #resume}.
     *
     * @param random for jitter
     * @param listener gets each execution's ARN and event, in order, as it is written; must be
     *     quick and may call back only {@link #transitions}
     */
    public StepFunctions(
            Tasks tasks,
            Journal journal,
            Time time,
            RandomGenerator random,
            BiConsumer<String, Event> listener) {
        this.time = time;
        var tokens = new Tokens();
        this.answers = new TaskAnswers(tokens, time);
        var interpreter =
                new Interpreter(
                        time, new TaskRunner(tasks, time, tokens), new Retries(time, random));
        this.engine = new Engine(journal, time, listener, tokens, interpreter);
    }

    /** Makes a machine one that can be started; executions under way keep their definition. */
    public void register(StateMachine machine) {
        engine.register(machine);
    }

    /** Goes on with every execution that the journal left open. Call once, after registering. */
    public void resume() {
        engine.resume();
    }

    /** Leaves every execution where it stands: no thread of theirs waits any longer. */
    public void abandon() {
        engine.abandon();
    }

    /**
     * State transitions of an execution so far, as AWS bills them: states entered and attempts
     * repeated.
     */
    public int transitions(String executionArn) {
        return execution(executionArn).transitions();
    }

    @Override
    public JsonNode call(String operation, JsonNode request) {
        var parameters = new Parameters(request);
        return switch (operation) {
            case "DescribeExecution" -> Views.executionInFull(execution(parameters));
            case "DescribeStateMachine" -> describeStateMachine(parameters);
            case "GetExecutionHistory" -> getExecutionHistory(parameters);
            case "ListExecutions" -> listExecutions(parameters);
            case "ListStateMachines" -> listStateMachines(parameters);
            case "RedriveExecution" -> redriveExecution(parameters);
            case "SendTaskFailure" -> answers.failure(parameters);
            case "SendTaskHeartbeat" -> answers.heartbeat(parameters);
            case "SendTaskSuccess" -> answers.success(parameters);
            case "StartExecution" -> startExecution(parameters);
            case "StopExecution" -> stopExecution(parameters);
            default ->
                    throw new AwsError(
                            "UnknownOperationException",
                            "Operation " + operation + " is not played here");
        };
    }

    private JsonNode startExecution(Parameters parameters) {
        var machine = machine(parameters);
        var name = parameters.optional("name").orElseGet(() -> UUID.randomUUID().toString());
        var input = parameters.optional("input").orElse("{}");
        if (!NAME.matcher(name).matches())
            throw new AwsError("InvalidName", "Invalid Name: '" + name + "'");
        if (Json.tooLarge(input))
            throw Parameters.invalid("input", "must have a length of at most " + Json.LIMIT);
        if (Json.parse(input).isEmpty())
            throw new AwsError(
                    "InvalidExecutionInput",
                    "Invalid State Machine Execution Input: it is not JSON");
        var execution = start(machine, name, input);
        return Details.none()
                .put("executionArn", execution.arn)
                .put("startDate", Event.seconds(execution.started()));
    }

    private Execution start(StateMachine machine, String name, String input) {
        synchronized (engine) {
            var earlier = engine.execution(machine.executionArn(name)).filter(this::holdsItsName);
            if (earlier.isEmpty()) return engine.start(machine, name, input);
            if (earlier.get().status() == Status.RUNNING && earlier.get().input.equals(input))
                return earlier.get();
            throw new AwsError(
                    "ExecutionAlreadyExists",
                    "Execution Already Exists: '" + earlier.get().arn + "'");
        }
    }

    private boolean holdsItsName(Execution execution) {
        return execution.status() == Status.RUNNING
                || time.instant().isBefore(execution.stopped().plus(NAME_KEPT));
    }

    private JsonNode stopExecution(Parameters parameters) {
        var execution = execution(parameters);
        var error = parameters.optional("error", Limits.ERROR).orElse(null);
        var cause = parameters.optional("cause", Limits.CAUSE).orElse(null);
        var draft = Draft.of("ExecutionAborted", Details.failure(new Failure(error, cause)));
        try {
            execution.commit(
                    execution.root(), 0, new Change.Closed(Status.ABORTED, error, cause), draft);
        } catch (Execution.Stopped _) {
            return Details.none().put("stopDate", Event.seconds(execution.stopped()));
        }
        return Details.none().put("stopDate", Event.seconds(execution.stopped()));
    }

    private JsonNode redriveExecution(Parameters parameters) {
        var execution = execution(parameters);
        execution.exclusively(
                () -> {
                    requireRedrivable(execution);
                    engine.redrive(execution);
                });
        return Details.none().put("redriveDate", Event.seconds(execution.redriven().orElseThrow()));
    }

    private void requireRedrivable(Execution execution) {
        var status = execution.status();
        if (status == Status.RUNNING || status == Status.SUCCEEDED)
            throw notRedrivable(Views.notRedrivable(status));
        if (time.instant().isAfter(execution.stopped().plus(REDRIVABLE)))
            throw notRedrivable("Execution was closed more than 14 days ago");
        if (execution.history().size() >= Limits.EVENTS - 1)
            throw notRedrivable("Execution has too many events");
    }

    private static AwsError notRedrivable(String reason) {
        return new AwsError("ExecutionNotRedrivable", reason);
    }

    private JsonNode describeStateMachine(Parameters parameters) {
        var machine = machine(parameters);
        return Views.machineInFull(machine, engine.created(machine));
    }

    private JsonNode listStateMachines(Parameters parameters) {
        var machines = engine.machines();
        return Page.of(
                parameters,
                "stateMachines",
                machines,
                machine -> (long) machines.indexOf(machine),
                machine -> Views.machine(machine, engine.created(machine)));
    }

    private JsonNode listExecutions(Parameters parameters) {
        var machine = machine(parameters);
        var status = parameters.optional("statusFilter").map(StepFunctions::status);
        var found =
                engine.executions().reversed().stream()
                        .filter(execution -> execution.machine.arn().equals(machine.arn()))
                        .filter(execution -> status.isEmpty() || status.get() == execution.status())
                        .filter(execution -> matchesRedrive(execution, parameters))
                        .toList();
        return Page.of(
                parameters, "executions", found, execution -> execution.number, Views::execution);
    }

    private static boolean matchesRedrive(Execution execution, Parameters parameters) {
        return switch (parameters.optional("redriveFilter").orElse("")) {
            case "" -> true;
            case "REDRIVEN" -> execution.redrives() > 0;
            case "NOT_REDRIVEN" -> execution.redrives() == 0;
            default ->
                    throw Parameters.invalid("redriveFilter", "must be REDRIVEN or NOT_REDRIVEN");
        };
    }

    private static Status status(String name) {
        return List.of(Status.values()).stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                Parameters.invalid(
                                        "statusFilter",
                                        "must be one of " + List.of(Status.values())));
    }

    private JsonNode getExecutionHistory(Parameters parameters) {
        var events = execution(parameters).history();
        var ordered = parameters.flag("reverseOrder", false) ? events.reversed() : events;
        var data = parameters.flag("includeExecutionData", true);
        return Page.of(parameters, "events", ordered, Event::id, event -> Views.event(event, data));
    }

    private StateMachine machine(Parameters parameters) {
        var arn = parameters.arn("stateMachineArn");
        return engine.machine(arn)
                .orElseThrow(
                        () ->
                                new AwsError(
                                        "StateMachineDoesNotExist",
                                        "State Machine Does Not Exist: '" + arn + "'"));
    }

    private Execution execution(Parameters parameters) {
        return execution(parameters.arn("executionArn"));
    }

    private Execution execution(String arn) {
        Optional<Execution> found = engine.execution(arn);
        return found.orElseThrow(
                () ->
                        new AwsError(
                                "ExecutionDoesNotExist",
                                "Execution Does Not Exist: '" + arn + "'"));
    }
}
