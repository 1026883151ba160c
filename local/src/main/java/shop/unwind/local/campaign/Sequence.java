package shop.unwind.local.campaign;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An order and what befalls it, one thing after the other. */
public record Sequence(Basket basket, List<Step> steps) {

    /**
     * One thing that happens.
     *
     * @param pace when
     */
    public record Step(Act act, Pace pace) {
        @Override
        public String toString() {
            return act + " " + pace;
        }
    }

    /** When something happens, seen from what was before it. */
    public enum Pace {
        /** Once the order's case goes on no more, or waits for staff. */
        AT_REST("once all is at rest"),
        AT_ONCE("at once"),
        SOON("a moment later");

        private final String words;

        Pace(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    public Sequence {
        steps = List.copyOf(steps);
    }

    @Override
    public String toString() {
        var told =
                IntStream.range(0, steps.size())
                        .mapToObj(at -> "  %d. %s".formatted(at + 1, steps.get(at)))
                        .collect(Collectors.joining("\n"));
        return "\n" + basket + "\n" + told;
    }
}
