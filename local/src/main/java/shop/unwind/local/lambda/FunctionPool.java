package shop.unwind.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import org.jspecify.annotations.Nullable;

import shop.unwind.local.template.Template;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** One function's execution environments: each serves one invocation at a time, more are made. */
final class FunctionPool implements AutoCloseable {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Template.Function function;
    private final FunctionCode code;
    private final RunLog log;
    private final ConcurrentLinkedDeque<RequestStreamHandler> idle = new ConcurrentLinkedDeque<>();

    private final AtomicReference<@Nullable String> first = new AtomicReference<>();
    private final LongAdder invocations = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder environments = new LongAdder();
    private final LongAdder billedMillis = new LongAdder();
    private final LongAccumulator longest = new LongAccumulator(Math::max, 0);

    FunctionPool(Template.Function function, FunctionCode code, RunLog log) {
        this.function = function;
        this.code = code;
        this.log = log;
    }

    Template.Function function() {
        return function;
    }

    FunctionUse use() {
        return new FunctionUse(
                function.name(),
                function.memoryMegabytes(),
                invocations.sum(),
                failures.sum(),
                environments.sum(),
                Duration.ofMillis(billedMillis.sum()),
                Duration.ofNanos(longest.get()));
    }

    Optional<String> firstPayload() {
        return Optional.ofNullable(first.get());
    }

    Invocation invoke(String payload) throws InterruptedException {
        invocations.increment();
        first.compareAndSet(null, payload);
        var context = new InvocationContext(function, log);
        try {
            return new Invocation.Answered(run(payload, context));
        } catch (ExecutionException failure) {
            return failed(context, Objects.requireNonNullElse(failure.getCause(), failure));
        } catch (TimeoutException _) {
            return timedOut(context);
        }
    }

    @Override
    public void close() {
        code.close();
    }

    private String run(String payload, InvocationContext context)
            throws InterruptedException, ExecutionException, TimeoutException {
        var task = new FutureTask<>(() -> serve(payload, context));
        Thread.ofVirtual().name(function.name()).start(task);
        try {
            return task.get(function.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            task.cancel(true);
        }
    }

    // An environment that threw is used again, as in Lambda; one that ran out of time is not.
    private String serve(String payload, InvocationContext context) throws Exception {
        Thread.currentThread().setContextClassLoader(code.loader());
        var handler = environment();
        var start = System.nanoTime();
        try {
            var in = new ByteArrayInputStream(payload.getBytes(StandardCharsets.UTF_8));
            var out = new ByteArrayOutputStream();
            handler.handleRequest(in, out, context);
            return out.toString(StandardCharsets.UTF_8);
        } finally {
            record(Duration.ofNanos(System.nanoTime() - start));
            if (context.getRemainingTimeInMillis() > 0) idle.push(handler);
        }
    }

    private RequestStreamHandler environment() throws Exception {
        var free = idle.poll();
        if (free != null) return free;
        environments.increment();
        try {
            return code.create();
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() instanceof Exception cause ? cause : thrown;
        }
    }

    private void record(Duration took) {
        billedMillis.add(took.plusNanos(999_999).toMillis());
        longest.accumulate(took.toNanos());
    }

    private Invocation failed(InvocationContext context, Throwable thrown) {
        var type = thrown.getClass().getName();
        var message = Objects.requireNonNullElse(thrown.getMessage(), type);
        return failed(context, type, message, thrown.getStackTrace());
    }

    private Invocation timedOut(InvocationContext context) {
        var message =
                "RequestId: %s Error: Task timed out after %d.00 seconds"
                        .formatted(context.getAwsRequestId(), function.timeout().toSeconds());
        return failed(context, "Sandbox.Timedout", message, new StackTraceElement[0]);
    }

    private Invocation failed(
            InvocationContext context, String type, String message, StackTraceElement[] stack) {
        failures.increment();
        log.write(function.name(), context.getAwsRequestId(), "ERROR", type + ": " + message);
        var error = JSON.objectNode().put("errorMessage", message).put("errorType", type);
        var trace = error.putArray("stackTrace");
        for (var element : stack) trace.add(element.toString());
        return new Invocation.Failed(type, message, error.toString());
    }
}
