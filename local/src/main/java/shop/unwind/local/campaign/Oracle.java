package shop.unwind.local.campaign;

import shop.unwind.domain.Decision.Verdict;
import shop.unwind.local.campaign.Account.Channel;
import shop.unwind.local.campaign.Account.Refund;
import shop.unwind.local.campaign.Account.Take;
import shop.unwind.local.campaign.Judgement.End;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Keeps its own books of one order from what befell it, and says by them which rules of the design
 * the platforms' books break.
 */
final class Oracle {
    /** A refund that was on its way may cross a dispute; one that began later may not. */
    private static final Duration SAME_MOMENT = Duration.ofSeconds(5);

    private final Trial trial;
    private final Function<String, Optional<Instant>> begun;
    private final Notebook notes;

    /**
     * Books of a new order.
     *
     * @param begun when a case's execution began
     */
    Oracle(Trial trial, Function<String, Optional<Instant>> begun) {
        this.trial = trial;
        this.begun = begun;
        this.notes = new Notebook(trial);
    }

    /** Books what somebody is about to try. */
    void tries(Act act) {
        notes.tries(act);
    }

    /** Books what has just happened. */
    void saw(Act act, Instant at) {
        notes.saw(act, at);
    }

    /** The rules that hold at every moment. */
    List<Broken> meanwhile(Account account, Dossier dossier) {
        var rules = new Rules(trial, account, dossier, notes.mayRepeat());
        meanwhile(rules, account);
        if (notes.isStockKept()) rules.stockWithin(sku -> twiceForNow(account, sku));
        return rules.broken();
    }

    /** These, and what holds once everything is at rest. */
    List<Broken> atRest(Account account, Dossier dossier) {
        var rules = new Rules(trial, account, dossier, notes.mayRepeat());
        meanwhile(rules, account);
        if (notes.isStockKept()) rules.stockOnce();
        if (notes.expectsCase() || dossier.head().isPresent()) rules.neverLost();
        neverAgainstStaff(rules, account, dossier);
        if (dossier.end() == End.DONE) allDone(rules, account, dossier);
        return rules.broken();
    }

    private void meanwhile(Rules rules, Account account) {
        neverMoreThanCaptured(rules, account);
        neverMoreThanDue(rules, account);
        neverMoreThanLeft(rules, account);
        rules.oncePerCase();
        neverIntoChargeback(rules, account);
        shippedStays(rules, account);
        nothingUnasked(rules, account);
        rules.saidOnce();
        rules.onlyTheTruth(trial.basket()::shown);
    }

    /** What earlier cases brought back, where the shop does so again before we correct it. */
    private int twiceForNow(Account account, String sku) {
        if (!trial.shop().correctsStock()) return 0;
        var last = account.takes().stream().max(Comparator.comparing(Take::at)).map(Take::by);
        return account.takes().stream()
                .filter(take -> take.sku().equals(sku))
                .filter(take -> !last.equals(Optional.of(take.by())))
                .mapToInt(Take::units)
                .sum();
    }

    private void neverMoreThanCaptured(Rules rules, Account account) {
        var tenders = trial.basket().tenders();
        var all = notes.captured();
        if (ours(account) > 0 && account.refunded() > all)
            rules.broken("R1", "refunded %d of %d", account.refunded(), all);
        for (var at = 0; at < tenders.size(); at++) {
            var payment = trial.payment(at);
            var refunded = refunded(account, payment);
            var captured = notes.captured(at);
            if (tenders.get(at).captured() && refunded > captured)
                rules.broken("R1", "%s: refunded %d of %d", payment, refunded, captured);
        }
    }

    private static long refunded(Account account, String payment) {
        return account.refunds().stream()
                .filter(Refund::stands)
                .filter(refund -> refund.payment().equals(payment))
                .mapToLong(Refund::amount)
                .sum();
    }

    /**
     * Part of an order is worth its goods; the whole, and what staff agreed on, is worth it all.
     */
    private void neverMoreThanDue(Rules rules, Account account) {
        if (account.cancelled() || (notes.isDisputed() && notes.isApproved())) return;
        var worth = worth(account);
        if (ours(account) > worth + rounding(account))
            rules.broken("R1", "refunded %d for goods worth %d", ours(account), worth);
    }

    /** How far the shop's shares of a line and ours may lie apart. */
    private long rounding(Account account) {
        return account.takes().size() * Basket.smallest(trial.basket().currency());
    }

    /** What the goods taken back are worth. */
    private static long worth(Account account) {
        return account.takes().stream().mapToLong(Take::worth).sum();
    }

    private static long ours(Account account) {
        return account.refunds().stream()
                .filter(Refund::isOurs)
                .filter(Refund::stands)
                .mapToLong(Refund::amount)
                .sum();
    }

    /** Who reads before the refund what others have refunded does not ask for more than is left. */
    private void neverMoreThanLeft(Rules rules, Account account) {
        account.refused().stream()
                .filter(Account.Refusal::isForTooMuch)
                .filter(
                        refusal ->
                                notes.refundedByHand().map(at -> isLater(refusal, at)).orElse(true))
                .forEach(
                        refusal ->
                                rules.broken("R1", "%s asked for more than is left", refusal.by()));
    }

