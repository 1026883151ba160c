package shop.unwind.problem;

import java.time.Duration;

/** The platform said "later". Nothing happened there. */
public final class Throttled extends Problem {
    private final Duration pause;

    public Throttled(Duration pause) {
        super("asked to come back in " + pause.toSeconds() + " s");
        this.pause = pause;
    }

    /** How long it asked us to wait. */
    public Duration pause() {
        return pause;
    }
}
