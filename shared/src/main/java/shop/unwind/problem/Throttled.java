package shop.unwind.problem;

import java.time.Duration;

/** The platform said "later". Nothing happened there. */
public final class Throttled extends Problem {
    /**
     * Said in words only: the workflow comes back after minutes, whatever was asked for.
     *
     * @param pause how long it asked us to wait
     */
    public Throttled(Duration pause) {
        super("asked to come back in " + pause.toSeconds() + " s");
    }
}
