package shop.unwind.local.campaign;

import shop.unwind.local.campaign.Account.Channel;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of one order from what befell it: what was captured, what was asked for, who else
 * gave back money, and since when a bank stands between. How the product decides is not known here.
 */
final class Notebook {
    private final Trial trial;
    private final int[] wanted;
    private final long[] captured;
    private final Set<Channel> mayRepeat = EnumSet.of(Channel.MAIL);
    private Optional<Instant> blockedSince = Optional.empty();
    private Optional<Instant> byHand = Optional.empty();
    private boolean expectsCase;
    private boolean asked;
    private boolean disputed;
    private boolean approved;
    private boolean cameBack;
    private boolean shelved = true;
    private boolean stockKept = true;

    Notebook(Trial trial) {
        this.trial = trial;
        var basket = trial.basket();
        wanted = new int[basket.lines().size()];
        captured = new long[basket.tenders().size()];
        for (var at = 0; at < captured.length; at++)
            captured[at] = basket.tenders().get(at).captured() ? basket.amount(at) : 0;
    }

    /** Notes what somebody is about to try: who sends the form wants it, whatever the answer is. */
    void tries(Act act) {
        if (act instanceof Act.Ask(var units)) want(trial.existing(units));
    }

    /** Notes what has just happened. */
    void saw(Act act, Instant at) {
        switch (act) {
            case Act.Ask _ -> {
                asked = true;
                expectsCase = true;
            }
            case Act.CancelInShop cancel -> cancelled(trial.shop().outcome(cancel), at);
            case Act.RefundInShop _, Act.RefundAtProvider _ -> byHand = Optional.of(at);
            case Act.Complain(var complaint) -> complained(complaint, at);
            case Act.Escalate _ -> {
                if (trial.cardMover().takesOnEscalation()) block(at);
            }
            case Act.Settle(var won) -> {
                if (won) blockedSince = Optional.empty();
                else block(at);
            }
            case Act.Capture _ -> capture();
            case Act.RefundFails _ -> cameBack = true;
            case Act.Answer(var approve) -> approved |= approve;
            case Act.Spoil(var operation, _, _) -> {
                if (operation.place() == Act.Place.CHAT) mayRepeat.add(Channel.CHAT);
            }
            case Act.Stop _, Act.RestartWorkflow _ -> mayRepeat.add(Channel.CHAT);
            case Act.Ship ship -> moved(ship);
            case Act.RefundArrives _, Act.RunAgain _, Act.Redeliver _, Act.DeliverTwice _ -> {}
        }
    }

    private void moved(Act.InShop act) {
        var isBegun = Arrays.stream(wanted).anyMatch(units -> units > 0);
        if (isBegun && !trial.shop().keepsStock(act)) stockKept = false;
    }

    private void cancelled(Act.CancelInShop cancel, Instant at) {
        moved(cancel);
        expectsCase |= trial.shop().tellsOfCancel(captured() > 0);
        want(List.of());
        if (!cancel.restock()) shelved = false;
        if (cancel.refund()) byHand = Optional.of(at);
    }

    private void want(List<Integer> units) {
        for (var at = 0; at < wanted.length; at++) {
            var bought = trial.goods().get(at).quantity();
            var more = units.isEmpty() ? bought : at < units.size() ? units.get(at) : 0;
            wanted[at] = Math.min(bought, wanted[at] + more);
        }
    }

    private void complained(Act.Complaint complaint, Instant at) {
        expectsCase = true;
        disputed = true;
        want(List.of());
        if (complaint == Act.Complaint.CHARGEBACK) block(at);
    }

    private void block(Instant at) {
        if (blockedSince.isEmpty()) blockedSince = Optional.of(at);
    }

    private void capture() {
        for (var at = 0; at < captured.length; at++) captured[at] = trial.basket().amount(at);
    }

    /** Units that anybody asked to take back of this line, as far as they were bought. */
    int wanted(int line) {
        return wanted[line];
    }

    /** What was taken from the customer by this tender. */
    long captured(int tender) {
        return captured[tender];
    }

    long captured() {
        return Arrays.stream(captured).sum();
    }

    /** Since when a bank has the money, or will decide about it. */
    Optional<Instant> blockedSince() {
        return blockedSince;
    }

    /** When somebody else last gave back money. */
    Optional<Instant> refundedByHand() {
        return byHand;
    }

    /** Where something may be said a second time. */
    Set<Channel> mayRepeat() {
        return Set.copyOf(mayRepeat);
    }

    boolean expectsCase() {
        return expectsCase;
    }

    boolean isAsked() {
        return asked;
    }

    boolean isDisputed() {
        return disputed;
    }

    boolean isApproved() {
        return approved;
    }

    /** Whether a bank has sent a refund back. */
    boolean cameBack() {
        return cameBack;
    }

    /** Whether all that was taken back is to be in stock again. */
    boolean isShelved() {
        return shelved && stockKept;
    }

    /** Whether nobody has moved stock past what we had brought back before. */
    boolean isStockKept() {
        return stockKept;
    }
}
