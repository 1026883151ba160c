package shop.unwind.problem;

/** Held by the money breaker until a person says "go on". Nothing was sent. */
public final class Paused extends Problem {
    public Paused(String why) {
        super("automatic refunds are paused: " + why);
    }
}
