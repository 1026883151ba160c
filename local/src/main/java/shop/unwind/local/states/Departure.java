package shop.unwind.local.states;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.local.states.State.Exit;

import java.util.LinkedHashMap;
import java.util.Map;

/** Leaving a state: Output and Assign, both from what the state saw, then on or the end. */
final class Departure {
    private Departure() {}

    /**
     * Leaves.
     *
     * @param output what goes on where the exit has no Output
     * @throws QueryFailure when an expression fails: nothing has happened then
     * @throws Broken when what comes out is too large
     */
    static void leave(Scope scope, Visit visit, Exit exit, Bindings bindings, JsonNode output)
            throws QueryFailure, Broken {
        var value = exit.output().isPresent() ? exit.output().get().evaluate(bindings) : output;
        var assigned = assigned(scope, exit, bindings);
        var text = text(value, "The state '" + visit.state.name() + "' has an output");
        var exited =
                Draft.of(
                        visit.state.type() + "StateExited",
                        Details.exited(visit.state, text, assigned));
        if (exit.next().isPresent())
            go(scope, new Change.Left(exit.next().get(), value, assigned), exited);
        else end(scope, value, text, exited);
    }

    private static void go(Scope scope, Change.Left left, Draft exited) {
        scope.execution.commit(scope, scope.last(), left, exited);
    }

    private static void end(Scope scope, JsonNode output, String text, Draft exited) {
        var finished = new Change.Finished(output);
        var parent = scope.parent().map(above -> above.visit().orElseThrow().state);
        if (parent.isEmpty())
            commit(scope, finished, exited, Draft.of("ExecutionSucceeded", Details.output(text)));
        else if (parent.get() instanceof State.Each map)
            commit(
                    scope,
                    finished,
                    exited,
                    Draft.of("MapIterationSucceeded", Details.iteration(map, scope.index)));
        else commit(scope, finished, exited);
    }

    private static void commit(Scope scope, Change change, Draft... drafts) {
        scope.execution.commit(scope, scope.last(), change, drafts);
    }

    private static Map<String, JsonNode> assigned(Scope scope, Exit exit, Bindings bindings)
            throws QueryFailure, Broken {
        if (exit.assign().isEmpty()) return Map.of();
        var assigned = new LinkedHashMap<String, JsonNode>();
        for (var field : exit.assign().entrySet())
            assigned.put(field.getKey(), field.getValue().evaluate(bindings));
        var size = 0;
        for (var value : assigned.values()) size += text(value, "A variable is").length();
        if (size > Json.LIMIT || size + scope.variablesSize() > Limits.VARIABLES)
            throw tooLarge("The variables are");
        return assigned;
    }

    /** The JSON text of a value that must not be too large. */
    static String text(JsonNode value, String what) throws Broken {
        var text = value.toString();
        if (Json.tooLarge(text)) throw tooLarge(what);
        return text;
    }

    private static Broken tooLarge(String what) {
        return new Broken(
                new Failure(
                        Failure.DATA_LIMIT,
                        what
                                + " with a size exceeding the maximum number of bytes service"
                                + " limit."));
    }
}
