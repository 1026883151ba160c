package shop.unwind.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.connector.Platform;
import shop.unwind.domain.Order;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Plan;
import shop.unwind.once.Attempt;
import shop.unwind.once.Effect;
import shop.unwind.once.Found;
import shop.unwind.problem.Changed;
import shop.unwind.problem.Misconfigured;
import shop.unwind.problem.Unsure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Takes an order back by its status, or some of its units by a record that moves no money. */
record Cancellation(
        Platform platform,
        RestApi api,
        Orders orders,
        OrderRef order,
        Plan.Cancel plan,
        Duration settling)
        implements Effect {

    @Override
    public Outcome act(Attempt attempt) {
        var shown = orders.shown(order);
        checkNotShipped(shown);
        return isWhole() ? cancel(shown, attempt) : takeLines(shown, attempt);
    }

    @Override
    public Found find(Attempt attempt) {
        var shown = orders.shown(order);
        if (!isWhole())
            return shown.marked(attempt)
                    .<Found>map(record -> new Found.Done(takenBack(shown, record, attempt)))
                    .orElseGet(Found.Nothing::new);
        if (!shown.cancelled()) return new Found.Nothing();
        checkNotShipped(shown);
        return new Found.Done(cancelled(shown, attempt));
    }

    /** Cancelling what is cancelled changes nothing, however late it arrives. */
    @Override
    public Duration settles() {
        return isWhole() ? Duration.ZERO : settling;
    }

    private boolean isWhole() {
        return plan.lines().isEmpty();
    }

    private static void checkNotShipped(Shown shown) {
        if (shown.shipped()) throw new Changed("the order has shipped meanwhile");
    }

    private Outcome cancel(Shown shown, Attempt attempt) {
        if (shown.cancelled())
            return platform.outcome(
                    attempt, Result.ALREADY, shown.id(), "had been cancelled before");
        checkStock();
        var mark = RestApi.meta(Shown.CANCELLED_BY, attempt.mark());
        var now =
                api.update(
                        Orders.at(shown.id()),
                        Map.of("status", "cancelled", "meta_data", List.of(mark)));
        if (!now.path("status").asText().equals("cancelled"))
            throw new Unsure("the order is " + now.path("status").asText() + " after its cancel");
        if (!shown.isCompletedAsIn(now)) throw completedMeanwhile(shown.id());
        return cancelled(shown, attempt);
    }

    /** WooCommerce cancels whatever was completed, so that is put right again. */
    private Changed completedMeanwhile(String id) {
        api.update(Orders.at(id), Map.of("status", "completed"));
        return new Changed("the order was completed while it was being cancelled");
    }

    /** Its stock comes back with the status, asked for or not. */
    private void checkStock() {
        if (!plan.restock() && managesStock())
            throw new Misconfigured(
                    "policy restock: WooCommerce puts stock back by itself when an order is"
                            + " cancelled; where another system does, switch WooCommerce's stock"
                            + " management off and set platforms.woocommerce.stockManagement to"
                            + " false");
    }

    private boolean managesStock() {
        return platform.settings().path("stockManagement").asBoolean(true);
    }

    private Outcome cancelled(Shown shown, Attempt attempt) {
        var restocked = plan.restock() && managesStock();
        var words = restocked ? "order cancelled, stock taken back" : "order cancelled";
        return platform.outcome(attempt, Result.DONE, shown.id(), words);
    }

    private Outcome takeLines(Shown shown, Attempt attempt) {
        checkOpen(shown.in(order));
        var content =
                Map.of(
                        "amount",
                        "0",
                        "reason",
                        attempt.mark(),
                        "api_refund",
                        false,
                        "api_restock",
                        plan.restock(),
                        "line_items",
                        plan.lines().stream().map(Cancellation::line).toList(),
                        "meta_data",
                        List.of(RestApi.meta(Orders.ATTEMPT, attempt.key())));
        return takenBack(shown, api.create(Orders.refunds(shown.id()), content), attempt);
    }

    private static Map<String, Object> line(Plan.Units units) {
        return Map.of(
                "id", Long.parseLong(units.line()),
                "quantity", units.quantity(),
                "refund_total", 0);
    }

    private void checkOpen(Order shown) {
        var open =
                shown.lines().stream()
                        .collect(Collectors.toMap(Order.Line::id, Order.Line::cancellable));
        for (var units : plan.lines())
            if (open.getOrDefault(units.line(), 0) < units.quantity())
                throw new Changed("a line was taken back meanwhile");
    }

    private Outcome takenBack(Shown shown, JsonNode record, Attempt attempt) {
        return platform.outcome(
                attempt, Result.DONE, Orders.reference(shown.id(), record), "lines taken back");
    }
}
