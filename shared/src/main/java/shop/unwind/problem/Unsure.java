package shop.unwind.problem;

/** Sent, but no clear answer came: look whether it happened before acting again. */
public final class Unsure extends Problem {
    public Unsure(String lastKnown) {
        super(lastKnown);
    }
}
