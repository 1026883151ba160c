package shop.unwind.local.campaign;

import shop.unwind.local.states.Time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * This machine's time in which waits and back-offs are over sooner, and the longest within seconds;
 * time-outs keep their length.
 *
 * @param times how many times sooner
 */
public record Hurried(Time time, int times) implements Time {
    private static final Duration LONGEST = Duration.ofSeconds(3);

    @Override
    public Instant instant() {
        return time.instant();
    }

    @Override
    public boolean await(CompletableFuture<?> signal, Instant until) {
        return time.await(signal, until);
    }

    @Override
    public boolean pause(CompletableFuture<?> abort, Instant until) {
        var now = instant();
        var hurried = Duration.between(now, until).dividedBy(times);
        return await(abort, now.plus(hurried.compareTo(LONGEST) < 0 ? hurried : LONGEST));
    }
}
