package shop.unwind.local.lambda;

import org.jspecify.annotations.Nullable;

import shop.unwind.local.template.Template;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The environment of all functions as system properties, since Java cannot set environment
 * variables of its own process. They are as they were again when closed.
 */
public final class Variables implements AutoCloseable {
    private final Map<String, @Nullable String> before = new HashMap<>();

    private Variables() {}

    /**
     * Sets the variables of all functions.
     *
     * @throws IllegalArgumentException two functions give one variable different values
     */
    public static Variables of(List<Template.Function> functions) {
        var variables = new Variables();
        merged(functions).forEach(variables::set);
        return variables;
    }

    /** Sets one more property for as long as these variables hold. */
    public void set(String name, String value) {
        var previous = System.setProperty(name, value);
        if (!before.containsKey(name)) before.put(name, previous);
    }

    @Override
    public void close() {
        before.forEach(
                (name, value) -> {
                    if (value == null) System.clearProperty(name);
                    else System.setProperty(name, value);
                });
    }

    private static Map<String, String> merged(List<Template.Function> functions) {
        var values = new HashMap<String, String>();
        var owners = new HashMap<String, String>();
        for (var function : functions)
            function.environment()
                    .forEach(
                            (name, value) -> {
                                var other = values.putIfAbsent(name, value);
                                var owner = owners.putIfAbsent(name, function.name());
                                if (other != null && !other.equals(value))
                                    throw conflict(name, function.name(), owner);
                            });
        return values;
    }

    private static IllegalArgumentException conflict(
            String variable, String function, @Nullable String other) {
        return new IllegalArgumentException(
                "%s and %s give the variable %s different values; in one process it can have one only"
                        .formatted(other, function, variable));
    }
}
