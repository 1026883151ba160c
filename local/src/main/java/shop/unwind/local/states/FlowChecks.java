package shop.unwind.local.states;

import shop.unwind.local.states.State.Attempted;
import shop.unwind.local.states.State.Choice;
import shop.unwind.local.states.State.Exit;
import shop.unwind.local.states.State.Fail;
import shop.unwind.local.states.State.Pass;
import shop.unwind.local.states.State.Succeed;
import shop.unwind.local.states.State.Wait;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/** Whether the states of a flow hang together: targets exist, all are reached, one ends it. */
final class FlowChecks {
    private FlowChecks() {}

    static void check(Flow flow, Place place) {
        requireState(flow, flow.startAt(), place.field("StartAt"));
        for (var state : flow.states().values())
            targets(state)
                    .forEach(
                            target ->
                                    requireState(
                                            flow, target, place.state(state.name()).field("Next")));
        requireReached(flow, place);
        if (flow.states().values().stream().noneMatch(FlowChecks::ends))
            throw place.refusal("No terminal state: one must have End, or be a Succeed or Fail");
    }

    /** Every way out of a state. */
    static Stream<Exit> exits(State state) {
        return switch (state) {
            case Pass pass -> Stream.of(pass.exit());
            case Wait wait -> Stream.of(wait.exit());
            case Succeed succeed -> Stream.of(succeed.exit());
            case Fail _ -> Stream.empty();
            case Choice choice ->
                    Stream.concat(
                            choice.rules().stream().map(Choice.Rule::exit),
                            choice.otherwise().stream());
            case Attempted attempted ->
                    Stream.concat(
                            Stream.of(attempted.exit()),
                            attempted.catchers().stream().map(State.Catcher::exit));
        };
    }

    private static List<String> targets(State state) {
        return exits(state).flatMap(exit -> exit.next().stream()).toList();
    }

    private static boolean ends(State state) {
        return state instanceof Fail || exits(state).anyMatch(exit -> exit.next().isEmpty());
    }

    private static void requireState(Flow flow, String name, Place place) {
        if (!flow.states().containsKey(name))
            throw place.refusal("State '" + name + "' does not exist");
    }

    private static void requireReached(Flow flow, Place place) {
        var reached = new HashSet<String>();
        var open = new ArrayDeque<>(List.of(flow.startAt()));
        while (!open.isEmpty()) {
            var name = open.pop();
            if (reached.add(name)) open.addAll(targets(flow.state(name)));
        }
        for (var name : flow.states().keySet())
            if (!reached.contains(name))
                throw place.state(name).refusal("State '" + name + "' is not reachable");
    }
}
