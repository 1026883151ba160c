package shop.unwind.bigcommerce;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.Money;
import shop.unwind.problem.Unreachable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * Amounts as BigCommerce writes them: texts of four decimals in V2, JSON numbers in V3. Jackson's
 * shortest decimal of a JSON number is the number as it was written, up to fifteen digits.
 */
final class Amounts {
    private Amounts() {}

    /** To the nearest minor unit: V2 keeps four decimals whatever the currency. */
    static Money read(JsonNode node, String field, String currency) {
        var text = node.path(field).asText("");
        try {
            var decimals = Currency.getInstance(currency).getDefaultFractionDigits();
            var rounded = new BigDecimal(text).setScale(decimals, RoundingMode.HALF_UP);
            return Money.parse(rounded.toPlainString(), currency);
        } catch (IllegalArgumentException malformed) {
            throw new Unreachable(field + " is no amount");
        }
    }

    /** As V3 takes it: a number, never a text. */
    static BigDecimal number(Money amount) {
        return new BigDecimal(amount.decimal());
    }
}
