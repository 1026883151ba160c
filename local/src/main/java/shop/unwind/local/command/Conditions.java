package shop.unwind.local.command;

import shop.unwind.local.AwsService;
import shop.unwind.local.states.Lambda;
import shop.unwind.local.states.Time;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * What a machine runs under when somebody attacks it; the definition and the functions stay as they
 * are.
 *
 * @param time of the executions: may hurry their waits
 * @param variables more environment variables of the functions
 * @param longestInvocation a function's time-out, where the template allows it more
 * @param invocations what comes between the executions and Lambda
 * @param services what comes between the functions and a service, by its name ({@code AmazonSQS})
 * @param journal of the executions, where the machine has no data folder
 */
public record Conditions(
        Time time,
        Map<String, String> variables,
        Optional<Duration> longestInvocation,
        UnaryOperator<Lambda> invocations,
        BiFunction<String, AwsService, AwsService> services,
        Optional<Path> journal) {

    public Conditions {
        variables = Map.copyOf(variables);
    }

    /** Nobody interferes. */
    public static Conditions usual() {
        return new Conditions(
                Time.system(),
                Map.of(),
                Optional.empty(),
                UnaryOperator.identity(),
                (_, service) -> service,
                Optional.empty());
    }
}
