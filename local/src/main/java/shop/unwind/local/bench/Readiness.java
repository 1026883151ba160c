package shop.unwind.local.bench;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.local.command.LocalRun;
import shop.unwind.local.command.Options;
import shop.unwind.local.command.PaidOrders;
import shop.unwind.local.command.Web;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How soon the local run answers, and the memory that it takes. */
final class Readiness {
    private static final int CASES = 20;
    private static final int FIRST = 8000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private Readiness() {}

    static List<Figure> measure(Options options) throws IOException, InterruptedException {
        var web = new Web();
        var log = options.project().resolve("local/target/bench-run.log");
        try (var run = LocalRun.start(options, web, List.of(), log)) {
            var ready = Quantiles.millis(run.start()) / 1000;
            var idle = Memory.resident(run.pid());
            takeBack(run, new PaidOrders(web, options.frontUrl(), options.sandboxUrl()));
            return List.of(
                    Figure.atMost(12, "ready", ready, "s", "JVM start to first answer"),
                    Figure.only("memory when ready", idle, "MB", "resident, the whole run"),
                    Figure.only(
                            "memory after %d cases".formatted(CASES),
                            Memory.resident(run.pid()),
                            "MB",
                            "resident, the whole run"));
        }
    }

    private static void takeBack(LocalRun run, PaidOrders orders) throws InterruptedException {
        orders.place(FIRST, CASES);
        for (var number = FIRST; number < FIRST + CASES; number++) orders.cancel(number);
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (done(run.executions()) < CASES) {
            if (System.nanoTime() > end)
                throw new IllegalStateException(CASES + " cases did not end in " + PATIENCE);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static int done(JsonNode executions) {
        var done = 0;
        for (var execution : executions)
            if (execution.path("status").asText().equals("SUCCEEDED")) done++;
        return done;
    }
}
