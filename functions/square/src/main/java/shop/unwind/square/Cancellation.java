package shop.unwind.square;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.connector.Platform;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Plan;
import shop.unwind.once.Attempt;
import shop.unwind.once.Effect;
import shop.unwind.once.Found;
import shop.unwind.problem.Changed;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Unsure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes an order or some of its units back. First what is still to be sent is called off, then the
 * order is cancelled where Square allows it: not once it was paid, then it ends as COMPLETED. What
 * Square took from stock for a completed order comes back by an adjustment.
 */
record Cancellation(Platform platform, Orders orders, Stock stock, OrderRef order, Plan.Cancel plan)
        implements Effect {
    @Override
    public Outcome act(Attempt attempt) {
        return Orders.whileItChanges(
                () -> plan.lines().isEmpty() ? cancelWhole(attempt) : takeLines(attempt));
    }

    @Override
    public Found find(Attempt attempt) {
        var shown = orders.shown(order);
        if (!plan.lines().isEmpty())
            return isTaken(shown, attempt)
                    ? new Found.Done(taken(shown, attempt))
                    : new Found.Nothing();
        if (!shown.cancelled()) return new Found.Nothing();
        checkNotShipped(shown);
        checkBooked(shown);
        return isUnfinished(shown)
                ? new Found.Nothing()
                : new Found.Done(cancelled(shown, Result.DONE, attempt));
    }

    private Outcome cancelWhole(Attempt attempt) {
        var shown = orders.shown(order);
        checkNotShipped(shown);
        if (shown.cancelled() && !isUnfinished(shown) && !isUnbooked(shown))
            return platform.outcome(
                    attempt, Result.ALREADY, shown.id(), "had been cancelled before");
        var ended = shown.isOver() ? shown : ended(calledOff(shown, attempt), attempt);
        checkBooked(ended);
        var back = returnable(ended);
        if (!back.isEmpty()) stock.bringBack(ended, back, attempt);
        return cancelled(ended, back.isEmpty() ? "" : ", stock taken back", attempt);
    }

    /** A cancel of ours that was broken off. */
    private boolean isUnfinished(Shown shown) {
        var mayEnd = !shown.isOver() && !shown.isPaid();
        return shown.isCancelledByUs() && (mayEnd || !returnable(shown).isEmpty());
    }

    /** An order that we called off is completed by that, and only then does stock leave. */
    private boolean isUnbooked(Shown shown) {
        return plan.restock() && shown.isCancelledByUs() && stock.isUnbooked(shown);
    }

    /** Looked up until it is there: Square's books may lag behind its orders. */
    private void checkBooked(Shown shown) {
        if (isUnbooked(shown))
            throw new Unsure("Square has not booked yet what stock the order took");
    }

    private List<Plan.Units> returnable(Shown shown) {
        return plan.restock() ? stock.returnable(shown, Stock.all(shown)) : List.of();
    }

    private Shown calledOff(Shown shown, Attempt attempt) {
        var live = shown.live();
        if (live.isEmpty()) return shown;
        var content = new LinkedHashMap<String, Object>();
        content.put(
                "fulfillments",
                live.stream().map(uid -> Map.of("uid", uid, "state", "CANCELED")).toList());
        content.put("metadata", Map.of(Shown.CANCELLED_BY, attempt.mark()));
        var now = now(orders.change(shown, attempt.uuid().toString(), content));
        // A field that Square does not know it passes over without a word.
        if (!now.live().isEmpty()) throw new Unsure("fulfilments still stand after their cancel");
        return now;
    }

    /**
     * UNCONFIRMED: whether Square cancels an open order that holds a payment. Where it does not,
     * nothing of it is sent any more, which is what matters.
     */
    private Shown ended(Shown shown, Attempt attempt) {
        if (shown.isOver()) return shown;
        var content = new LinkedHashMap<String, Object>();
        content.put("state", "CANCELED");
        if (!shown.isCancelledByUs())
            content.put("metadata", Map.of(Shown.CANCELLED_BY, attempt.mark()));
        try {
            var now = now(orders.change(shown, attempt.uuid() + "-state", content));
            if (now.state().equals("CANCELED")) return now;
            throw new Unsure("the order is " + now.state() + " after its cancel");
        } catch (Refused no) {
            if (SquareProblems.isOldVersion(no) || !shown.isPaid() || !shown.cancelled()) throw no;
            return shown;
        }
    }

    private Shown now(JsonNode changed) {
        return new Shown(order, changed, stock.moves(changed));
    }

    private Outcome takeLines(Attempt attempt) {
        var shown = orders.shown(order);
        if (isTaken(shown, attempt)) return taken(shown, attempt);
        checkOpen(shown);
        if (shown.isOver()) return takeFromCompleted(shown, attempt);
        var entry = Map.of(Taken.key(attempt.mark()), Taken.written(attempt, plan.lines()));
        var now = now(orders.change(shown, attempt.uuid().toString(), Map.of("metadata", entry)));
        if (!isTaken(now, attempt)) throw new Unsure("the order does not bear what was taken back");
        return taken(now, attempt);
    }

    /** The only record of it is in stock: without one the same units could be refunded twice. */
    private Outcome takeFromCompleted(Shown shown, Attempt attempt) {
        var back = plan.restock() ? stock.returnable(shown, plan.lines()) : List.<Plan.Units>of();
        if (!back.equals(plan.lines()))
            throw new Refused(
                    "COMPLETED",
                    "Square keeps no record of lines taken off a completed order: do it in its"
                            + " dashboard");
        stock.bringBack(shown, back, attempt);
        return platform.outcome(
                attempt,
                Result.DONE,
                shown.id(),
                "stock taken back; Square keeps a completed order as it is");
    }

    private boolean isTaken(Shown shown, Attempt attempt) {
        return shown.metadata(Taken.key(attempt.mark())).isPresent()
                || shown.moves().stream()
                        .anyMatch(
                                move ->
                                        move.path("reference_id")
                                                .asText()
                                                .startsWith(attempt.mark() + " "));
    }

    private void checkNotShipped(Shown shown) {
        if (shown.anythingShipped()) throw new Changed("the order has shipped meanwhile");
    }

    private void checkOpen(Shown shown) {
        for (var units : plan.lines()) {
            var open =
                    shown.cancelled()
                            ? 0
                            : shown.lines().stream()
                                    .filter(line -> Shown.uid(line).equals(units.line()))
                                    .mapToInt(shown::cancellable)
                                    .sum();
            if (open < units.quantity())
                throw new Changed("a line was taken back or has left meanwhile");
        }
    }

    private Outcome taken(Shown shown, Attempt attempt) {
        return platform.outcome(
                attempt,
                Result.DONE,
                shown.id(),
                "lines taken back: noted in the order's metadata, since Square takes none off it");
    }

    private Outcome cancelled(Shown shown, Result result, Attempt attempt) {
        var restocked =
                shown.moves().stream()
                        .anyMatch(
                                move ->
                                        move.path("reference_id")
                                                .asText()
                                                .startsWith(attempt.mark() + " "));
        return platform.outcome(
                attempt,
                result,
                shown.id(),
                words(shown) + (restocked ? ", stock taken back" : ""));
    }

    private Outcome cancelled(Shown shown, String stock, Attempt attempt) {
        return platform.outcome(attempt, Result.DONE, shown.id(), words(shown) + stock);
    }

    private static String words(Shown shown) {
        return switch (shown.state()) {
            case "CANCELED" -> "order cancelled";
            case "COMPLETED" ->
                    "called off: Square does not cancel a paid order and keeps it as completed";
            default -> "called off: Square does not cancel a paid order and keeps it open";
        };
    }
}
