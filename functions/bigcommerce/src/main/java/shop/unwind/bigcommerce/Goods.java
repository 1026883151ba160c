package shop.unwind.bigcommerce;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.Money;
import shop.unwind.domain.Order;
import shop.unwind.domain.Plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An order with its products, in our words. BigCommerce takes units back only together with money,
 * so those that we took back stand in the staff notes; units of refunds made by people stand on the
 * product.
 */
record Goods(JsonNode order, List<JsonNode> products, StaffNotes notes) {
    /** What a step of ours notes that cancelled the order. */
    static final String CANCELLED = "order cancelled";

    /** What a step of ours notes before the lines that it took back. */
    static final String TOOK = "took back";

    private static final Pattern UNITS = Pattern.compile("(\\d{1,18})x(\\d{1,6})");
    private static final Set<Integer> LEFT_WHOLE =
            Set.of(Status.SHIPPED, Status.AWAITING_PICKUP, Status.COMPLETED);

    static Goods of(JsonNode order, List<JsonNode> products) {
        return new Goods(order, products, StaffNotes.of(order));
    }

    static String text(List<Plan.Units> units) {
        return TOOK + units.stream().map(Goods::text).reduce("", (all, one) -> all + " " + one);
    }

    private static String text(Plan.Units units) {
        return units.line() + "x" + units.quantity();
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
            case Status.REFUNDED, Status.PARTIALLY_REFUNDED ->
                    notes.all(CANCELLED).findAny().isPresent();
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
        return products.stream()
                .filter(product -> product.path("id").asText().equals(line))
                .map(product -> product.path("variant_id"))
                .filter(variant -> variant.asLong() > 0)
                .map(JsonNode::asText)
                .findFirst();
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
        notes.all(TOOK)
                .flatMap(text -> UNITS.matcher(text).results())
                .forEach(
                        units ->
                                taken.merge(
                                        units.group(1),
                                        Integer.parseInt(units.group(2)),
                                        Integer::sum));
        return taken;
    }
}
