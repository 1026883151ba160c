package shop.unwind.local.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import shop.unwind.local.Journal;
import shop.unwind.local.http.Listener;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * All platforms on one port of this machine, each below its own name: {@code /stripe/v1/refunds}.
 * Paths that begin with {@code /_} steer the sandbox itself, see {@link Control}; those with {@code
 * /PLATFORM/_act/} do what a person at the shop or a bank would do.
 */
public final class Sandbox implements AutoCloseable {
    private final Journal journal;
    private final Map<String, State> states = new LinkedHashMap<>();
    private final Map<String, Platform> platforms = new LinkedHashMap<>();
    private final List<Webhooks> webhooks;
    private final Control control;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

    private Sandbox(int port, SandboxOptions options) {
        journal =
                options.folder()
                        .map(folder -> Journal.in(folder.resolve("sandbox.journal")))
                        .orElseGet(Journal::inMemory);
        var stats = new Stats();
        var limits = new AtomicBoolean(options.limits());
        var senders = new LinkedHashMap<String, Webhooks>();
        var stages = new LinkedHashMap<String, Stage>();
        Function<String, Stage> stage =
                name -> {
                    var state = new State(name, journal);
                    var sender = new Webhooks(name, state, stats, options);
                    states.put(name, state);
                    senders.put(name, sender);
                    var made =
                            new Stage(name, state, options, sender, timer, limits, () -> uri(name));
                    stages.put(name, made);
                    return made;
                };
        for (var platform : platforms(stage)) platforms.put(platform.name(), platform);
        webhooks = List.copyOf(senders.values());
        replay();
        control = new Control(platforms, stages, stats, limits, journal, options.delay());
        server = Listener.bind(port);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
    }

    /** Starts on this port of the loopback address; 0 takes any free one. */
    public static Sandbox start(int port, SandboxOptions options) {
        var sandbox = new Sandbox(port, options);
        sandbox.server.start();
        sandbox.platforms.values().forEach(Platform::resume);
        return sandbox;
    }

    /** Every platform there is. A new one is one class and one line here. */
    private static List<Platform> platforms(Function<String, Stage> stages) {
        var payPal = new PayPal(stages.apply("paypal"));
        var stripe = new Stripe(stages.apply("stripe"));
        var square = new Square(stages.apply("square"));
        return List.of(
                payPal,
                new SendGrid(stages.apply("sendgrid")),
                new Shopify(stages.apply("shopify"), Map.of("paypal", payPal, "stripe", stripe)),
                new Slack(stages.apply("slack")),
                stripe,
                new WooCommerce(
                        stages.apply("woocommerce"),
                        Map.of("stripe", stripe, SquareObjects.PLUGIN, square)),
                new Magento(stages.apply("magento"), Map.of("stripe_payments", stripe)),
                square,
                new BigCommerce(stages.apply("bigcommerce"), Map.of("stripe", stripe)));
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Where a platform answers, such as {@code http://127.0.0.1:8089/stripe}. */
    public URI uri(String platform) {
        return URI.create("http://127.0.0.1:" + port() + "/" + platform);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        timer.shutdownNow();
        webhooks.forEach(Webhooks::close);
        journal.close();
    }

    private void replay() {
        journal.replay(
                line -> {
                    if (line.has("reset")) states.values().forEach(State::clear);
                    else
                        Optional.ofNullable(states.get(line.path("platform").asText()))
                                .ifPresent(state -> state.replay(line));
                });
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var answer = tried(read(exchange));
            if (answer.isPresent()) write(exchange, answer.get());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** A failure of the sandbox itself must not look like one of a platform. */
    private Optional<Answer> tried(Call call) throws InterruptedException {
        try {
            return answer(call);
        } catch (RuntimeException failure) {
            return Optional.of(Answer.json(500, Json.of("error", "sandbox: " + failure)));
        }
    }

    /** Empty when the connection is to close without an answer. */
    private Optional<Answer> answer(Call call) throws InterruptedException {
        // The SendGrid library has room for a host only, so its paths also stand at the root.
        var path = call.path().startsWith("/v3/") ? "/sendgrid" + call.path() : call.path();
        var slash = path.indexOf('/', 1);
        var platform =
                Optional.ofNullable(
                        platforms.get(path.substring(1, slash < 0 ? path.length() : slash)));
        if (platform.isEmpty()) return Optional.of(control.answer(call));
        var below =
                new Call(
                        call.method(),
                        slash < 0 ? "/" : path.substring(slash),
                        Map.of(),
                        call.query(),
                        call.headers(),
                        call.body());
        return control.answer(platform.get(), below);
    }

    private static Call read(HttpExchange exchange) throws IOException {
        var headers = new LinkedHashMap<String, String>();
        exchange.getRequestHeaders()
                .forEach(
                        (name, values) ->
                                headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        var uri = exchange.getRequestURI();
        var query = Optional.ofNullable(uri.getRawQuery()).orElse("");
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return new Call(
                exchange.getRequestMethod(),
                uri.getPath(),
                Map.of(),
                Form.parse(query),
                headers,
                body);
    }

    private static void write(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        var body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) exchange.getResponseBody().write(body);
    }
}
