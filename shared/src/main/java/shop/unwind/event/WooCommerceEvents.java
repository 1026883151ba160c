package shop.unwind.event;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.domain.Wish.Happened.What;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * WooCommerce's orders in our words. There is no event of a cancellation: an order is told whenever
 * it changes, as it is when it is told, so what matters is its status. The same order read from the
 * shop makes the same request.
 */
public final class WooCommerceEvents {
    /** What we write on an order that we cancel. */
    private static final String CANCELLED_BY = "_unwind_cancel";

    /** What the reasons of our own refund records begin with. */
    private static final String MARK = "unwind:";

    private WooCommerceEvents() {}

    /**
     * What an order asks of us; empty for our own echo and for a status that does not concern us.
     *
     * @param requested the status in which an order waits to be cancelled, where the shop has one
     * @throws IllegalArgumentException naming the field that is not as WooCommerce writes it
     */
    public static Optional<Request> request(
            JsonNode order, Optional<String> requested, Instant now) {
        var status = text(order, "status");
        if (requested.filter(status::equals).isPresent())
            return Optional.of(request(order, new Wish.Cancel("", List.of()), now));
        return switch (status) {
            case "cancelled" ->
                    isCancelledByUs(order)
                            ? Optional.empty()
                            : Optional.of(request(order, new Wish.Happened(What.CANCELLED), now));
            case "refunded" ->
                    isCancelledByUs(order) || isRefundedByUs(order)
                            ? Optional.empty()
                            : Optional.of(request(order, new Wish.Happened(What.REFUNDED), now));
            default -> Optional.empty();
        };
    }

    private static boolean isCancelledByUs(JsonNode order) {
        return order.path("meta_data")
                .valueStream()
                .anyMatch(meta -> meta.path("key").asText().equals(CANCELLED_BY));
    }

    private static boolean isRefundedByUs(JsonNode order) {
        return order.path("refunds")
                .valueStream()
                .anyMatch(refund -> refund.path("reason").asText().startsWith(MARK));
    }

    private static Request request(JsonNode order, Wish wish, Instant now) {
        return new Request(
                id(order),
                Source.STOREFRONT,
                wish,
                Optional.of(order(text(order, "number"))),
                Optional.empty(),
                Optional.empty(),
                now);
    }

    /**
     * Named after what is signed, and so not after the delivery's id, which stands in a header:
     * under another one a delivery that somebody repeats would pass for a new one. A second may
     * bring two changes, hence status and refunds.
     */
    private static String id(JsonNode order) {
        var refunds =
                order.path("refunds").valueStream().map(each -> each.path("id").asText()).toList();
        var content =
                List.of(
                        number(order, "id"),
                        text(order, "date_modified_gmt"),
                        text(order, "status"),
                        refunds.toString());
        var bytes = content.toString().getBytes(StandardCharsets.UTF_8);
        return "woocommerce-" + UUID.nameUUIDFromBytes(bytes);
    }

    /** What stands for a payment is no order's number. */
    private static OrderRef order(String number) {
        try {
            var order = new OrderRef("woocommerce", number);
            if (order.payment().isEmpty()) return order;
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("number: " + malformed.getMessage(), malformed);
        }
        throw new IllegalArgumentException("number: an order's number was expected");
    }

    private static String number(JsonNode order, String field) {
        var number = order.path(field);
        if (number.isIntegralNumber()) return number.asText();
        throw new IllegalArgumentException(field + ": a whole number was expected");
    }

    private static String text(JsonNode order, String field) {
        var text = order.path(field);
        if (text.isTextual() && !text.asText().isBlank()) return text.asText();
        throw new IllegalArgumentException(field + ": a text was expected");
    }
}
