package shop.unwind.decide;

import shop.unwind.domain.Order;
import shop.unwind.domain.Plan.Units;
import shop.unwind.domain.Wish;
import shop.unwind.domain.Wish.LineWish;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which units can be taken back of those that were asked for.
 *
 * @param units what is taken, by line
 * @param whole nothing of the order is left afterwards, and nothing has left the house
 * @param shipped units that were asked for and have left
 * @param begun units that were asked for and are being made
 * @param unknown SKUs that were asked for and are not in the order
 */
record Take(List<Units> units, boolean whole, int shipped, int begun, List<String> unknown) {

    static Take of(Facts facts) {
        var order = facts.known();
        var wished = wished(facts);
        var units = new ArrayList<Units>();
        var shipped = 0;
        var begun = 0;
        for (var line : order.lines()) {
            var asked =
                    Math.min(
                            line.open(),
                            wished.isEmpty() ? line.open() : wished.getOrDefault(line.sku(), 0));
            var takeable = Math.min(asked, line.cancellable());
            shipped += asked - takeable;
            if (hasBegun(facts, line)) begun += takeable;
            else if (takeable > 0) units.add(new Units(line.id(), takeable));
        }
        var unknown = wished.keySet().stream().filter(sku -> !knows(order, sku)).sorted().toList();
        return new Take(List.copyOf(units), isWhole(order, units), shipped, begun, unknown);
    }

    /** Empty means everything; else the most that anybody asked of each SKU. */
    private static Map<String, Integer> wished(Facts facts) {
        var wished = new HashMap<String, Integer>();
        for (var request : facts.matching()) {
            switch (request.wish()) {
                case Wish.Cancel(_, var lines) -> {
                    if (lines.isEmpty()) return Map.of();
                    for (LineWish line : lines)
                        wished.merge(line.sku(), line.quantity(), Math::max);
                }
                case Wish.Dispute _ -> {
                    if (!facts.disputes().isEmpty()) return Map.of();
                }
                case Wish.Happened _, Wish.RefundFailed _, Wish.RunAgain _ -> {}
            }
        }
        return wished;
    }

    /** Whether only some lines or units are asked for. */
    static boolean isOfPart(Facts facts) {
        return !wished(facts).isEmpty();
    }

    private static boolean knows(Order order, String sku) {
        return order.lines().stream().anyMatch(line -> line.sku().equals(sku));
    }

    private static boolean hasBegun(Facts facts, Order.Line line) {
        var rule = facts.policy().document().madeToOrder();
        var order = facts.known();
        var made = rule.covers(line.sku()) || order.tags().stream().anyMatch(rule.tags()::contains);
        return made && facts.now().isAfter(order.placedAt().plus(rule.workBeginsAfter()));
    }

    private static boolean isWhole(Order order, List<Units> units) {
        if (order.anythingShipped()) return false;
        var open = order.lines().stream().mapToInt(Order.Line::open).sum();
        return units.stream().mapToInt(Units::quantity).sum() == open;
    }
}
