package shop.unwind.local.states;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/** One JSONata expression, compiled and checked once. */
final class Expression {
    private static final int DEPTH = 100;
    private static final long LONGEST_MILLIS = 60_000;

    private final Place place;
    private final String text;
    private final Set<String> variables;
    private final Jsonata compiled;

    /**
     * Compiles.
     *
     * @param text without its marks
     * @throws shop.unwind.local.AwsError InvalidDefinition
     */
    Expression(String text, Place place) {
        this.place = place;
        this.text = text;
        this.variables = ExpressionChecks.variables(text, place);
        this.compiled = Jsonata.jsonata(text);
        compiled.setOutputConvertNulls(false);
    }

    JsonNode evaluate(Bindings bindings) throws QueryFailure {
        try {
            var value = run(bindings);
            if (value == null) throw failure("returned nothing (undefined).");
            return Values.toJson(value);
        } catch (Values.UnsupportedValue _) {
            throw failure("returned an unsupported result type.");
        } catch (RuntimeException | StackOverflowError thrown) {
            throw failure("threw an error during evaluation. " + words(thrown));
        }
    }

    /** The failure of a result of another type than the field takes. */
    QueryFailure unexpected(String expected, JsonNode value) {
        return failure(
                "returned an unexpected result type. Expected '%s', but was '%s' for value: %s"
                        .formatted(expected, Json.type(value), value));
    }

    private @Nullable Object run(Bindings bindings) {
        var frame = compiled.createFrame();
        frame.setRuntimeBounds(LONGEST_MILLIS, DEPTH);
        Functions.bind(variables, frame);
        bindings.bind(variables, frame);
        return compiled.evaluate(null, frame);
    }

    private static String words(Throwable thrown) {
        return switch (thrown) {
            case JException coded -> coded.getError() + ": " + coded.getMessage();
            default -> thrown.toString();
        };
    }

    private QueryFailure failure(String words) {
        return new QueryFailure(
                place.field(),
                "The JSONata expression '%s' specified for the field '%s' %s"
                        .formatted(text, place.field(), words));
    }
}
