package shop.unwind.local.campaign;

import shop.unwind.domain.Decision.Verdict;
import shop.unwind.local.campaign.Account.Channel;
import shop.unwind.local.campaign.Account.Refund;
import shop.unwind.local.campaign.Account.Take;
import shop.unwind.local.campaign.Judgement.End;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Keeps its own books of one order from what befell it, and says by them which rules of the design
 * the platforms' books break. It knows what was captured, what was asked for, who else gave back
 * money, and since when a bank stands between; it does not know how the product decides.
 */
final class Oracle {
    /** A refund that was on its way may cross a dispute; one that began later may not. */
    private static final Duration SAME_MOMENT = Duration.ofSeconds(5);

    private final Trial trial;
    private final Function<String, Optional<Instant>> begun;
    private final int[] wanted;
    private final long[] captured;
    private final Set<Channel> mayRepeat = EnumSet.of(Channel.MAIL);
    private Optional<Instant> blockedSince = Optional.empty();
    private Optional<Instant> byHand = Optional.empty();
    private boolean expectsCase;

    private boolean asked;

    /** Whether a customer began it; who asks for what others have done already is not written to. */
    private boolean askedFirst;

    private boolean disputed;
    private boolean approved;
    private boolean cameBack;
    private boolean shelved = true;

    /**
     * Books of a new order.
     *
     * @param begun when a case's execution began
     */
    Oracle(Trial trial, Function<String, Optional<Instant>> begun) {
        this.trial = trial;
        this.begun = begun;
        var basket = trial.basket();
        wanted = new int[basket.lines().size()];
        captured = new long[basket.tenders().size()];
        for (var at = 0; at < captured.length; at++)
            captured[at] = basket.tenders().get(at).captured() ? basket.amount(at) : 0;
    }

