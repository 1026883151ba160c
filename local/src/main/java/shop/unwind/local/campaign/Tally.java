package shop.unwind.local.campaign;

import shop.unwind.local.campaign.Judgement.End;

import java.io.PrintStream;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Many results together. */
record Tally(List<Result> results) {
    /** Hashes of letters and moments. */
    private static final Pattern ONE_CASES_OWN =
            Pattern.compile("(?<=-)[0-9a-f]{12}\\b|(?<=oldest=)\\d+");

    Tally {
        results = List.copyOf(results);
    }

    /** Every result after which a rule was broken. */
    List<String> wrong() {
        return results.stream().filter(Result::isWrong).map(Result::toString).toList();
    }

    long done() {
        return count(result -> result.judgement().end() == End.DONE);
    }

    /** Prints why staff were called, what is wrong, and the counts; true when nothing is wrong. */
    boolean print(PrintStream out) {
        reasons(out);
        wrong().forEach(words -> out.println("WRONG: " + words));
        out.println(this);
        out.println();
        return wrong().isEmpty();
    }

    private void reasons(PrintStream out) {
        var reasons =
                results.stream()
                        .map(Result::judgement)
                        .filter(each -> each.end() == End.ATTENTION)
                        .collect(
                                Collectors.groupingBy(
                                        Tally::general, TreeMap::new, Collectors.counting()));
        reasons.forEach((reason, count) -> out.println("  %3d × %s".formatted(count, reason)));
    }

    /** Without what is different in each case. */
    private static String general(Judgement judgement) {
        return ONE_CASES_OWN
                .matcher(judgement.reason().replace(judgement.plot().text(), "N"))
                .replaceAll("…");
    }

    @Override
    public String toString() {
        return ("cases %d, done %d, attention %d, in DLQ %d; double refunds %d, over-refunds %d,"
                    + " lost requests %d, wrong stock %d, false or double words %d, said again %d")
                .formatted(
                        results.size(),
                        done(),
                        count(result -> result.judgement().end() == End.ATTENTION),
                        count(result -> result.judgement().end() == End.PARKED),
                        count(result -> result.judgement().breaks("R2")),
                        count(result -> result.judgement().breaks("R1")),
                        count(result -> result.judgement().breaks("R4")),
                        count(result -> result.judgement().breaks("R6")),
                        count(result -> result.judgement().breaks("R7")),
                        count(result -> result.judgement().repeated() > 0));
    }

    private long count(Predicate<Result> which) {
        return results.stream().filter(which).count();
    }
}
