package shop.unwind.local.states;

import com.fasterxml.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;

import shop.unwind.local.states.State.Attempted;
import shop.unwind.local.states.State.Choice;
import shop.unwind.local.states.State.Delay;
import shop.unwind.local.states.State.Exit;
import shop.unwind.local.states.State.Fail;
import shop.unwind.local.states.State.Pass;
import shop.unwind.local.states.State.Succeed;
import shop.unwind.local.states.State.Wait;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Plays scopes, each on a virtual thread of its own. It keeps nothing itself: where a scope stands
 * is read from the scope, whether it has just come there or was found there after a restart.
 */
final class Interpreter {
    private final Time time;
    private final Attempts attempts;

    Interpreter(Time time, TaskRunner tasks, Retries retries) {
        this.time = time;
        this.attempts = new Attempts(time, tasks, new Splits(this::launch, retries), retries);
    }

    /** Begins an execution, or goes on with it. */
    void start(Execution execution) {
        execution
                .machine
                .timeout()
                .ifPresent(
                        limit ->
                                watch(
                                        execution,
                                        execution
                                                .redriven()
                                                .orElseGet(execution::started)
                                                .plus(limit)));
        launch(execution.root());
    }

    private void watch(Execution execution, Instant end) {
        var closed = execution.closed();
        Thread.startVirtualThread(
                () -> {
                    if (!time.await(closed, end))
                        close(execution, Status.TIMED_OUT, "ExecutionTimedOut");
                });
    }

    private static void close(Execution execution, Status status, String type) {
        try {
            execution.commit(
                    execution.root(),
                    0,
                    new Change.Closed(status, null, null),
                    Draft.of(type, Details.none()));
        } catch (Execution.Stopped _) {
            return;
        }
    }

    private void launch(Scope scope) {
        scope.launch();
        Thread.startVirtualThread(() -> run(scope));
    }

    private void run(Scope scope) {
        try {
            while (scope.output().isEmpty()) step(scope);
            scope.parent().ifPresent(attempts.splits()::finished);
        } catch (Broken broken) {
            fail(scope, broken.failure());
        } catch (Execution.Stopped _) {
            return;
        } catch (RuntimeException defect) {
            close(scope.execution.root(), new Failure(Failure.RUNTIME, "internal: " + defect));
            throw defect;
        }
    }

    private static void fail(Scope scope, Failure failure) {
        scope.parent()
                .ifPresentOrElse(
                        above -> Splits.failed(above, scope, failure), () -> close(scope, failure));
    }

    private static void close(Scope root, Failure failure) {
        try {
            root.execution.commit(
                    root,
                    root.last(),
                    new Change.Closed(Status.FAILED, failure.error(), failure.cause()),
                    Draft.of("ExecutionFailed", Details.failure(failure)));
        } catch (Execution.Stopped _) {
            return;
        }
    }

    private void step(Scope scope) throws Broken {
        var visit = scope.visit().orElseGet(() -> enter(scope));
        if (visit.lost()) throw new Broken((Failure) visit.result().orElseThrow());
        try {
            play(scope, visit);
        } catch (QueryFailure failure) {
            throw Attempts.evaluationFailed(scope, visit, failure, true);
        }
    }

    private static Visit enter(Scope scope) {
        var state = scope.next();
        var entered = new Change.Entered(state.name(), scope.input());
        var draft = Draft.of(state.type() + "StateEntered", Details.entered(state, scope.input()));
        scope.execution.commit(scope, scope.last(), entered, draft);
        return scope.visit().orElseThrow();
    }

    private void play(Scope scope, Visit visit) throws Broken, QueryFailure {
        switch (visit.state) {
            case Pass pass -> leave(scope, visit, pass.exit());
            case Choice choice ->
                    leave(scope, visit, choose(choice, Context.bindings(scope, visit)));
            case Wait wait -> play(scope, visit, wait);
            case Succeed succeed -> leave(scope, visit, succeed.exit());
            case Fail fail -> throw new Broken(failure(fail, Context.bindings(scope, visit)));
            case Attempted attempted -> attempts.play(scope, visit, attempted);
        }
    }

    private static void leave(Scope scope, Visit visit, Exit exit) throws Broken, QueryFailure {
        Departure.leave(scope, visit, exit, Context.bindings(scope, visit), visit.input);
    }

    private static Exit choose(Choice choice, Bindings bindings) throws Broken, QueryFailure {
        for (var rule : choice.rules())
            if (rule.condition().evaluate(bindings, "boolean", JsonNode::isBoolean).booleanValue())
                return rule.exit();
        return choice.otherwise()
                .orElseThrow(
                        () ->
                                runtime(
                                        "Failed to transition out of the state."
                                                + " The state does not point to a next state."));
    }

    private void play(Scope scope, Visit visit, Wait wait) throws Broken, QueryFailure {
        if (visit.until().isEmpty()) {
            var until = until(wait.delay(), visit, Context.bindings(scope, visit));
            scope.execution.commit(scope, scope.last(), new Change.Waiting(until.toEpochMilli()));
        }
        attempts.pause(scope, visit);
        leave(scope, visit, wait.exit());
    }

    private Instant until(Delay delay, Visit visit, Bindings bindings) throws Broken, QueryFailure {
        return switch (delay) {
            case Delay.Seconds seconds ->
                    Instant.ofEpochMilli(visit.entry.time())
                            .plusSeconds(seconds(seconds, bindings));
            case Delay.Timestamp timestamp -> timestamp(timestamp.timestamp(), bindings);
        };
    }

    private static long seconds(Delay.Seconds delay, Bindings bindings)
            throws Broken, QueryFailure {
        var seconds =
                delay.seconds()
                        .evaluate(
                                bindings,
                                "non-negative integer",
                                value -> value.isIntegralNumber() && value.longValue() >= 0)
                        .longValue();
        if (seconds > Integer.MAX_VALUE) throw runtime("Wait state delay is too long.");
        return seconds;
    }

    private Instant timestamp(Template timestamp, Bindings bindings) throws Broken, QueryFailure {
        var text = timestamp.evaluate(bindings, "string", JsonNode::isTextual).textValue();
        try {
            var end = OffsetDateTime.parse(text).toInstant();
            if (end.isAfter(time.instant().plusSeconds(Integer.MAX_VALUE)))
                throw runtime("Wait state delay is too long.");
            return end;
        } catch (DateTimeParseException unfit) {
            throw new QueryFailure(
                    "Timestamp",
                    "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time"
                            + " format string: "
                            + unfit.getMessage());
        }
    }

    private static Failure failure(Fail fail, Bindings bindings) throws QueryFailure {
        return new Failure(text(fail.error(), bindings), text(fail.cause(), bindings));
    }

    private static @Nullable String text(Optional<Template> template, Bindings bindings)
            throws QueryFailure {
        return template.isEmpty()
                ? null
                : template.get().evaluate(bindings, "string", JsonNode::isTextual).textValue();
    }

    private static Broken runtime(String cause) {
        return new Broken(new Failure(Failure.RUNTIME, cause));
    }
}
