package shop.unwind.magento;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.Money;
import shop.unwind.problem.Unreachable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * Magento's numbers: up to four decimals, quantities too. Jackson's shortest decimal of a JSON
 * number is the number as it was written, up to fifteen digits. Empty fields are left out, and mean
 * none.
 */
final class Amounts {
    private Amounts() {}

    static BigDecimal number(JsonNode node, String field) {
        var text = node.path(field).asText("");
        try {
            return text.isBlank() ? BigDecimal.ZERO : new BigDecimal(text);
        } catch (NumberFormatException malformed) {
            throw new Unreachable(field + " is no number");
        }
    }

    static Money money(JsonNode node, String field, String currency) {
        return money(number(node, field), currency);
    }

    /** To the nearest minor unit: the database keeps four decimals whatever the currency. */
    static Money money(BigDecimal amount, String currency) {
        var decimals = Currency.getInstance(currency).getDefaultFractionDigits();
        var rounded = amount.setScale(decimals, RoundingMode.HALF_UP);
        return Money.parse(rounded.toPlainString(), currency);
    }
}
