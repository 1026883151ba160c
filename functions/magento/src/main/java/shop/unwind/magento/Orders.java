package shop.unwind.magento;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.connector.Platform;
import shop.unwind.domain.Money;
import shop.unwind.domain.OrderRef;
import shop.unwind.problem.NotFound;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Unreachable;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Finds orders, each with its invoices and credit memos. Numbers keep their leading zeros; where
 * stores share one, the setting {@code storeId} says whose is meant.
 */
final class Orders {
    private static final int CANCELLED_MEMO = 3;

    private final RestApi api;
    private final Optional<String> store;

    Orders(RestApi api, Platform platform) {
        this.api = api;
        this.store = platform.optional("storeId");
    }

    static String at(String id) {
        return "/orders/" + id;
    }

    Shown shown(OrderRef order) {
        return complete(numbered(order));
    }

    Shown shown(String id) {
        return complete(byId(id));
    }

    JsonNode byId(String id) {
        return checked(api.ask(at(id)));
    }

    JsonNode numbered(OrderRef order) {
        var numbered = Search.by("increment_id", order.number());
        var search = store.map(id -> numbered.and("store_id", "eq", id)).orElse(numbered);
        var found =
                api.list("/orders", search).stream()
                        .filter(each -> each.path("increment_id").asText().equals(order.number()))
                        .toList();
        if (found.isEmpty()) throw new NotFound("order " + order.number());
        if (found.size() > 1)
            throw new Refused(
                    "ambiguous",
                    "several stores have an order "
                            + order.number()
                            + ": set platforms.magento.storeId");
        return checked(found.getFirst());
    }

    private Shown complete(JsonNode order) {
        var replaced = order.path("relation_child_real_id").asText("");
        if (!replaced.isBlank())
            throw new Refused("edited", "the order was edited and is now order " + replaced);
        var currency = order.path("base_currency_code").asText();
        var of = Search.by("order_id", order.path("entity_id").asText());
        var voided = Shown.held(order).signum() > 0 && isVoided(of);
        if (!isInvoiced(order)) return new Shown(order, List.of(), List.of(), voided);
        var invoices = api.list("/invoices", of).stream().map(each -> new Invoice(each, currency));
        var memos =
                api.list("/creditmemos", of).stream()
                        .filter(memo -> memo.path("state").asInt() != CANCELLED_MEMO)
                        .toList();
        return agreeing(new Shown(order, invoices.toList(), memos, voided));
    }

    /** By its units: an order that cost nothing has invoices, too. */
    private static boolean isInvoiced(JsonNode order) {
        return order.path("items")
                .valueStream()
                .anyMatch(item -> Amounts.number(item, "qty_invoiced").signum() > 0);
    }

    private boolean isVoided(Search order) {
        return api.list("/transactions", order).stream()
                .anyMatch(each -> each.path("txn_type").asText().equals("void"));
    }

    /** A list that is older than its order could hide a credit memo of ours. */
    private static Shown agreeing(Shown shown) {
        var memos =
                shown.memos().stream()
                        .map(memo -> Amounts.number(memo, "base_grand_total"))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        var invoices =
                shown.invoices().stream()
                        .map(Invoice::total)
                        .reduce(Money.zero(shown.currency()), Money::plus);
        var refunded = Amounts.number(shown.order(), "base_total_refunded");
        var invoiced = Amounts.money(shown.order(), "base_total_invoiced", shown.currency());
        if (memos.compareTo(refunded) != 0 || invoices.compareTo(invoiced) < 0)
            throw new Unreachable("the order, its invoices and credit memos do not agree");
        return shown;
    }

    private static JsonNode checked(JsonNode order) {
        if (order.path("entity_id").isIntegralNumber()
                && order.path("increment_id").isTextual()
                && order.path("state").isTextual()
                && order.path("base_currency_code").isTextual()
                && order.path("items").isArray()) return order;
        throw new Unreachable("Magento answered with something that is no order");
    }
}