    /** Books what has just happened. */
    void saw(Act act, Instant at) {
        switch (act) {
            case Act.Ask(var units) -> {
                asked = true;
                askedFirst |= !expectsCase;
                expectsCase = true;
                want(trial.existing(units));
            }
            case Act.CancelInShop(var restock, var refund) -> {
                expectsCase = true;
                want(List.of());
                if (!restock) shelved = false;
                if (refund) byHand = Optional.of(at);
            }
            case Act.RefundInShop _, Act.RefundAtProvider _ -> byHand = Optional.of(at);
            case Act.Complain(var complaint) -> complained(complaint, at);
            case Act.Escalate _ -> block(at);
            case Act.Settle(var won) -> {
                if (won) blockedSince = Optional.empty();
                else block(at);
            }
            case Act.Capture _ -> capture();
            case Act.RefundFails _ -> cameBack = true;
            case Act.Answer(var approve) -> approved |= approve;
            case Act.Spoil(var operation, _, _) -> {
                if (operation.platform().equals("slack")) mayRepeat.add(Channel.CHAT);
            }
            case Act.Stop _, Act.RestartWorkflow _ -> mayRepeat.add(Channel.CHAT);
            case Act.Ship _,
                    Act.RefundArrives _,
                    Act.RunAgain _,
                    Act.Redeliver _,
                    Act.DeliverTwice _ -> {}
        }
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

    /** The rules that hold at every moment. */
    List<Broken> meanwhile(Account account, Dossier dossier) {
        var rules = new Rules(trial, account, dossier, mayRepeat);
        meanwhile(rules, account);
        return rules.broken();
    }

    /** These, and what holds once everything is at rest. */
    List<Broken> atRest(Account account, Dossier dossier) {
        var rules = new Rules(trial, account, dossier, mayRepeat);
        meanwhile(rules, account);
        if (expectsCase || dossier.head().isPresent()) rules.neverLost();
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
        rules.stockOnce();
        nothingUnasked(rules, account);
        rules.saidOnce();
        rules.onlyTheTruth(trial.basket()::shown);
    }

    private void neverMoreThanCaptured(Rules rules, Account account) {
        var all = Arrays.stream(captured).sum();
        if (account.refunded() > all) rules.broken("R1", "refunded %d of %d", account.refunded(), all);
        for (var at = 0; at < captured.length; at++) {
            var refunded = refunded(account, trial.payment(at));
            if (trial.basket().tenders().get(at).captured() && refunded > captured[at])
                rules.broken(
                        "R1", "%s: refunded %d of %d", trial.payment(at), refunded, captured[at]);
        }
    }

    private static long refunded(Account account, String payment) {
        return account.refunds().stream()
                .filter(Refund::stands)
                .filter(refund -> refund.payment().equals(payment))
                .mapToLong(Refund::amount)
                .sum();
    }

    /** Part of an order is worth its goods; the whole, and what staff agreed on, is worth it all. */
    private void neverMoreThanDue(Rules rules, Account account) {
        if (account.cancelled() || (disputed && approved)) return;
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
                .filter(refusal -> refusal.code().contains("greater than unrefunded"))
                .filter(refusal -> byHand.map(at -> isLater(refusal, at)).orElse(true))
                .forEach(
                        refusal -> rules.broken("R1", "%s asked for more than is left", refusal.by()));
    }

    private void neverIntoChargeback(Rules rules, Account account) {
        if (blockedSince.isEmpty()) return;
        var since = blockedSince.get();
        account.refused().stream()
                .filter(refusal -> refusal.code().contains("charge_disputed"))
                .filter(refusal -> isLater(refusal, since))
                .forEach(
                        refusal -> rules.broken("R3", "%s tried into a chargeback", refusal.by()));
        account.refunds().stream()
                .filter(Refund::isOurs)
                .filter(refund -> isCard(refund) && isLater(refund.by(), refund.at(), since))
                .forEach(refund -> rules.broken("R3", "%s into a chargeback", refund));
    }

    /** A gift card is no bank's business. */
    private boolean isCard(Refund refund) {
        var tenders = trial.basket().tenders();
        for (var at = 0; at < tenders.size(); at++)
            if (trial.payment(at).equals(refund.payment())) return tenders.get(at).isCard();
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
        for (var at = 0; at < wanted.length; at++) {
            var sku = trial.sku(at);
            var ours =
                    account.takes().stream()
                            .filter(take -> take.isOurs() && take.sku().equals(sku))
                            .mapToInt(Take::units)
                            .sum();
            if (ours > wanted[at])
                rules.broken("R6", "%s: %d taken back, asked for %d", sku, ours, wanted[at]);
        }
    }

    private static void neverAgainstStaff(Rules rules, Account account, Dossier dossier) {
        var by = dossier.head().map(head -> head.originId().toString()).orElse("");
        if (dossier.decided("rejected") && account.refunds().stream().anyMatch(refund -> refund.by().equals(by)))
            rules.broken("R5", "refunded against staff");
    }

    private void allDone(Rules rules, Account account, Dossier dossier) {
        if (asked && dossier.decided("nothing-asked")) rules.broken("R4", "a request was passed over");
        if (askedFirst && account.said(Channel.MAIL).isEmpty())
            rules.broken("R7", "closed, the customer not told");
        if (account.said(Channel.CHAT).isEmpty()) rules.broken("R7", "closed, staff not told");
        if (shelved) allShelved(rules, account);
        var took = dossier.decided(Verdict.GO) || dossier.foundDone();
        if (!took || disputed || cameBack) return;
        if (account.cancelled()) allRefunded(rules, account);
        else partRefunded(rules, account, dossier);
    }

    private void allShelved(Rules rules, Account account) {
        for (var goods : trial.goods()) {
            var taken = account.taken().getOrDefault(goods.sku(), 0);
            var restocked = account.restocked().getOrDefault(goods.sku(), 0);
            if (taken != restocked)
                rules.broken("R6", "%s: %d restocked of %d", goods.sku(), restocked, taken);
        }
    }

    private void allRefunded(Rules rules, Account account) {
        var all = Arrays.stream(captured).sum();
        if (account.refunded() != all)
            rules.broken("R1", "closed with %d refunded of %d", account.refunded(), all);
        if (account.held()) rules.broken("R1", "closed while money can still be taken");
    }

    /** Cases before may have ended otherwise; then nobody can tell what is left to this one. */
    private void partRefunded(Rules rules, Account account, Dossier dossier) {
        var simple = dossier.endings().values().stream().allMatch(Ending::isSuccess);
        if (!simple || byHand.isPresent() || Arrays.stream(captured).anyMatch(sum -> sum == 0))
            return;
        var worth = worth(account);
        if (Math.abs(ours(account) - worth) > rounding(account))
            rules.broken("R1", "closed with %d refunded for goods worth %d", ours(account), worth);
    }
}
