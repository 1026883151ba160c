package shop.unwind.local.command;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Kills the local run, kill -9, at a random moment of many running cases, starts it again on the
 * same data, waits until every case has ended, and counts by the sandbox's own books.
 */
final class Crash {
    private static final int CASES = 200;
    private static final int FIRST = 7000;
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private final Options options;
    private final PrintStream out;
    private final Web web = new Web();
    private final PaidOrders orders;
    private final Path data;

    Crash(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
        this.orders = new PaidOrders(web, options.frontUrl(), options.sandboxUrl());
        try {
            this.data = Files.createTempDirectory("unwind-crash");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Prints the counts; true when no refund is missing and none doubled. */
    boolean survived() throws Exception {
        var seed = System.nanoTime();
        try (var run = start()) {
            orders.place(FIRST, CASES);
            ask();
            var pause = new SplittableRandom(seed).nextInt(500, 6000);
            Thread.sleep(pause);
            out.println(
                    "killed "
                            + pause
                            + " ms after the last request, "
                            + ended(run)
                            + " of "
                            + CASES
                            + " cases had ended");
        }
        try (var run = start()) {
            return counted(run);
        }
    }

    private boolean counted(LocalRun run) throws InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (ended(run) < CASES && System.nanoTime() < end && run.isAlive())
            TimeUnit.MILLISECONDS.sleep(500);
        var books = web.get(options.sandboxUrl() + "/_stats").path("payments");
        var owed = Owed.of(books, payments(), PaidOrders.PRICE);
        out.println(
                "cases %d, ended %d, of these done %d; refunds missing %d, doubled %d"
                        .formatted(CASES, ended(run), done(run), owed.missing(), owed.doubled()));
        return ended(run) == CASES && owed.isSettled();
    }

    private static List<String> payments() {
        return IntStream.range(FIRST, FIRST + CASES).mapToObj(PaidOrders::payment).toList();
    }

    private LocalRun start() throws IOException, InterruptedException {
        var log = data.resolveSibling(data.getFileName() + ".log");
        return LocalRun.start(options, web, List.of("--data", data.toString()), log);
    }

    private void ask() throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            var asking = new ArrayList<Future<?>>();
            for (var number = FIRST; number < FIRST + CASES; number++) {
                var order = number;
                asking.add(threads.submit(() -> orders.cancel(order)));
            }
            for (var answer : asking) answer.get();
        }
    }

    private static int ended(LocalRun run) {
        var ended = 0;
        for (var execution : run.executions())
            if (isCase(execution) && !execution.path("status").asText().equals("RUNNING")) ended++;
        return ended;
    }

    private static int done(LocalRun run) {
        var done = 0;
        for (var execution : run.executions())
            if (isCase(execution) && execution.path("status").asText().equals("SUCCEEDED")) done++;
        return done;
    }

    private static boolean isCase(JsonNode execution) {
        return execution.path("name").asText().matches("shopify-7\\d{3}-1");
    }
}
