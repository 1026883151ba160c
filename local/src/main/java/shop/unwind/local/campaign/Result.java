package shop.unwind.local.campaign;

import java.util.stream.Collectors;

/**
 * What came of one attack.
 *
 * @param attack in plain words
 * @param struck whether it met anything: an attack that did not proves nothing
 */
record Result(String attack, boolean struck, Judgement judgement) {

    boolean isWrong() {
        return judgement.isWrong() || !struck;
    }

    /** {@code done}, {@code attn}, or what is wrong. */
    String word() {
        if (!struck) return "MISSED";
        if (judgement.isWrong()) return "WRONG " + rules();
        return switch (judgement.end()) {
            case DONE -> "done";
            case ATTENTION -> "attn";
            case PARKED -> "dlq";
            case LOST -> "lost";
        };
    }

    @Override
    public String toString() {
        var order = judgement.plot().text();
        return "%s, order %s: %s %s".formatted(attack, order, word(), judgement.broken());
    }

    private String rules() {
        return judgement.broken().stream()
                .map(Broken::rule)
                .distinct()
                .collect(Collectors.joining("+"));
    }
}
