package shop.unwind.intakeshopify;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.OrderRef;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.function.BadRequest;

import java.time.InstantSource;
import java.util.Optional;

/** Shopify's events in our words. */
final class ShopifyEvents {
    /** What our own steps write into a refund's note. */
    private static final String OWN = "unwind:";

    private final InstantSource clock;

    ShopifyEvents(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * What an event asks for.
     *
     * @param id the same on every redelivery
     * @return empty for topics that do not concern us, and for echoes of our own refunds
     */
    Optional<Request> normalise(String topic, String id, JsonNode event) {
        return switch (topic) {
            case "orders/cancelled" -> Optional.of(cancelled(id, event));
            case "refunds/create" -> refunded(id, event);
            case "disputes/create", "disputes/update" -> disputed(id, event);
            default -> Optional.empty();
        };
    }

    private Request cancelled(String id, JsonNode order) {
        var ref = new OrderRef("shopify", text(order, "name"));
        return request(
                id,
                Source.STOREFRONT,
                new Wish.Happened("cancelled"),
                Optional.of(ref),
                Optional.empty());
    }

    private Optional<Request> refunded(String id, JsonNode refund) {
        if (refund.path("note").asText("").startsWith(OWN)) return Optional.empty();
        return byOrderId(id, Source.STOREFRONT, new Wish.Happened("refunded"), refund);
    }

    private Optional<Request> disputed(String id, JsonNode dispute) {
        return byOrderId(id, Source.DISPUTE, new Wish.Dispute(text(dispute, "id")), dispute);
    }

    /** These name the order by its id alone; the workflow asks Shopify for its number. */
    private Optional<Request> byOrderId(String id, Source source, Wish wish, JsonNode event) {
        if (event.path("order_id").isNull()) return Optional.empty();
        var payment = new PaymentRef("shopify", text(event, "order_id") + ".");
        return Optional.of(request(id, source, wish, Optional.empty(), Optional.of(payment)));
    }

    private Request request(
            String id,
            Source source,
            Wish wish,
            Optional<OrderRef> order,
            Optional<PaymentRef> payment) {
        return new Request(
                "shopify-" + id, source, wish, order, payment, Optional.empty(), clock.instant());
    }

    private static String text(JsonNode event, String field) {
        var value = event.path(field);
        if (value.isTextual() || value.isIntegralNumber()) return value.asText();
        throw new BadRequest(400, field + ": a text or number was expected");
    }
}
