package shop.unwind.square;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.Dispute;
import shop.unwind.domain.Money;
import shop.unwind.domain.Order;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Personal;
import shop.unwind.problem.Unreachable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An order, in our words. A paid order never becomes CANCELED: it counts as cancelled when all its
 * fulfilments are, when it bears our mark, or when we took back all its units.
 *
 * @param moves its goods' inventory adjustments; empty while nothing can have been deducted
 */
record Shown(OrderRef ref, JsonNode order, List<JsonNode> moves) {
    /** In an order's metadata when we cancelled it, with our mark. */
    static final String CANCELLED_BY = "unwind_cancel";

    private static final Set<String> OVER = Set.of("CANCELED", "FAILED");

    Shown {
        moves = List.copyOf(moves);
    }

    String id() {
        return order.path("id").asText();
    }

    String location() {
        return order.path("location_id").asText();
    }

    /** What is over can no longer be changed. */
    boolean isOver() {
        return isCompleted() || state().equals("CANCELED");
    }

    boolean isCompleted() {
        return state().equals("COMPLETED");
    }

    boolean isPaid() {
        return !order.path("tenders").isEmpty();
    }

    /** Whether the platform can be asked to change it: orders of a point of sale have none. */
    boolean hasVersion() {
        return order.path("version").isIntegralNumber();
    }

    long version() {
        return order.path("version").asLong();
    }

    boolean cancelled() {
        if (state().equals("CANCELED") || cancelledBy().isPresent()) return true;
        if (anythingShipped() || !live().isEmpty()) return false;
        return fulfilments().anyMatch(each -> isIn(each, "CANCELED"))
                || (!lines().isEmpty() && lines().stream().allMatch(line -> left(line) == 0));
    }

    /** Whether the cancel that it bears is one of ours. */
    boolean isCancelledByUs() {
        return cancelledBy().filter(mark -> mark.startsWith(Taken.prefix(ref))).isPresent();
    }

    /** The fulfilments that can still be cancelled. */
    List<String> live() {
        return fulfilments()
                .filter(each -> !isIn(each, "COMPLETED") && !OVER.contains(state(each)))
                .map(each -> each.path("uid").asText())
                .toList();
    }

    boolean anythingShipped() {
        return lines().stream().anyMatch(line -> shipped(line) > 0);
    }

    /** Units of a line that were not taken back. */
    int left(JsonNode line) {
        return Math.max(0, quantity(line) - taken().getOrDefault(uid(line), 0));
    }

    int cancellable(JsonNode line) {
        return Math.max(0, left(line) - shipped(line));
    }

    List<JsonNode> lines() {
        return order.path("line_items").valueStream().toList();
    }

    static String uid(JsonNode line) {
        return line.path("uid").asText();
    }

    /** Some goods are sold by weight or length: what is begun counts as a unit. */
    static int quantity(JsonNode line) {
        try {
            return new BigDecimal(line.path("quantity").asText())
                    .setScale(0, RoundingMode.CEILING)
                    .intValueExact();
        } catch (ArithmeticException | NumberFormatException malformed) {
            throw new Unreachable("Square answered with a quantity that is none");
        }
    }

    Optional<String> metadata(String key) {
        return text(order.path("metadata"), key);
    }

    /** The payments by which it was paid, each with the tender's type. */
    Map<String, String> payments() {
        var payments = new HashMap<String, String>();
        for (var tender : order.path("tenders"))
            payments.put(
                    text(tender, "payment_id").orElse(tender.path("id").asText()),
                    tender.path("type").asText().toLowerCase(Locale.ROOT));
        return payments;
    }

    Order in(List<Charge> charges, List<Dispute> disputes) {
        var cancelled = cancelled() || isRepaid(charges);
        return new Order(
                ref,
                id(),
                createdAt(),
                currency(),
                email(charges).map(Personal::new),
                cancelled,
                false,
                List.of(),
                lines().stream().map(line -> line(line, cancelled)).toList(),
                charges.stream().map(this::tender).toList(),
                disputes);
    }

    /** One without fulfilments bears no other trace of its cancellation. */
    private boolean isRepaid(List<Charge> charges) {
        return isCompleted()
                && fulfilments().findAny().isEmpty()
                && !anythingShipped()
                && !charges.isEmpty()
                && charges.stream().allMatch(Charge::isRepaidByUs);
    }

    private Order.Tender tender(Charge charge) {
        return new Order.Tender(
                payments().getOrDefault(charge.id(), ""),
                charge.id(),
                Optional.of(charge.id()),
                charge.authorised(),
                charge.captured(),
                charge.refunded());
    }

    private Order.Line line(JsonNode line, boolean cancelled) {
        var shipped = shipped(line);
        var open = cancelled && shipped == 0 ? 0 : left(line);
        return new Order.Line(
                uid(line),
                text(line, "catalog_object_id").orElse(uid(line)),
                line.path("name").asText(),
                quantity(line),
                open,
                Math.min(open, shipped),
                worth(line));
    }

    private Optional<Money> worth(JsonNode line) {
        var of = quantity(line);
        var left = left(line);
        if (of == 0) return Optional.empty();
        var whole = Amounts.money(line.path("total_money"), Money.zero(currency()));
        return Optional.of(whole.share(of - left, left, of));
    }

    /** What was sold at a counter has left with its buyer. */
    private int shipped(JsonNode line) {
        if (isCompleted() && !hasVersion() && fulfilments().findAny().isEmpty())
            return quantity(line);
        var units =
                fulfilments()
                        .filter(each -> isIn(each, "COMPLETED"))
                        .mapToInt(each -> units(each, line))
                        .sum();
        return Math.min(units, quantity(line));
    }

    private static int units(JsonNode fulfilment, JsonNode line) {
        if (!fulfilment.path("line_item_application").asText("ALL").equals("ENTRY_LIST"))
            return quantity(line);
        return fulfilment
                .path("entries")
                .valueStream()
                .filter(entry -> entry.path("line_item_uid").asText().equals(uid(line)))
                .mapToInt(Shown::quantity)
                .sum();
    }

    private Map<String, Integer> taken() {
        return Taken.units(ref, order.path("metadata"), moves);
    }

    private Stream<JsonNode> fulfilments() {
        return order.path("fulfillments").valueStream();
    }

    private Optional<String> cancelledBy() {
        return metadata(CANCELLED_BY);
    }

    private static boolean isIn(JsonNode fulfilment, String state) {
        return state(fulfilment).equals(state);
    }

    private static String state(JsonNode node) {
        return node.path("state").asText();
    }

    String state() {
        return state(order);
    }

    private Optional<String> email(List<Charge> charges) {
        return Stream.concat(
                        fulfilments()
                                .flatMap(Shown::recipients)
                                .flatMap(to -> text(to, "email_address").stream()),
                        charges.stream().flatMap(charge -> charge.email().stream()))
                .findFirst();
    }

    private static Stream<JsonNode> recipients(JsonNode fulfilment) {
        return Stream.of("shipment_details", "pickup_details", "delivery_details")
                .map(details -> fulfilment.path(details).path("recipient"));
    }

    private String currency() {
        return Amounts.money(order.path("total_money")).currency();
    }

    private Instant createdAt() {
        try {
            return Instant.parse(order.path("created_at").asText());
        } catch (DateTimeException malformed) {
            throw new Unreachable("Square answered with a time that is none");
        }
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.of(node.path(field).asText("")).filter(text -> !text.isBlank());
    }
}
