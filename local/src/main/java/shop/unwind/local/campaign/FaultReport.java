package shop.unwind.local.campaign;

import shop.unwind.local.campaign.Judgement.End;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What came of the attacks of one campaign. */
public final class FaultReport {
    private static final int OPERATION_WIDTH = 36;
    private static final int KIND_WIDTH = 19;

    /** What came of one attack. */
    record Row(Cell cell, boolean struck, Judgement judgement) {

        /** An attack that met nothing proves nothing; not every answer bears a status. */
        boolean isIdle() {
            return !struck && cell.kind() == Kind.UNKNOWN_STATUS;
        }

        boolean isWrong() {
            return judgement.isWrong() || (!struck && !isIdle());
        }

        String word() {
            if (isIdle()) return "-";
            if (!struck) return "MISSED";
            if (judgement.isWrong())
                return judgement.broken().stream()
                        .map(Broken::rule)
                        .distinct()
                        .collect(Collectors.joining("+", "WRONG ", ""));
            return judgement.end() == End.DONE ? "done" : "attn";
        }
    }

    private final List<Row> rows;

    FaultReport(List<Row> rows) {
        this.rows = rows.stream().filter(row -> !row.isIdle()).toList();
    }

    List<Row> rows() {
        return rows;
    }

    /** Every attack after which a rule was broken, with the rules. */
    public List<String> wrong() {
        return rows.stream().filter(Row::isWrong).map(FaultReport::told).toList();
    }

    private static String told(Row row) {
        var cell = row.cell();
        var times = cell.times() == Cell.ALL ? "all" : "first " + cell.times();
        return "%s, %s, %s calls, order %s: %s %s"
                .formatted(
                        cell.target().name(),
                        cell.kind().word(),
                        times,
                        row.judgement().plot().text(),
                        row.word(),
                        row.judgement().broken());
    }

    /** Prints the matrix and the counts; true when no rule was broken. */
    public boolean print(PrintStream out) {
        out.println("What comes of each fault: of the first call, of the first two, of all calls.");
        out.println("done; attn: NEEDS ATTENTION with its reason; WRONG: the rule that was broken");
        line(out, "", Stream.of(Kind.values()).map(Kind::word));
        for (var operation : operations())
            line(out, operation, Stream.of(Kind.values()).map(kind -> words(operation, kind)));
        out.println();
        reasons(out);
        wrong().forEach(words -> out.println("WRONG: " + words));
        out.println(counts());
        return wrong().isEmpty();
    }

    private static void line(PrintStream out, String name, Stream<String> cells) {
        out.println(
                cells.map(cell -> pad(cell, KIND_WIDTH))
                        .collect(Collectors.joining(" ", pad(name, OPERATION_WIDTH), ""))
                        .stripTrailing());
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    private List<String> operations() {
        return rows.stream().map(row -> row.cell().target().name()).distinct().toList();
    }

    /** One word where all three attacks ended alike. */
    private String words(String operation, Kind kind) {
        var words =
                rows.stream()
                        .filter(row -> row.cell().target().name().equals(operation))
                        .filter(row -> row.cell().kind() == kind)
                        .sorted(Comparator.comparing(row -> row.cell().times()))
                        .map(Row::word)
                        .toList();
        if (words.isEmpty()) return "-";
        var alike = words.stream().distinct().count() == 1;
        return alike ? words.getFirst() : String.join(" ", words);
    }

    /** Why staff were called, each reason with how often. */
    private void reasons(PrintStream out) {
        var reasons =
                rows.stream()
                        .map(Row::judgement)
                        .filter(each -> each.end() == End.ATTENTION)
                        .collect(
                                Collectors.groupingBy(
                                        each -> each.reason().replace(each.plot().text(), "N"),
                                        TreeMap::new,
                                        Collectors.counting()));
        reasons.forEach((reason, count) -> out.println("  %3d × %s".formatted(count, reason)));
    }

    private String counts() {
        return ("cases %d, done %d, attention %d; double refunds %d, over-refunds %d, lost requests"
                        + " %d, wrong stock %d, false words %d, mails twice %d")
                .formatted(
                        rows.size(),
                        count(row -> row.judgement().end() == End.DONE),
                        count(row -> row.judgement().end() == End.ATTENTION),
                        count(row -> row.judgement().breaks("R2")),
                        count(row -> row.judgement().breaks("R1")),
                        count(row -> row.judgement().breaks("R4")),
                        count(row -> row.judgement().breaks("R6")),
                        count(row -> row.judgement().breaks("R7")),
                        count(row -> row.judgement().repeated() > 0));
    }

    private long count(Predicate<Row> which) {
        return rows.stream().filter(which).count();
    }
}
