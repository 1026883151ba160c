package shop.unwind.local.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A function in a JVM of its own, under Lambda's runtime interface client. */
final class FunctionProcess implements AutoCloseable {
    /** Where there is no snapshot Lambda does without the second compiler. */
    private static final String QUICK = "-XX:TieredStopAtLevel=1";

    private final RuntimeApi api;
    private final Process process;
    private final long began;

    /** How a function's JVM is started. */
    enum Mode {
        /** As Lambda does without SnapStart: the function's classes lie in the folder. */
        PLAIN,
        /** The same, with every class on the class path; writes an AOT cache when it ends. */
        TRAINING,
        /** With that cache. */
        CACHED,
        /** As Lambda does for a snapshot: primes itself, then waits to be restored. */
        SNAPSHOT
    }

    private FunctionProcess(RuntimeApi api, ProcessBuilder builder) throws IOException {
        this.api = api;
        this.began = System.nanoTime();
        this.process = builder.start();
    }

    /**
     * Starts the function.
     *
     * @param environment beside what Lambda's runtime sets itself
     */
    static FunctionProcess start(
            RuntimeClient client, Image image, Mode mode, Map<String, String> environment, Path log)
            throws IOException {
        var api = RuntimeApi.start();
        var builder = new ProcessBuilder(command(client, image, mode));
        builder.directory(image.task().toFile()).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
        builder.environment().put("AWS_LAMBDA_FUNCTION_NAME", "bench");
        builder.environment().put("AWS_LAMBDA_FUNCTION_VERSION", "1");
        builder.environment().put("AWS_LAMBDA_LOG_FORMAT", "JSON");
        if (mode == Mode.SNAPSHOT)
            builder.environment().put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        return new FunctionProcess(api, builder);
    }

    /** From the start of the JVM to the answer to this event, its first. */
    Duration firstAnswer(String event) throws InterruptedException {
        api.send(event);
        return Duration.ofNanos(checked(api.await()).nanos() - began);
    }

    /** From its restoration to the answer to this event, its first. */
    Duration restoredAnswer(String event) throws InterruptedException {
        api.awaitPrimed();
        api.send(event);
        var restored = System.nanoTime();
        api.restore();
        return Duration.ofNanos(checked(api.await()).nanos() - restored);
    }

    /** From the sending of this event to its answer. */
    Duration answer(String event) throws InterruptedException {
        var sent = System.nanoTime();
        api.send(event);
        return Duration.ofNanos(checked(api.await()).nanos() - sent);
    }

    /** Lets it end in order, which is when an AOT cache is written. */
    void end(Duration patience) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS))
            throw new IllegalStateException("the JVM did not end within " + patience);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        api.close();
    }

    /** An answer that says the function could not do its work would be quick for nothing. */
    private static RuntimeApi.Answer checked(RuntimeApi.Answer answer) {
        var status = Events.parse(answer.body());
        var failed = status.path("batchItemFailures").size() > 0;
        if (failed || status.path("statusCode").asInt(200) / 100 != 2)
            throw new IllegalStateException("answered " + answer.body());
        return answer;
    }

    private static List<String> command(RuntimeClient client, Image image, Mode mode)
            throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xlog:disable");
        command.addAll(client.settings());
        command.addAll(
                switch (mode) {
                    case PLAIN -> List.of(QUICK, "-cp", client.classPath());
                    case TRAINING -> cached(client, image, "-XX:AOTCacheOutput=");
                    case CACHED -> cached(client, image, "-XX:AOTCache=");
                    case SNAPSHOT -> List.of("-cp", client.classPath());
                });
        command.addAll(List.of(RuntimeClient.MAIN, image.handler()));
        return command;
    }

    private static List<String> cached(RuntimeClient client, Image image, String option)
            throws IOException {
        var classPath = client.classPath() + File.pathSeparator + image.classPath();
        return List.of(QUICK, option + image.cache(), "-cp", classPath);
    }
}
