package shop.unwind.local.states;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.local.states.State.Task;

import java.time.Instant;
import java.util.Optional;

/**
 * Attempts at tasks. Whoever knows how an attempt ended writes it down first: the call's own
 * thread, the one that answers the token, or the one that waits, when time is up.
 */
final class TaskRunner {
    private final Tasks tasks;
    private final Time time;
    private final Tokens tokens;

    TaskRunner(Tasks tasks, Time time, Tokens tokens) {
        this.tasks = tasks;
        this.time = time;
        this.tokens = tokens;
    }

    /** Makes an attempt, or goes on with the one that a restart found, until it has a result. */
    void attempt(Scope scope, Visit visit, Task task) throws QueryFailure, Broken {
        scope.execution.locked(scope::listen);
        if (visit.attempt().isEmpty()) schedule(scope, visit, task);
        var attempt = visit.attempt().orElseThrow();
        var waits = scope.execution.locked(() -> restart(attempt));
        if (!waits) Thread.startVirtualThread(() -> call(scope, task, attempt));
        while (visit.result().isEmpty()) waitFor(scope, visit, task, attempt);
    }

    private boolean restart(Visit.Attempt attempt) {
        attempt.restart(time.instant());
        return attempt.submitted();
    }

    private void schedule(Scope scope, Visit visit, Task task) throws QueryFailure, Broken {
        var token = task.resource().callback() ? tokens.create() : "";
        var bindings = bindings(scope, visit, token);
        var arguments = task.arguments().orElseThrow().evaluate(bindings);
        Departure.text(arguments, "The state/task '" + task.name() + "' has arguments");
        var timeout = seconds(task.timeoutSeconds(), bindings);
        var scheduled =
                new Change.Scheduled(
                        arguments,
                        token,
                        timeout.orElse(Limits.MOST_SECONDS),
                        heartbeat(task, bindings));
        var region = scope.execution.machine.region();
        tokens.give(token, scope);
        scope.execution.commit(
                scope,
                scope.last(),
                scheduled,
                Draft.of(
                        "TaskScheduled",
                        Details.scheduled(task.resource(), region, scheduled, timeout.isPresent())),
                Draft.of("TaskStarted", Details.task(task.resource())));
    }

    private static Bindings bindings(Scope scope, Visit visit, String token) {
        var context = Context.of(scope, visit);
        if (!token.isEmpty()) context.putObject("Task").put("Token", token);
        return new Bindings(scope.variables(), visit.input, context);
    }

    private static int heartbeat(Task task, Bindings bindings) throws QueryFailure {
        return seconds(task.heartbeatSeconds(), bindings).orElse(0);
    }

    private static Optional<Integer> seconds(Optional<Template> template, Bindings bindings)
            throws QueryFailure {
        if (template.isEmpty()) return Optional.empty();
        return Optional.of(
                template.get()
                        .evaluate(bindings, "positive integer", TaskRunner::isSeconds)
                        .intValue());
    }

    private static boolean isSeconds(JsonNode value) {
        return value.isIntegralNumber()
                && value.longValue() >= 1
                && value.longValue() <= Limits.MOST_SECONDS;
    }

    private void waitFor(Scope scope, Visit visit, Task task, Visit.Attempt attempt) {
        var deadline = scope.execution.locked(attempt::deadline);
        if (!time.await(scope.bell(), deadline)) timeOut(scope, visit, task, attempt);
        if (scope.stopped()) throw new Execution.Stopped();
    }

    private void timeOut(Scope scope, Visit visit, Task task, Visit.Attempt attempt) {
        scope.execution.exclusively(
                () -> {
                    if (visit.result().isPresent() || time.instant().isBefore(attempt.deadline()))
                        return;
                    var failure = new Failure(Failure.TIMEOUT, "", attempt.silent());
                    var details = Details.task(task.resource()).put("error", Failure.TIMEOUT);
                    commit(
                            scope,
                            new Change.Failed(failure, false),
                            Draft.of("TaskTimedOut", details));
                });
    }

    private void call(Scope scope, Task task, Visit.Attempt attempt) {
        try {
            var machine = scope.execution.machine;
            var call =
                    new Tasks.Call(
                            task.resource().arn(),
                            attempt.arguments,
                            machine.arn(),
                            scope.execution.arn);
            returned(scope, task, attempt, run(call));
        } catch (TaskFailure failure) {
            fail(scope, task, attempt, new Failure(failure.error(), failure.cause()));
        } catch (Execution.Stopped _) {
            return;
        } catch (RuntimeException bug) {
            fail(
                    scope,
                    task,
                    attempt,
                    new Failure(bug.getClass().getName(), String.valueOf(bug.getMessage())));
        }
    }

    private JsonNode run(Tasks.Call call) throws TaskFailure {
        try {
            return tasks.run(call);
        } finally {
            // A thread that a function left interrupted would close the journal's channel.
            Thread.interrupted();
        }
    }

    private void returned(Scope scope, Task task, Visit.Attempt attempt, JsonNode answer) {
        var text = answer.toString();
        if (Json.tooLarge(text)) fail(scope, task, attempt, tooLarge(task));
        else if (task.resource().callback()) submitted(scope, task, attempt, text);
        else succeed(scope, task, attempt, answer, text);
    }

    private static Failure tooLarge(Task task) {
        return new Failure(
                Failure.DATA_LIMIT,
                "The state/task '%s' returned a result with a size exceeding the maximum number of bytes service limit."
                        .formatted(task.name()));
    }

    private static void submitted(Scope scope, Task task, Visit.Attempt attempt, String text) {
        var draft = Draft.of("TaskSubmitted", Details.taskAnswered(task.resource(), text));
        settle(scope, attempt, new Change.Submitted(), draft);
    }

    /** Ends an attempt well; false when it is no longer open. */
    static boolean succeed(
            Scope scope, Task task, Visit.Attempt attempt, JsonNode result, String text) {
        var draft = Draft.of("TaskSucceeded", Details.taskAnswered(task.resource(), text));
        return settle(scope, attempt, new Change.Succeeded(result), draft);
    }

    /** Ends an attempt badly; false when it is no longer open. */
    static boolean fail(Scope scope, Task task, Visit.Attempt attempt, Failure failure) {
        var draft = Draft.of("TaskFailed", Details.taskFailed(task.resource(), failure));
        return settle(scope, attempt, new Change.Failed(failure, false), draft);
    }

    private static boolean settle(Scope scope, Visit.Attempt attempt, Change change, Draft draft) {
        return scope.execution.locked(() -> isOpen(scope, attempt) && settle(scope, change, draft));
    }

    private static boolean settle(Scope scope, Change change, Draft draft) {
        try {
            commit(scope, change, draft);
            if (!(change instanceof Change.Submitted)) scope.ring();
            return true;
        } catch (Execution.Stopped _) {
            return false;
        }
    }

    /** Restarts an attempt's heartbeat time; false when it is no longer open. */
    static boolean heartbeat(Scope scope, Visit.Attempt attempt, Instant now) {
        if (!isOpen(scope, attempt)) return false;
        attempt.heartbeat(now);
        return true;
    }

    private static boolean isOpen(Scope scope, Visit.Attempt attempt) {
        var visit =
                scope.visit()
                        .filter(here -> here.attempt().filter(now -> now == attempt).isPresent());
        return !scope.stopped() && visit.filter(here -> here.result().isEmpty()).isPresent();
    }

    private static void commit(Scope scope, Change change, Draft draft) {
        scope.execution.commit(scope, scope.last(), change, draft);
    }
}
