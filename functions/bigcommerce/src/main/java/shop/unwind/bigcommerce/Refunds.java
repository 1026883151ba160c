package shop.unwind.bigcommerce;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.Money;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.once.Attempt;
import shop.unwind.problem.Busy;
import shop.unwind.problem.NotFound;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Unsure;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Refunds of an amount of the order, without units and without tax of their own: how much goes back
 * is decided by Unwind, and the store's quote only says by which way.
 */
final class Refunds {
    /** One without a transaction after this time has arrived at a gateway that gives none. */
    private static final Duration ON_ITS_WAY = Duration.ofMinutes(10);

    private final RestApi api;
    private final Orders orders;
    private final InstantSource clock;

    Refunds(RestApi api, Orders orders, InstantSource clock) {
        this.api = api;
        this.orders = orders;
        this.clock = clock;
    }

    /** The refund as the store took it. */
    JsonNode make(String order, String gateway, Money amount, Attempt attempt) {
        checkAlone(order, attempt);
        var items = List.of(item(order, amount, attempt));
        var payment = quoted(order, gateway, amount, items);
        return api.create(Orders.refunds(order), Map.of("items", items, "payments", payment));
    }

    /** The refund that this attempt made; one that was declined has come to nothing. */
    Optional<JsonNode> marked(String order, Attempt attempt) {
        return orders.refundsOf(order).stream()
                .filter(refund -> isMarked(refund, reason(attempt)))
                .filter(refund -> standing(refund) != Result.FAILED)
                .findFirst();
    }

    JsonNode byId(String order, String id) {
        return orders.refundsOf(order).stream()
                .filter(refund -> refund.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow(() -> new NotFound("refund " + id));
    }

    /**
     * How a refund stands; all of ours go back by one payment.
     *
     * @throws Unsure when it says neither that it was declined nor that it was not
     */
    static Result standing(JsonNode refund) {
        var part = part(refund);
        var declined = part.path("is_declined");
        var silent = declined.isMissingNode() || declined.isNull();
        if (part.isMissingNode() || !(silent || declined.isBoolean()))
            throw new Unsure("refund " + refund.path("id") + " does not say how it stands");
        if (declined.asBoolean()) return Result.FAILED;
        return part.path("transaction_id").asText("").isBlank() ? Result.PENDING : Result.DONE;
    }

    static JsonNode part(JsonNode refund) {
        return refund.path("payments").path(0);
    }

    /** A mark that a declined refund does not share with the next attempt. */
    private static String reason(Attempt attempt) {
        return attempt.mark() + ":" + attempt.number();
    }

    private static boolean isMarked(JsonNode refund, String reason) {
        return refund.path("items")
                .valueStream()
                .anyMatch(item -> item.path("reason").asText().equals(reason));
    }

    private static Map<String, Object> item(String order, Money amount, Attempt attempt) {
        return Map.of(
                "item_type", "ORDER",
                "item_id", Long.parseLong(order),
                "amount", Amounts.number(amount),
                "reason", reason(attempt));
    }

    /** Of all ways that the store offers, the one back through the gateway, and nothing besides. */
    private List<Map<String, Object>> quoted(
            String order, String gateway, Money amount, List<?> items) {
        var quote =
                api.quote(
                        "/v3/orders/" + order + "/payment_actions/refund_quotes",
                        Map.of("items", items));
        return quote.path("refund_methods")
                .valueStream()
                .filter(way -> way.size() == 1 && isBack(way.path(0), gateway, amount))
                .findFirst()
                .map(_ -> List.of(payment(gateway, amount)))
                .orElseThrow(
                        () ->
                                new Refused(
                                        "refund method",
                                        "BigCommerce offers no refund of "
                                                + amount
                                                + " through "
                                                + gateway));
    }

    private static boolean isBack(JsonNode payment, String gateway, Money amount) {
        return payment.path("provider_id").asText().equals(gateway)
                && payment.path("offline").isBoolean()
                && !payment.path("offline").booleanValue()
                && Amounts.read(payment, "amount", amount.currency()).equals(amount);
    }

    private static Map<String, Object> payment(String gateway, Money amount) {
        return Map.of("provider_id", gateway, "amount", Amounts.number(amount), "offline", false);
    }

    /** The store runs one refund at a time for an order. */
    private void checkAlone(String order, Attempt attempt) {
        var latest = clock.instant().minus(ON_ITS_WAY);
        for (var refund : orders.refundsOf(order))
            if (isOnItsWay(refund) && created(refund).isAfter(latest))
                throw new Busy(attempt.step());
    }

    private static boolean isOnItsWay(JsonNode refund) {
        return refund.path("payments")
                .valueStream()
                .filter(part -> !part.path("offline").asBoolean())
                .filter(part -> !part.path("is_declined").asBoolean())
                .anyMatch(part -> part.path("transaction_id").asText("").isBlank());
    }

    private static Instant created(JsonNode refund) {
        try {
            return OffsetDateTime.parse(refund.path("created").asText()).toInstant();
        } catch (DateTimeException unknown) {
            return Instant.EPOCH;
        }
    }
}
