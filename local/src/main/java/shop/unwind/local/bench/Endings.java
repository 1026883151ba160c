package shop.unwind.local.bench;

import shop.unwind.local.states.Event;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/** Hears of every execution, and of its end. */
final class Endings implements BiConsumer<String, Event> {
    private static final int PATIENCE_SECONDS = 180;

    private final Set<String> started = ConcurrentHashMap.newKeySet();
    private final Map<String, CompletableFuture<Instant>> ended = new ConcurrentHashMap<>();

    @Override
    public void accept(String executionArn, Event event) {
        switch (event.type()) {
            case "ExecutionStarted" -> started.add(executionArn);
            case "ExecutionSucceeded" -> of(name(executionArn)).complete(Instant.now());
            case "ExecutionFailed", "ExecutionAborted", "ExecutionTimedOut" ->
                    of(name(executionArn))
                            .completeExceptionally(
                                    new IllegalStateException(
                                            executionArn + ": " + event.details()));
            default -> {}
        }
    }

    /** The ARNs of all executions so far: a case's own webhooks may start more than one. */
    Set<String> executions() {
        return Set.copyOf(started);
    }

    /**
     * Waits for the end of a case.
     *
     * @throws IllegalStateException it did not end well, or not within three minutes
     */
    Instant await(String name) throws InterruptedException {
        try {
            return of(name).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            throw new IllegalStateException(name + " was not taken back", failure);
        }
    }

    private CompletableFuture<Instant> of(String name) {
        return ended.computeIfAbsent(name, _ -> new CompletableFuture<>());
    }

    private static String name(String executionArn) {
        return executionArn.substring(executionArn.lastIndexOf(':') + 1);
    }
}
