package shop.unwind.magento;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.Money;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** What was asked to be paid for some units of an order. */
record Invoice(JsonNode invoice, String currency) {
    private static final int OPEN = 1;
    private static final int PAID = 2;

    /** Added to a transaction's id by what followed it. */
    private static final Pattern SUFFIX = Pattern.compile("-(capture|refund|void)$");

    String id() {
        return invoice.path("entity_id").asText();
    }

    boolean isPaid() {
        return state() == PAID;
    }

    /** Written, and not paid: no credit memo can be made of it, and no cancel takes it back. */
    boolean isOpen() {
        return state() == OPEN;
    }

    private int state() {
        return invoice.path("state").asInt();
    }

    Money total() {
        return Amounts.money(invoice, "base_grand_total", currency);
    }

    /** The provider's id of the capture. */
    Optional<String> transaction() {
        return Optional.of(invoice.path("transaction_id").asText(""))
                .filter(id -> !id.isBlank())
                .map(Invoice::withoutSuffix);
    }

    /** How much of an item it is about. */
    BigDecimal quantity(Item item) {
        return invoice.path("items")
                .valueStream()
                .filter(each -> each.path("order_item_id").asText().equals(item.id()))
                .map(each -> Amounts.number(each, "qty"))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    static String withoutSuffix(String transaction) {
        return SUFFIX.matcher(transaction).replaceFirst("");
    }
}
