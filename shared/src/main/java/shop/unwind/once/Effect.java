package shop.unwind.once;

import shop.unwind.domain.Outcome;

import java.time.Duration;

/** Something done at a platform that must not be done twice. */
public interface Effect {

    /**
     * Does it.
     *
     * @throws shop.unwind.problem.Problem by kind; {@code Unsure} makes the next attempt look first
     */
    Outcome act(Attempt attempt);

    /** Looks whether an earlier attempt took effect although its answer was lost. */
    Found find(Attempt attempt);

    /**
     * How long after it was sent it may still arrive although it is not found: where the platform
     * has no key that makes a repeat harmless. Before that it is not sent again.
     */
    default Duration settles() {
        return Duration.ZERO;
    }
}
