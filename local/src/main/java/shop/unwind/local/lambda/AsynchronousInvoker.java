package shop.unwind.local.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;

import shop.unwind.local.template.Arns;

import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;

/**
 * Invokes functions without waiting. What throws is tried again twice (or as the template says),
 * after one pause and then two; in the end the function's failure queue is told. An invocation that
 * waits is lost when the process is killed, unlike in Lambda.
 */
public final class AsynchronousInvoker implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Lambda lambda;
    private final BiConsumer<String, String> send;
    private final Duration pause;
    private final InstantSource clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * An invoker of these functions.
     *
     * @param send takes a queue's ARN and a message body
     * @param pause before the first retry, a minute in Lambda
     */
    public AsynchronousInvoker(
            Lambda lambda, BiConsumer<String, String> send, Duration pause, InstantSource clock) {
        this.lambda = lambda;
        this.send = send;
        this.pause = pause;
        this.clock = clock;
    }

    public void invoke(String function, String payload) {
        threads.execute(() -> attempt(function, payload));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void attempt(String function, String payload) {
        var rules = lambda.function(function).asynchronous();
        for (var attempt = 1; ; attempt++) {
            if (!(lambda.invoke(function, payload) instanceof Invocation.Failed failed)) return;
            if (attempt > rules.retries()) {
                var count = attempt;
                rules.onFailure()
                        .ifPresent(
                                queue ->
                                        send.accept(
                                                queue, record(function, payload, failed, count)));
                return;
            }
            if (!pause(attempt)) return;
        }
    }

    private boolean pause(int attempt) {
        try {
            Thread.sleep(pause.multipliedBy(attempt));
            return true;
        } catch (InterruptedException _) {
            return false;
        }
    }

    private String record(String function, String payload, Invocation.Failed failed, int count) {
        var record = JSON.createObjectNode().put("version", "1.0");
        record.put("timestamp", clock.instant().toString());
        record.putObject("requestContext")
                .put("requestId", UUID.randomUUID().toString())
                .put("functionArn", Arns.of("lambda", "function:" + Arns.functionName(function)))
                .put("condition", "RetriesExhausted")
                .put("approximateInvokeCount", count);
        record.set("requestPayload", json(payload));
        record.putObject("responseContext")
                .put("statusCode", 200)
                .put("executedVersion", "1")
                .put("functionError", "Unhandled");
        record.set("responsePayload", json(failed.payload()));
        return record.toString();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException _) {
            return TextNode.valueOf(text);
        }
    }
}
