package shop.unwind.square;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.connector.Platform;
import shop.unwind.domain.Plan;
import shop.unwind.once.Attempt;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Unreachable;
import shop.unwind.problem.Unsure;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings stock back that Square had taken. It lowers a count when an order becomes COMPLETED, and
 * no refund raises it again. What was taken is proved by the adjustments to SOLD that name the
 * order; UNCONFIRMED is that they do for orders made through the API: with the setting {@code
 * stockProof} false every unit of a completed order counts as taken.
 */
record Stock(RestApi api, Platform platform) {
    private static final String CHANGES = "/v2/inventory/changes/";
    private static final int MOST_PAGES = 20;

    /** The adjustments of an order's goods since it was made. */
    List<JsonNode> moves(JsonNode order) {
        var goods = ordered(order);
        return goods.isEmpty() || !order.path("state").asText().equals("COMPLETED")
                ? List.of()
                : moves(order, goods);
    }

    private List<JsonNode> moves(JsonNode order, List<String> goods) {
        var wanted = new LinkedHashMap<String, Object>();
        wanted.put("catalog_object_ids", goods);
        wanted.put("location_ids", List.of(order.path("location_id").asText()));
        wanted.put("types", List.of("ADJUSTMENT"));
        wanted.put("updated_after", order.path("created_at").asText());
        var moves = new ArrayList<JsonNode>();
        for (var page = 0; page < MOST_PAGES; page++) {
            var list = api.list(CHANGES + "batch-retrieve", wanted);
            list.path("changes").forEach(change -> moves.add(change.path("adjustment")));
            var cursor = list.path("cursor").asText("");
            if (cursor.isEmpty()) return moves;
            wanted.put("cursor", cursor);
        }
        throw new Refused("too many", "Square lists too many inventory changes of these goods");
    }

    /**
     * Whether completing the order must have taken stock, and Square has not booked it yet: it
     * counts some of these goods, and no adjustment names the order. Its books may lag behind.
     */
    boolean isUnbooked(Shown shown) {
        return isProved()
                && shown.isCompleted()
                && shown.moves().stream().noneMatch(move -> isSold(shown, move))
                && counts(shown.order());
    }

    private boolean isProved() {
        return platform.settings().path("stockProof").asBoolean(true);
    }

    private static boolean isSold(Shown shown, JsonNode move) {
        return move.path("transaction_id").asText().equals(shown.id())
                && move.path("to_state").asText().equals("SOLD");
    }

    /** Goods that Square does not count have no entry. */
    private boolean counts(JsonNode order) {
        var goods = ordered(order);
        if (goods.isEmpty()) return false;
        var wanted =
                Map.of(
                        "catalog_object_ids",
                        goods,
                        "location_ids",
                        List.of(order.path("location_id").asText()));
        return !api.list("/v2/inventory/counts/batch-retrieve", wanted).path("counts").isEmpty();
    }

    private static List<String> ordered(JsonNode order) {
        return order.path("line_items")
                .valueStream()
                .map(Stock::goods)
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
    }

    /**
     * All units of an order: its completion takes from stock even those that were taken back
     * before, since Square takes no line off an order.
     */
    static List<Plan.Units> all(Shown shown) {
        return shown.lines().stream()
                .map(line -> new Plan.Units(Shown.uid(line), Shown.quantity(line)))
                .filter(units -> units.quantity() > 0)
                .toList();
    }

    /** How many of these units Square had taken from stock and would take back. */
    List<Plan.Units> returnable(Shown shown, List<Plan.Units> wanted) {
        var taken = taken(shown);
        var units = new ArrayList<Plan.Units>();
        for (var want : wanted) {
            var goods = goods(line(shown, want.line()));
            var left = taken.getOrDefault(goods, BigDecimal.ZERO).intValue();
            var back = Math.min(left, want.quantity());
            if (goods.isEmpty() || back <= 0) continue;
            taken.merge(goods, BigDecimal.valueOf(-back), BigDecimal::add);
            units.add(new Plan.Units(want.line(), back));
        }
        return units;
    }

    /**
     * Brings these units back under one key. A repeat has another time in it, which Square turns
     * away as another request: then the first has come.
     */
    void bringBack(Shown shown, List<Plan.Units> units, Attempt attempt) {
        var changes = units.stream().map(each -> change(shown, each, attempt)).toList();
        var body = Map.of("idempotency_key", attempt.uuid() + "-stock", "changes", changes);
        try {
            api.create(CHANGES + "batch-create", body, "counts");
        } catch (Refused no) {
            throw no.code().equals(SquareProblems.KEY_REUSED)
                    ? new Unsure("stock was taken back under this key before")
                    : no;
        }
    }

    private Map<String, Object> change(Shown shown, Plan.Units units, Attempt attempt) {
        var adjustment =
                Map.of(
                        "catalog_object_id", goods(line(shown, units.line())),
                        "from_state", "UNLINKED_RETURN",
                        "to_state", "IN_STOCK",
                        "location_id", shown.location(),
                        "quantity", Integer.toString(units.quantity()),
                        "occurred_at", platform.clock().instant().toString(),
                        "reference_id", Taken.reference(attempt, units.line()));
        return Map.of("type", "ADJUSTMENT", "adjustment", adjustment);
    }

    /** By goods: what the order took, less what came back. */
    private Map<String, BigDecimal> taken(Shown shown) {
        var taken = new HashMap<String, BigDecimal>();
        var proof = isProved();
        if (!proof && shown.isCompleted())
            for (var line : shown.lines()) taken.merge(goods(line), number(line), BigDecimal::add);
        for (var move : shown.moves()) {
            var isOfOrder = proof && move.path("transaction_id").asText().equals(shown.id());
            var isOurs = move.path("reference_id").asText().startsWith(Taken.prefix(shown.ref()));
            if (proof && isSold(shown, move))
                taken.merge(goods(move), number(move), BigDecimal::add);
            else if (isOurs || (isOfOrder && move.path("from_state").asText().equals("SOLD")))
                taken.merge(goods(move), number(move).negate(), BigDecimal::add);
        }
        return taken;
    }

    private static JsonNode line(Shown shown, String uid) {
        return shown.lines().stream()
                .filter(line -> Shown.uid(line).equals(uid))
                .findFirst()
                .orElseThrow(() -> new Refused("unknown line", "the order has no such line"));
    }

    private static String goods(JsonNode of) {
        return of.path("catalog_object_id").asText("");
    }

    private static BigDecimal number(JsonNode of) {
        try {
            return new BigDecimal(of.path("quantity").asText());
        } catch (NumberFormatException malformed) {
            throw new Unreachable("Square answered with a quantity that is none");
        }
    }
}
