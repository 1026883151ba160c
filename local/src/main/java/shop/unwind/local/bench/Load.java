package shop.unwind.local.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import shop.unwind.local.command.Machine;
import shop.unwind.local.command.PaidOrders;
import shop.unwind.local.command.Web;
import shop.unwind.local.lambda.FunctionUse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Customers who cancel plain orders at a machine, and wait for it. */
final class Load {
    private static final Duration CALM = Duration.ofMillis(500);

    private final Machine machine;
    private final Endings endings;
    private final Path log;
    private final Web web = new Web();
    private final PaidOrders orders;
    private int next = 10_000;

    /**
     * Customers of this machine.
     *
     * @param endings the machine's listener
     * @param log where its functions log to
     */
    Load(Machine machine, Endings endings, Path log) {
        this.machine = machine;
        this.endings = endings;
        this.log = log;
        this.orders = new PaidOrders(web, machine.url(), machine.sandboxUrl());
    }

    /** Takes back this many orders; each has a number of its own. */
    Run run(int cases, int atOnce, Duration delay) throws Exception {
        var numbers = placed(cases);
        delay(delay);
        var before = usage();
        var times = takeBack(numbers, atOnce);
        awaitCalm();
        var after = usage();
        var calls = PlatformCall.read(web.get(machine.sandboxUrl() + "/_calls"));
        return new Run(atOnce, delay, times, calls, after.minus(before));
    }

    private List<Integer> placed(int count) {
        var numbers = IntStream.range(next, next + count).boxed().toList();
        orders.place(next, count);
        next += count;
        return numbers;
    }

    private void delay(Duration each) {
        var body = JsonNodeFactory.instance.objectNode().put("millis", each.toMillis());
        web.put(machine.sandboxUrl() + "/_delay", body);
    }

    private List<CaseTimes> takeBack(List<Integer> numbers, int atOnce) throws Exception {
        try (var threads = Executors.newFixedThreadPool(atOnce)) {
            var asking = new ArrayList<Future<CaseTimes>>();
            for (var number : numbers) {
                Callable<CaseTimes> customer = () -> takeBack(number);
                asking.add(threads.submit(customer));
            }
            var times = new ArrayList<CaseTimes>();
            for (var one : asking) times.add(one.get());
            return times;
        }
    }

    private CaseTimes takeBack(int number) throws InterruptedException {
        var sent = Instant.now();
        orders.cancel(number);
        var accepted = Instant.now();
        return new CaseTimes(sent, accepted, endings.await(PaidOrders.caseId(number)));
    }

    /** The platforms' webhooks still come in when the last case has ended. */
    private void awaitCalm() throws InterruptedException {
        var before = -1L;
        for (var now = invocations(); now != before; now = invocations()) {
            before = now;
            TimeUnit.MILLISECONDS.sleep(CALM.toMillis());
        }
    }

    private long invocations() {
        return machine.stack().lambda().use().stream().mapToLong(FunctionUse::invocations).sum();
    }

    private Usage usage() throws IOException {
        return Usage.of(machine, endings.executions(), Files.size(log));
    }
}
