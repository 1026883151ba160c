package shop.unwind.local.bench;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One row of the table.
 *
 * @param unit of both the measured value and the budget
 * @param budget the most that is allowed; absent for what is only reported
 * @param note how it came about
 */
record Figure(String what, double measured, String unit, OptionalDouble budget, String note) {

    static Figure atMost(double budget, String what, double measured, String unit, String note) {
        return new Figure(what, measured, unit, OptionalDouble.of(budget), note);
    }

    static Figure only(String what, double measured, String unit, String note) {
        return new Figure(what, measured, unit, OptionalDouble.empty(), note);
    }

    /** The measured value over its budget: above 1 it is over. */
    OptionalDouble ratio() {
        return budget.isPresent()
                ? OptionalDouble.of(measured / budget.getAsDouble())
                : OptionalDouble.empty();
    }

    String verdict() {
        var ratio = ratio();
        if (ratio.isEmpty()) return "-";
        return ratio.getAsDouble() <= 1 ? "within" : "over";
    }

    /** A value with as many digits as one can make use of. */
    static String digits(double value) {
        var size = Math.abs(value);
        var format = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
