package shop.unwind.local.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import shop.unwind.local.http.Listener;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Lambda's Runtime API for one function process, which asks it for events and gives it the answers.
 * A question never gets an error status: the native client would crash.
 */
final class RuntimeApi implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BASE = "/2018-06-01/runtime/";

    /**
     * What the process has answered.
     *
     * @param nanos when, by {@link System#nanoTime}
     */
    record Answer(String path, String body, long nanos) {
        boolean isError() {
            return path.endsWith("/error");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final CountDownLatch primed = new CountDownLatch(1);
    private final CountDownLatch restored = new CountDownLatch(1);

    private RuntimeApi(HttpServer server) {
        this.server = server;
        server.createContext(BASE, this::serve);
        server.setExecutor(threads);
        server.start();
    }

    static RuntimeApi start() {
        return new RuntimeApi(Listener.bind(0));
    }

    /** As {@code AWS_LAMBDA_RUNTIME_API} names it. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** The next invocation's event. */
    void send(String event) {
        events.add(event);
    }

    /**
     * Waits for the next answer.
     *
     * @throws IllegalStateException none came within a minute, or it is an error
     */
    Answer await() throws InterruptedException {
        var answer = answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (answer == null) throw new IllegalStateException("no answer within " + PATIENCE);
        if (answer.isError()) throw new IllegalStateException("answered " + answer.body());
        return answer;
    }

    /** Waits until the process has done what comes before its snapshot. */
    void awaitPrimed() throws InterruptedException {
        if (!primed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
            throw new IllegalStateException("not primed within " + PATIENCE);
    }

    /** Lets a process that waits in its snapshot go on. */
    void restore() {
        restored.countDown();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestURI().getPath().substring(BASE.length())) {
                case "invocation/next" -> next(exchange);
                case "restore/next" -> snapshot(exchange);
                case String path -> answered(exchange, path);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void next(HttpExchange exchange) throws IOException, InterruptedException {
        var event = events.take().getBytes(StandardCharsets.UTF_8);
        var headers = exchange.getResponseHeaders();
        headers.set("Lambda-Runtime-Aws-Request-Id", UUID.randomUUID().toString());
        headers.set(
                "Lambda-Runtime-Deadline-Ms",
                Long.toString(System.currentTimeMillis() + PATIENCE.toMillis()));
        headers.set(
                "Lambda-Runtime-Invoked-Function-Arn",
                "arn:aws:lambda:us-east-1:000000000000:function:bench");
        headers.set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, event.length);
        exchange.getResponseBody().write(event);
    }

    private void snapshot(HttpExchange exchange) throws IOException, InterruptedException {
        primed.countDown();
        restored.await();
        exchange.sendResponseHeaders(200, -1);
    }

    private void answered(HttpExchange exchange, String path) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var nanos = System.nanoTime();
        exchange.sendResponseHeaders(202, -1);
        answers.add(new Answer(path, body, nanos));
    }
}
