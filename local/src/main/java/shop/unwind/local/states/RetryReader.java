package shop.unwind.local.states;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Reads Retry, and the error names of Retry and Catch. */
final class RetryReader {
    private static final int MOST_DELAY_SECONDS = 31_622_399;

    /** The names of AWS that a state played here can fail with, or that AWS accepts beside them. */
    private static final Set<String> RESERVED =
            Set.of(
                    Failure.ALL,
                    Failure.DATA_LIMIT,
                    Failure.HEARTBEAT,
                    Failure.QUERY,
                    Failure.RUNTIME,
                    Failure.TASK_FAILED,
                    Failure.TIMEOUT,
                    "States.NoChoiceMatched",
                    "States.Permissions");

    private RetryReader() {}

    static List<Retrier> retriers(Fields fields) {
        var retriers = fields.objects("Retry").stream().map(RetryReader::retrier).toList();
        requireAllLast(retriers.stream().map(Retrier::errors).toList(), fields.place("Retry"));
        return retriers;
    }

    private static Retrier retrier(Fields fields) {
        var interval = fields.integer("IntervalSeconds", 1, Limits.MOST_SECONDS).orElse(1);
        var retrier =
                new Retrier(
                        errors(fields),
                        interval,
                        fields.integer("MaxAttempts", 0, Limits.MOST_SECONDS).orElse(3),
                        rate(fields),
                        fields.integer("MaxDelaySeconds", interval + 1, MOST_DELAY_SECONDS),
                        jitter(fields));
        fields.done();
        return retrier;
    }

    private static double rate(Fields fields) {
        var rate = fields.get("BackoffRate");
        if (rate.filter(value -> !value.isNumber() || value.doubleValue() < 1).isPresent())
            throw fields.place("BackoffRate").refusal("Expected a number of at least 1");
        return rate.map(JsonNode::doubleValue).orElse(2.0);
    }

    private static boolean jitter(Fields fields) {
        var strategy = fields.text("JitterStrategy").orElse("NONE");
        if (!Set.of("NONE", "FULL").contains(strategy))
            throw fields.place("JitterStrategy").refusal("Expected NONE or FULL");
        return strategy.equals("FULL");
    }

    static List<String> errors(Fields fields) {
        var errors = fields.texts("ErrorEquals");
        var place = fields.place("ErrorEquals");
        if (errors.contains(Failure.ALL) && errors.size() > 1)
            throw place.refusal("States.ALL must stand alone");
        errors.stream()
                .filter(error -> error.startsWith("States.") && !RESERVED.contains(error))
                .forEach(error -> refuse(error, place));
        return errors;
    }

    private static void refuse(String error, Place place) {
        throw place.refusal("Error name '" + error + "' is not supported here");
    }

    static void requireAllLast(List<List<String>> errors, Place place) {
        IntStream.range(0, errors.size() - 1)
                .filter(index -> errors.get(index).contains(Failure.ALL))
                .forEach(index -> refuseAll(place.item(index)));
    }

    private static void refuseAll(Place place) {
        throw place.refusal("States.ALL must come last");
    }
}
