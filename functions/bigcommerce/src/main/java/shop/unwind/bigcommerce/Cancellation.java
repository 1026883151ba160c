package shop.unwind.bigcommerce;

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
import shop.unwind.problem.NotFound;
import shop.unwind.problem.Problem;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Unsure;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * Takes an order or some of its units back, without money. Of a whole order the status says so; of
 * units BigCommerce has no word for it, so the staff notes say it: whoever packs reads them there.
 * What is to come back into stock is noted in the same write, with the levels as they are; the
 * levels later tell whether an adjustment whose answer was lost has arrived. Where sales in between
 * leave that open, it is not sent again, and staff are told.
 */
record Cancellation(
        Platform platform,
        RestApi api,
        Orders orders,
        Stock stock,
        OrderRef order,
        Plan.Cancel plan,
        Duration settling)
        implements Effect {
    private static final String BACK = "stock came back";
    private static final String BY_HAND = "stock to be taken back by hand";

    @Override
    public Outcome act(Attempt attempt) {
        var goods = orders.goods(order);
        if (isBegun(goods, attempt)) return bringBack(goods, attempt);
        if (isWhole() && goods.cancelled())
            return outcome(attempt, Result.ALREADY, goods, "had been cancelled before");
        checkOpen(goods);
        return bringBack(takeBack(goods, attempt), attempt);
    }

    @Override
    public Found find(Attempt attempt) {
        var goods = orders.goods(order);
        if (!isBegun(goods, attempt))
            return isWhole() && goods.cancelled()
                    ? new Found.Done(done(goods, attempt))
                    : new Found.Nothing();
        var missing = missing(goods, attempt);
        if (missing.isEmpty()) return new Found.Done(done(goods, attempt));
        var levels = stock.levels(missing.stream().map(Adjustment::variant).toList());
        if (areAll(missing, levels, each -> each.before() + each.units()))
            return new Found.Done(end(goods, BACK, attempt));
        if (areAll(missing, levels, Adjustment::before)) return new Found.Nothing();
        return new Found.Done(end(goods, BY_HAND, attempt));
    }

    /** Cancelling what is cancelled changes nothing, however late it arrives; stock would. */
    @Override
    public Duration settles() {
        return isWhole() && !plan.restock() ? Duration.ZERO : settling;
    }

    private boolean isWhole() {
        return plan.lines().isEmpty();
    }

    private boolean isBegun(Goods goods, Attempt attempt) {
        var word = isWhole() ? Goods.CANCELLED : Goods.TOOK;
        var noted = goods.notes().last(StaffNotes.tag(attempt), word).isPresent();
        return noted && (!isWhole() || goods.cancelled());
    }

    private void checkOpen(Goods goods) {
        if (goods.disputed())
            throw new Refused("disputed", "the order is disputed: see BigCommerce, then run again");
        if (isWhole() && goods.anythingShipped())
            throw new Changed("part of the order has shipped meanwhile");
        var open =
                goods.lines().stream()
                        .collect(Collectors.toMap(Order.Line::id, Order.Line::cancellable));
        for (var units : plan.lines())
            if (open.getOrDefault(units.line(), 0) < units.quantity())
                throw new Changed("a line was shipped or taken back meanwhile");
    }

    private Goods takeBack(Goods goods, Attempt attempt) {
        var tag = StaffNotes.tag(attempt);
        var what = isWhole() ? Goods.CANCELLED : Goods.text(plan.lines());
        var missing = stock.missing(goods, plan);
        var more = missing.isEmpty() ? "" : "\n" + tag + " " + Adjustment.text(missing);
        var now = write(goods, goods.notes().and(tag + " " + what + more));
        if (now.shippedUnits() > goods.shippedUnits()) throw shippedMeanwhile(goods, now);
        if (!isBegun(now, attempt))
            throw new Unsure(
                    "the order is in status " + Status.of(now.order()) + " after its cancel");
        return now;
    }

    private Goods write(Goods goods, String notes) {
        var content = new HashMap<String, Object>(Map.of("staff_notes", notes));
        if (isWhole()) content.put("status_id", Status.CANCELLED);
        return Goods.of(api.update(Orders.at(goods.id()), content), goods.products());
    }

    /** BigCommerce cancels whatever was shipped, so that is put right again. */
    private Changed shippedMeanwhile(Goods before, Goods now) {
        var content =
                new HashMap<String, Object>(
                        Map.of("staff_notes", String.join("\n", before.notes().lines())));
        var all = now.shippedUnits() >= now.order().path("items_total").asInt();
        if (isWhole()) content.put("status_id", all ? Status.SHIPPED : Status.PARTIALLY_SHIPPED);
        api.update(Orders.at(before.id()), content);
        return new Changed("the order was shipped while it was being taken back");
    }

    /** What is still to come back: nothing once the notes say how that ended. */
    private List<Adjustment> missing(Goods goods, Attempt attempt) {
        var tag = StaffNotes.tag(attempt);
        var ended = goods.notes().contain(tag + " " + BACK);
        return ended || goods.notes().contain(tag + " " + BY_HAND)
                ? List.of()
                : Adjustment.noted(goods.notes(), tag);
    }

    private Outcome bringBack(Goods goods, Attempt attempt) {
        var missing = missing(goods, attempt);
        if (missing.isEmpty()) return done(goods, attempt);
        try {
            stock.adjust(missing, attempt);
        } catch (Refused | NotFound no) {
            return end(goods, BY_HAND, attempt);
        }
        return end(goods, BACK, attempt);
    }

    /** From here on stock has moved: a problem with the note leaves us unsure. */
    private Outcome end(Goods goods, String how, Attempt attempt) {
        try {
            var notes = goods.notes().and(StaffNotes.tag(attempt) + " " + how);
            var now = api.update(Orders.at(goods.id()), Map.of("staff_notes", notes));
            return done(Goods.of(now, goods.products()), attempt);
        } catch (Problem unnoted) {
            throw new Unsure(how + ", and that is not noted: " + unnoted.getMessage());
        }
    }

    private Outcome done(Goods goods, Attempt attempt) {
        var tag = StaffNotes.tag(attempt);
        var what = isWhole() ? "order cancelled" : "lines taken back";
        var stock =
                goods.notes().contain(tag + " " + BY_HAND)
                        ? "; whether its stock came back cannot be told: see its level there"
                        : "";
        return outcome(attempt, Result.DONE, goods, what + stock);
    }

    private static boolean areAll(
            List<Adjustment> all, Map<String, Integer> levels, ToIntFunction<Adjustment> level) {
        return all.stream()
                .allMatch(
                        each ->
                                levels.getOrDefault(each.variant(), Integer.MIN_VALUE)
                                        == level.applyAsInt(each));
    }

    private Outcome outcome(Attempt attempt, Result result, Goods goods, String words) {
        return new Outcome(
                attempt.step(),
                platform.name(),
                result,
                goods.id(),
                Optional.empty(),
                words,
                platform.clock().instant());
    }
}
