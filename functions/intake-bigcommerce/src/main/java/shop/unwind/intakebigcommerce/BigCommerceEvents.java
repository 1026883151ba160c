package shop.unwind.intakebigcommerce;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.domain.Wish.Happened.What;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** BigCommerce's events in our words. */
final class BigCommerceEvents {
    private static final Pattern SCOPE = Pattern.compile("[A-Za-z0-9/_]{1,100}");
    private static final Pattern OF_CHANNEL = Pattern.compile("^store/channel/\\d+/");
    private static final int CANCELLED = 5;

    private BigCommerceEvents() {}

    /**
     * What an event asks of us; empty for what does not concern us.
     *
     * @throws IllegalArgumentException naming the field that is not as BigCommerce writes it
     */
    static Optional<Request> request(String id, JsonNode event, Instant now) {
        return switch (OF_CHANNEL.matcher(scope(event)).replaceFirst("store/")) {
            case "store/order/statusUpdated" ->
                    status(event) == CANCELLED
                            ? Optional.of(happened(What.CANCELLED, id, event, now))
                            : Optional.empty();
            case "store/order/refund/created" ->
                    Optional.of(happened(What.REFUNDED, id, event, now));
            default -> Optional.empty();
        };
    }

    static String scope(JsonNode event) {
        var scope = event.path("scope");
        if (scope.isTextual() && SCOPE.matcher(scope.asText()).matches()) return scope.asText();
        throw new IllegalArgumentException(
                "scope: one such as store/order/statusUpdated was expected");
    }

    private static long status(JsonNode event) {
        return number(event.path("data").path("status"), "new_status_id", "data.status.");
    }

    private static Request happened(What what, String id, JsonNode event, Instant now) {
        var order = number(event.path("data"), "id", "data.");
        if (order == 0)
            throw new IllegalArgumentException("data.id: an order's number was expected");
        return new Request(
                id,
                Source.STOREFRONT,
                new Wish.Happened(what),
                Optional.of(new OrderRef("bigcommerce", Long.toString(order))),
                Optional.empty(),
                Optional.empty(),
                now);
    }

    private static long number(JsonNode object, String field, String at) {
        var number = object.path(field);
        if (number.isIntegralNumber() && number.canConvertToLong() && number.asLong() >= 0)
            return number.asLong();
        throw new IllegalArgumentException(at + field + ": a whole number was expected");
    }
}
