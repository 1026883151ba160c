package shop.unwind.local.campaign;

import shop.unwind.local.states.Time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * This machine's time in which waits and back-offs are over sooner; time-outs keep their length.
 *
 * @param times how many times sooner
 */
public record Hurried(Time time, int times) implements Time {

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
        return await(abort, now.plus(Duration.between(now, until).dividedBy(times)));
    }
}
