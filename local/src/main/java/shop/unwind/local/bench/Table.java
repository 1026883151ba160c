package shop.unwind.local.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.OptionalDouble;

/** Prints figures one below the other. */
final class Table {
    private static final String ROW = "%-46s %12s %12s %7s  %-7s %s%n";

    private Table() {}

    static void print(List<Figure> figures, PrintStream out) {
        out.printf(ROW, "what", "measured", "budget", "ratio", "", "");
        for (var figure : figures)
            out.printf(
                    ROW,
                    figure.what(),
                    Figure.digits(figure.measured()) + " " + figure.unit(),
                    figure.budget().isEmpty() ? "-" : text(figure.budget()) + " " + figure.unit(),
                    text(figure.ratio()),
                    figure.verdict(),
                    figure.note());
        var over = figures.stream().filter(figure -> figure.verdict().equals("over")).count();
        var within = figures.stream().filter(figure -> figure.verdict().equals("within")).count();
        out.printf("%d figures: %d within, %d over%n", figures.size(), within, over);
    }

    private static String text(OptionalDouble value) {
        return value.isEmpty() ? "-" : Figure.digits(value.getAsDouble());
    }
}
