package shop.unwind.problem;

/** Nothing was sent, or only a question that changes nothing: safe to send again. */
public final class Unreachable extends Problem {
    public Unreachable(String words) {
        super(words);
    }
}
