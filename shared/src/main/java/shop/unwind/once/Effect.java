package shop.unwind.once;

import shop.unwind.domain.Outcome;

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
}