    private void neverIntoChargeback(Rules rules, Account account) {
        if (notes.blockedSince().isEmpty()) return;
        var since = notes.blockedSince().get();
        account.refused().stream()
                .filter(Account.Refusal::isForChargeback)
                .filter(refusal -> isLater(refusal, since))
                .forEach(refusal -> rules.broken("R3", "%s tried into a chargeback", refusal.by()));
        account.refunds().stream()
                .filter(Refund::isOurs)
                .filter(refund -> isCard(refund) && isLater(refund.by(), refund.at(), since))
                .forEach(refund -> rules.broken("R3", "%s into a chargeback", refund));
    }

    /** A gift card is no bank's business. */
    private boolean isCard(Refund refund) {
        var tenders = trial.basket().tenders();
        for (var at = 0; at < tenders.size(); at++)
            if (trial.payment(at).equals(refund.payment())) return trial.basket().isCard(at);
        return false;
    }

    private boolean isLater(Account.Refusal refusal, Instant than) {
        return isLater(refusal.by(), refusal.at(), than);
    }

    private boolean isLater(String by, Instant at, Instant than) {
        var knew = begun.apply(by).filter(than::isBefore).isPresent();
        return at.isAfter(knew ? than : than.plus(SAME_MOMENT));
    }

    /** Goods that have left are not taken back by us. */
    private void shippedStays(Rules rules, Account account) {
        for (var take : account.takes()) {
            if (!take.isOurs()) continue;
            var gone = gone(account, take);
            var bought = bought(take.sku());
            if (gone > bought)
                rules.broken("R5", "%s: %d taken or shipped of %d", take.sku(), gone, bought);
        }
    }

    /** Units shipped before, and taken until then. */
    private static int gone(Account account, Take last) {
        var shipped =
                account.shipments().stream()
                        .filter(each -> each.sku().equals(last.sku()))
                        .filter(each -> each.at().isBefore(last.at()))
                        .mapToInt(Account.Shipment::units)
                        .sum();
        var taken =
                account.takes().stream()
                        .filter(each -> each.sku().equals(last.sku()))
                        .filter(each -> !each.at().isAfter(last.at()))
                        .mapToInt(Take::units)
                        .sum();
        return shipped + taken;
    }

    private int bought(String sku) {
        return trial.goods().stream()
                .filter(goods -> goods.sku().equals(sku))
                .mapToInt(Purchase.Goods::quantity)
                .sum();
    }

    private void nothingUnasked(Rules rules, Account account) {
        for (var at = 0; at < trial.goods().size(); at++) {
            var sku = trial.sku(at);
            var ours =
                    account.takes().stream()
                            .filter(take -> take.isOurs() && take.sku().equals(sku))
                            .mapToInt(Take::units)
                            .sum();
            var wanted = notes.wanted(at);
            if (ours > wanted)
                rules.broken("R6", "%s: %d taken back, asked for %d", sku, ours, wanted);
        }
    }

    private static void neverAgainstStaff(Rules rules, Account account, Dossier dossier) {
        var by = dossier.head().map(head -> head.originId().toString()).orElse("");
        if (dossier.decided("rejected")
                && account.refunds().stream().anyMatch(refund -> refund.by().equals(by)))
            rules.broken("R5", "refunded against staff");
    }

    private void allDone(Rules rules, Account account, Dossier dossier) {
        if (notes.isAsked() && dossier.decided("nothing-asked"))
            rules.broken("R4", "a request was passed over");
        if (notes.isAsked() && account.said(Channel.MAIL).isEmpty())
            rules.broken("R7", "closed, the customer not told");
        if (account.said(Channel.CHAT).isEmpty()) rules.broken("R7", "closed, staff not told");
        if (notes.isShelved()) allShelved(rules, account);
        var took = dossier.decided(Verdict.GO) || dossier.foundDone();
        if (!took || notes.isDisputed() || notes.cameBack()) return;
        if (!account.cancelled()) partRefunded(rules, account, dossier);
        else allRefunded(rules, account);
    }

    private void allShelved(Rules rules, Account account) {
        for (var goods : trial.goods()) {
            var taken = account.taken().getOrDefault(goods.sku(), 0);
            var restocked = account.restocked().getOrDefault(goods.sku(), 0);
            if (!taken.equals(restocked))
                rules.broken("R6", "%s: %d restocked of %d", goods.sku(), restocked, taken);
        }
    }

    private void allRefunded(Rules rules, Account account) {
        var all = notes.captured();
        if (account.refunded() != all)
            rules.broken("R1", "closed with %d refunded of %d", account.refunded(), all);
        if (account.held()) rules.broken("R1", "closed while money can still be taken");
    }

    /** Cases before may have ended otherwise; then nobody can tell what is left to this one. */
    private void partRefunded(Rules rules, Account account, Dossier dossier) {
        var simple = dossier.endings().values().stream().allMatch(Ending::isSuccess);
        var taken = trial.basket().tenders().stream().allMatch(Basket.Tender::captured);
        if (!simple || notes.refundedByHand().isPresent() || !taken) return;
        var worth = worth(account);
        if (Math.abs(ours(account) - worth) > rounding(account))
            rules.broken("R1", "closed with %d refunded for goods worth %d", ours(account), worth);
    }
}
