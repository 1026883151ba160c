package shop.unwind.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import shop.unwind.json.Json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A platform that answers what it was told to, in order, and remembers what it was asked. When
 * nothing is left to answer it says 599, so that a call too many fails the test. Where a connector
 * asks several things at once, answers are meant for calls that begin in some way: {@code "GET
 * /v1/refunds"}.
 */
public final class FakePlatform implements AutoCloseable {

    /** What it was asked. */
    public record Asked(
            String method, String path, Map<String, List<String>> headers, String body) {
        public JsonNode json() {
            return Json.parse(body);
        }

        /** Method and path, as answers name them. */
        public String call() {
            return method + " " + path;
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

    private final HttpServer server;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

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

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    public Asked lastAsked() {
        return asked.getLast();
    }

    @Override
    public void close() {
        server.stop(0);
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
        return next.orElse(new Answer("", 599, "{\"unexpected\":true}", Map.of()));
    }
}
