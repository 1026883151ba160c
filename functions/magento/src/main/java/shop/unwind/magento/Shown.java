package shop.unwind.magento;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.Money;
import shop.unwind.domain.Order;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Personal;
import shop.unwind.once.Attempt;
import shop.unwind.problem.Unreachable;
import shop.unwind.problem.Unsure;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * An order with its invoices and credit memos, in our words. Amounts are in the shop's base
 * currency: in that one Magento charges and refunds, whatever the shopper was shown.
 *
 * @param voided whether its authorisation was let go
 */
record Shown(JsonNode order, List<Invoice> invoices, List<JsonNode> memos, boolean voided) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    String id() {
        return order.path("entity_id").asText();
    }

    String number() {
        return order.path("increment_id").asText();
    }

    String state() {
        return order.path("state").asText();
    }

    String currency() {
        return order.path("base_currency_code").asText();
    }

    String gateway() {
        return payment().path("method").asText("");
    }

    /** An order is {@code closed} when all its money is back, goods left to send or not. */
    boolean cancelled() {
        return switch (state()) {
            case "canceled" -> true;
            case "closed" -> items().stream().allMatch(item -> left(item) == 0);
            default -> false;
        };
    }

    private int left(Item item) {
        return item.line(currency()).cancellable();
    }

    boolean anythingUninvoiced() {
        return items().stream().anyMatch(item -> item.uninvoiced().signum() > 0);
    }

    boolean anythingShipped() {
        return items().stream().anyMatch(item -> item.shipped().signum() > 0);
    }

    /** The lines, without the parts of products made of several. */
    List<Item> items() {
        return nodes("items")
                .filter(item -> parent(item).isEmpty())
                .map(item -> new Item(item, children(item.path("item_id").asText())))
                .toList();
    }

    private List<JsonNode> children(String id) {
        return nodes("items").filter(item -> parent(item).filter(id::equals).isPresent()).toList();
    }

    private static Optional<String> parent(JsonNode item) {
        return text(item, "parent_item_id").filter(id -> !id.equals("0"));
    }

    /** The comments on the order's page, newest last. */
    List<String> comments() {
        return nodes("status_histories")
                .sorted((one, other) -> Long.compare(id(one), id(other)))
                .map(each -> each.path("comment").asText(""))
                .toList();
    }

    private static long id(JsonNode node) {
        return node.path("entity_id").asLong();
    }

    /** The credit memo that bears this mark. */
    Optional<JsonNode> marked(Attempt attempt) {
        return memos.stream().filter(memo -> isMarked(memo, attempt.mark())).findFirst();
    }

    /**
     * A credit memo that was just made.
     *
     * @throws Unsure while it does not show
     */
    JsonNode made(String id) {
        return memos.stream()
                .filter(memo -> memo.path("entity_id").asText().equals(id))
                .findFirst()
                .orElseThrow(() -> new Unsure("credit memo " + id + " is not shown yet"));
    }

    private static boolean isMarked(JsonNode memo, String mark) {
        return memo.path("comments")
                .valueStream()
                .map(comment -> comment.path("comment").asText(""))
                .anyMatch(text -> text.equals(mark) || text.startsWith(mark + " "));
    }

    /**
     * Whether something has both been sent and been taken back by this credit memo: Magento takes
     * one for goods in a parcel, too.
     */
    boolean hasCrossed(JsonNode memo) {
        return items().stream()
                .filter(item -> item.open().compareTo(item.shipped()) < 0)
                .anyMatch(item -> units(memo, item).signum() > 0);
    }

    private static BigDecimal units(JsonNode memo, Item item) {
        return memo.path("items")
                .valueStream()
                .filter(each -> each.path("order_item_id").asText().equals(item.id()))
                .map(each -> Amounts.number(each, "qty"))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** How much of an item an invoice still holds. */
    BigDecimal left(Invoice invoice, Item item) {
        return memos.stream()
                .filter(memo -> isOf(invoice, memo))
                .map(memo -> units(memo, item))
                .reduce(invoice.quantity(item), BigDecimal::subtract)
                .max(BigDecimal.ZERO);
    }

    /** Whether a credit memo of this invoice could take anything back. */
    boolean holdsGoods(Invoice invoice) {
        return items().stream()
                .anyMatch(item -> item.refundable().min(left(invoice, item)).signum() > 0);
    }

    Money refundedBy(JsonNode memo) {
        return Amounts.money(memo, "base_grand_total", currency());
    }

    Order in(OrderRef ref) {
        return new Order(
                ref,
                id(),
                time(),
                currency(),
                text(order, "customer_email").map(Personal::new),
                cancelled(),
                false,
                List.of(),
                items().stream().map(item -> item.line(currency())).toList(),
                tenders(),
                List.of());
    }

    /** Each paid invoice is a payment of its own, as it is refunded by itself. */
    List<Order.Tender> tenders() {
        var tenders = new ArrayList<Order.Tender>();
        var offline = offline();
        for (var invoice : paid()) {
            var own = refundedOf(invoice);
            var more = offline.min(invoice.total().minus(own));
            offline = offline.minus(more);
            tenders.add(
                    new Order.Tender(
                            gateway(),
                            id() + "." + invoice.id(),
                            invoice.transaction().or(this::transaction),
                            Money.zero(currency()),
                            invoice.total(),
                            own.plus(more)));
        }
        if (tenders.isEmpty() || held().isPositive()) tenders.add(authorisation());
        credit("gift_cards", "gift_card").ifPresent(tenders::add);
        credit("customer_balance", "store_credit").ifPresent(tenders::add);
        return List.copyOf(tenders);
    }

    private List<Invoice> paid() {
        return invoices.stream().filter(Invoice::isPaid).toList();
    }

    /** Credit memos of the whole order name no invoice: they use up the first ones first. */
    private Money offline() {
        return sum(memo -> memo.path("invoice_id").asLong() == 0);
    }

    private Money refundedOf(Invoice invoice) {
        return sum(memo -> isOf(invoice, memo));
    }

    private static boolean isOf(Invoice invoice, JsonNode memo) {
        return memo.path("invoice_id").asText().equals(invoice.id());
    }

    private Money sum(Predicate<JsonNode> which) {
        return memos.stream()
                .filter(which)
                .map(this::refundedBy)
                .reduce(Money.zero(currency()), Money::plus);
    }

    private Order.Tender authorisation() {
        var none = Money.zero(currency());
        return new Order.Tender(gateway(), id(), transaction(), held(), none, none);
    }

    /** Held and not taken; Magento keeps the figure when the hold is let go. */
    private Money held() {
        var held = held(order);
        return held.signum() > 0 && !voided
                ? Amounts.money(held, currency())
                : Money.zero(currency());
    }

    static BigDecimal held(JsonNode order) {
        return Amounts.number(order.path("payment"), "base_amount_authorized")
                .subtract(Amounts.number(order, "base_total_paid"));
    }

    /** Adobe Commerce only: what a gift card or the customer's credit paid of it. */
    private Optional<Order.Tender> credit(String field, String gateway) {
        var extension = order.path("extension_attributes");
        var paid = Amounts.money(extension, "base_" + field + "_invoiced", currency());
        if (!paid.isPositive()) return Optional.empty();
        return Optional.of(
                new Order.Tender(
                        gateway,
                        id() + "." + gateway,
                        Optional.empty(),
                        Money.zero(currency()),
                        paid,
                        Amounts.money(extension, "base_" + field + "_refunded", currency())));
    }

    private Optional<String> transaction() {
        return text(payment(), "last_trans_id").map(Invoice::withoutSuffix);
    }

    private JsonNode payment() {
        return order.path("payment");
    }

    private Stream<JsonNode> nodes(String field) {
        return order.path(field).valueStream();
    }

    /** UTC without saying so. */
    private Instant time() {
        try {
            var created = order.path("created_at").asText();
            return LocalDateTime.parse(created, TIME).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException malformed) {
            throw new Unreachable("order " + id() + ": created_at is no time");
        }
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.of(node.path(field).asText("")).filter(text -> !text.isBlank());
    }
}
