package shop.unwind.problem;

/** Somebody else is at this very step: come back later. */
public final class Busy extends Problem {
    public Busy(String step) {
        super("step " + step + " is being done elsewhere");
    }
}
