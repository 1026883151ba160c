package shop.unwind.bigcommerce;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.Order;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Personal;
import shop.unwind.problem.NotFound;
import shop.unwind.problem.Unreachable;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads orders. The number that shoppers see is the id. */
final class Orders {
    private static final Pattern ID = Pattern.compile("[1-9]\\d{0,17}");

    private final RestApi api;
    private final Metafields metafields;

    Orders(RestApi api, Metafields metafields) {
        this.api = api;
        this.metafields = metafields;
    }

    static String at(String id) {
        return "/v2/orders/" + id;
    }

    static String refunds(String id) {
        return "/v3/orders/" + id + "/payment_actions/refunds";
    }

    Order shown(OrderRef ref) {
        var order = numbered(ref);
        var goods = goods(order);
        var paid = paid(order);
        return new Order(
                ref,
                goods.id(),
                placedAt(order),
                goods.currency(),
                Optional.of(order.path("billing_address").path("email").asText(""))
                        .filter(email -> !email.isBlank())
                        .map(Personal::new),
                goods.cancelled(),
                false,
                List.of(),
                goods.lines(),
                paid.tenders(),
                paid.disputes());
    }

    Goods goods(OrderRef ref) {
        return goods(numbered(ref));
    }

    Paid paid(String id) {
        return paid(byId(id));
    }

    JsonNode numbered(OrderRef ref) {
        if (!ID.matcher(ref.number()).matches()) throw new NotFound("order " + ref.number());
        return byId(ref.number());
    }

    JsonNode byId(String id) {
        return checked(api.ask(at(id)));
    }

    List<JsonNode> refundsOf(String id) {
        return api.data(refunds(id));
    }

    /** Orders that changed since then and are cancelled. */
    List<JsonNode> cancelledSince(Instant then) {
        var from =
                URLEncoder.encode(
                        then.truncatedTo(ChronoUnit.SECONDS).toString(), StandardCharsets.UTF_8);
        var path = "/v2/orders?status_id=" + Status.CANCELLED + "&min_date_modified=" + from;
        return api.list(path + "&sort=id").stream().map(Orders::checked).toList();
    }

    /** The marks last: what the order shows of our acts was marked before. */
    private Goods goods(JsonNode order) {
        var id = order.path("id").asText();
        return new Goods(order, api.list(at(id) + "/products"), metafields.of(id));
    }

    private Paid paid(JsonNode order) {
        var id = order.path("id").asText();
        return Paid.of(order, api.data("/v3/orders/" + id + "/transactions"), refundsOf(id));
    }

    private static Instant placedAt(JsonNode order) {
        try {
            var date = order.path("date_created").asText();
            return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        } catch (DateTimeException malformed) {
            throw new Unreachable("order " + order.path("id") + ": date_created is no time");
        }
    }

    private static JsonNode checked(JsonNode order) {
        if (order.path("id").isIntegralNumber()
                && order.path("status_id").isIntegralNumber()
                && order.path("default_currency_code").isTextual()) return order;
        throw new Unreachable("BigCommerce answered with something that is no order");
    }
}
