package shop.unwind.event;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.OrderRef;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.domain.Wish.Happened.What;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Magento's orders and credit memos in our words, whether an event brought them or a poll. A
 * request is named after what happened, so that both ways and every repeat make the same one.
 */
public final class MagentoEvents {
    /** What the comments on our own credit memos begin with. */
    private static final String MARK = "unwind:";

    private static final Pattern ID = Pattern.compile("[1-9]\\d{0,17}");

    private MagentoEvents() {}

    /**
     * What an order asks of us. Every save tells of it, so its state counts: empty unless it is
     * cancelled, which no order ever ceases to be.
     *
     * @throws IllegalArgumentException naming the field that is not as Magento writes it
     */
    public static Optional<Request> ofOrder(JsonNode order, Instant now) {
        if (!text(order, "state").equals("canceled")) return Optional.empty();
        return Optional.of(
                new Request(
                        "magento-order-" + id(order, "entity_id") + "-canceled",
                        Source.STOREFRONT,
                        new Wish.Happened(What.CANCELLED),
                        Optional.of(order(text(order, "increment_id"))),
                        Optional.empty(),
                        Optional.empty(),
                        now));
    }

    /**
     * What a credit memo tells us; empty for our own. It names its order by Magento's id only: the
     * number is asked for by way of the payment.
     *
     * @throws IllegalArgumentException naming the field that is not as Magento writes it
     */
    public static Optional<Request> ofCreditMemo(JsonNode memo, Instant now) {
        if (isOurs(memo)) return Optional.empty();
        return Optional.of(
                new Request(
                        "magento-creditmemo-" + id(memo, "entity_id"),
                        Source.STOREFRONT,
                        new Wish.Happened(What.REFUNDED),
                        Optional.empty(),
                        Optional.of(new PaymentRef("magento", id(memo, "order_id"))),
                        Optional.empty(),
                        now));
    }

    private static boolean isOurs(JsonNode memo) {
        return memo.path("comments")
                .valueStream()
                .anyMatch(each -> each.path("comment").asText().startsWith(MARK));
    }

    /** What stands for a payment is no order's number. */
    private static OrderRef order(String number) {
        try {
            var order = new OrderRef("magento", number);
            if (order.payment().isEmpty()) return order;
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "increment_id: " + malformed.getMessage(), malformed);
        }
        throw new IllegalArgumentException("increment_id: an order's number was expected");
    }

    /** A number; events write it as a text. */
    private static String id(JsonNode value, String field) {
        var id = value.path(field);
        if ((id.isTextual() || id.isIntegralNumber()) && ID.matcher(id.asText()).matches())
            return id.asText();
        throw new IllegalArgumentException(field + ": an id was expected");
    }

    private static String text(JsonNode value, String field) {
        var text = value.path(field);
        if (text.isTextual() && !text.asText().isBlank()) return text.asText();
        throw new IllegalArgumentException(field + ": a text was expected");
    }
}
