package shop.unwind.magento;

import shop.unwind.domain.Money;
import shop.unwind.once.Attempt;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The body of a credit memo. Names are in camel case: a misspelt one is passed over silently. */
final class CreditMemo {
    private CreditMemo() {}

    /** Takes units back and moves no money; all of them bring the shipping with them. */
    static Map<String, Object> offline(
            Shown shown, Taking taking, boolean everything, Attempt attempt) {
        var arguments = new LinkedHashMap<String, Object>();
        if (!everything) arguments.put("shipping_amount", 0);
        return body(shown, taking, arguments, attempt);
    }

    /**
     * Gives an invoice's money back through its gateway.
     *
     * @param worth what Magento will reckon by itself; the rest is an adjustment
     * @param everything that the invoice still holds, shipping with it
     */
    static Map<String, Object> online(
            Shown shown,
            Taking taking,
            Money amount,
            Money worth,
            boolean everything,
            Attempt attempt) {
        var arguments = new LinkedHashMap<String, Object>();
        if (!everything) arguments.put("shipping_amount", 0);
        if (amount.compareTo(worth) > 0)
            arguments.put("adjustment_positive", number(amount.minus(worth)));
        if (amount.compareTo(worth) < 0)
            arguments.put("adjustment_negative", number(worth.minus(amount)));
        var body = body(shown, taking, arguments, attempt);
        body.put("isOnline", true);
        return body;
    }

    private static Map<String, Object> body(
            Shown shown, Taking taking, Map<String, Object> arguments, Attempt attempt) {
        arguments.put(
                "extension_attributes",
                Map.of("return_to_stock_items", taking.restock() ? ids(shown, taking) : List.of()));
        var body = new LinkedHashMap<String, Object>();
        body.put("items", items(shown, taking));
        body.put("notify", false);
        body.put("appendComment", true);
        body.put(
                "comment",
                Map.of(
                        "comment",
                        attempt.mark() + " " + attempt.number(),
                        "is_visible_on_front",
                        0));
        body.put("arguments", arguments);
        return body;
    }

    /** Without items Magento would take all of them. */
    private static List<Map<String, Object>> items(Shown shown, Taking taking) {
        if (taking.memo().isEmpty())
            return List.of(item(shown.items().getFirst(), BigDecimal.ZERO));
        return taken(shown, taking).map(item -> item(item, taking.quantity(item))).toList();
    }

    private static Stream<Item> taken(Shown shown, Taking taking) {
        return shown.items().stream().filter(item -> taking.memo().containsKey(item.id()));
    }

    private static Map<String, Object> item(Item item, BigDecimal quantity) {
        return Map.of("order_item_id", Long.parseLong(item.id()), "qty", quantity);
    }

    private static List<Long> ids(Shown shown, Taking taking) {
        return taken(shown, taking).flatMap(Item::ids).toList();
    }

    private static BigDecimal number(Money amount) {
        return new BigDecimal(amount.decimal());
    }
}
