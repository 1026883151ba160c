package shop.unwind.local.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.local.Journal;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** All machines and executions, and the journal that brings them back after a restart. */
final class Engine {
    private final Journal journal;
    private final Time time;
    private final BiConsumer<String, Event> listener;
    private final Tokens tokens;
    private final Interpreter interpreter;

    private final Map<String, StateMachine> machines = new LinkedHashMap<>();
    private final Map<String, Instant> created = new HashMap<>();
    private final Map<String, StateMachine> definitions = new HashMap<>();
    private final Map<String, Execution> executions = new ConcurrentHashMap<>();
    private long number;

    Engine(
            Journal journal,
            Time time,
            BiConsumer<String, Event> listener,
            Tokens tokens,
            Interpreter interpreter) {
        this.journal = journal;
        this.time = time;
        this.listener = listener;
        this.tokens = tokens;
        this.interpreter = interpreter;
        journal.replay(this::replay);
    }

    /** Makes a machine one that can be started, in place of any of the same ARN. */
    synchronized void register(StateMachine machine) {
        machines.put(machine.arn(), machine);
        created.putIfAbsent(machine.arn(), time.instant());
        if (definitions.putIfAbsent(machine.fingerprint(), machine) == null)
            journal.append(StateMachine.record(machine.name(), machine.arn(), machine.source()));
    }

    synchronized Optional<StateMachine> machine(String arn) {
        return Optional.ofNullable(machines.get(arn));
    }

    synchronized List<StateMachine> machines() {
        return List.copyOf(machines.values());
    }

    synchronized Instant created(StateMachine machine) {
        return Objects.requireNonNull(created.get(machine.arn()));
    }

    Optional<Execution> execution(String arn) {
        return Optional.ofNullable(executions.get(arn));
    }

    /** Every execution, oldest first. */
    List<Execution> executions() {
        return executions.values().stream()
                .sorted(Comparator.comparingLong(execution -> execution.number))
                .toList();
    }

    /** Goes on with every execution that the journal left open. */
    void resume() {
        executions().stream()
                .filter(execution -> execution.status() == Status.RUNNING)
                .forEach(interpreter::start);
    }

    /** Leaves every execution where it stands. */
    void abandon() {
        executions.values().forEach(Execution::abandon);
    }

    /** A new execution, journaled before it begins. */
    synchronized Execution start(StateMachine machine, String name, String input) {
        var started = new Change.Started(machine.fingerprint(), name, input);
        var execution = create(machine.executionArn(name), started);
        var details = Details.executionStarted(input, machine.roleArn());
        execution.commit(execution.root(), 0, started, Draft.aside("ExecutionStarted", details));
        executions.put(execution.arn, execution);
        interpreter.start(execution);
        return execution;
    }

    void redrive(Execution execution) {
        var draft =
                Draft.of(
                        "ExecutionRedriven",
                        Details.none().put("redriveCount", execution.redrives() + 1));
        execution.commit(execution.root(), execution.root().last(), new Change.Redriven(), draft);
        interpreter.start(execution);
    }

    private Execution create(String arn, Change.Started started) {
        var machine =
                Objects.requireNonNull(definitions.get(started.definition()), started.definition());
        return new Execution(number++, machine, arn, started, journal, time, listener);
    }

    private void replay(JsonNode line) {
        if (line.has("source")) replayDefinition(line);
        else replay(read(line));
    }

    private void replayDefinition(JsonNode line) {
        var machine =
                StateMachine.read(
                        line.get("name").asText(), line.get("arn").asText(), line.get("source"));
        definitions.put(machine.fingerprint(), machine);
    }

    private void replay(Line line) {
        if (line.change() instanceof Change.Started started)
            executions.put(line.execution(), create(line.execution(), started));
        var execution = Objects.requireNonNull(executions.get(line.execution()));
        execution.replay(line);
        if (line.change() instanceof Change.Scheduled scheduled)
            tokens.give(scheduled.token(), execution.root().find(line.scope()));
    }

    private static Line read(JsonNode line) {
        try {
            return Json.MAPPER.treeToValue(line, Line.class);
        } catch (JsonProcessingException unreadable) {
            throw new UncheckedIOException("the journal of executions is damaged", unreadable);
        }
    }
}
