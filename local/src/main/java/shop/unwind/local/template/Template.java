package shop.unwind.local.template;

import com.fasterxml.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A template's resources, with names and ARNs as on this machine. Events of functions are expanded
 * as SAM does, so that a route, a mapping, a rule or a schedule is the same thing wherever it was
 * written.
 */
public record Template(
        List<Function> functions,
        List<Route> routes,
        Optional<Cors> cors,
        List<Mapping> mappings,
        List<Queue> queues,
        List<Table> tables,
        List<String> buses,
        List<Rule> rules,
        List<Schedule> schedules,
        List<StateMachine> stateMachines) {

    /**
     * One Lambda function.
     *
     * @param code the built archive: classes at the root, jars under {@code lib/}
     * @param handler {@code package.Class} or {@code package.Class::method}
     */
    public record Function(
            String name,
            Path code,
            String handler,
            Duration timeout,
            int memoryMegabytes,
            Map<String, String> environment,
            Asynchronous asynchronous) {

        /** The same function with no more than this time. */
        public Function within(Duration most) {
            var less = timeout.compareTo(most) < 0 ? timeout : most;
            return new Function(
                    name, code, handler, less, memoryMegabytes, environment, asynchronous);
        }
    }

    /**
     * What happens to an asynchronous invocation that fails.
     *
     * @param onFailure ARN of the queue that is told after the last attempt
     */
    public record Asynchronous(int retries, Optional<String> onFailure) {}

    /**
     * A route of the HTTP API.
     *
     * @param method a method or {@code ANY}
     * @param path such as {@code /orders/{id}} or {@code /{proxy+}}, or {@code $default}
     */
    public record Route(String method, String path, String function) {
        /** The key as events carry it, such as {@code GET /orders/{id}}. */
        public String key() {
            return path.equals("$default") ? path : method + " " + path;
        }
    }

    /**
     * What the HTTP API tells browsers of pages elsewhere.
     *
     * @param origins pages that may ask, such as {@code https://shop.example}
     * @param maxAge how long a browser may keep it
     */
    public record Cors(
            List<String> origins, List<String> methods, List<String> headers, Duration maxAge) {}

    /**
     * A queue feeding a function.
     *
     * @param concurrency how many batches may be at work at once
     */
    public record Mapping(
            String queue,
            String function,
            int batchSize,
            boolean partialFailures,
            int concurrency) {}

    /**
     * A queue.
     *
     * @param attributes as CreateQueue takes them
     */
    public record Queue(String name, Map<String, String> attributes) {}

    /**
     * A table.
     *
     * @param definition the CreateTable request
     * @param expiry the attribute of its time to live
     */
    public record Table(String name, JsonNode definition, Optional<String> expiry) {}

    /**
     * A rule on an event bus.
     *
     * @param targets ARNs of functions and queues
     */
    public record Rule(
            String name, String bus, String pattern, boolean enabled, List<String> targets) {}

    /**
     * A schedule.
     *
     * @param name its own or, failing that, the logical id in the template
     * @param target ARN of a function or queue
     * @param source of the default notification, when there is no input
     */
    public record Schedule(
            String name,
            String expression,
            ZoneId zone,
            boolean enabled,
            String target,
            Optional<String> input,
            String source) {}

    /**
     * A state machine.
     *
     * @param definition in the Amazon States Language, substitutions made
     */
    public record StateMachine(String name, String arn, JsonNode definition) {}
}
