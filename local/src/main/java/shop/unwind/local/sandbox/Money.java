package shop.unwind.local.sandbox;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Optional;

/** Minor units to the decimals that people and some platforms write, and back. */
final class Money {
    private Money() {}

    /** With all digits of the currency: {@code 20.00}, {@code 500}, {@code 1.250}. */
    static String decimal(long minor, String currency) {
        return BigDecimal.valueOf(minor, digits(currency)).toPlainString();
    }

    /** With as few digits as will do, but one: {@code 20.0}, {@code 46.65}. */
    static String shortDecimal(long minor, String currency) {
        var decimal = BigDecimal.valueOf(minor, digits(currency)).stripTrailingZeros();
        return decimal.setScale(Math.max(1, decimal.scale()), RoundingMode.UNNECESSARY)
                .toPlainString();
    }

    /** Empty when it is no decimal or finer than the currency. */
    static Optional<Long> minor(String decimal, String currency) {
        try {
            var minor = new BigDecimal(decimal).movePointRight(digits(currency));
            return Optional.of(minor.longValueExact());
        } catch (ArithmeticException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    /** A part of a whole, so that the parts from 0 to {@code of} sum to the whole exactly. */
    static long share(long whole, long from, long to, long of) {
        return rounded(whole, to, of) - rounded(whole, from, of);
    }

    private static long rounded(long whole, long part, long of) {
        return Math.floorDiv(2 * Math.multiplyExact(whole, part) + of, 2 * of);
    }

    private static int digits(String currency) {
        return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    }
}
