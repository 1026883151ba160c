package shop.unwind.magento;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.domain.Money;
import shop.unwind.json.Json;
import shop.unwind.testing.FakePlatform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Magento's answers, one file per case. */
final class Canned {
    static final String API = "/rest/default/V1";
    static final String SEARCH = "GET " + API + "/orders?";
    static final String ORDER = "GET " + API + "/orders/74";
    static final String INVOICES = "GET " + API + "/invoices?";
    static final String MEMOS = "GET " + API + "/creditmemos?";
    static final String TRANSACTIONS = "GET " + API + "/transactions?";
    static final String CANCEL = "POST " + API + "/orders/74/cancel";
    static final String UNHOLD = "POST " + API + "/orders/74/unhold";
    static final String COMMENT = "POST " + API + "/orders/74/comments";
    static final String OFFLINE = "POST " + API + "/order/74/refund";
    static final String ONLINE = "POST " + API + "/invoice/12/refund";

    private Canned() {}

    static ObjectNode object(String name) {
        try (var file = Canned.class.getResourceAsStream("/magento/" + name + ".json")) {
            return (ObjectNode) Json.parse(Objects.requireNonNull(file, name).readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The order with one line worth all that was paid by one invoice. */
    static ObjectNode order(Money paid) {
        var order = object("order");
        order.put("base_currency_code", paid.currency());
        for (var field : List.of("base_grand_total", "base_total_invoiced", "base_total_paid"))
            order.put(field, number(paid));
        item(order).put("base_row_total", number(paid)).put("base_tax_amount", 0);
        return order;
    }

    /** The order of which nothing is invoiced, its money being held. */
    static ObjectNode authorised(Money held) {
        var order = order(held);
        order.remove(List.of("base_total_invoiced", "base_total_paid"));
        item(order).put("qty_invoiced", 0);
        ((ObjectNode) order.path("payment")).put("base_amount_authorized", number(held));
        return order;
    }

    static ObjectNode item(ObjectNode order) {
        return (ObjectNode) order.at("/items/0");
    }

    static ObjectNode invoice(Money total) {
        return object("invoice").put("base_grand_total", number(total));
    }

    static ObjectNode memo(Money total, int units, String comment) {
        var memo = object("creditmemo").put("base_grand_total", number(total));
        ((ObjectNode) memo.at("/items/0")).put("qty", units);
        ((ObjectNode) memo.at("/comments/0")).put("comment", comment);
        return memo;
    }

    /** The order as these credit memos leave it. */
    static ObjectNode with(ObjectNode order, List<ObjectNode> memos) {
        var sum = BigDecimal.ZERO;
        var units = 0;
        for (var memo : memos) {
            sum = sum.add(memo.path("base_grand_total").decimalValue());
            units += memo.at("/items/0/qty").asInt();
        }
        order.put("base_total_refunded", sum);
        item(order).put("qty_refunded", units);
        return order;
    }

    static void comments(ObjectNode order, String text) {
        order.withArray("status_histories")
                .addObject()
                .put("entity_id", order.path("status_histories").size())
                .put("comment", text);
    }

    /** Answers what a search for the order asks, with all that belongs to it. */
    static void isFound(FakePlatform platform, ObjectNode order, List<ObjectNode> memos) {
        platform.answersTo(SEARCH, 200, page(List.of(with(order, memos))));
        belongings(platform, order, memos);
    }

    /** Answers what reading the order by its id asks. */
    static void isRead(FakePlatform platform, ObjectNode order, List<ObjectNode> memos) {
        platform.answersTo(ORDER, 200, Json.write(with(order, memos)));
        belongings(platform, order, memos);
    }

    private static void belongings(
            FakePlatform platform, ObjectNode order, List<ObjectNode> memos) {
        if (order.at("/payment/base_amount_authorized").asDouble() > 0)
            platform.answersTo(TRANSACTIONS, 200, page(List.of()));
        if (order.at("/items/0/qty_invoiced").asInt() == 0) return;
        var total = object("invoice").set("base_grand_total", order.path("base_total_invoiced"));
        platform.answersTo(INVOICES, 200, page(List.of(total)));
        platform.answersTo(MEMOS, 200, page(memos));
    }

    static String page(List<? extends JsonNode> items) {
        var page = Json.object();
        page.putArray("items").addAll(items);
        page.putObject("search_criteria");
        return Json.write(page.put("total_count", items.size()));
    }

    static String error(String words) {
        return Json.write(Map.of("message", words));
    }

    static BigDecimal number(Money amount) {
        return new BigDecimal(amount.decimal());
    }
}
