package shop.unwind.local.states;

import shop.unwind.local.states.State.Each;
import shop.unwind.local.states.State.Parallel;
import shop.unwind.local.states.State.Task;
import shop.unwind.local.states.State.Wait;

import java.util.List;
import java.util.stream.Stream;

/** The events that show what a failed child took down with it. */
final class Aborts {
    private Aborts() {}

    /** Those of a Map or Parallel of which this child failed. */
    static List<Draft> drafts(State state, Scope failed, List<Scope> children) {
        var own =
                state instanceof Each
                        ? Stream.of(iteration("MapIterationFailed", state, failed))
                        : Stream.<Draft>empty();
        var task =
                failed.visit().filter(visit -> visit.state instanceof Task).stream()
                        .map(_ -> aborted("Task"));
        var others =
                children.stream()
                        .filter(child -> child != failed && child.output().isEmpty())
                        .flatMap(child -> child(state, child));
        return Stream.of(own, task, others).flatMap(drafts -> drafts).toList();
    }

    private static Stream<Draft> child(State parent, Scope child) {
        var own =
                parent instanceof Each && child.begun()
                        ? Stream.of(iteration("MapIterationAborted", parent, child))
                        : Stream.<Draft>empty();
        return Stream.concat(
                own, child.visit().stream().flatMap(visit -> state(visit.state, child)));
    }

    private static Stream<Draft> state(State state, Scope scope) {
        return switch (state) {
            case Task _, Wait _ -> Stream.of(aborted(state.type()));
            case Each _, Parallel _ ->
                    Stream.concat(
                            scope.children().stream()
                                    .filter(child -> child.output().isEmpty())
                                    .flatMap(child -> child(state, child)),
                            Stream.of(aborted(state.type())));
            case State.Pass _, State.Choice _, State.Succeed _, State.Fail _ -> Stream.empty();
        };
    }

    private static Draft aborted(String type) {
        return Draft.aside(type + "StateAborted", Details.none());
    }

    private static Draft iteration(String type, State map, Scope scope) {
        return Draft.aside(type, Details.iteration(map, scope.index));
    }
}
