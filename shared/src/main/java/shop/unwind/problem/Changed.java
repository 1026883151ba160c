package shop.unwind.problem;

/** What the decision relied on is no longer so. Nothing was done: decide again. */
public final class Changed extends Problem {
    public Changed(String words) {
        super(words);
    }
}
