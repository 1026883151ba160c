package shop.unwind.bigcommerce;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.connector.Platform;
import shop.unwind.domain.Plan;
import shop.unwind.once.Attempt;
import shop.unwind.problem.Misconfigured;
import shop.unwind.problem.Unreachable;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings stock back that the store does not bring back by itself. Whether it does when an order is
 * cancelled is the store's setting {@code refund_order_stock_adjustment}; that the API's change of
 * status obeys it is not documented, so where it does not, setting {@code restocksOnCancel} is
 * false. An adjustment has no key and cannot be looked up, only the level that it leaves.
 */
final class Stock {
    private final Platform platform;
    private final RestApi api;

    Stock(Platform platform, RestApi api) {
        this.platform = platform;
        this.api = api;
    }

    /** Units by variant, so that exactly the planned ones come back; none in most stores. */
    Map<String, Integer> toComeBack(Goods goods, Plan.Cancel plan) {
        var settings = api.datum("/v3/settings/inventory");
        var units = plan.lines().isEmpty() ? ofWhole(goods, plan, settings) : ofLines(goods, plan);
        units.values().removeIf(number -> number == 0);
        return units.isEmpty() || !isOut(settings) ? Map.of() : Map.copyOf(units);
    }

    private Map<String, Integer> ofWhole(Goods goods, Plan.Cancel plan, JsonNode settings) {
        var bringsBack =
                settings.path("refund_order_stock_adjustment").asBoolean()
                        && platform.settings().path("restocksOnCancel").asBoolean(true);
        var units = new LinkedHashMap<String, Integer>();
        if (bringsBack) {
            if (!plan.restock() && isOut(settings)) throw bringsBackItself();
            // It does not know of units that came back before.
            goods.marks().adjusted().forEach(step -> subtract(step.stock(), units));
        } else if (plan.restock())
            for (var line : goods.lines())
                goods.variant(line.id())
                        .ifPresent(it -> units.merge(it, line.cancellable(), Integer::sum));
        return units;
    }

    private static void subtract(Map<String, Integer> from, Map<String, Integer> units) {
        from.forEach((variant, number) -> units.merge(variant, -number, Integer::sum));
    }

    private static Misconfigured bringsBackItself() {
        return new Misconfigured(
                "policy restock: BigCommerce puts stock back by itself when an order is cancelled;"
                        + " where another system does, switch off its inventory setting that"
                        + " adjusts stock on refunds and cancellations, or set"
                        + " platforms.bigcommerce.restocksOnCancel to false where it does not");
    }

    private static Map<String, Integer> ofLines(Goods goods, Plan.Cancel plan) {
        var units = new LinkedHashMap<String, Integer>();
        if (plan.restock())
            for (var line : plan.lines())
                goods.variant(line.line())
                        .ifPresent(it -> units.merge(it, line.quantity(), Integer::sum));
        return units;
    }

    /** Some stores take stock only when an order leaves: nothing is to come back before. */
    private static boolean isOut(JsonNode settings) {
        return switch (settings.path("update_stock_behavior").asText()) {
            case "order_placed" -> true;
            case "order_completed_or_shipped" -> false;
            case String other ->
                    throw new Unreachable("inventory settings: update_stock_behavior " + other);
        };
    }

    /** What is not listed is not counted by the store, and nothing of it is missing. */
    List<Adjustment> withLevels(Map<String, Integer> units) {
        return Adjustment.of(levels(units.keySet()), units);
    }

    /** The levels of what is to be adjusted, as they are now. */
    Map<String, Integer> levels(List<Adjustment> adjustments) {
        return levels(adjustments.stream().map(Adjustment::variant).toList());
    }

    private Map<String, Integer> levels(Collection<String> variants) {
        var levels = new LinkedHashMap<String, Integer>();
        for (var item : api.data("/v3/inventory/items?variant_id:in=" + String.join(",", variants)))
            item.path("locations")
                    .valueStream()
                    .filter(place -> place.path("location_id").asInt() == location())
                    .forEach(
                            place ->
                                    levels.put(
                                            item.at("/identity/variant_id").asText(),
                                            place.path("available_to_sell").asInt()));
        return levels;
    }

    void adjust(List<Adjustment> adjustments, Attempt attempt) {
        var items =
                adjustments.stream()
                        .map(
                                each ->
                                        Map.of(
                                                "location_id", location(),
                                                "variant_id", Long.parseLong(each.variant()),
                                                "quantity", each.units()))
                        .toList();
        api.adjust(
                "/v3/inventory/adjustments/relative",
                Map.of("reason", attempt.mark(), "items", items));
    }

    private int location() {
        return platform.settings().path("location").asInt(1);
    }
}
