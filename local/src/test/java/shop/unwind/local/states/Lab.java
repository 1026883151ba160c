package shop.unwind.local.states;

import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import shop.unwind.local.Journal;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.StreamSupport;

/** One machine called {@code test}, functions by name, and executions run to their end. */
final class Lab {
    static final String MACHINE = "arn:aws:states:eu-west-1:000000000000:stateMachine:test";

    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private static final ObjectMapper YAML = new YAMLMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    final TestTime time = new TestTime();
    final List<JsonNode> calls = Collections.synchronizedList(new ArrayList<>());
    final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    final StepFunctions service;

    private final Map<String, Lambda> functions = new ConcurrentHashMap<>();

    /** A lab for the states of this YAML, of which the first is the one to start at. */
    static Lab of(String states) {
        return new Lab(definition(states), Journal.inMemory(), new Random(1));
    }

    Lab(JsonNode definition, Journal journal, RandomGenerator random) {
        var tasks = new Integrations(this::invoke, this::record, this::record);
        service =
                new StepFunctions(
                        tasks, journal, time, random, (_, event) -> heard.add(event.type()));
        service.register(StateMachine.read("test", MACHINE, definition));
    }

    private JsonNode invoke(String function, JsonNode payload) throws TaskFailure {
        calls.add(payload);
        return functions.getOrDefault(function, (_, given) -> given).invoke(function, payload);
    }

    private JsonNode record(String operation, JsonNode request) {
        calls.add(request);
        return json("{MessageId: m-1, MD5OfMessageBody: d41d}");
    }

    Lab function(String name, Lambda body) {
        functions.put(name, body);
        return this;
    }

    /** Starts an execution and waits for its end. */
    Run run(String input) {
        var run = start(input);
        await(() -> !run.status().equals("RUNNING"));
        return run;
    }

    Run start(String input) {
        return start("run-1", input);
    }

    Run start(String name, String input) {
        var request =
                Details.none()
                        .put("stateMachineArn", MACHINE)
                        .put("name", name)
                        .put("input", json(input).toString());
        return new Run(service.call("StartExecution", request).get("executionArn").asText());
    }

    static void await(BooleanSupplier condition) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) fail("this did not come true within " + PATIENCE);
            LockSupport.parkNanos(500_000);
        }
    }

    static JsonNode definition(String states) {
        var parsed = json(states);
        var definition =
                Details.none()
                        .put("QueryLanguage", "JSONata")
                        .put("StartAt", parsed.fieldNames().next());
        return definition.set("States", parsed);
    }

    static JsonNode json(String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (JsonProcessingException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** An execution as the API shows it. */
    final class Run {
        final String arn;

        Run(String arn) {
            this.arn = arn;
        }

        private JsonNode describe() {
            return service.call("DescribeExecution", Details.none().put("executionArn", arn));
        }

        String status() {
            return describe().get("status").asText();
        }

        JsonNode output() {
            var output = describe().path("output");
            if (output.isMissingNode()) fail("the execution did not succeed: " + describe());
            return json(output.asText());
        }

        String error() {
            return describe().path("error").asText();
        }

        String cause() {
            return describe().path("cause").asText();
        }

        List<JsonNode> events() {
            var request = Details.none().put("executionArn", arn).put("maxResults", 1000);
            return elements(service.call("GetExecutionHistory", request).get("events"));
        }

        JsonNode lastEvent() {
            var request =
                    Details.none()
                            .put("executionArn", arn)
                            .put("reverseOrder", true)
                            .put("maxResults", 1);
            return service.call("GetExecutionHistory", request).get("events").get(0);
        }

        List<JsonNode> events(String type) {
            return events().stream()
                    .filter(event -> event.get("type").asText().equals(type))
                    .toList();
        }

        /** Every event as {@code Type=id(previous)}. */
        List<String> chain() {
            return events().stream()
                    .map(
                            event ->
                                    "%s=%s(%s)"
                                            .formatted(
                                                    event.get("type").asText(),
                                                    event.get("id"),
                                                    event.get("previousEventId")))
                    .toList();
        }

        /** The token of the task that waits for one. */
        String token() {
            await(() -> !events("TaskSubmitted").isEmpty());
            var parameters =
                    events("TaskScheduled").getLast().at("/taskScheduledEventDetails/parameters");
            return json(parameters.asText()).at("/Payload/token").asText();
        }
    }

    static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
