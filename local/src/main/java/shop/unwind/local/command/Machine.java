package shop.unwind.local.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.config.Documents;
import shop.unwind.domain.CaseId;
import shop.unwind.local.AwsError;
import shop.unwind.local.lambda.Invocation;
import shop.unwind.local.sandbox.EventSink;
import shop.unwind.local.sandbox.Sandbox;
import shop.unwind.local.sandbox.SandboxOptions;
import shop.unwind.local.stack.Stack;
import shop.unwind.local.stack.StackSettings;
import shop.unwind.local.states.Event;
import shop.unwind.local.states.Integrations;
import shop.unwind.local.states.Lambda;
import shop.unwind.local.states.TaskFailure;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/** Template and sandbox on this machine, with the store pointed at the sandbox. */
public final class Machine implements AutoCloseable {
    /** The partner source under which the sandbox's Stripe sends its events. */
    static final String STRIPE_EVENTS = "aws.partner/stripe.com/ed_test_unwind";

    /** Named after the stack. */
    private static final String STACK_BUS = "unwind";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final boolean fresh;
    private final Sandbox sandbox;
    private final Stack stack;
    private final Workflow executions;

    /**
     * How the machine runs.
     *
     * @param data kept from run to run; in memory when absent
     * @param delay of every platform call
     * @param store the store document's text; {@code ${SANDBOX}} in it stands for the sandbox
     */
    public record Setup(
            Path project,
            int port,
            int sandboxPort,
            Optional<Path> data,
            Duration delay,
            boolean limits,
            String store,
            String policy,
            BiConsumer<String, Event> listener,
            Conditions conditions) {

        /** Under usual conditions. */
        public Setup(
                Path project,
                int port,
                int sandboxPort,
                Optional<Path> data,
                Duration delay,
                boolean limits,
                String store,
                String policy,
                BiConsumer<String, Event> listener) {
            this(
                    project,
                    port,
                    sandboxPort,
                    data,
                    delay,
                    limits,
                    store,
                    policy,
                    listener,
                    Conditions.usual());
        }

        /** In memory and on free ports, with the project's own store and the demo's policy. */
        public static Setup apart(Path project, BiConsumer<String, Event> listener) {
            return new Setup(
                    project,
                    freePort(),
                    freePort(),
                    Optional.empty(),
                    Duration.ZERO,
                    false,
                    read(project.resolve("local/store.json")),
                    Demo.impatient(read(project.resolve("local/policy.json"))),
                    listener);
        }

        /** The same under another policy and other conditions. */
        public Setup under(String otherPolicy, Conditions others) {
            return new Setup(
                    project,
                    port,
                    sandboxPort,
                    data,
                    delay,
                    limits,
                    store,
                    otherPolicy,
                    listener,
                    others);
        }
    }

    private Machine(Setup setup) {
        this.fresh = setup.data().filter(data -> Files.exists(data.resolve("sandbox"))).isEmpty();
        var events = new AtomicReference<EventSink>(_ -> {});
        this.sandbox = Sandbox.start(setup.sandboxPort(), sandbox(setup, events));
        var workflow = new AtomicReference<Workflow>();
        this.stack = Stack.start(stack(setup, workflow));
        this.executions = workflow.get();
        events.set(this::publish);
        var documents =
                new Documents(stack.tables().client(), stack.name("Documents"), Clock.systemUTC());
        documents.put(Documents.STORE, setup.store().replace("${SANDBOX}", sandboxUrl()));
        documents.put(Documents.POLICY, setup.policy());
        executions.resume();
    }

    public static Machine start(Setup setup) {
        return new Machine(setup);
    }

    /** The front door, {@code http://localhost:8080}. */
    public String url() {
        return stack.endpoint();
    }

    public String sandboxUrl() {
        return "http://localhost:" + sandbox.port();
    }

    /** Whether it began with nothing: a data folder that was used before keeps its own orders. */
    public boolean isNew() {
        return fresh;
    }

    /** Whether the case's execution still goes on: staff are called after the case has ended. */
    public boolean isRunning(CaseId id) {
        var arn = stack.template().stateMachines().getFirst().arn();
        var execution = arn.replace(":stateMachine:", ":execution:") + ":" + id;
        var request = JSON.createObjectNode().put("executionArn", execution);
        var answer = executions.call("DescribeExecution", request);
        return answer.path("status").asText().equals("RUNNING");
    }

