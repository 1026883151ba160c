package shop.unwind.domain;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Currency;

/**
 * An amount in minor units of an ISO 4217 currency (cents, yen, fils). Arithmetic between two
 * currencies and beyond 64 bits is refused.
 */
public record Money(long minor, String currency) implements Comparable<Money> {
    public Money {
        if (decimals(currency) < 0)
            throw new IllegalArgumentException(currency + " has no minor unit");
    }

    public static Money zero(String currency) {
        return new Money(0, currency);
    }

    /**
     * Reads a decimal as vendors write it, such as {@code "15.0"} or {@code "1200"}.
     *
     * @throws IllegalArgumentException when it is no number or finer than the currency's minor unit
     */
    public static Money parse(String decimal, String currency) {
        try {
            var minor = new BigDecimal(decimal).movePointRight(decimals(currency)).longValueExact();
            return new Money(minor, currency);
        } catch (ArithmeticException | NumberFormatException malformed) {
            throw new IllegalArgumentException(
                    "an amount of " + currency + " was expected, not " + decimal, malformed);
        }
    }

    /** The amount as vendors read it, with exactly the currency's decimals: {@code "15.00"}. */
    public String decimal() {
        return BigDecimal.valueOf(minor, decimals(currency)).toPlainString();
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(minor, same(other).minor), currency);
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(minor, same(other).minor), currency);
    }

    /** What is left when this much is gone; zero, should more be gone than there was. */
    public Money remainingAfter(Money gone) {
        return minus(min(gone));
    }

    public Money min(Money other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /**
     * What {@code units} of {@code of} equal units are worth after {@code before} of them are gone.
     * However the units are taken, their shares add up to the whole amount.
     */
    public Money share(int before, int units, int of) {
        return new Money(upTo(before + units, of) - upTo(before, of), currency);
    }

    public boolean isPositive() {
        return minor > 0;
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(minor, same(other).minor);
    }

    /** For people and log lines: {@code "15.00 USD"}. */
    @Override
    public String toString() {
        return decimal() + " " + currency;
    }

    private long upTo(int units, int of) {
        return BigInteger.valueOf(minor)
                .multiply(BigInteger.valueOf(units))
                .divide(BigInteger.valueOf(of))
                .longValueExact();
    }

    private Money same(Money other) {
        if (other.currency.equals(currency)) return other;
        throw new IllegalArgumentException("cannot reckon " + currency + " with " + other.currency);
    }

    private static int decimals(String currency) {
        return Currency.getInstance(currency).getDefaultFractionDigits();
    }
}
