package shop.unwind.intakeshopify;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.OrderRef;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.domain.Wish.Happened.What;

import java.time.Instant;
import java.util.Optional;

/** Shopify's events in our words. */
final class ShopifyEvents {
    /** What the notes of our own refunds begin with. */
    private static final String MARK = "unwind:";

    private ShopifyEvents() {}

    /**
     * What an event asks of us; empty for our own echo, an event about no order and a topic that
     * does not concern us.
     *
     * @throws IllegalArgumentException naming the field that is not as Shopify writes it
     */
    static Optional<Request> request(String topic, String id, JsonNode payload, Instant now) {
        return switch (topic) {
            case "orders/cancelled" -> Optional.of(cancelled(id, payload, now));
            case "refunds/create" ->
                    isOurs(payload) || movedNothing(payload)
                            ? Optional.empty()
                            : aboutOrder(
                                    id,
                                    Source.STOREFRONT,
                                    new Wish.Happened(What.REFUNDED),
                                    payload,
                                    now);
            case "disputes/create", "disputes/update" -> {
                var dispute = new Wish.Dispute(Long.toString(number(payload, "id")));
                yield aboutOrder(id, Source.DISPUTE, dispute, payload, now);
            }
            default -> Optional.empty();
        };
    }

    private static boolean isOurs(JsonNode refund) {
        return refund.path("note").asText().startsWith(MARK);
    }

    /** Cancelling makes a refund record of its own that bears no note: nothing follows from it. */
    private static boolean movedNothing(JsonNode refund) {
        var transactions = refund.path("transactions");
        return transactions.isArray() && transactions.isEmpty();
    }

    private static Request cancelled(String id, JsonNode payload, Instant now) {
        return new Request(
                id,
                Source.STOREFRONT,
                new Wish.Happened(What.CANCELLED),
                Optional.of(order(payload.path("name"))),
                Optional.empty(),
                Optional.empty(),
                now);
    }

    /** What stands for a payment is no order's name. */
    private static OrderRef order(JsonNode name) {
        try {
            var order = new OrderRef("shopify", name.isTextual() ? name.asText() : "");
            if (order.payment().isEmpty()) return order;
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("name: " + malformed.getMessage(), malformed);
        }
        throw new IllegalArgumentException("name: an order's name was expected");
    }

    /** These name the order by Shopify's id only; its number is asked for by way of the payment. */
    private static Optional<Request> aboutOrder(
            String id, Source source, Wish wish, JsonNode payload, Instant now) {
        if (payload.path("order_id").isNull()) return Optional.empty();
        var payment = new PaymentRef("shopify", number(payload, "order_id") + ".");
        return Optional.of(
                new Request(
                        id,
                        source,
                        wish,
                        Optional.empty(),
                        Optional.of(payment),
                        Optional.empty(),
                        now));
    }

    /** Ids go beyond 2^53: as a double they would be another's. */
    private static long number(JsonNode payload, String field) {
        var number = payload.path(field);
        if (number.isIntegralNumber() && number.canConvertToLong() && number.asLong() > 0)
            return number.asLong();
        throw new IllegalArgumentException(field + ": a whole number was expected");
    }
}
