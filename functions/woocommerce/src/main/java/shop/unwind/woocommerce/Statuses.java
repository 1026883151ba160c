package shop.unwind.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.problem.Misconfigured;
import shop.unwind.problem.Refused;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an order's status says. Plugins add their own, so the settings {@code openStatuses} and
 * {@code shippedStatuses} name what else is open or has left the house.
 */
record Statuses(Set<String> open, Set<String> shipped) {
    private static final Set<String> OPEN =
            Set.of("pending", "processing", "on-hold", "failed", "checkout-draft", "auto-draft");

    /** What a status stands for; {@code BOOKED} is all money back by WooCommerce's books. */
    enum Standing {
        OPEN,
        SHIPPED,
        CANCELLED,
        BOOKED
    }

    static Statuses of(JsonNode settings) {
        var requested = settings.path("cancelRequestedStatus").asText("");
        var open =
                Stream.of(OPEN.stream(), Stream.of(requested), texts(settings, "openStatuses"))
                        .flatMap(each -> each)
                        .collect(Collectors.toUnmodifiableSet());
        var shipped = Stream.concat(Stream.of("completed"), texts(settings, "shippedStatuses"));
        return new Statuses(open, shipped.collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * What this order's status stands for.
     *
     * @throws Misconfigured for a word that nobody has explained: it is neither open nor shipped
     */
    Standing standing(String status) {
        if (shipped.contains(status)) return Standing.SHIPPED;
        if (open.contains(status)) return Standing.OPEN;
        return switch (status) {
            case "cancelled" -> Standing.CANCELLED;
            case "refunded" -> Standing.BOOKED;
            case "trash" -> throw new Refused("trash", "the order lies in the shop's bin");
            default ->
                    throw new Misconfigured(
                            "store document: platforms.woocommerce.openStatuses or shippedStatuses:"
                                    + " say whether an order in status "
                                    + status
                                    + " has left the house");
        };
    }

    private static Stream<String> texts(JsonNode settings, String key) {
        return settings.path(key).valueStream().map(JsonNode::asText);
    }
}
