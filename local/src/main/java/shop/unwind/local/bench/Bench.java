package shop.unwind.local.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.local.command.Machine;
import shop.unwind.local.command.Options;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Measures the budgets, one after the other, and prints them as one table. */
public final class Bench {
    private static final Duration NONE = Duration.ZERO;
    private static final Duration DELAY = Duration.ofMillis(20);

    /** Until the compiler has little left to do. */
    private static final int WARM_UP = 500;

    private final Options options;
    private final PrintStream out;
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    public Bench(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Prints the table; false when something could not be measured. */
    public boolean measured() {
        measure("ready time and memory", () -> Readiness.measure(options));
        var endings = new Endings();
        try (var machine = Machine.start(setup(endings))) {
            var log = options.project().resolve("local/target/functions.log");
            measure("cases", () -> cases(new Load(machine, endings, log)));
            measure("archives", () -> ArchiveSizes.of(machine.stack().template()));
            measure("cold starts", () -> ColdStart.measure(machine, options.project()));
        }
        out.println();
        Table.print(figures, out);
        missing.forEach(what -> out.println("NOT MEASURED: " + what));
        return missing.isEmpty();
    }

    private static List<Figure> cases(Load load) throws Exception {
        load.run(WARM_UP, 4, NONE);
        load.run(10, 1, NONE);
        var one = load.run(30, 1, NONE);
        var many = load.run(50, 20, NONE);
        var delayedOne = load.run(20, 1, DELAY);
        var delayedMany = load.run(50, 20, DELAY);
        var figures = new ArrayList<Figure>();
        for (var run : List.of(one, many, delayedOne, delayedMany)) figures.add(Throughput.of(run));
        figures.add(CriticalPath.warmCase(one));
        figures.addAll(CriticalPath.chains(delayedOne));
        figures.add(CaseCost.of(delayedOne));
        return figures;
    }

    private void measure(String what, Callable<List<Figure>> measurement) {
        var began = System.nanoTime();
        try {
            figures.addAll(measurement.call());
        } catch (Exception failure) {
            missing.add(what + ": " + failure);
        }
        var took = Duration.ofNanos(System.nanoTime() - began);
        out.printf("measured %s in %d s%n", what, took.toSeconds());
    }

    private Machine.Setup setup(Endings endings) {
        return new Machine.Setup(
                options.project(),
                options.port(),
                options.sandboxPort(),
                Optional.empty(),
                NONE,
                false,
                Machine.read(options.store()),
                unpaused(Machine.read(options.policy())),
                endings);
    }

    /** The policy with a money breaker that lets every refund of the measurements pass. */
    private static String unpaused(String policy) {
        var document = (ObjectNode) Events.parse(policy);
        var breaker = document.withObject("breaker");
        for (var window : List.of("perHour", "perDay"))
            breaker.withObject(window).put("refunds", Integer.MAX_VALUE).putObject("sums");
        return document.toString();
    }
}
