package shop.unwind.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.Money;
import shop.unwind.domain.Order;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Personal;
import shop.unwind.once.Attempt;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Unreachable;
import shop.unwind.woocommerce.Statuses.Standing;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An order with its refund records, in our words. The records tell which units were taken back; the
 * order itself tells what they are worth.
 */
record Shown(JsonNode order, List<JsonNode> refunds, Standing standing) {
    /** On the order when we cancelled it, with our mark. */
    static final String CANCELLED_BY = "_unwind_cancel";

    private static final String MARK = "unwind:";

    /** On each line of a refund record: the order's line that it takes back. */
    private static final String LINE = "_refunded_item_id";

    String id() {
        return order.path("id").asText();
    }

    String number() {
        return order.path("number").asText();
    }

    /**
     * An order whose money all went back is {@code refunded}, cancelled before or not. It counts as
     * cancelled where we had a hand in it; where people only booked its money, nobody took it back.
     */
    boolean cancelled() {
        return switch (standing) {
            case CANCELLED -> true;
            case BOOKED -> isOurs();
            case OPEN, SHIPPED -> false;
        };
    }

    /** One that was completed and then cancelled has left the house all the same. */
    boolean shipped() {
        return standing == Standing.SHIPPED
                || (standing == Standing.CANCELLED && completedAt(order).isPresent());
    }

    /** Whether the order as it is now was completed when this one was, or neither ever. */
    boolean isCompletedAsIn(JsonNode now) {
        return completedAt(now).equals(completedAt(order));
    }

    private static Optional<String> completedAt(JsonNode order) {
        return text(order, "date_completed_gmt");
    }

    /** The refund record that bears this mark. */
    Optional<JsonNode> marked(Attempt attempt) {
        return refunds.stream()
                .filter(refund -> refund.path("reason").asText().equals(attempt.mark()))
                .findFirst();
    }

    Order in(OrderRef ref) {
        return new Order(
                ref,
                id(),
                time("date_created_gmt"),
                currency(),
                text(order.path("billing"), "email").map(Personal::new),
                cancelled(),
                false,
                List.of(),
                lines(),
                List.of(tender()),
                List.of());
    }

    Money authorised() {
        var held = !isPaid() && providerId().isPresent() && !status().equals("failed");
        return held ? money(order, "total") : Money.zero(currency());
    }

    Money captured() {
        return isPaid() ? money(order, "total") : Money.zero(currency());
    }

    /** Totals of refunds are negative. */
    Money refunded() {
        return order.path("refunds")
                .valueStream()
                .map(refund -> money(refund, "total"))
                .reduce(Money.zero(currency()), Money::minus);
    }

    /** What a refund record gave back. */
    Money amount(JsonNode refund) {
        return money(refund, "amount");
    }

    String gateway() {
        return order.path("payment_method").asText("");
    }

    private Order.Tender tender() {
        return new Order.Tender(
                gateway(), id(), providerId(), authorised(), captured(), refunded());
    }

    private List<Order.Line> lines() {
        var taken = taken();
        return order.path("line_items").valueStream().map(line -> line(line, taken)).toList();
    }

    private Order.Line line(JsonNode line, Map<String, Integer> taken) {
        var id = line.path("id").asText();
        var quantity = line.path("quantity").asInt();
        var left = Math.max(0, quantity - taken.getOrDefault(id, 0));
        var open = cancelled() && !shipped() ? 0 : left;
        return new Order.Line(
                id,
                line.path("sku").asText(""),
                line.path("name").asText(),
                quantity,
                open,
                shipped() ? open : 0,
                worth(line, quantity, left));
    }

    private Optional<Money> worth(JsonNode line, int quantity, int left) {
        if (quantity == 0) return Optional.empty();
        var whole = money(line, "total").plus(money(line, "total_tax"));
        return Optional.of(whole.share(quantity - left, left, quantity));
    }

    private Map<String, Integer> taken() {
        var taken = new HashMap<String, Integer>();
        for (var refund : refunds)
            for (var line : refund.path("line_items"))
                taken.merge(lineOf(line), Math.abs(line.path("quantity").asInt()), Integer::sum);
        return taken;
    }

    private static String lineOf(JsonNode refunded) {
        return meta(refunded, LINE)
                .orElseThrow(
                        () ->
                                new Refused(
                                        "unknown line",
                                        "a refund record does not say which line it takes back"));
    }

    private boolean isOurs() {
        return meta(order, CANCELLED_BY).isPresent()
                || order.path("refunds").valueStream().anyMatch(this::isMoneyOfOurs);
    }

    private boolean isMoneyOfOurs(JsonNode refund) {
        return refund.path("reason").asText().startsWith(MARK)
                && !money(refund, "total").equals(Money.zero(currency()));
    }

    private boolean isPaid() {
        return text(order, "date_paid_gmt").isPresent();
    }

    private Optional<String> providerId() {
        return text(order, "transaction_id");
    }

    private String status() {
        return order.path("status").asText();
    }

    private String currency() {
        return order.path("currency").asText();
    }

    private Money money(JsonNode node, String field) {
        try {
            return Money.parse(node.path(field).asText(), currency());
        } catch (IllegalArgumentException malformed) {
            throw new Unreachable("order " + id() + ": " + field + " is no amount");
        }
    }

    /** UTC without saying so. */
    private Instant time(String field) {
        try {
            return LocalDateTime.parse(order.path(field).asText()).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException malformed) {
            throw new Unreachable("order " + id() + ": " + field + " is no time");
        }
    }

    private static Optional<String> meta(JsonNode node, String key) {
        return node.path("meta_data")
                .valueStream()
                .filter(each -> each.path("key").asText().equals(key))
                .map(each -> each.path("value").asText())
                .findFirst();
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.of(node.path(field).asText("")).filter(text -> !text.isBlank());
    }
}
