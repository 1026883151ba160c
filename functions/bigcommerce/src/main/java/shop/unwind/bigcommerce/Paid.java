package shop.unwind.bigcommerce;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.Dispute;
import shop.unwind.domain.Dispute.Phase;
import shop.unwind.domain.Money;
import shop.unwind.domain.Order;
import shop.unwind.problem.NotFound;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Unreachable;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How an order was paid and what went back. A payment's id is {@code ORDER.GATEWAY}: refunds are
 * made by gateway, not by transaction. All amounts are in the currency that the shopper paid in.
 */
record Paid(JsonNode order, List<JsonNode> transactions, List<JsonNode> refunds) {
    private static final Set<String> TAKES = Set.of("purchase", "capture");
    private static final Set<String> BEGINS = Set.of("purchase", "capture", "authorization");

    /** Words for a payment of which no transaction is shown, such as cash or a bank transfer. */
    private static final Set<String> TAKEN =
            Set.of("captured", "paid", "partially refunded", "refunded");

    /**
     * What was paid and refunded.
     *
     * @throws Unreachable when the lists do not show what the order says: one of them is old
     */
    static Paid of(JsonNode order, List<JsonNode> transactions, List<JsonNode> refunds) {
        var paid = new Paid(order, transactions, refunds);
        var said = paid.status().endsWith("refunded");
        if (said && refunds.isEmpty() && paid.of(Set.of("refund")).findAny().isEmpty())
            throw new Unreachable("the order and its refunds do not agree");
        return paid;
    }

    /** The word for all payments of the order together. */
    String status() {
        return order.path("payment_status").asText("");
    }

    List<Order.Tender> tenders() {
        var gateways = of(BEGINS).map(each -> each.path("gateway").asText()).distinct().toList();
        if (gateways.isEmpty()) return unshown().stream().toList();
        return gateways.stream().map(this::paidThrough).toList();
    }

    Order.Tender tender(String payment) {
        return tenders().stream()
                .filter(tender -> tender.id().equals(payment))
                .findFirst()
                .orElseThrow(() -> new NotFound("payment " + payment));
    }

    /** BigCommerce says only that there is a dispute, not how it stands. */
    List<Dispute> disputes() {
        return Status.of(order) == Status.DISPUTED
                ? List.of(new Dispute("order-" + id(), Phase.UNKNOWN))
                : List.of();
    }

    private Order.Tender paidThrough(String gateway) {
        var captured = sum(gateway, TAKES);
        return new Order.Tender(
                gateway,
                id() + "." + gateway,
                providerId(gateway),
                captured.isPositive() ? none() : held(gateway),
                captured,
                refunded(gateway));
    }

    private Money held(String gateway) {
        if (!status().startsWith("authorized")) return none();
        return sum(gateway, Set.of("authorization"));
    }

    /** What the refunds say, or the transactions where money went back without one. */
    private Money refunded(String gateway) {
        var booked =
                refunds.stream()
                        .flatMap(refund -> refund.path("payments").valueStream())
                        .filter(part -> part.path("provider_id").asText().equals(gateway))
                        .filter(part -> !part.path("is_declined").asBoolean())
                        .map(part -> Amounts.read(part, "amount", currency()))
                        .reduce(none(), Money::plus);
        var moved = sum(gateway, Set.of("refund"));
        return booked.compareTo(moved) >= 0 ? booked : moved;
    }

    /** Who moved it is not said, so the store's own words for the method are the gateway's name. */
    private Optional<Order.Tender> unshown() {
        var method = order.path("payment_method").asText("");
        var total = Amounts.read(order, "total_inc_tax", currency());
        if (method.isBlank() || !total.isPositive()) return Optional.empty();
        return Optional.of(
                new Order.Tender(
                        method,
                        id() + "." + method,
                        Optional.of(order.path("payment_provider_id").asText(""))
                                .filter(id -> !id.isBlank()),
                        none(),
                        TAKEN.contains(status()) ? total : none(),
                        refunded(method)));
    }

    private Optional<String> providerId(String gateway) {
        return at(gateway, BEGINS)
                .map(each -> each.path("gateway_transaction_id").asText(""))
                .filter(id -> !id.isBlank())
                .findFirst();
    }

    private Money sum(String gateway, Set<String> events) {
        return at(gateway, events).map(this::amount).reduce(none(), Money::plus);
    }

    private Money amount(JsonNode transaction) {
        if (!transaction.path("currency").asText().equals(currency()))
            throw new Refused(
                    "currency",
                    "a transaction is in another currency than the order's " + currency());
        return Amounts.read(transaction, "amount", currency());
    }

    private Stream<JsonNode> at(String gateway, Set<String> events) {
        return of(events).filter(each -> each.path("gateway").asText().equals(gateway));
    }

    private Stream<JsonNode> of(Set<String> events) {
        return transactions.stream()
                .filter(each -> each.path("status").asText().equals("ok"))
                .filter(each -> events.contains(each.path("event").asText()));
    }

    private String id() {
        return order.path("id").asText();
    }

    private String currency() {
        return order.path("default_currency_code").asText();
    }

    private Money none() {
        return Money.zero(currency());
    }
}
