package shop.unwind.function;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** What does not hang on each other's answer, asked side by side. Closing it waits for all. */
public final class Together implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Asks.
     *
     * @return the answer, or the exception instead of it; there once this is closed
     */
    public <T> Supplier<T> ask(Supplier<T> question) {
        var asked = threads.submit(question::get);
        return () -> answer(asked);
    }

    @Override
    public void close() {
        threads.close();
    }

    private static <T> T answer(Future<T> asked) {
        if (asked.state() == Future.State.SUCCESS) return asked.resultNow();
        if (asked.exceptionNow() instanceof RuntimeException known) throw known;
        throw new IllegalStateException(asked.exceptionNow());
    }
}
