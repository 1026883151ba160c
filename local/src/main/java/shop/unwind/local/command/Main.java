package shop.unwind.local.command;

import shop.unwind.local.bench.Bench;
import shop.unwind.local.campaign.Attacks;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * The commands: {@code run}, {@code demo}, {@code crash}, {@code faults}, {@code bench}, {@code
 * documents}.
 */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var options = Options.of(List.of(arguments));
        var command = arguments.length == 0 ? "run" : arguments[0];
        switch (command) {
            case "run" -> run(options, out);
            case "demo" -> System.exit(demo(options, out) ? 0 : 1);
            case "crash" -> System.exit(new Crash(options, out).survived() ? 0 : 1);
            case "faults" -> System.exit(Attacks.full(options.project(), out) ? 0 : 1);
            case "bench" -> System.exit(new Bench(options, out).measured() ? 0 : 1);
            case "documents" -> System.exit(documents(arguments, out) ? 0 : 1);
            default ->
                    throw new IllegalArgumentException(
                            "run, demo, crash, faults, bench or documents was expected, not "
                                    + command);
        }
    }

    private static boolean documents(String[] arguments, PrintStream out) {
        return new DocumentsCommand(List.of(arguments).subList(1, arguments.length), out).run();
    }

    private static void run(Options options, PrintStream out) throws InterruptedException {
        var began = System.nanoTime();
        var machine = Machine.start(setup(options, out));
        Runtime.getRuntime().addShutdownHook(new Thread(machine::close));
        if (machine.isNew()) new Demo(machine, options.project().resolve("events")).seed();
        out.println();
        out.println("  Unwind runs on this machine.");
        out.println("  Front door     " + machine.url() + "   (API, webhooks and AWS services)");
        out.println("  Platforms      " + machine.sandboxUrl() + "   (sandbox; books at /_stats)");
        out.println(
                "  AWS CLI        aws --endpoint-url "
                        + machine.url()
                        + " stepfunctions list-state-machines");
        out.println(
                "  Data           "
                        + options.data()
                                .map(Object::toString)
                                .orElse("in memory; --data FOLDER keeps it"));
        out.printf("  Ready after %.1f s. Ctrl-C ends it.%n%n", seconds(began));
        Thread.currentThread().join();
    }

    private static boolean demo(Options options, PrintStream out) throws Exception {
        var policy = Demo.impatient(Machine.read(options.policy()));
        var setup = setup(options, out).under(policy, Conditions.usual());
        try (var machine = Machine.start(setup)) {
            var rows = new Demo(machine, options.project().resolve("events")).run();
            out.println();
            return Demo.print(rows, out);
        }
    }

    private static Machine.Setup setup(Options options, PrintStream out) {
        return new Machine.Setup(
                options.project(),
                options.port(),
                options.sandboxPort(),
                options.data(),
                Duration.ZERO,
                false,
                Machine.read(options.store()),
                Machine.read(options.policy()),
                new Narrator(out, options.colour()));
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
