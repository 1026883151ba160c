package shop.unwind.shopify;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.domain.Wish.Happened.What;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * Orders that somebody cancelled, asked for in case their {@code orders/cancelled} was lost. The
 * search runs over an index that may lag a little.
 */
final class CancelledOrders {
    private static final String CANCELLED_SINCE = Admin.document("cancelled-since");

    private final Admin admin;
    private final InstantSource clock;

    CancelledOrders(Admin admin, InstantSource clock) {
        this.admin = admin;
        this.clock = clock;
    }

    List<Request> since(Instant then) {
        var variables = new HashMap<String, String>();
        var from = then.truncatedTo(ChronoUnit.SECONDS);
        variables.put("query", "status:cancelled updated_at:>='" + from + "'");
        var found = new ArrayList<Request>();
        JsonNode page;
        do {
            var orders = admin.ask(CANCELLED_SINCE, variables).path("orders");
            orders.path("nodes")
                    .valueStream()
                    .flatMap(node -> event(node, from).stream())
                    .forEach(found::add);
            page = orders.path("pageInfo");
            variables.put("after", page.path("endCursor").asText());
        } while (page.path("hasNextPage").asBoolean());
        return List.copyOf(found);
    }

    /** An order cancelled earlier may have changed since; that is no cancellation. */
    private Optional<Request> event(JsonNode order, Instant from) {
        var at = order.path("cancelledAt").asText("");
        if (at.isEmpty() || Instant.parse(at).isBefore(from)) return Optional.empty();
        return name(order).map(ref -> request(ref, at));
    }

    /** An order that no case can be named after has no event either: intake turns it away. */
    private static Optional<OrderRef> name(JsonNode order) {
        try {
            return Optional.of(new OrderRef("shopify", order.path("name").asText()))
                    .filter(ref -> ref.payment().isEmpty());
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private Request request(OrderRef ref, String cancelledAt) {
        return new Request(
                ref.key() + "-cancelled-" + cancelledAt,
                Source.STOREFRONT,
                new Wish.Happened(What.CANCELLED),
                Optional.of(ref),
                Optional.empty(),
                Optional.empty(),
                clock.instant());
    }
}
