package shop.unwind.problem;

/** Why a step was not done. The workflow branches on the kind, never on the words. */
public abstract sealed class Problem extends RuntimeException
        permits Throttled,
                Unreachable,
                Unsure,
                Busy,
                Paused,
                Changed,
                Refused,
                NotFound,
                Misconfigured {
    Problem(String message) {
        super(message);
    }
}
