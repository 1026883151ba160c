package shop.unwind.local.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import shop.unwind.local.bench.FunctionProcess.Mode;
import shop.unwind.local.command.Demo;
import shop.unwind.local.command.Machine;
import shop.unwind.local.states.StateMachine;
import shop.unwind.local.template.Arns;
import shop.unwind.local.template.Template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How long each function takes from the start of its JVM to its first answer, against an empty
 * handler, and how long its first answer takes after a snapshot, against the later ones. Tables,
 * secrets and platforms are those of the running machine; each function is sent the event that it
 * got first there.
 */
final class ColdStart {
    private static final int STARTS = 2;
    private static final int WARM_ANSWERS = 9;
    private static final Duration DUMP = Duration.ofSeconds(60);
    private static final String QUEUE = "unwind-bench";
    private static final String WORKFLOW =
            "arn:aws:states:us-east-1:000000000000:stateMachine:unwind-bench";

    /** Samples by which every function is invoked that a plain case does not need. */
    private static final Set<String> OTHERS =
            Set.of(
                    "paypal/inquiry",
                    "portal/over-limit-approved",
                    "stripe/fraud-warning",
                    "woocommerce/order-cancelled",
                    "magento/order-canceled",
                    "square/inquiry",
                    "bigcommerce/gateway-refunds");

    private record Subject(
            String name, Image image, String event, Map<String, String> environment) {}

    private record Medians(String name, double plain, double cached, double first, double warm) {}

    private final Machine machine;
    private final Path project;
    private final Path log;
    private final Path folder;
    private final RuntimeClient client;
    private final AtomicInteger variation = new AtomicInteger();

    /** Of the functions of this machine, which must have done a plain case. */
    static List<Figure> measure(Machine machine, Path project) throws Exception {
        var folder = Files.createTempDirectory("unwind-bench");
        try {
            return new ColdStart(machine, project, folder).measure();
        } finally {
            delete(folder);
        }
    }

    private ColdStart(Machine machine, Path project, Path folder) throws IOException {
        this.machine = machine;
        this.project = project;
        this.log = project.resolve("local/target/bench-functions.log");
        this.folder = folder;
        this.client = RuntimeClient.unpack(folder);
    }

    private List<Figure> measure() throws Exception {
        new Demo(machine, project.resolve("events")).run(OTHERS);
        isolate();
        var nothing =
                new Subject(
                        "empty",
                        Image.of(EmptyHandler.class, folder.resolve("empty")),
                        "{}",
                        Map.of());
        train(List.of(nothing));
        var plain = new ArrayList<Duration>();
        var cached = new ArrayList<Duration>();
        var functions = new ArrayList<Medians>();
        for (var group : groups()) {
            train(group);
            for (var subject : group) {
                // Beside every function, so that a slower minute slows both sides of the ratio.
                plain.add(firstAnswer(nothing, Mode.PLAIN));
                cached.add(firstAnswer(nothing, Mode.CACHED));
                functions.add(medians(subject));
            }
        }
        return figures(functions, Quantiles.medianMillis(plain), Quantiles.medianMillis(cached));
    }

    private static List<Figure> figures(
            List<Medians> functions, double emptyPlain, double emptyCached) {
        var figures = new ArrayList<Figure>();
        figures.add(Figure.only("cold: empty handler", emptyPlain, "ms", "JVM start to answer"));
        figures.add(Figure.only("cold, AOT cache: empty handler", emptyCached, "ms", ""));
        for (var function : functions) figures.addAll(figures(function, emptyPlain, emptyCached));
        return figures;
    }

    private static List<Figure> figures(Medians function, double emptyPlain, double emptyCached) {
        return List.of(
                Figure.atMost(
                        3.5,
                        "cold: " + function.name(),
                        function.plain() / emptyPlain,
                        "x",
                        "%.0f ms over the empty handler's".formatted(function.plain())),
                Figure.atMost(
                        2,
                        "cold, AOT cache: " + function.name(),
                        function.cached() / emptyCached,
                        "x",
                        "%.0f ms over the empty handler's with one".formatted(function.cached())),
                Figure.atMost(
                        3,
                        "restored: " + function.name(),
                        function.first() / function.warm(),
                        "x",
                        "first answer %.1f ms, warm median %.1f ms"
                                .formatted(function.first(), function.warm())));
    }

