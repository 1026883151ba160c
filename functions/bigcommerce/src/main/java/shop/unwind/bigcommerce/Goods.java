package shop.unwind.bigcommerce;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.Money;
import shop.unwind.domain.Order;
import shop.unwind.domain.Plan;
import shop.unwind.once.Attempt;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An order with its products, in our words. BigCommerce takes units back only together with money,
 * so those that we took back stand in our marks; units of refunds made by people stand on the
 * product.
 */
record Goods(JsonNode order, List<JsonNode> products, Marks marks) {
    private static final Set<Integer> LEFT_WHOLE =
            Set.of(Status.SHIPPED, Status.AWAITING_PICKUP, Status.COMPLETED);

    /** The order as an update left it. */
    Goods with(JsonNode now) {
        return new Goods(now, products, marks);
    }

    Goods with(Marks now) {
        return new Goods(order, products, now);
    }

    /** As if this attempt had taken nothing back. */
    Goods without(Attempt attempt) {
        return with(marks.without(attempt));
    }

    /** For people, in one line: {@code 1 x ACR-500 Red, 2 x ACR-501 Blue}. */
    String named(List<Plan.Units> units) {
        return units.stream()
                .map(each -> each.quantity() + " x " + name(each.line()))
                .collect(Collectors.joining(", "))
                .replaceAll("\\R", " ");
    }

    private String name(String line) {
        return product(line)
                .map(it -> (it.path("sku").asText("") + " " + it.path("name").asText("")).strip())
                .orElse(line);
    }

    private Optional<JsonNode> product(String line) {
        return products.stream()
                .filter(product -> product.path("id").asText().equals(line))
                .findFirst();
    }

    String id() {
        return order.path("id").asText();
    }

    String currency() {
        return order.path("default_currency_code").asText();
    }

    /**
     * A refund moves a cancelled order on to refunded. It counts as cancelled where we had a hand
     * in it; where people only gave money back, nobody took it back.
     */
    boolean cancelled() {
        return switch (Status.of(order)) {
            case Status.CANCELLED -> true;
            case Status.REFUNDED, Status.PARTIALLY_REFUNDED -> marks.cancelled();
            default -> false;
        };
    }

    boolean disputed() {
        return Status.of(order) == Status.DISPUTED;
    }

    boolean anythingShipped() {
        return lines().stream().anyMatch(line -> line.shipped() > 0) || shippedUnits() > 0;
    }

    int shippedUnits() {
        return order.path("items_shipped").asInt();
    }

    List<Order.Line> lines() {
        var taken = taken();
        return products.stream().map(product -> line(product, taken)).toList();
    }

    /** The stock that a line is of; empty for one that the store made up for this order. */
    Optional<String> variant(String line) {
        return product(line)
                .map(product -> product.path("variant_id"))
                .filter(variant -> variant.asLong() > 0)
                .map(JsonNode::asText);
    }

    private Order.Line line(JsonNode product, Map<String, Integer> taken) {
        var id = product.path("id").asText();
        var quantity = product.path("quantity").asInt();
        var gone = product.path("quantity_refunded").asInt() + taken.getOrDefault(id, 0);
        var left = Math.max(0, quantity - gone);
        var shipped = Math.min(left, shipped(product));
        return new Order.Line(
                id,
                product.path("sku").asText(""),
                product.path("name").asText(),
                quantity,
                cancelled() ? shipped : left,
                shipped,
                worth(product, quantity, left));
    }

    private int shipped(JsonNode product) {
        var known = product.path("quantity_shipped").asInt();
        var status = Status.of(order);
        var unknown = status == Status.PARTIALLY_SHIPPED && shippedUnits() == 0;
        return LEFT_WHOLE.contains(status) || unknown ? product.path("quantity").asInt() : known;
    }

    private Optional<Money> worth(JsonNode product, int quantity, int left) {
        if (quantity == 0) return Optional.empty();
        var whole =
                product.path("applied_discounts")
                        .valueStream()
                        .map(discount -> Amounts.read(discount, "amount", currency()))
                        .reduce(Amounts.read(product, "total_inc_tax", currency()), Money::minus);
        return Optional.of(whole.share(quantity - left, left, quantity));
    }

    private Map<String, Integer> taken() {
        var taken = new HashMap<String, Integer>();
        marks.taken()
                .forEach(
                        step ->
                                step.lines()
                                        .forEach(
                                                (line, units) ->
                                                        taken.merge(line, units, Integer::sum)));
        return taken;
    }
}
