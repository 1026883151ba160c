package shop.unwind.stripe;

import shop.unwind.domain.Money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;

/**
 * Money as Stripe writes it: whole numbers of the minor unit, but not of every currency's ISO one.
 * https://docs.stripe.com/currencies
 */
final class Amounts {

    /**
     * How Stripe writes a currency.
     *
     * @param written decimals that its numbers have
     * @param accepted decimals that may be other than zero
     */
    private record Scale(int written, int accepted) {}

    private static final Map<String, Scale> DEVIATING =
            Map.of(
                    "ISK", new Scale(2, 0),
                    "MGA", new Scale(0, 0),
                    "UGX", new Scale(2, 0));

    private Amounts() {}

    /** What Stripe's number means. */
    static Money money(long amount, String currency) {
        var iso = currency.toUpperCase(Locale.ROOT);
        return Money.parse(BigDecimal.valueOf(amount, scale(iso).written()).toPlainString(), iso);
    }

    /**
     * The number that Stripe takes. Where it takes no fraction as fine as the currency's (a
     * three-decimal amount must end in 0) the amount is rounded down, since a refund may never be
     * larger than what was asked for.
     */
    static long number(Money money) {
        var scale = scale(money.currency());
        return new BigDecimal(money.decimal())
                .setScale(scale.accepted(), RoundingMode.DOWN)
                .movePointRight(scale.written())
                .longValueExact();
    }

    private static Scale scale(String currency) {
        var decimals = Currency.getInstance(currency).getDefaultFractionDigits();
        return DEVIATING.getOrDefault(currency, new Scale(decimals, Math.min(decimals, 2)));
    }
}
