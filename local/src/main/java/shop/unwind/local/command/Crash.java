package shop.unwind.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Kills the local run, kill -9, at a random moment of many running cases, starts it again on the
 * same data, waits until every case has ended, and counts by the sandbox's own books.
 */
final class Crash {
    private static final int CASES = 200;
    private static final long PRICE = 2000;
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Options options;
    private final PrintStream out;
    private final Web web = new Web();
    private final Path data;

    Crash(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
        try {
            this.data = Files.createTempDirectory("unwind-crash");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Prints the counts; true when no refund is missing and none doubled. */
    boolean survived() throws Exception {
        var seed = System.nanoTime();
        var first = start();
        try {
            world();
            ask();
            var pause = new SplittableRandom(seed).nextInt(500, 6000);
            Thread.sleep(pause);
            out.println(
                    "killed "
                            + pause
                            + " ms after the last request, "
                            + ended()
                            + " of "
                            + CASES
                            + " cases had ended");
        } finally {
            first.destroyForcibly().waitFor();
        }
        var second = start();
        try {
            return counted(second);
        } finally {
            second.destroyForcibly().waitFor();
        }
    }

    private boolean counted(Process run) throws InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (ended() < CASES && System.nanoTime() < end && run.isAlive())
            TimeUnit.MILLISECONDS.sleep(500);
        var missing = 0;
        var doubled = 0;
        for (var book : web.get(sandbox() + "/_stats").path("payments")) {
            if (!book.path("platform").asText().equals("stripe") || !isOurs(book)) continue;
            var refunded = book.path("refunded").asLong() + book.path("pending").asLong();
            if (refunded < PRICE) missing++;
            if (refunded > PRICE || book.path("refunds").asInt() > 1) doubled++;
        }
        out.println(
                "cases %d, ended %d, of these done %d; refunds missing %d, doubled %d"
                        .formatted(CASES, ended(), done(), missing, doubled));
        return ended() == CASES && missing == 0 && doubled == 0;
    }

    private static boolean isOurs(JsonNode book) {
        return book.path("payment").asText().contains("shopify7");
    }

    private Process start() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command =
                List.of(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run",
                        "--data",
                        data.toString());
        var log = data.resolveSibling(data.getFileName() + ".log").toFile();
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                        .start();
        var end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            if (isUp()) return process;
            TimeUnit.MILLISECONDS.sleep(200);
        }
        throw new IllegalStateException("the local run did not start, see " + log);
    }

    private boolean isUp() {
        try {
            list(1);
            web.get(sandbox() + "/_stats");
            return true;
        } catch (UncheckedIOException | IllegalStateException notYet) {
            return false;
        }
    }

    private void world() {
        var world = JSON.createObjectNode();
        var orders = world.putArray("orders");
        for (var number = 0; number < CASES; number++) orders.add(order(7000 + number));
        web.put(sandbox() + "/_world", world);
    }

    private static ObjectNode order(int number) {
        var order = JSON.createObjectNode();
        order.put("storefront", "shopify").put("number", Integer.toString(number));
        order.put("email", "ann@example.com").put("name", "Ann Lee").put("currency", "USD");
        order.put("placedAt", Instant.now().minusSeconds(3600).toString());
        order.putArray("lines")
                .addObject()
                .put("sku", "ACR-500")
                .put("title", "Acrylic paint 500 ml")
                .put("quantity", 1)
                .put("unitPrice", PRICE);
        order.putArray("payments").addObject().put("gateway", "stripe").put("amount", PRICE);
        return order;
    }

    private void ask() throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            var asking = new ArrayList<Future<?>>();
            for (var number = 0; number < CASES; number++) {
                var request =
                        JSON.createObjectNode()
                                .put("order", Integer.toString(7000 + number))
                                .put("email", "ann@example.com");
                asking.add(threads.submit(() -> web.post(front() + "/cancellations", request)));
            }
            for (var answer : asking) answer.get();
        }
    }

    private int ended() {
        var ended = 0;
        for (var execution : list(1000))
            if (isCase(execution) && !execution.path("status").asText().equals("RUNNING")) ended++;
        return ended;
    }

    private int done() {
        var done = 0;
        for (var execution : list(1000))
            if (isCase(execution) && execution.path("status").asText().equals("SUCCEEDED")) done++;
        return done;
    }

    private static boolean isCase(JsonNode execution) {
        return execution.path("name").asText().matches("shopify-7\\d{3}-1");
    }

    private JsonNode list(int most) {
        var arn = "arn:aws:states:us-east-1:000000000000:stateMachine:unwind-case";
        var request = JSON.createObjectNode().put("stateMachineArn", arn).put("maxResults", most);
        return web.aws(front(), "AWSStepFunctions.ListExecutions", request).path("executions");
    }

    private String front() {
        return "http://localhost:" + options.port();
    }

    private String sandbox() {
        return "http://localhost:" + options.sandboxPort();
    }
}
