package shop.unwind.shopify;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.connector.Payments;
import shop.unwind.connector.Platform;
import shop.unwind.connector.Storefront;
import shop.unwind.domain.Money;
import shop.unwind.domain.Order;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Payment;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Plan;
import shop.unwind.domain.Plan.Why;
import shop.unwind.domain.Request;
import shop.unwind.once.Attempt;
import shop.unwind.once.Effect;
import shop.unwind.once.Found;
import shop.unwind.problem.NotFound;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Unsure;
import shop.unwind.words.Letter;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shopify as storefront, and as mover of what its own gateways took. A payment's id is {@code
 * ORDER.TRANSACTION}; with the transaction left out it stands for the order alone.
 */
final class Shopify implements Storefront, Payments {
    private static final String PROBE = Admin.document("probe");

    private final Platform platform;
    private final Admin admin;
    private final Orders orders;
    private final Refunds refunds;

    Shopify(Platform platform) {
        this.platform = platform;
        this.admin = new Admin(platform);
        this.orders = new Orders(admin);
        this.refunds = new Refunds(admin);
    }

    @Override
    public Order read(OrderRef order) {
        return orders.read(order);
    }

    @Override
    public Order priced(Order order) {
        var lines = order.lines().stream().filter(line -> line.cancellable() > 0).toList();
        if (lines.isEmpty()) return order;
        var worth =
                admin.ask(suggestions(lines), Map.of("id", ShopifyJson.gid("Order", order.id())))
                        .path("order");
        var priced = new ArrayList<Order.Line>();
        for (var line : order.lines()) {
            var suggested = worth.path("line" + line.id()).path("amountSet");
            priced.add(suggested.isMissingNode() ? line : line.worth(ShopifyJson.money(suggested)));
        }
        return order.withLines(priced);
    }

    @Override
    public Effect cancel(OrderRef order, Plan.Cancel plan) {
        return new Cancellation(platform, admin, orders, refunds, order, plan);
    }

    @Override
    public Effect note(OrderRef order, Letter letter) {
        return new Note(platform, admin, orders, order, letter);
    }

    @Override
    public Payment read(String payment) {
        var order = orders.paidBy(payment);
        var charge = charge(order, payment);
        return new Payment(
                new PaymentRef(platform.name(), payment),
                charge.authorised(),
                charge.captured(),
                charge.refunded(),
                orders.order(order).otherDisputes());
    }

    @Override
    public Outcome refund(Payment payment, Money amount, Why why, Attempt attempt) {
        var id = payment.ref().id();
        var transactions =
                charge(orders.paidBy(id), id).parts(amount).stream()
                        .map(part -> transaction(id, part))
                        .toList();
        var content = Map.of("transactions", transactions, "currency", amount.currency());
        return moved(refunds.create(Orders.gid(id), attempt, content), amount, attempt);
    }

    private static Map<String, String> transaction(String payment, Charge.Part part) {
        return Map.of(
                "orderId", Orders.gid(payment),
                "kind", "REFUND",
                "gateway", part.taken().path("gateway").asText(),
                "amount", part.amount().decimal(),
                "parentId", part.taken().path("id").asText());
    }

    /** Cancelling the order has voided what was open; what still is open waits for that. */
    @Override
    public Outcome release(Payment payment, Attempt attempt) {
        var now = read(payment.ref().id());
        if (now.authorised().isPositive())
            throw new Unsure("the authorisation is still open after the cancel");
        return platform.outcome(attempt, Result.DONE, payment.ref().id(), "authorisation released");
    }

    @Override
    public Found find(String payment, Attempt attempt) {
        return Refunds.marked(refunds.of(Orders.gid(payment)), attempt)
                .<Found>map(made -> new Found.Done(moved(made, Refunds.total(made), attempt)))
                .orElseGet(Found.Nothing::new);
    }

    @Override
    public Outcome follow(Outcome pending) {
        var refund = refunds.byId(pending.reference());
        return switch (Refunds.standing(refund)) {
            case Result.DONE -> pending.now(Result.DONE, "refund arrived", platform.clock());
            case Result.FAILED ->
                    pending.now(
                            Result.FAILED,
                            "refund came back: " + Refunds.statuses(refund).getFirst(),
                            platform.clock());
            default -> pending;
        };
    }

    @Override
    public Optional<String> orderNumber(String payment) {
        return Optional.of(orders.order(orders.paidBy(payment)).ref().number());
    }

    @Override
    public List<Request> eventsSince(Instant then) {
        return new CancelledOrders(admin, platform.clock()).since(then);
    }

    @Override
    public void probe() {
        admin.ask(PROBE, Map.of());
    }

    private Outcome moved(JsonNode refund, Money amount, Attempt attempt) {
        var id = refund.path("id").asText();
        var result = Refunds.standing(refund);
        if (result == Result.FAILED)
            throw new Refused(
                    Refunds.statuses(refund).getFirst(), "the gateway did not refund " + id);
        var words = result == Result.DONE ? "refunded" : "refund accepted, not settled yet";
        return platform.outcome(attempt, result, id, amount, words);
    }

    private static Charge charge(JsonNode order, String payment) {
        return Charge.all(order).stream()
                .filter(charge -> payment.endsWith("." + charge.id()))
                .findFirst()
                .orElseThrow(() -> new NotFound("payment " + payment));
    }

    private static String suggestions(List<Order.Line> lines) {
        var query = new StringBuilder("query Worth($id: ID!) { order(id: $id) {\n");
        for (var line : lines)
            query.append(
                    "  line%s: suggestedRefund(refundLineItems: [{lineItemId: \"%s\", quantity: %d}]) { amountSet { presentmentMoney { amount currencyCode } } }\n"
                            .formatted(
                                    line.id(),
                                    ShopifyJson.gid("LineItem", line.id()),
                                    line.open()));
        return query.append("} }").toString();
    }
}
