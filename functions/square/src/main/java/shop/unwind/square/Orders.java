package shop.unwind.square;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.connector.Platform;
import shop.unwind.domain.OrderRef;
import shop.unwind.problem.Changed;
import shop.unwind.problem.Misconfigured;
import shop.unwind.problem.NotFound;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Unreachable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Finds and changes orders. An order's number is Square's id of it; with the setting {@code
 * orderNumbers: reference_id} it is the reference that the shop's site gave it, which Square cannot
 * be asked for: the orders of the last 90 days at the {@code locations} are searched.
 */
record Orders(RestApi api, Stock stock, Platform platform) {
    private static final String SEARCH = "/v2/orders/search";
    private static final int TRIES = 3;
    private static final int PAGE = 500;
    private static final int MOST_PAGES = 20;
    private static final List<Map<String, ?>> CALLED_OFF =
            List.of(
                    Map.of("state_filter", Map.of("states", List.of("CANCELED"))),
                    Map.of(
                            "fulfillment_filter",
                            Map.of("fulfillment_states", List.of("CANCELED"))));

    private static final Duration LOOK_BACK = Duration.ofDays(90);

    static String at(String id) {
        return "/v2/orders/" + RestApi.encoded(id);
    }

    /** With what is needed to tell which units were taken back. */
    Shown shown(OrderRef ref) {
        var order = numbered(ref);
        return new Shown(ref, order, stock.moves(order));
    }

    JsonNode numbered(OrderRef ref) {
        return isByReference() ? referenced(ref.number()) : byId(ref.number());
    }

    JsonNode byId(String id) {
        return checked(api.ask(at(id), "order"));
    }

    /** The number by which people know an order. */
    String number(JsonNode order) {
        var field = isByReference() ? "reference_id" : "id";
        return order.path(field).asText("");
    }

    boolean isByReference() {
        return platform.optional("orderNumbers").filter("reference_id"::equals).isPresent();
    }

    /** Changes an order that is as it was read; its answer is how it is then. */
    JsonNode change(Shown shown, String key, Map<String, ?> content) {
        if (!shown.hasVersion())
            throw new Refused(
                    "no version", "the order was made at a point of sale: nobody else changes it");
        var order = new LinkedHashMap<String, Object>(content);
        order.put("location_id", shown.location());
        order.put("version", shown.version());
        var body = Map.of("idempotency_key", key + "-" + shown.version(), "order", order);
        return api.update(at(shown.id()), body, "order");
    }

    /**
     * Does something that reads an order and changes it; Square may change it in between.
     *
     * @throws Changed when it does so each time
     */
    static <T> T whileItChanges(Supplier<T> change) {
        for (var tries = 0; tries < TRIES; tries++)
            try {
                return change.get();
            } catch (Refused no) {
                if (!SquareProblems.isOldVersion(no)) throw no;
            }
        throw new Changed("the order changes whenever it is to be changed");
    }

    /**
     * Those of which anything was called off since then, paid ones among them, which are not
     * CANCELED; without {@code locations} there is nowhere to look.
     */
    Collection<JsonNode> calledOffSince(Instant then) {
        if (locations().isEmpty()) return List.of();
        var found = new LinkedHashMap<String, JsonNode>();
        for (var filter : CALLED_OFF)
            for (var order : changedSince(then, filter))
                found.put(order.path("id").asText(), order);
        return found.values();
    }

    private List<JsonNode> changedSince(Instant then, Map<String, ?> filter) {
        var filters = new LinkedHashMap<String, Object>(filter);
        filters.put("date_time_filter", Map.of("updated_at", Map.of("start_at", then.toString())));
        var wanted = search(locations(), filters, "UPDATED_AT");
        var found = new ArrayList<JsonNode>();
        while (true) {
            var list = api.list(SEARCH, wanted);
            list.path("orders").valueStream().map(Orders::checked).forEach(found::add);
            var cursor = list.path("cursor").asText("");
            if (cursor.isEmpty()) return found;
            wanted.put("cursor", cursor);
        }
    }

    private JsonNode referenced(String number) {
        var locations = locations();
        if (locations.isEmpty())
            throw new Misconfigured("store document: platforms.square.locations");
        var since = platform.clock().instant().minus(LOOK_BACK).toString();
        var wanted =
                search(
                        locations,
                        Map.of("date_time_filter", Map.of("created_at", Map.of("start_at", since))),
                        "CREATED_AT");
        for (var page = 0; page < MOST_PAGES; page++) {
            var list = api.list(SEARCH, wanted);
            var found = withReference(list, number);
            if (found.size() > 1)
                throw new Refused("ambiguous", "two orders have the reference " + number);
            if (!found.isEmpty()) return checked(found.getFirst());
            var cursor = list.path("cursor").asText("");
            if (cursor.isEmpty()) throw new NotFound("order " + number);
            wanted.put("cursor", cursor);
        }
        throw new NotFound("order " + number);
    }

    private List<String> locations() {
        return platform.settings().path("locations").valueStream().map(JsonNode::asText).toList();
    }

    /** Square sorts only by the time that it filters by. */
    private static Map<String, Object> search(
            List<String> locations, Map<String, ?> filter, String sort) {
        var wanted = new LinkedHashMap<String, Object>();
        wanted.put("location_ids", locations);
        wanted.put("limit", PAGE);
        wanted.put(
                "query",
                Map.of("filter", filter, "sort", Map.of("sort_field", sort, "sort_order", "DESC")));
        return wanted;
    }

    private static List<JsonNode> withReference(JsonNode list, String number) {
        return list.path("orders")
                .valueStream()
                .filter(order -> order.path("reference_id").asText().equals(number))
                .toList();
    }

    private static JsonNode checked(JsonNode order) {
        if (order.path("id").isTextual() && order.path("state").isTextual()) return order;
        throw new Unreachable("Square answered with something that is no order");
    }
}
