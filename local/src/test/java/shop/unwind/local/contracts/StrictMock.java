package shop.unwind.local.contracts;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import shop.unwind.json.Json;
import shop.unwind.local.http.Listener;
import shop.unwind.testing.FakePlatform.Asked;
import shop.unwind.testing.Onward;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands where a vendor stands. A call that is not as the vendor's contract says is refused with
 * what is wrong; one that is goes to the sandbox behind, whose answer is held against the contract,
 * too.
 */
final class StrictMock implements AutoCloseable {
    private final Contract contract;
    private final HttpServer server = Listener.bind(0);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Onward onward = new Onward();
    private final AtomicReference<URI> sandbox = new AtomicReference<>(URI.create("about:blank"));
    private final AtomicInteger passed = new AtomicInteger();
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final Queue<String> departures = new ConcurrentLinkedQueue<>();

    StrictMock(Contract contract) {
        this.contract = contract;
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** What is right goes there from now on. */
    void passesOnTo(URI where) {
        sandbox.set(where);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How many calls have gone to the sandbox. */
    int passed() {
        return passed.get();
    }

    /** Calls that the contract does not take, each with what is wrong. */
    List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** Answers that are not as the contract says, each with what is wrong. */
    List<String> departures() {
        return List.copyOf(departures);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        onward.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var asked = Asked.of(exchange);
            var wrong = contract.complaints(asked);
            (wrong.isEmpty() ? answer(asked) : refusal(asked, wrong)).write(exchange);
        } catch (RuntimeException failure) {
            refusals.add("the mock itself failed: " + failure);
        }
    }

    private Onward.Reply refusal(Asked asked, List<String> wrong) {
        refusals.add(asked.call() + " " + asked.body() + ": " + wrong);
        var body = Json.object();
        wrong.forEach(words -> body.withArray("errors").addObject().put("message", words));
        return new Onward.Reply(400, Json.write(body), Map.of());
    }

    /** Where the sandbox lets a connection go without an answer, so does this. */
    private Onward.Reply answer(Asked asked) throws IOException {
        passed.incrementAndGet();
        var reply = onward.send(sandbox.get(), asked);
        var wrong = contract.complaints(asked, reply);
        if (!wrong.isEmpty())
            departures.add(asked.call() + " " + reply.status() + " " + reply.body() + ": " + wrong);
        return reply;
    }
}
