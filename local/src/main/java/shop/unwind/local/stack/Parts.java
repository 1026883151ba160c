package shop.unwind.local.stack;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;

/** What has been started so far, closed in the opposite order. */
final class Parts implements AutoCloseable {
    private final ConcurrentLinkedDeque<AutoCloseable> started = new ConcurrentLinkedDeque<>();
    private final ConcurrentLinkedDeque<CompletableFuture<?>> begun = new ConcurrentLinkedDeque<>();

    <T extends AutoCloseable> T add(T part) {
        started.push(part);
        return part;
    }

    /** Starts a part on a thread of its own. */
    <T extends AutoCloseable> CompletableFuture<T> begin(Supplier<T> part) {
        var later =
                CompletableFuture.supplyAsync(
                        () -> add(part.get()), task -> Thread.ofPlatform().daemon().start(task));
        begun.push(later);
        return later;
    }

    static <T> T await(CompletableFuture<T> part) {
        try {
            return part.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    @Override
    public void close() {
        for (var part : begun) part.exceptionally(_ -> null).join();
        for (var part : started) close(part);
        started.clear();
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception failure) {
            throw new IllegalStateException("cannot close " + part, failure);
        }
    }
}
