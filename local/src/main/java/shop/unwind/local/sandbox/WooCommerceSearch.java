package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/** The parameters of WooCommerce's list of orders, as far as orders are looked for. */
final class WooCommerceSearch {
    /** WooCommerce's own, and that of a plugin by which customers ask. */
    static final Set<String> STATUSES =
            Set.of(
                    "pending",
                    "processing",
                    "on-hold",
                    "completed",
                    "cancelled",
                    "cancel-request",
                    "refunded",
                    "failed");

    private static final int LARGEST_PAGE = 100;
    private static final Set<String> KNOWN =
            Set.of(
                    "dates_are_gmt",
                    "modified_after",
                    "order",
                    "orderby",
                    "page",
                    "per_page",
                    "search",
                    "status");

    private WooCommerceSearch() {}

    /** One page of what is found, the newest order first unless asked for otherwise. */
    static Stream<ObjectNode> page(Stream<ObjectNode> orders, JsonNode query) {
        checkKnown(query);
        var search = query.path("search").asText("");
        var statuses = statuses(query);
        var modified = modifiedAfter(query);
        return orders.filter(order -> mentions(order, search))
                .filter(order -> statuses.contains(order.path("status").asText()))
                .filter(order -> Instant.parse(order.path("updatedAt").asText()).isAfter(modified))
                .sorted(order(query))
                .skip((number(query, "page", "1") - 1) * perPage(query))
                .limit(perPage(query));
    }

    static long perPage(JsonNode query) {
        var size = number(query, "per_page", "10");
        if (size > LARGEST_PAGE) throw WooCommerceError.parameter("per_page");
        return size;
    }

    /** WordPress passes over what it does not know, which would hide a slip of ours. */
    private static void checkKnown(JsonNode query) {
        query.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!KNOWN.contains(name) && !name.startsWith("consumer_"))
                                throw WooCommerceError.parameter(name);
                        });
    }

    /** The search looks into numbers, names and addresses alike. */
    private static boolean mentions(JsonNode order, String search) {
        return Stream.of("number", "email", "name")
                .anyMatch(field -> order.path(field).asText().contains(search));
    }

    private static Set<String> statuses(JsonNode query) {
        var wanted = query.path("status").asText("any");
        if (wanted.equals("any")) return STATUSES;
        if (!STATUSES.contains(wanted)) throw WooCommerceError.parameter("status");
        return Set.of(wanted);
    }

    /** The shop's own time is Greenwich's here, so {@code dates_are_gmt} changes nothing. */
    private static Instant modifiedAfter(JsonNode query) {
        var time = query.path("modified_after").asText("1970-01-01T00:00:00");
        try {
            return LocalDateTime.parse(time).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException malformed) {
            throw WooCommerceError.parameter("modified_after");
        }
    }

    private static Comparator<ObjectNode> order(JsonNode query) {
        var by = query.path("orderby").asText("date").equals("id") ? "id" : "createdAt";
        Comparator<ObjectNode> ascending =
                by.equals("id")
                        ? Comparator.comparingLong(order -> order.path(by).asLong())
                        : Comparator.comparing(order -> order.path(by).asText());
        return query.path("order").asText("desc").equals("asc") ? ascending : ascending.reversed();
    }

    private static long number(JsonNode query, String name, String otherwise) {
        var number = query.path(name).asText(otherwise);
        if (!number.matches("[1-9]\\d{0,5}")) throw WooCommerceError.parameter(name);
        return Long.parseLong(number);
    }
}
