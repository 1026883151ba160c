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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

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

        /** Reads what a server is asked. */
        public static Asked of(HttpExchange exchange) throws IOException {
            return new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        }

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

    private record Answer(String to, Onward.Reply reply) {}

    /** A status that stands for a connection closed without an answer. */
    private static final int LOST = -1;

    private static final Pattern OPERATION =
            Pattern.compile("\"query\":\\s*\"(?:query|mutation) (\\w+)");

    private final HttpServer server;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Onward onward = new Onward();
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
        answers.add(new Answer(call, new Onward.Reply(status, body, headers)));
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
        onward.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var question = Asked.of(exchange);
            asked.add(question);
            var reply = reply(question);
            if (reply.status() == LOST) lost = Optional.of(question);
            else reply.write(exchange);
        }
    }

    private Onward.Reply reply(Asked question) {
        var next =
                answers.stream()
                        .filter(answer -> question.call().startsWith(answer.to()))
                        .findFirst();
        next.ifPresent(answers::remove);
        return next.map(Answer::reply)
                .or(() -> behind.map(sandbox -> passOn(sandbox, question)))
                .orElseGet(() -> new Onward.Reply(599, "{\"unexpected\":true}", Map.of()));
    }

    private Onward.Reply passOn(URI sandbox, Asked question) {
        try {
            return onward.send(sandbox, question);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
