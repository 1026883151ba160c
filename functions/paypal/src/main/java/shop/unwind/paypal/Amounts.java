package shop.unwind.paypal;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.Money;
import shop.unwind.problem.Refused;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Set;

/**
 * Money as PayPal writes it: a decimal text with the currency's digits, but none in three of them.
 * https://developer.paypal.com/api/rest/reference/currency-codes/
 */
final class Amounts {
    private static final Set<String> WITHOUT_DECIMALS = Set.of("HUF", "JPY", "TWD");

    private Amounts() {}

    static Money money(JsonNode amount) {
        return Money.parse(amount.path("value").asText(), amount.path("currency_code").asText());
    }

    /**
     * What PayPal takes. A fraction that it does not know is dropped, since a refund may never be
     * larger than what was asked for.
     *
     * @throws Refused when nothing is left of it
     */
    static Map<String, String> amount(Money money) {
        var exact = new BigDecimal(money.decimal());
        var written =
                WITHOUT_DECIMALS.contains(money.currency())
                        ? exact.setScale(0, RoundingMode.DOWN)
                        : exact;
        if (written.signum() == 0)
            throw new Refused("amount_too_small", money + " is less than PayPal moves");
        return Map.of("currency_code", money.currency(), "value", written.toPlainString());
    }
}
