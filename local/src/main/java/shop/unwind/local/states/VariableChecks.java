package shop.unwind.local.states;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.local.states.State.Each;
import shop.unwind.local.states.State.Parallel;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of variables: legal ones, and none that hides one of an outer scope. */
final class VariableChecks {
    private static final Pattern NAME =
            Pattern.compile("\\p{javaUnicodeIdentifierStart}\\p{javaUnicodeIdentifierPart}*");

    private VariableChecks() {}

    /** Reads an Assign. */
    static Map<String, Template> assign(JsonNode assign, Place place) {
        if (!assign.isObject()) throw place.refusal("Expected an object");
        assign.fieldNames().forEachRemaining(name -> requireName(name, place.field(name)));
        return Template.fields(assign, place);
    }

    /** Refuses a flow in which an inner scope assigns a name of an outer one. */
    static void check(Flow flow) {
        check(flow, Set.of(), Place.TOP);
    }

    private static void check(Flow flow, Set<String> outer, Place place) {
        var visible = new HashSet<>(outer);
        for (var state : flow.states().values()) {
            var own = assigned(state);
            own.stream()
                    .filter(outer::contains)
                    .findFirst()
                    .ifPresent(name -> refuse(name, place.state(state.name())));
            visible.addAll(own);
        }
        for (var state : flow.states().values())
            for (var inner : inner(state)) check(inner, visible, place.state(state.name()));
    }

    private static List<Flow> inner(State state) {
        return switch (state) {
            case Each each -> List.of(each.processor());
            case Parallel parallel -> parallel.branches();
            case State.Pass _,
                    State.Task _,
                    State.Choice _,
                    State.Wait _,
                    State.Succeed _,
                    State.Fail _ ->
                    List.of();
        };
    }

    private static List<String> assigned(State state) {
        return FlowChecks.exits(state).flatMap(exit -> exit.assign().keySet().stream()).toList();
    }

    private static void refuse(String name, Place place) {
        throw place.field("Assign").refusal("Variable '" + name + "' exists in an outer scope");
    }

    private static void requireName(String name, Place place) {
        if (name.equals("states")) throw place.refusal("Variable name 'states' is reserved");
        if (!NAME.matcher(name).matches() || name.codePointCount(0, name.length()) > Limits.NAME)
            throw place.refusal("Variable name '" + name + "' is not legal");
    }
}
