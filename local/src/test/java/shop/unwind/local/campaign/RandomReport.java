package shop.unwind.local.campaign;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what came of random sequences, and says so as they are played. */
final class RandomReport {
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final long began = System.nanoTime();
    private final Map<String, Integer> ends = new TreeMap<>();
    private final Map<String, Map<String, Integer>> byShop = new TreeMap<>();
    private final Map<String, Integer> reasons = new TreeMap<>();
    private int sequences;
    private int steps;
    private int refunded;
    private boolean wrong;

    /** Counts these; once something is wrong, what follows is only jqwik's search for less. */
    void add(List<Played> played) {
        if (wrong) return;
        wrong = played.stream().anyMatch(Played::isWrong);
        for (var each : played) {
            sequences++;
            steps += each.trial().sequence().steps().size();
            if (each.isRefunded()) refunded++;
            ends.merge(each.end(), 1, Integer::sum);
            byShop.computeIfAbsent(each.trial().storefront(), _ -> new TreeMap<>())
                    .merge(each.end(), 1, Integer::sum);
            each.reason().ifPresent(why -> reasons.merge(why, 1, Integer::sum));
        }
        played.stream().filter(Played::isWrong).forEach(each -> out.println("WRONG: " + each));
        out.println(this);
    }

    /** Says why staff were called. */
    void printReasons() {
        reasons.forEach((why, count) -> out.println("  %3d × %s".formatted(count, why)));
    }

    @Override
    public String toString() {
        var seconds = (System.nanoTime() - began) / 1_000_000_000;
        return "%d sequences, %d steps, %d with a refund by us, %s, %d s; %s"
                .formatted(sequences, steps, refunded, ends, seconds, byShop);
    }
}
