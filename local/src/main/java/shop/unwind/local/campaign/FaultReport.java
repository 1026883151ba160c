package shop.unwind.local.campaign;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What came of the attacks of one fault campaign. */
public final class FaultReport {
    private static final int OPERATION_WIDTH = 58;
    private static final int KIND_WIDTH = 18;

    private static final Comparator<Row> IN_ORDER =
            Comparator.comparingInt((Row row) -> row.cell().calls().spared())
                    .thenComparingInt(row -> row.cell().calls().struck());

    /** What came of one attack. */
    record Row(Cell cell, Result result) {

        boolean isIdle() {
            return !result.struck() && cell.mayMiss();
        }
    }

    private final List<Row> rows;

    private final List<Result> peaceful;

    /**
     * A campaign's results.
     *
     * @param peaceful of the roads that were walked without an attack
     */
    FaultReport(List<Row> rows, List<Result> peaceful) {
        this.rows = rows.stream().filter(row -> !row.isIdle()).toList();
        this.peaceful = List.copyOf(peaceful);
    }

    List<Cell> cells() {
        return rows.stream().map(Row::cell).toList();
    }

    Tally tally() {
        return new Tally(Stream.concat(peaceful.stream(), rows.stream().map(Row::result)).toList());
    }

    /** Prints the matrix and the counts; true when no rule was broken. */
    public boolean print(PrintStream out) {
        out.println("What comes of each fault: of the first call, of the first two, of all calls;");
        out.println("and of each later call when it alone goes wrong.");
        out.println("done; attn: NEEDS ATTENTION with its reason; WRONG: the rule that was broken");
        line(out, "", Stream.of(Kind.values()).map(Kind::toString));
        rows.stream()
                .map(row -> row.cell().row())
                .distinct()
                .forEach(
                        name -> line(out, name, Stream.of(Kind.values()).map(k -> words(name, k))));
        out.println();
        return tally().print(out);
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

    /** One word where all attacks ended alike. */
    private String words(String name, Kind kind) {
        var words =
                rows.stream()
                        .filter(row -> row.cell().row().equals(name))
                        .filter(row -> row.cell().kind() == kind)
                        .sorted(IN_ORDER)
                        .map(row -> row.result().word())
                        .toList();
        if (words.isEmpty()) return "-";
        var alike = words.stream().distinct().count() == 1;
        return alike ? words.getFirst() : String.join(" ", words);
    }
}
