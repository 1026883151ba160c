package shop.unwind.magento;

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

import java.time.Duration;

/**
 * Takes an order or some of its units back. What is invoiced goes back by credit memo: without
 * money where somebody else moves it, and otherwise in the same credit memo as the money, so that
 * this step only says on the order what is to be taken back.
 */
record Cancellation(
        Platform platform,
        RestApi api,
        Orders orders,
        Comments comments,
        Desk desk,
        OrderRef order,
        Plan.Cancel plan,
        Duration settles)
        implements Effect {

    @Override
    public Outcome act(Attempt attempt) {
        var shown = orders.shown(order);
        checkStillHere(shown, attempt);
        if (isWhole() && shown.cancelled())
            return platform.outcome(
                    attempt, Result.ALREADY, shown.id(), "had been cancelled before");
        var begun = Comments.taking(shown, attempt);
        if (begun.isEmpty()) checkOpen(shown);
        var taking = begun.orElseGet(() -> Taking.of(shown, plan));
        checkInvoices(shown, taking);
        desk.open(shown);
        if (begun.isEmpty() && isAnnounced(shown, taking))
            comments.announce(shown, taking, attempt);
        return isWithMoney(shown, taking)
                ? announced(shown, attempt)
                : takeBack(shown, taking, attempt);
    }

    @Override
    public Found find(Attempt attempt) {
        var shown = orders.shown(order);
        checkStillHere(shown, attempt);
        if (isWhole() && shown.cancelled())
            return new Found.Done(takenBack(shown, shown.id(), attempt));
        var begun = Comments.taking(shown, attempt);
        if (begun.isEmpty())
            return isWhole()
                    ? new Found.Nothing()
                    : shown.marked(attempt)
                            .<Found>map(memo -> new Found.Done(takenBack(shown, id(memo), attempt)))
                            .orElseGet(Found.Nothing::new);
        if (isWithMoney(shown, begun.get())) return new Found.Done(announced(shown, attempt));
        return isTakenBack(shown, begun.get(), attempt)
                ? new Found.Done(takenBack(shown, shown.id(), attempt))
                : new Found.Nothing();
    }

    /** Of a whole order nothing is left to be taken back twice, however late a repeat arrives. */
    @Override
    public Duration settles() {
        return isWhole() ? Duration.ZERO : settles;
    }

    private boolean isWhole() {
        return plan.lines().isEmpty();
    }

    private void checkOpen(Shown shown) {
        if (isWhole() && shown.anythingShipped())
            throw new Changed("part of the order has shipped meanwhile");
        for (var units : plan.lines())
            if (shown.items().stream().noneMatch(item -> isOpen(shown, item, units)))
                throw new Changed("a line was taken back or shipped meanwhile");
        if (shown.state().equals("closed"))
            throw new Refused(
                    "closed", "its money went back by hand and its goods did not: see Magento");
    }

    private static boolean isOpen(Shown shown, Item item, Plan.Units units) {
        return item.id().equals(units.line())
                && item.line(shown.currency()).cancellable() >= units.quantity();
    }

    private void checkInvoices(Shown shown, Taking taking) {
        if (shown.invoices().stream().anyMatch(Invoice::isOpen))
            throw new Refused(
                    "invoice", "an invoice is not paid: cancel it in Magento, then run again");
        if (!isWhole() && shown.invoices().size() > 1 && isWithMoney(shown, taking))
            throw new Refused(
                    "invoices",
                    "the order has several invoices: refund its lines in Magento, by the invoice"
                            + " each stands on");
    }

    /** Whether a refund of ours follows, which makes the credit memo. */
    private boolean isWithMoney(Shown shown, Taking taking) {
        return !taking.memo().isEmpty()
                && platform.movesMoneyOf(shown.gateway())
                && shown.tenders().stream().anyMatch(tender -> tender.remaining().isPositive());
    }

    /** Afterwards an order does not show which of its units were cancelled by whom. */
    private boolean isAnnounced(Shown shown, Taking taking) {
        return isWithMoney(shown, taking) || (!isWhole() && taking.cancel());
    }

    private Outcome takeBack(Shown shown, Taking taking, Attempt attempt) {
        if (taking.memo().isEmpty() || shown.marked(attempt).isPresent())
            return rest(shown, taking, shown.id(), attempt);
        var made = creditMemo(shown, taking, attempt);
        return Unsure.unlessSeen(
                "credit memo " + made + " was made",
                () -> {
                    var now = orders.shown(shown.id());
                    checkStillHere(now, now.made(made));
                    return rest(shown, taking, made, attempt);
                });
    }

    private Outcome rest(Shown shown, Taking taking, String reference, Attempt attempt) {
        if (taking.cancel()) desk.cancelRest(shown);
        return takenBack(shown, reference, attempt);
    }

    /** Money that somebody else moves has not moved yet: people see first who has the goods. */
    private static void checkStillHere(Shown shown, Attempt attempt) {
        shown.marked(attempt).ifPresent(memo -> checkStillHere(shown, memo));
    }

    private static void checkStillHere(Shown shown, JsonNode memo) {
        if (shown.hasCrossed(memo))
            throw new Refused(
                    "shipped",
                    "goods left the house while they were taken back: see to the parcel, and to"
                            + " the credit memo in Magento");
    }

    private String creditMemo(Shown shown, Taking taking, Attempt attempt) {
        var everything = isWhole() && taking.isAllOf(shown, Item::refundable);
        return api.create(
                "/order/" + shown.id() + "/refund",
                CreditMemo.offline(shown, taking, everything, attempt));
    }

    private static boolean isTakenBack(Shown shown, Taking taking, Attempt attempt) {
        var memo = taking.memo().isEmpty() || shown.marked(attempt).isPresent();
        return memo && !(taking.cancel() && shown.anythingUninvoiced());
    }

    /** Nothing is taken back yet: that is left to the refund, and may fail with it. */
    private Outcome announced(Shown shown, Attempt attempt) {
        var words = "marked on the order: its goods go back in one credit memo with the money";
        return platform.outcome(attempt, Result.SKIPPED, shown.id(), words);
    }

    private Outcome takenBack(Shown shown, String reference, Attempt attempt) {
        var what = isWhole() ? "order cancelled" : "lines taken back";
        var how = shown.invoices().isEmpty() ? "" : " by credit memo";
        var stock = plan.restock() || shown.invoices().isEmpty() ? ", stock released" : "";
        return platform.outcome(attempt, Result.DONE, reference, what + how + stock);
    }

    private static String id(JsonNode memo) {
        return memo.path("entity_id").asText();
    }
}
