package shop.unwind.local.states;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Where one line of states stands: the execution itself, a branch or an iteration. Guarded by the
 * execution's lock.
 */
final class Scope {
    final Execution execution;
    final String path;
    final int index;

    private final Flow flow;
    private final JsonNode given;
    private final Optional<Scope> parent;
    private Map<String, JsonNode> variables;
    private String next;
    private JsonNode input;
    private long last;
    private Optional<Visit> visit = Optional.empty();
    private Optional<JsonNode> output = Optional.empty();
    private Optional<Failure> failure = Optional.empty();
    private boolean begun;
    private boolean launched;
    private boolean stopped;
    private CompletableFuture<Void> bell = new CompletableFuture<>();

    /** The scope of an execution. */
    static Scope root(Execution execution, Flow flow, JsonNode input) {
        return new Scope(execution, "", 0, flow, Optional.empty(), Map.of(), input, 0);
    }

    private Scope(
            Execution execution,
            String path,
            int index,
            Flow flow,
            Optional<Scope> parent,
            Map<String, JsonNode> variables,
            JsonNode input,
            long last) {
        this.execution = execution;
        this.path = path;
        this.index = index;
        this.flow = flow;
        this.parent = parent;
        this.variables = variables;
        this.next = flow.startAt();
        this.given = input;
        this.input = input;
        this.last = last;
    }

    Optional<Scope> parent() {
        return parent;
    }

    Map<String, JsonNode> variables() {
        return variables;
    }

    /** The state to enter next. */
    State next() {
        return flow.state(next);
    }

    /** What the scope began with. */
    JsonNode given() {
        return given;
    }

    /** What the next state gets. */
    JsonNode input() {
        return input;
    }

    /** The event that the next one follows. */
    long last() {
        return last;
    }

    Optional<Visit> visit() {
        return visit;
    }

    /** What the scope has come to, once it has ended well. */
    Optional<JsonNode> output() {
        return output;
    }

    /** Why the scope has ended badly, if it has. Not kept: it comes to the same again. */
    Optional<Failure> failure() {
        return failure;
    }

    boolean begun() {
        return begun;
    }

    boolean stopped() {
        return stopped;
    }

    boolean running() {
        return launched && output.isEmpty();
    }

    boolean waiting() {
        return !launched && output.isEmpty();
    }

    void launch() {
        launched = true;
    }

    void fail(Failure why) {
        failure = Optional.of(why);
    }

    /** A fresh bell for what is waited for now. */
    CompletableFuture<Void> listen() {
        bell = new CompletableFuture<>();
        if (stopped) bell.complete(null);
        return bell;
    }

    CompletableFuture<Void> bell() {
        return bell;
    }

    /** Wakes whoever waits in this scope. */
    void ring() {
        bell.complete(null);
    }

    /** Characters of all variables that are visible here. */
    int variablesSize() {
        return variables.values().stream().mapToInt(value -> value.toString().length()).sum();
    }

    /** Lets nothing more happen here or below. */
    void stop() {
        stopped = true;
        ring();
        children().forEach(Scope::stop);
    }

    List<Scope> children() {
        return visit.flatMap(Visit::split).map(split -> split.children).orElse(List.of());
    }

    void apply(Line line) {
        last = line.last();
        switch (line.change()) {
            case Change.Entered entered ->
                    visit =
                            Optional.of(
                                    new Visit(
                                            flow.state(entered.state()),
                                            entered.input(),
                                            line.events().getFirst()));
            case Change.Waiting waiting -> here().waiting(Instant.ofEpochMilli(waiting.until()));
            case Change.Scheduled scheduled ->
                    here().begin(
                                    new Visit.Attempt(
                                            scheduled,
                                            Instant.ofEpochMilli(line.events().getFirst().time())));
            case Change.Submitted _ -> here().attempt().orElseThrow().submit();
            case Change.Split split -> split(split, line.last());
            case Change.Begun _ -> begun = true;
            case Change.Succeeded succeeded -> here().end(new Result.Success(succeeded.result()));
            case Change.Failed failed -> here().fail(failed);
            case Change.Retrying retrying ->
                    here().retry(retrying.retrier(), Instant.ofEpochMilli(retrying.until()));
            case Change.Left left -> leave(left);
            case Change.Finished finished -> finish(finished.output());
            case Change.Closed _ -> stop();
            case Change.Redriven _ -> redrive();
            case Change.Started _ -> {}
        }
    }

    private Visit here() {
        return visit.orElseThrow();
    }

    private void split(Change.Split split, long startedId) {
        var flows = flows(here().state);
        var children =
                IntStream.range(0, split.inputs().size())
                        .mapToObj(
                                child ->
                                        child(
                                                startedId,
                                                child,
                                                flows.get(child % flows.size()),
                                                split.inputs().get(child)))
                        .toList();
        here().begin(new Visit.Split(startedId, split.atOnce(), children));
    }

    private Scope child(long startedId, int child, Flow states, JsonNode given) {
        return new Scope(
                execution,
                "%s/%d.%d".formatted(path, startedId, child),
                child,
                states,
                Optional.of(this),
                variables,
                given,
                startedId);
    }

    private static List<Flow> flows(State state) {
        return switch (state) {
            case State.Each each -> List.of(each.processor());
            case State.Parallel parallel -> parallel.branches();
            default -> throw new IllegalStateException(state.name() + " has no children");
        };
    }

    private void leave(Change.Left left) {
        if (!left.variables().isEmpty()) {
            var changed = new HashMap<>(variables);
            changed.putAll(left.variables());
            variables = Collections.unmodifiableMap(changed);
        }
        next = left.next();
        input = left.output();
        visit = Optional.empty();
    }

    private void finish(JsonNode value) {
        output = Optional.of(value);
        visit = Optional.empty();
    }

    private void redrive() {
        stopped = false;
        launched = false;
        failure = Optional.empty();
        visit.ifPresent(Visit::redrive);
        children().stream().filter(child -> child.output().isEmpty()).forEach(Scope::redrive);
    }

    /** The scope of this path, which is this one's or below. */
    Scope find(String wanted) {
        if (wanted.equals(path)) return this;
        return children().stream()
                .filter(child -> wanted.equals(child.path) || wanted.startsWith(child.path + "/"))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("the journal names no scope " + wanted))
                .find(wanted);
    }

    /** How many states stand at a point that a redrive runs again. */
    int resumed() {
        return children().stream()
                        .filter(child -> child.output().isEmpty())
                        .mapToInt(Scope::resumed)
                        .sum()
                + (children().isEmpty() ? 1 : 0);
    }
}