    public Stack stack() {
        return stack;
    }

    public Workflow executions() {
        return executions;
    }

    @Override
    public void close() {
        stack.close();
        executions.close();
        sandbox.close();
    }

    private static SandboxOptions sandbox(Setup setup, AtomicReference<EventSink> events) {
        var options =
                SandboxOptions.defaults()
                        .withDelay(setup.delay())
                        .withLimits(setup.limits())
                        .withWebhooks(URI.create("http://localhost:" + setup.port()))
                        .withEvents(envelope -> events.get().put(envelope));
        return setup.data()
                .map(data -> options.withFolder(data.resolve("sandbox")))
                .orElse(options);
    }

    private static StackSettings stack(Setup setup, AtomicReference<Workflow> workflow) {
        var conditions = setup.conditions();
        var settings =
                StackSettings.of(setup.project().resolve("template.yaml"))
                        .port(setup.port())
                        .parameters(Map.of("StripeEventSource", STRIPE_EVENTS))
                        .secrets(secrets())
                        .log(log(setup))
                        .variables(conditions.variables())
                        .disturbance(conditions.services())
                        .workflows(
                                (machines, lambda, services) -> {
                                    var calls = conditions.invocations().apply(calls(lambda));
                                    var tasks =
                                            new Integrations(
                                                    calls,
                                                    Objects.requireNonNull(
                                                            services.get("AmazonSQS")),
                                                    Objects.requireNonNull(
                                                            services.get("AWSEvents")));
                                    var made = new Workflow(setup, tasks, machines);
                                    workflow.set(made);
                                    return made;
                                });
        conditions.longestInvocation().ifPresent(settings::longestInvocation);
        setup.data().ifPresent(settings::data);
        return settings;
    }

    /** Step Functions' way to Lambda. */
    private static Lambda calls(shop.unwind.local.lambda.Lambda lambda) {
        return (function, payload) -> {
            try {
                return switch (lambda.invoke(function, payload.toString())) {
                    case Invocation.Answered(var answer) -> parse(answer);
                    case Invocation.Failed(var type, _, var error) ->
                            throw new TaskFailure(type, error);
                };
            } catch (AwsError unknown) {
                throw new TaskFailure(
                        "Lambda." + unknown.type(), String.valueOf(unknown.getMessage()));
            }
        };
    }

    /** The functions' log: beside the data, else below the build folder, which is always there. */
    private static OutputStream log(Setup setup) {
        var file =
                setup.data()
                        .orElse(setup.project().resolve("local/target"))
                        .resolve("functions.log");
        try {
            Files.createDirectories(file.getParent());
            return new BufferedOutputStream(
                    Files.newOutputStream(
                            file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write " + file, failure);
        }
    }

    private static Map<String, String> secrets() {
        try (var text = Machine.class.getResourceAsStream("/sandbox/secrets.json")) {
            var secrets = new HashMap<String, String>();
            JSON.readTree(text)
                    .properties()
                    .forEach(s -> secrets.put(s.getKey(), s.getValue().toString()));
            return secrets;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Puts an event, in EventBridge's envelope, on its partner's bus, or else on the stack's. */
    public void publish(ObjectNode envelope) {
        var request = JSON.createObjectNode();
        var entry = request.putArray("Entries").addObject();
        entry.put("EventBusName", bus(envelope.path("source").asText()));
        entry.put("Source", envelope.path("source").asText());
        entry.put("DetailType", envelope.path("detail-type").asText());
        entry.put("Detail", envelope.path("detail").toString());
        var answer = stack.service("AWSEvents").call("PutEvents", request);
        if (answer.path("FailedEntryCount").asInt() > 0)
            throw new IllegalStateException("the event was not taken: " + answer);
    }

    private static String bus(String source) {
        return source.startsWith("aws.partner/") ? source : STACK_BUS;
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Reads a text file of the project. */
    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + file, failure);
        }
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("a JSON document was expected", malformed);
        }
    }
}
