package shop.unwind.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import shop.unwind.local.states.State.Attempted;
import shop.unwind.local.states.State.Each;
import shop.unwind.local.states.State.Parallel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** The children of Map and Parallel: begun as room allows, joined in order, aborted together. */
final class Splits {
    private final Consumer<Scope> launch;
    private final Retries retries;

    Splits(Consumer<Scope> launch, Retries retries) {
        this.launch = launch;
        this.retries = retries;
    }

    void attempt(Scope scope, Visit visit, Each each) throws QueryFailure {
        scope.execution.locked(scope::listen);
        if (visit.split().isEmpty()) {
            var inputs = inputs(scope, visit, each);
            var length = Details.none().put("length", inputs.size());
            commit(
                    scope,
                    new Change.Split(inputs, atOnce(each, scope, visit)),
                    Draft.of("MapStateStarted", length));
        }
        join(scope, visit, each);
    }

    void attempt(Scope scope, Visit visit, Parallel parallel) throws QueryFailure {
        scope.execution.locked(scope::listen);
        if (visit.split().isEmpty()) {
            var arguments = parallel.arguments();
            var input =
                    arguments.isPresent()
                            ? arguments.get().evaluate(Context.bindings(scope, visit))
                            : visit.input;
            var inputs = Collections.nCopies(parallel.branches().size(), input);
            commit(
                    scope,
                    new Change.Split(inputs, inputs.size()),
                    Draft.of("ParallelStateStarted", Details.none()));
        }
        join(scope, visit, parallel);
    }

    private static void commit(Scope scope, Change change, Draft draft) {
        scope.execution.commit(scope, scope.last(), change, draft);
    }

    private static List<JsonNode> inputs(Scope scope, Visit visit, Each each) throws QueryFailure {
        var items = items(visit, each, Context.bindings(scope, visit));
        var inputs = new ArrayList<JsonNode>();
        for (var item : items) {
            if (each.selector().isEmpty()) inputs.add(item);
            else
                inputs.add(
                        each.selector()
                                .get()
                                .evaluate(itemBindings(scope, visit, inputs.size(), item)));
        }
        return inputs;
    }

    private static JsonNode items(Visit visit, Each each, Bindings bindings) throws QueryFailure {
        if (each.items().isPresent())
            return each.items().get().evaluate(bindings, "array", JsonNode::isArray);
        if (visit.input.isArray()) return visit.input;
        throw new QueryFailure("Items", "Map state input must be an array but was: " + visit.input);
    }

    private static Bindings itemBindings(Scope scope, Visit visit, int index, JsonNode item) {
        return new Bindings(
                scope.variables(),
                visit.input,
                Context.item(Context.of(scope, visit), index, item));
    }

    private static int atOnce(Each each, Scope scope, Visit visit) throws QueryFailure {
        if (each.maxConcurrency().isEmpty()) return Limits.ITERATIONS;
        var wanted =
                each.maxConcurrency()
                        .get()
                        .evaluate(
                                Context.bindings(scope, visit),
                                "non-negative integer",
                                value ->
                                        value.canConvertToInt()
                                                && value.isIntegralNumber()
                                                && value.intValue() >= 0)
                        .intValue();
        return wanted == 0 ? Limits.ITERATIONS : Math.min(wanted, Limits.ITERATIONS);
    }

    private void join(Scope scope, Visit visit, Attempted state) {
        var split = visit.split().orElseThrow();
        finished(scope);
        scope.bell().join();
        if (scope.stopped()) throw new Execution.Stopped();
        scope.execution.exclusively(
                () -> {
                    split.failed()
                            .ifPresentOrElse(
                                    child -> broke(scope, visit, state, child),
                                    () -> succeed(scope, split, state));
                });
    }

    private static void succeed(Scope scope, Visit.Split split, Attempted state) {
        var results = JsonNodeFactory.instance.arrayNode();
        split.children.forEach(child -> results.add(child.output().orElseThrow()));
        var draft = Draft.aside(state.type() + "StateSucceeded", Details.none());
        scope.execution.commit(scope, split.last(), new Change.Succeeded(results), draft);
    }

    private void broke(Scope scope, Visit visit, Attempted state, Scope child) {
        var failure = child.failure().orElseThrow();
        var drafts =
                new ArrayList<>(Aborts.drafts(state, child, visit.split().orElseThrow().children));
        var retry = retries.retry(state, visit, failure);
        if (retry.isEmpty()) drafts.add(Draft.of(state.type() + "StateFailed", Details.none()));
        var change =
                retry.<Change>map(again -> again)
                        .orElseGet(() -> new Change.Failed(failure, false));
        scope.execution.commit(scope, child.last(), change, drafts.toArray(Draft[]::new));
    }

    /** A child has finished, or none has begun yet: others may begin, or all is done. */
    void finished(Scope scope) {
        scope.execution.exclusively(
                () -> {
                    var split = scope.visit().flatMap(Visit::split);
                    if (split.isPresent() && !scope.stopped()) proceed(scope, split.get());
                });
    }

    private void proceed(Scope scope, Visit.Split split) {
        if (split.failed().isPresent()) return;
        var room = split.atOnce - (int) split.children.stream().filter(Scope::running).count();
        split.children.stream()
                .filter(Scope::waiting)
                .limit(room)
                .forEach(child -> begin(scope, split, child));
        if (split.finished()) scope.ring();
    }

    private void begin(Scope scope, Visit.Split split, Scope child) {
        var state = scope.visit().orElseThrow().state;
        if (state instanceof Each && !child.begun()) {
            var after = split.atOnce == 1 ? split.last() : split.startedId;
            var draft = Draft.of("MapIterationStarted", Details.iteration(state, child.index));
            scope.execution.commit(child, after, new Change.Begun(), draft);
        }
        launch.accept(child);
    }

    /** A child has failed for good: the others stop, and the parent decides what that means. */
    static void failed(Scope parent, Scope child, Failure failure) {
        parent.execution.exclusively(
                () -> {
                    if (child.stopped()) return;
                    child.fail(failure);
                    parent.children().forEach(Scope::stop);
                    parent.ring();
                });
    }
}
