package shop.unwind.square;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.Money;
import shop.unwind.problem.Unreachable;

import java.util.Map;

/** Money as Square writes it: a whole number of the currency's smallest unit. */
final class Amounts {
    private Amounts() {}

    static Money money(JsonNode node) {
        var amount = node.path("amount");
        try {
            if (amount.isIntegralNumber() && amount.canConvertToLong())
                return new Money(amount.asLong(), node.path("currency").asText());
        } catch (IllegalArgumentException unknownCurrency) {
            throw new Unreachable("Square answered with a currency that is none");
        }
        throw new Unreachable("Square answered with an amount that is none");
    }

    /** What is not said counts as zero of the other's currency. */
    static Money money(JsonNode node, Money otherwise) {
        return node.isObject() ? money(node) : Money.zero(otherwise.currency());
    }

    static Map<String, Object> written(Money money) {
        return Map.of("amount", money.minor(), "currency", money.currency());
    }
}
