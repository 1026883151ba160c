package shop.unwind.local.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A function in a JVM of its own, under Lambda's runtime interface client. */
final class FunctionProcess implements AutoCloseable {
    private static final String CLIENT =
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    /** As Lambda starts its JVM; without the second line no hook of a function is called. */
    private static final List<String> SETTINGS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                    "-Djava.net.preferIPv4Stack=true",
                    "-Xmx870m",
                    "-Xlog:disable",
                    "--enable-native-access=ALL-UNNAMED");

    /** Lambda's own class path: the client and what it stands on. */
    private static final String RUNTIME =
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                    .filter(FunctionProcess::isOfRuntime)
                    .collect(Collectors.joining(File.pathSeparator));

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
    static FunctionProcess start(Image image, Mode mode, Map<String, String> environment, Path log)
            throws IOException {
        var api = RuntimeApi.start();
        var builder = new ProcessBuilder(command(image, mode));
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
        process.destroyForcibly();
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

    private static List<String> command(Image image, Mode mode) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SETTINGS);
        command.addAll(
                switch (mode) {
                    case PLAIN -> List.of("-XX:TieredStopAtLevel=1", "-cp", RUNTIME);
                    case TRAINING -> cached(image, "-XX:AOTCacheOutput=");
                    case CACHED -> cached(image, "-XX:AOTCache=");
                    case SNAPSHOT -> List.of("-cp", RUNTIME);
                });
        command.addAll(List.of(CLIENT, image.handler()));
        return command;
    }

    private static List<String> cached(Image image, String option) throws IOException {
        var classPath = RUNTIME + File.pathSeparator + image.classPath();
        return List.of(
                "-XX:TieredStopAtLevel=1", option + image.cache(), "-cp", classPath);
    }

    private static boolean isOfRuntime(String entry) {
        var name = String.valueOf(Path.of(entry).getFileName());
        return name.startsWith("aws-lambda-java-runtime-interface-client-")
                || name.startsWith("aws-lambda-java-core-")
                || name.startsWith("aws-lambda-java-serialization-")
                || name.startsWith("utils-lite-");
    }
}
