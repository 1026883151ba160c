package shop.unwind.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command {@code run} in a process of its own, with this process's own JVM settings. */
public final class LocalRun implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Options options;
    private final Web web;
    private final Process process;
    private final Duration start;

    private LocalRun(Options options, Web web, List<String> arguments, Path log)
            throws IOException, InterruptedException {
        this.options = options;
        this.web = web;
        var began = System.nanoTime();
        this.process =
                new ProcessBuilder(command(options, arguments))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        while (!isUp()) {
            this.require(began, log);
            TimeUnit.MILLISECONDS.sleep(20);
        }
        this.start = Duration.ofNanos(System.nanoTime() - began);
    }

    /**
     * Starts it and waits until it answers.
     *
     * @param arguments beside the ports, such as {@code --data FOLDER}
     * @param log where its output goes
     */
    public static LocalRun start(Options options, Web web, List<String> arguments, Path log)
            throws IOException, InterruptedException {
        return new LocalRun(options, web, arguments, log);
    }

    /** From the start of the JVM to the first answer. */
    public Duration start() {
        return start;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The latest executions of cases, at most a thousand. */
    public JsonNode executions() {
        var arn = "arn:aws:states:us-east-1:000000000000:stateMachine:unwind-case";
        var request = JSON.createObjectNode().put("stateMachineArn", arn).put("maxResults", 1000);
        return web.aws(options.frontUrl(), "AWSStepFunctions.ListExecutions", request)
                .path("executions");
    }

    /** Kills it, kill -9. */
    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void require(long began, Path log) {
        if (process.isAlive() && System.nanoTime() - began < PATIENCE.toNanos()) return;
        close();
        throw new IllegalStateException("the local run did not start, see " + log);
    }

    private boolean isUp() {
        try {
            web.get(options.sandboxUrl() + "/_stats");
            executions();
            return true;
        } catch (UncheckedIOException | IllegalStateException notYet) {
            return false;
        }
    }

    private static List<String> command(Options options, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Main.class.getName(), "run"));
        command.addAll(List.of("--port", Integer.toString(options.port())));
        command.addAll(List.of("--sandbox-port", Integer.toString(options.sandboxPort())));
        command.addAll(arguments);
        return command;
    }
}
