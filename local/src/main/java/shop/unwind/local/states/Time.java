package shop.unwind.local.states;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What time it is, and waiting for a later one. */
public interface Time extends InstantSource {
    /** Looks at the clock again at least this often, since a machine may sleep. */
    Duration LONGEST_SLEEP = Duration.ofMinutes(1);

    /** Waits until the signal completes or the instant comes; whether the signal completed. */
    boolean await(CompletableFuture<?> signal, Instant until);

    /** The same, where nothing but an abort can complete the signal: a Wait or a back-off. */
    default boolean pause(CompletableFuture<?> abort, Instant until) {
        return await(abort, until);
    }

    /** The time of this machine. */
    static Time system() {
        var clock = Clock.systemUTC();
        return new Time() {
            @Override
            public Instant instant() {
                return clock.instant();
            }

            @Override
            public boolean await(CompletableFuture<?> signal, Instant until) {
                while (!signal.isDone()) {
                    var rest = Duration.between(instant(), until);
                    if (rest.isNegative() || rest.isZero()) return false;
                    sleep(signal, rest.compareTo(LONGEST_SLEEP) < 0 ? rest : LONGEST_SLEEP);
                }
                return true;
            }
        };
    }

    private static void sleep(CompletableFuture<?> signal, Duration duration) {
        try {
            signal.get(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            return;
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException("a wait was broken off", failure);
        }
    }
}
