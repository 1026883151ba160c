package shop.unwind.local.states;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Time that leaps over every Wait and back-off, and otherwise stands until a test moves it. */
final class TestTime implements Time {
    private static final long POLL_NANOS = 500_000;

    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private Instant now = Lab.START;

    @Override
    public synchronized Instant instant() {
        return now;
    }

    synchronized void advance(Duration duration) {
        now = now.plus(duration);
    }

    private synchronized void leap(Instant until) {
        pauses.add(Duration.between(now, until));
        if (until.isAfter(now)) now = until;
    }

    /** How long each Wait and back-off was to take. */
    List<Duration> pauses() {
        return pauses;
    }

    /** How many threads wait now. */
    int waiting() {
        return waiting.get();
    }

    @Override
    public boolean pause(CompletableFuture<?> abort, Instant until) {
        leap(until);
        return abort.isDone();
    }

    @Override
    public boolean await(CompletableFuture<?> signal, Instant until) {
        waiting.incrementAndGet();
        try {
            while (!signal.isDone() && instant().isBefore(until)) LockSupport.parkNanos(POLL_NANOS);
            return signal.isDone();
        } finally {
            waiting.decrementAndGet();
        }
    }
}
