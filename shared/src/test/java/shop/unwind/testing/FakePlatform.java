package shop.unwind.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import shop.unwind.json.Json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A platform that answers what it was told to, in order, and remembers what it was asked. When
 * nothing is left to answer it says 599, so that a call too many fails the test. Where a connector
 * asks several things at once, answers are meant for calls that begin in some way: {@code "GET
 * /v1/refunds"}. A sandbox may stand behind it, which answers what is left; then only what goes
 * wrong on the way is played here.
 */
public final class FakePlatform implements AutoCloseable {

    /** What it was asked. */
    public record Asked(
            String method, String path, Map<String, List<String>> headers, String body) {
        public JsonNode json() {
            return Json.parse(body);
        }

        /** Method and path, as answers name them; for GraphQL {@code NAME()}, too. */
        public String call() {
            var operation = OPERATION.matcher(body);
            var name = path.endsWith("/graphql.json") && operation.find();
            return method + " " + path + (name ? " " + operation.group(1) + "()" : "");
        }

        public Optional<String> header(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .map(entry -> entry.getValue().getFirst())
                    .findFirst();
        }
    }

    private record Answer(String to, int status, String body, Map<String, String> headers) {}

    /** A status that stands for a connection closed without an answer. */
    private static final int LOST = -1;

    private static final Pattern OPERATION =
            Pattern.compile("\"query\":\\s*\"(?:query|mutation) (\\w+)");

    /** What each connection sets for itself. */
    private static final Set<String> OWN =
            Set.of(
                    "connection",
                    "content-length",
                    "date",
                    "expect",
                    "host",
                    "http2-settings",
                    "transfer-encoding",
                    "upgrade");

    private final HttpServer server;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private volatile Optional<URI> behind = Optional.empty();
    private volatile Optional<Asked> lost = Optional.empty();

    public FakePlatform() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException unavailable) {
            throw new UncheckedIOException(unavailable);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public FakePlatform answers(int status, String body) {
        return answers(status, body, Map.of());
    }

    public FakePlatform answers(int status, String body, Map<String, String> headers) {
        return answersTo("", status, body, headers);
    }

    /** Answers the next call that begins so. */
    public FakePlatform answersTo(String call, int status, String body) {
        return answersTo(call, status, body, Map.of());
    }

    public FakePlatform answersTo(
            String call, int status, String body, Map<String, String> headers) {
        answers.add(new Answer(call, status, body, headers));
        return this;
    }

    /** The next call is taken, and the connection closed without an answer. */
    public FakePlatform losesTheAnswer() {
        return losesTheAnswerTo("");
    }

    public FakePlatform losesTheAnswerTo(String call) {
        return answersTo(call, LOST, "");
    }

    /** What it was not told to answer goes to a sandbox from now on. */
    public void passesOnTo(URI sandbox) {
        behind = Optional.of(sandbox);
    }

    /** The last call whose answer was lost reaches the sandbox after all. */
    public void letsTheLostArrive() {
        passOn(behind.orElseThrow(), lost.orElseThrow());
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    public Asked lastAsked() {
        return asked.getLast();
    }

    @Override
    public void close() {
        server.stop(0);
        http.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var question =
                new Asked(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        Map.copyOf(exchange.getRequestHeaders()),
                        body);
        asked.add(question);
        var answer = answer(question);
        if (answer.status() == LOST) {
            lost = Optional.of(question);
            exchange.close();
            return;
        }
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        if (!answer.headers().containsKey("Content-Type"))
            exchange.getResponseHeaders().set("Content-Type", "application/json");
        var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Answer answer(Asked question) {
        var next =
                answers.stream()
                        .filter(answer -> question.call().startsWith(answer.to()))
                        .findFirst();
        next.ifPresent(answers::remove);
        return next.or(() -> behind.map(sandbox -> passOn(sandbox, question)))
                .orElseGet(() -> new Answer("", 599, "{\"unexpected\":true}", Map.of()));
    }

    private Answer passOn(URI sandbox, Asked question) {
        var call =
                HttpRequest.newBuilder(URI.create(sandbox + question.path()))
                        .method(
                                question.method(),
                                HttpRequest.BodyPublishers.ofString(question.body()));
        question.headers()
                .forEach((name, values) -> values.forEach(value -> header(call, name, value)));
        try {
            var answer = http.send(call.build(), HttpResponse.BodyHandlers.ofString());
            var headers =
                    answer.headers().map().entrySet().stream()
                            .filter(header -> !isOwn(header.getKey()))
                            .collect(
                                    Collectors.toMap(
                                            Map.Entry::getKey,
                                            header -> header.getValue().getFirst()));
            return new Answer("", answer.statusCode(), answer.body(), headers);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static void header(HttpRequest.Builder call, String name, String value) {
        if (!isOwn(name)) call.header(name, value);
    }

    private static boolean isOwn(String name) {
        return OWN.contains(name.toLowerCase(Locale.ROOT));
    }
}
