package shop.unwind.local.states;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.local.Journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * One execution: its history, and where it stands. Every change goes through {@link #commit}, which
 * journals it, applies it and tells the listener, one change at a time.
 */
final class Execution {
    /** Its place among all executions. */
    final long number;

    final StateMachine machine;
    final String arn;
    final String name;
    final String input;

    private final Journal journal;
    private final Time time;
    private final BiConsumer<String, Event> listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Event> events = new ArrayList<>();
    private final Scope root;
    private CompletableFuture<Void> closed = new CompletableFuture<>();
    private Change.Closed end = new Change.Closed(Status.RUNNING, null, null);
    private int transitions;
    private int redrives;
    private Optional<Instant> redriven = Optional.empty();

    Execution(
            long number,
            StateMachine machine,
            String arn,
            Change.Started started,
            Journal journal,
            Time time,
            BiConsumer<String, Event> listener) {
        this.number = number;
        this.machine = machine;
        this.arn = arn;
        this.name = started.name();
        this.input = started.input();
        this.journal = journal;
        this.time = time;
        this.listener = listener;
        this.root = Scope.root(this, machine.flow(), Json.parse(input).orElseThrow());
    }

    Scope root() {
        return root;
    }

    Status status() {
        return end().status();
    }

    Change.Closed end() {
        return locked(() -> end);
    }

    Instant started() {
        return locked(() -> Instant.ofEpochMilli(events.getFirst().time()));
    }

    /** When it was closed; the time of its last event. */
    Instant stopped() {
        return locked(() -> Instant.ofEpochMilli(events.getLast().time()));
    }

    Optional<JsonNode> output() {
        return locked(root::output);
    }

    int redrives() {
        return locked(() -> redrives);
    }

    Optional<Instant> redriven() {
        return locked(() -> redriven);
    }

    /** States entered and attempts repeated, as AWS bills them. */
    int transitions() {
        return locked(() -> transitions);
    }

    List<Event> history() {
        return locked(() -> List.copyOf(events));
    }

    /** Completes when the execution closes. */
    CompletableFuture<Void> closed() {
        return locked(() -> closed);
    }

    /** Sends away who waits here, and lets nothing more happen: another engine has taken over. */
    void abandon() {
        exclusively(
                () -> {
                    root.stop();
                    closed.complete(null);
                });
    }

    /** Does this while nothing else happens in the execution. */
    void exclusively(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /** Reads this while nothing else happens in the execution. */
    <T> T locked(Supplier<T> read) {
        lock.lock();
        try {
            return read.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes a change of this scope last.
     *
     * @param after the event that the first draft follows
     * @throws Stopped when nothing may happen in the scope any more
     */
    void commit(Scope scope, long after, Change change, Draft... drafts) {
        lock.lock();
        try {
            if (scope.stopped() && !(change instanceof Change.Redriven)) throw new Stopped();
            if (events.size() + drafts.length > room(scope, change)) throw overflow(drafts, after);
            keep(scope, after, change, drafts);
        } finally {
            lock.unlock();
        }
    }

    private int room(Scope scope, Change change) {
        var last =
                change instanceof Change.Closed
                        || (change instanceof Change.Finished && scope == root);
        return last ? Limits.EVENTS : Limits.EVENTS - 1;
    }

    /** Fills the history up and closes the execution with the last event that it has room for. */
    private Stopped overflow(Draft[] drafts, long after) {
        var last = new ArrayList<>(List.of(drafts).subList(0, Limits.EVENTS - 1 - events.size()));
        var cause =
                "The execution reached the maximum number of history events (%d)."
                        .formatted(Limits.EVENTS);
        var failure = new Failure(Failure.RUNTIME, cause);
        last.add(Draft.of("ExecutionFailed", Details.failure(failure)));
        keep(
                root,
                after,
                new Change.Closed(Status.FAILED, Failure.RUNTIME, cause),
                last.toArray(Draft[]::new));
        return new Stopped();
    }

    private void keep(Scope scope, long after, Change change, Draft... drafts) {
        var previous = after;
        var written = new ArrayList<Event>();
        var now = time.millis();
        for (var draft : drafts) {
            var id = events.size() + written.size() + 1L;
            written.add(new Event(id, previous, now, draft.type(), draft.details()));
            if (!draft.aside()) previous = id;
        }
        var line = new Line(arn, scope.path, previous, written, change);
        if (!journal.append(Json.MAPPER.valueToTree(line))) throw new Stopped();
        apply(scope, line);
        written.forEach(event -> listener.accept(arn, event));
    }

    /** Takes a line over that was journaled before. */
    void replay(Line line) {
        apply(root.find(line.scope()), line);
    }

    private void apply(Scope scope, Line line) {
        events.addAll(line.events());
        transitions += transitions(line.change());
        scope.apply(line);
        switch (line.change()) {
            case Change.Closed close -> close(close);
            case Change.Finished _ when scope == root ->
                    close(new Change.Closed(Status.SUCCEEDED, null, null));
            case Change.Redriven _ -> reopen(line.events().getFirst());
            default -> {}
        }
    }

    private int transitions(Change change) {
        return switch (change) {
            case Change.Entered _, Change.Retrying _ -> 1;
            case Change.Redriven _ -> root.resumed();
            default -> 0;
        };
    }

    private void close(Change.Closed how) {
        end = how;
        closed.complete(null);
    }

    private void reopen(Event event) {
        end = new Change.Closed(Status.RUNNING, null, null);
        closed = new CompletableFuture<>();
        redrives++;
        redriven = Optional.of(Instant.ofEpochMilli(event.time()));
    }

    /**
     * Nothing may happen in this scope any more: it was aborted, the execution is closed, or its
     * engine was killed.
     */
    static final class Stopped extends RuntimeException {
        Stopped() {
            super("stopped", null, false, false);
        }
    }
}
