package shop.unwind.local.campaign;

import java.util.List;

/**
 * What came of one sequence.
 *
 * @param refunded whether any money went back by us
 */
record Played(Trial trial, Judgement.End end, String reason, boolean refunded, List<Broken> broken) {
    Played {
        broken = List.copyOf(broken);
    }

    boolean isWrong() {
        return !broken.isEmpty();
    }

    @Override
    public String toString() {
        return "order %s: %s%n%s%n%s".formatted(trial.text(), end, broken, trial.sequence());
    }
}
