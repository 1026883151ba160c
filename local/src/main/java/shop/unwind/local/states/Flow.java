package shop.unwind.local.states;

import java.util.Map;
import java.util.Objects;

/** States and the one to start at: a machine, a branch or what a Map does with each item. */
record Flow(String startAt, Map<String, State> states) {
    State state(String name) {
        return Objects.requireNonNull(states.get(name), name);
    }
}
