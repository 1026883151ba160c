package shop.unwind.problem;

import java.util.function.Supplier;

/** Sent, but no clear answer came: look whether it happened before acting again. */
public final class Unsure extends Problem {
    public Unsure(String lastKnown) {
        super(lastKnown);
    }

    /**
     * Looks at what something has come to that was sent: a question that nobody answers, harmless
     * by itself, leaves it open then.
     *
     * @param sent what was sent, in words
     */
    public static <T> T unlessSeen(String sent, Supplier<T> look) {
        try {
            return look.get();
        } catch (Unreachable | Throttled silent) {
            throw new Unsure(sent + ", then: " + silent.getMessage());
        }
    }
}
