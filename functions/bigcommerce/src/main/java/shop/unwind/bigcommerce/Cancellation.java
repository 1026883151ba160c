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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Takes an order or some of its units back, without money. It marks first what it takes, then does
 * it, then brings stock back, and marks last how that ended: whoever comes after a crash goes on
 * where the {@link Marks} stop. Of a whole order the status says that it was done; for units
 * BigCommerce has no word, so a line in the staff notes tells whoever packs.
 *
 * <p>An adjustment of stock cannot be looked up, so the levels are marked immediately before it,
 * and tell later whether it has arrived. Where sales in between leave that open, it is not sent
 * again, and staff are told.
 */
record Cancellation(
        Platform platform,
        RestApi api,
        Orders orders,
        Metafields metafields,
        Stock stock,
        OrderRef order,
        Plan.Cancel plan,
        Duration settling)
        implements Effect {
    private static final String DONE = "done";
    private static final String BACK = "stock came back";
    private static final String BY_HAND = "stock to be taken back by hand";

    @Override
    public Outcome act(Attempt attempt) {
        var goods = orders.goods(order);
        if (goods.marks().endOf(attempt).isPresent()) return done(goods, attempt);
        if (goods.marks().isUndone(attempt))
            throw new Changed("the order could not be taken back as it was then");
        if (goods.marks().takenBy(attempt).isPresent()) return goOn(goods, attempt);
        if (isWhole() && goods.cancelled())
            return platform.outcome(
                    attempt, Result.ALREADY, goods.id(), "had been cancelled before");
        return goOn(begin(goods, attempt), attempt);
    }

    @Override
    public Found find(Attempt attempt) {
        var goods = orders.goods(order);
        return found(goods, attempt).<Found>map(Found.Done::new).orElseGet(Found.Nothing::new);
    }

    /** Cancelling what is cancelled changes nothing, however late it arrives; stock would. */
    @Override
    public Duration settles() {
        return isWhole() && !plan.restock() ? Duration.ZERO : settling;
    }

    private boolean isWhole() {
        return plan.lines().isEmpty();
    }

    private Optional<Outcome> found(Goods goods, Attempt attempt) {
        var marks = goods.marks();
        if (marks.endOf(attempt).isPresent()) return Optional.of(done(goods, attempt));
        if (marks.isUndone(attempt) || marks.takenBy(attempt).isEmpty()) return Optional.empty();
        if (marks.levelsBefore(attempt).isPresent()) return told(goods, attempt);
        return isDone(goods, attempt) ? Optional.of(end(goods, DONE, attempt)) : Optional.empty();
    }

    /** Whether nothing is left to do; stock without a mark of its levels has not been touched. */
    private boolean isDone(Goods goods, Attempt attempt) {
        return taken(goods, attempt).stock().isEmpty()
                && isTaken(goods, attempt)
                && hindrance(goods.without(attempt)).isEmpty();
    }

    /** What the levels tell of an adjustment; empty when it has not arrived. */
    private Optional<Outcome> told(Goods goods, Attempt attempt) {
        var missing = missing(goods, attempt);
        var levels = stock.levels(missing);
        if (missing.stream().allMatch(each -> each.arrived(levels)))
            return Optional.of(end(goods, BACK, attempt));
        if (missing.stream().allMatch(each -> each.isToCome(levels))) return Optional.empty();
        return Optional.of(end(goods, BY_HAND, attempt));
    }

    private static List<Adjustment> missing(Goods goods, Attempt attempt) {
        return goods.marks().levelsBefore(attempt).stream()
                .flatMap(levels -> Adjustment.of(levels, taken(goods, attempt)).stream())
                .toList();
    }

    private static Marks.Taken taken(Goods goods, Attempt attempt) {
        return goods.marks()
                .takenBy(attempt)
                .orElseThrow(() -> new Unsure("what was taken back is not marked"));
    }

    private Goods begin(Goods goods, Attempt attempt) {
        checkOpen(goods);
        var lines =
                plan.lines().stream()
                        .collect(
                                Collectors.toMap(
                                        Plan.Units::line, Plan.Units::quantity, Integer::sum));
        var taken = new Marks.Taken(lines, stock.toComeBack(goods, plan));
        return goods.with(metafields.add(goods.id(), goods.marks(), Marks.taken(attempt), taken));
    }

    private Outcome goOn(Goods goods, Attempt attempt) {
        if (goods.marks().levelsBefore(attempt).isEmpty())
            return bringBack(takeBack(goods, attempt), attempt);
        var missing = missing(goods, attempt);
        var levels = stock.levels(missing);
        // It was not sent, or has not arrived: another level than before is somebody else's.
        return missing.stream().allMatch(each -> each.isToCome(levels))
                ? adjust(goods, missing, attempt)
                : end(goods, BY_HAND, attempt);
    }

    private void checkOpen(Goods goods) {
        hindrance(goods)
                .ifPresent(
                        problem -> {
                            throw problem;
                        });
    }

    private Optional<Problem> hindrance(Goods goods) {
        if (goods.disputed())
            return Optional.of(
                    new Refused(
                            "disputed", "the order is disputed: see BigCommerce, then run again"));
        if (isWhole() && goods.anythingShipped())
            return Optional.of(new Changed("part of the order has shipped meanwhile"));
        var open =
                goods.lines().stream()
                        .collect(Collectors.toMap(Order.Line::id, Order.Line::cancellable));
        return plan.lines().stream()
                        .allMatch(each -> open.getOrDefault(each.line(), 0) >= each.quantity())
                ? Optional.empty()
                : Optional.of(new Changed("a line was shipped or taken back meanwhile"));
    }

    private boolean isTaken(Goods goods, Attempt attempt) {
        return isWhole()
                ? goods.cancelled()
                : StaffNotes.of(goods.order()).contain(StaffNotes.tag(attempt));
    }

    /** Whatever turns it away, the mark must not go on saying that it was taken. */
    private Goods takeBack(Goods goods, Attempt attempt) {
        var now = goods;
        try {
            checkOpen(goods.without(attempt));
            if (!isTaken(goods, attempt)) now = update(goods, content(goods, attempt));
            if (now.shippedUnits() > goods.shippedUnits())
                throw new Changed("the order was shipped while it was being taken back");
        } catch (Changed | Refused | NotFound no) {
            undo(goods, now, attempt);
            throw no;
        }
        if (!isWhole() || now.cancelled()) return now;
        throw new Unsure("the order is in status " + Status.of(now.order()) + " after its cancel");
    }

    private Map<String, ?> content(Goods goods, Attempt attempt) {
        if (isWhole()) return Map.of("status_id", Status.CANCELLED);
        var line = StaffNotes.tag(attempt) + " taken back, not to be packed: ";
        var notes = StaffNotes.of(goods.order());
        return Map.of("staff_notes", notes.and(line + goods.named(plan.lines())));
    }

    private Goods update(Goods goods, Map<String, ?> content) {
        return goods.with(api.update(Orders.at(goods.id()), content));
    }

    /** BigCommerce cancels whatever was shipped, so that is put right again. */
    private void undo(Goods before, Goods now, Attempt attempt) {
        var tag = StaffNotes.tag(attempt);
        var notes = StaffNotes.of(now.order());
        var all = now.shippedUnits() >= now.order().path("items_total").asInt();
        if (!isWhole() && notes.contain(tag))
            update(now, Map.of("staff_notes", notes.without(tag)));
        if (isWhole() && now.cancelled() && !before.cancelled())
            update(now, Map.of("status_id", all ? Status.SHIPPED : Status.PARTIALLY_SHIPPED));
        metafields.add(now.id(), now.marks(), Marks.undone(attempt), "undone");
    }

    /** From here on units are taken: what cannot be done about their stock is for staff. */
    private Outcome bringBack(Goods goods, Attempt attempt) {
        var units = taken(goods, attempt).stock();
        if (units.isEmpty()) return end(goods, DONE, attempt);
        try {
            var missing = stock.withLevels(units);
            if (missing.isEmpty()) return end(goods, DONE, attempt);
            if (metafields.isNew(goods.id(), Marks.levels(attempt), Adjustment.levels(missing)))
                return adjust(goods, missing, attempt);
        } catch (Refused | NotFound no) {
            return end(goods, BY_HAND, attempt);
        }
        throw new Unsure("its stock may be on its way back already");
    }

    private Outcome adjust(Goods goods, List<Adjustment> missing, Attempt attempt) {
        try {
            stock.adjust(missing, attempt);
        } catch (Refused | NotFound no) {
            return end(goods, BY_HAND, attempt);
        }
        return end(goods, BACK, attempt);
    }

    /** It is done: a problem with the mark leaves us unsure. */
    private Outcome end(Goods goods, String how, Attempt attempt) {
        try {
            var marks = metafields.add(goods.id(), goods.marks(), Marks.ended(attempt), how);
            return done(goods.with(marks), attempt);
        } catch (Problem unmarked) {
            throw new Unsure(how + ", and that is not marked: " + unmarked.getMessage());
        }
    }

    private Outcome done(Goods goods, Attempt attempt) {
        var what = isWhole() ? "order cancelled" : "lines taken back";
        var open = goods.marks().endOf(attempt).filter(BY_HAND::equals).isPresent();
        var stock = open ? "; whether its stock came back cannot be told: see its level there" : "";
        return platform.outcome(attempt, Result.DONE, goods.id(), what + stock);
    }
}
