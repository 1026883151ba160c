package shop.unwind.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.OrderRef;
import shop.unwind.problem.NotFound;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Unreachable;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds orders, each with its refund records. */
final class Orders {
    private static final int PAGE = 100;
    private static final DateTimeFormatter GMT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final Pattern ID = Pattern.compile("[1-9]\\d{0,17}");

    /** On a refund record: which attempt made it. */
    static final String ATTEMPT = "_unwind_attempt";

    private final RestApi api;
    private final Statuses statuses;

    Orders(RestApi api, Statuses statuses) {
        this.api = api;
        this.statuses = statuses;
    }

    static String at(String id) {
        return "/orders/" + id;
    }

    static String refunds(String id) {
        return at(id) + "/refunds";
    }

    /** Order and record, since a record is only found below its order. */
    static String reference(String order, JsonNode record) {
        return order + "." + record.path("id").asText();
    }

    Shown shown(OrderRef order) {
        return withRefunds(numbered(order));
    }

    Shown shown(String id) {
        return withRefunds(byId(id));
    }

    /**
     * By number, through the search, which brings whatever has the number anywhere: it is compared
     * again. Two of a number are for people. What the search does not bring may be found by id.
     */
    JsonNode numbered(OrderRef order) {
        var number = encoded(order.number());
        var named =
                api.list("/orders?search=" + number + "&per_page=" + PAGE).stream()
                        .filter(each -> isNumbered(each, order))
                        .toList();
        if (named.size() > 1)
            throw new Refused("ambiguous", "two orders have the number " + order.number());
        if (!named.isEmpty()) return checked(named.getFirst());
        return Optional.of(order.number())
                .filter(ID.asMatchPredicate())
                .map(this::byId)
                .filter(each -> isNumbered(each, order))
                .orElseThrow(() -> new NotFound("order " + order.number()));
    }

    /**
     * Orders that changed since then and are cancelled, refunded or in the status in which the shop
     * lets them wait for it.
     */
    List<JsonNode> changed(Instant then, Optional<String> requested) {
        return Stream.concat(Stream.of("cancelled", "refunded"), requested.stream())
                .flatMap(status -> changed(then, status).stream())
                .toList();
    }

    private List<JsonNode> changed(Instant then, String status) {
        var query =
                "/orders?status=%s&modified_after=%s&dates_are_gmt=true&orderby=id&order=asc&per_page=%d"
                        .formatted(encoded(status), encoded(GMT.format(then)), PAGE);
        var changed = new ArrayList<JsonNode>();
        for (var page = 1; changed.size() == (page - 1) * PAGE; page++)
            api.list(query + "&page=" + page).stream().map(Orders::checked).forEach(changed::add);
        return List.copyOf(changed);
    }

    JsonNode byId(String id) {
        return checked(api.ask(at(id)));
    }

    /** The two must agree: a cache that shows one of them as it was could hide a refund of ours. */
    private Shown withRefunds(JsonNode order) {
        var refunds = api.list(refunds(order.path("id").asText()) + "?per_page=" + PAGE);
        if (refunds.size() == PAGE)
            throw new Refused("too many", "the order has " + PAGE + " refund records or more");
        if (!ids(order.path("refunds").valueStream().toList()).equals(ids(refunds)))
            throw new Unreachable("the order and its refund records do not agree");
        return new Shown(order, refunds, statuses.standing(order.path("status").asText()));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static Set<String> ids(List<JsonNode> records) {
        return records.stream().map(each -> each.path("id").asText()).collect(Collectors.toSet());
    }

    private static boolean isNumbered(JsonNode each, OrderRef order) {
        return each.path("number").asText().equals(order.number());
    }

    private static JsonNode checked(JsonNode order) {
        if (order.path("id").isIntegralNumber()
                && order.path("number").isTextual()
                && order.path("line_items").isArray()) return order;
        throw new Unreachable("WooCommerce answered with something that is no order");
    }
}
