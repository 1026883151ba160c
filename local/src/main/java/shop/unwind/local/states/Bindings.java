package shop.unwind.local.states;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What the expressions of a state see: {@code $states} and the variables of its scope. */
final class Bindings {
    private final Map<String, JsonNode> variables;
    private final Map<String, Object> states = new LinkedHashMap<>();
    private final Map<String, Object> converted = new HashMap<>();

    Bindings(Map<String, JsonNode> variables, JsonNode input, JsonNode context) {
        this.variables = variables;
        with("input", input);
        with("context", context);
    }

    /** Binds {@code $states.NAME} too. */
    Bindings with(String name, JsonNode value) {
        states.put(name, Values.toJsonata(value));
        return this;
    }

    /** Puts those of these names that exist into the frame. */
    void bind(Iterable<String> names, Jsonata.Frame frame) {
        for (var name : names) {
            if (name.equals("states")) frame.bind(name, states);
            else if (variables.containsKey(name))
                frame.bind(name, converted.computeIfAbsent(name, this::convert));
        }
    }

    private Object convert(String name) {
        return Values.toJsonata(Objects.requireNonNull(variables.get(name)));
    }
}
