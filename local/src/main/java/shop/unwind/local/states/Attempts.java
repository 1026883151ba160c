package shop.unwind.local.states;

import shop.unwind.local.states.State.Attempted;

/** A Task, Map or Parallel from its entry to its exit: attempts, retries, and at last Catch. */
final class Attempts {
    private final Time time;
    private final TaskRunner tasks;
    private final Splits splits;
    private final Retries retries;

    Attempts(Time time, TaskRunner tasks, Splits splits, Retries retries) {
        this.time = time;
        this.tasks = tasks;
        this.splits = splits;
        this.retries = retries;
    }

    Splits splits() {
        return splits;
    }

    /** Plays the state until it is left, or its failure is neither retried nor caught. */
    void play(Scope scope, Visit visit, Attempted state) throws Broken {
        while (scope.visit().filter(here -> here == visit).isPresent()) {
            pause(scope, visit);
            if (visit.result().isEmpty()) attempt(scope, visit, state);
            else conclude(scope, visit, state, visit.result().get());
        }
    }

    /** Waits out what the visit waits for, if anything. */
    void pause(Scope scope, Visit visit) {
        if (visit.until().filter(time.instant()::isBefore).isEmpty()) return;
        scope.execution.locked(scope::listen);
        time.pause(scope.bell(), visit.until().get());
        if (scope.stopped()) throw new Execution.Stopped();
    }

    private void attempt(Scope scope, Visit visit, Attempted state) throws Broken {
        try {
            switch (state) {
                case State.Task task -> tasks.attempt(scope, visit, task);
                case State.Each each -> splits.attempt(scope, visit, each);
                case State.Parallel parallel -> splits.attempt(scope, visit, parallel);
            }
        } catch (QueryFailure failure) {
            evaluationFailed(scope, visit, failure, false);
        } catch (Broken tooLarge) {
            commit(scope, new Change.Failed(tooLarge.failure(), false));
        }
    }

    private void conclude(Scope scope, Visit visit, Attempted state, Result result) throws Broken {
        switch (result) {
            case Result.Success success -> succeed(scope, visit, state, success);
            case Failure failure -> fail(scope, visit, state, failure);
        }
    }

    private static void succeed(Scope scope, Visit visit, Attempted state, Result.Success success) {
        var bindings = Context.bindings(scope, visit).with("result", success.value());
        try {
            Departure.leave(scope, visit, state.exit(), bindings, success.value());
        } catch (QueryFailure failure) {
            evaluationFailed(scope, visit, failure, false);
        } catch (Broken tooLarge) {
            commit(scope, new Change.Failed(tooLarge.failure(), false));
        }
    }

    private void fail(Scope scope, Visit visit, Attempted state, Failure failure) throws Broken {
        var retry = retries.retry(state, visit, failure);
        if (retry.isPresent()) commit(scope, retry.get());
        else caught(scope, visit, state, failure);
    }

    private static void caught(Scope scope, Visit visit, Attempted state, Failure failure)
            throws Broken {
        var catcher = Retries.catcher(state, failure).orElseThrow(() -> new Broken(failure));
        var bindings = Context.bindings(scope, visit).with("errorOutput", failure.toJson());
        try {
            Departure.leave(scope, visit, catcher.exit(), bindings, failure.toJson());
        } catch (QueryFailure again) {
            throw evaluationFailed(scope, visit, again, true);
        }
    }

    private static void commit(Scope scope, Change change) {
        scope.execution.commit(scope, scope.last(), change);
    }

    /** Writes down that an expression failed. */
    static Broken evaluationFailed(Scope scope, Visit visit, QueryFailure query, boolean forGood) {
        var cause =
                "An error occurred while executing the state '%s' (entered at the event id #%d). %s"
                        .formatted(visit.state.name(), visit.entry.id(), query.words());
        var failure = new Failure(Failure.QUERY, cause);
        var draft =
                Draft.of(
                        "EvaluationFailed",
                        Details.evaluationFailed(visit.state, query.field(), failure));
        scope.execution.commit(scope, visit.entry.id(), new Change.Failed(failure, forGood), draft);
        return new Broken(failure);
    }
}