    /** What the functions send and start leads nowhere: it would run on beside the next start. */
    private void isolate() {
        var json = JsonNodeFactory.instance;
        machine.stack().queues().call("CreateQueue", json.objectNode().put("QueueName", QUEUE));
        var definition = json.objectNode().put("QueryLanguage", "JSONata").put("StartAt", "Done");
        definition.putObject("States").putObject("Done").put("Type", "Succeed");
        machine.executions()
                .engine()
                .register(StateMachine.read("unwind-bench", WORKFLOW, definition));
    }

    /** What is called over HTTP first: its events are signed, and old in five minutes. */
    private List<List<Subject>> groups() throws IOException {
        var routed = new ArrayList<Subject>();
        var others = new ArrayList<Subject>();
        var template = machine.stack().template();
        var onRoutes = names(template.routes().stream().map(Template.Route::function));
        var onSchedules =
                names(
                        template.schedules().stream()
                                .map(Template.Schedule::target)
                                .filter(Arns::isFunction));
        for (var function : template.functions()) {
            // Nobody waits for what the clock starts.
            if (onSchedules.contains(function.name())) continue;
            var group = onRoutes.contains(function.name()) ? routed : others;
            group.add(subject(function));
        }
        return List.of(routed, others);
    }

    private static Set<String> names(Stream<String> functions) {
        return functions.map(Arns::functionName).collect(Collectors.toSet());
    }

    private Subject subject(Template.Function function) throws IOException {
        var name = function.name();
        var event =
                machine.stack()
                        .lambda()
                        .firstPayload(name)
                        .orElseThrow(() -> new IllegalStateException(name + " was never invoked"));
        var image = Image.unpack(function.code(), function.handler(), folder.resolve(name));
        return new Subject(name, image, event, environment(function));
    }

    private Map<String, String> environment(Template.Function function) {
        var environment = new HashMap<>(function.environment());
        environment.put("REQUESTS_QUEUE_URL", machine.url() + "/000000000000/" + QUEUE);
        environment.put("STATE_MACHINE_ARN", WORKFLOW);
        environment.put("AWS_ENDPOINT_URL", machine.url());
        environment.put("AWS_REGION", "us-east-1");
        environment.put("AWS_ACCESS_KEY_ID", "local");
        environment.put("AWS_SECRET_ACCESS_KEY", "local");
        return environment;
    }

    /** Two at a time: the caches' making is not measured. */
    private void train(List<Subject> subjects) throws Exception {
        try (var threads = Executors.newFixedThreadPool(2)) {
            var training = new ArrayList<Future<Void>>();
            for (var subject : subjects) {
                Callable<Void> task = () -> train(subject);
                training.add(threads.submit(task));
            }
            for (var one : training) one.get();
        }
    }

    private Void train(Subject subject) throws Exception {
        try (var process = start(subject, Mode.TRAINING)) {
            process.firstAnswer(event(subject));
            process.end(DUMP);
        }
        if (Files.notExists(subject.image().cache()))
            throw new IllegalStateException(subject.name() + " wrote no AOT cache, see " + log);
        return null;
    }

    private Medians medians(Subject subject) throws Exception {
        var plain = new ArrayList<Duration>();
        var cached = new ArrayList<Duration>();
        for (var start = 0; start < STARTS; start++) {
            plain.add(firstAnswer(subject, Mode.PLAIN));
            cached.add(firstAnswer(subject, Mode.CACHED));
        }
        try (var process = start(subject, Mode.SNAPSHOT)) {
            var first = process.restoredAnswer(event(subject));
            var warm = new ArrayList<Duration>();
            for (var answer = 0; answer < WARM_ANSWERS; answer++)
                warm.add(process.answer(event(subject)));
            return new Medians(
                    subject.name(),
                    Quantiles.medianMillis(plain),
                    Quantiles.medianMillis(cached),
                    Quantiles.millis(first),
                    Quantiles.medianMillis(warm));
        }
    }

    private Duration firstAnswer(Subject subject, Mode mode) throws Exception {
        try (var process = start(subject, mode)) {
            return process.firstAnswer(event(subject));
        }
    }

    private FunctionProcess start(Subject subject, Mode mode) throws IOException {
        return FunctionProcess.start(client, subject.image(), mode, subject.environment(), log);
    }

    private String event(Subject subject) {
        return Events.vary(subject.event(), variation.incrementAndGet());
    }

    /** Some hundred megabytes of caches. */
    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
