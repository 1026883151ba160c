package shop.unwind.local.campaign;

import shop.unwind.local.campaign.Account.Channel;
import shop.unwind.local.campaign.Judgement.End;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** Says by books and record which rules of the design an order's case has broken. */
final class Judge {
    /** A refund may cross a chargeback that comes at the same moment, not a later one. */
    private static final Duration SAME_MOMENT = Duration.ofSeconds(5);

    private final Plot plot;
    private final Account account;
    private final Dossier dossier;
    private final Rules rules;

    private Judge(Plot plot, Account account, Dossier dossier, Set<Channel> mayRepeat) {
        this.plot = plot;
        this.account = account;
        this.dossier = dossier;
        this.rules = new Rules(plot, account, dossier, mayRepeat);
    }

    /**
     * Judges one order at rest.
     *
     * @param mayRepeat where something may be said a second time, since its platform could not tell
     *     or did not tell the truth about the first
     */
    static Judgement judge(Plot plot, Books books, Set<Channel> mayRepeat) {
        return new Judge(plot, books.account(plot), books.dossier(plot), mayRepeat).judge();
    }

    private Judgement judge() {
        neverTooMuch();
        rules.oncePerCase();
        neverIntoChargeback();
        rules.neverLost();
        staysIfItMust();
        rules.stockOnce();
        rules.moneyAfterGoods();
        rules.saidOnce();
        rules.onlyTheTruth(Judge::dollars);
        if (dossier.end() == End.DONE) allDone();
        return new Judgement(plot, dossier.end(), reason(), rules.broken(), rules.repeated());
    }

    private String reason() {
        return dossier.last().map(Ending::cause).orElse("");
    }

    /** Whether the order stays as it is: it had shipped before, or staff said no. */
    private boolean stays() {
        return account.shippedFirst() || dossier.rejected();
    }

    /** What has to go back: a bank that charged back has taken it already. */
    private long due() {
        return stays() || account.chargedBack().isPresent() ? 0 : plot.due();
    }

    private void neverTooMuch() {
        if (account.refunded() > plot.captured())
            rules.broken("R1", "refunded %d of %d", account.refunded(), plot.captured());
        if (account.refunded() > due())
            rules.broken("R1", "refunded %d, due were %d", account.refunded(), due());
    }

    private void neverIntoChargeback() {
        var since = account.chargedBack();
        if (since.isEmpty()) return;
        var stood = plot.road().dispute().equals("chargeback");
        var from = stood ? since.get() : since.get().plus(SAME_MOMENT);
        var late =
                account.refused().stream()
                        .filter(Account.Refusal::isForChargeback)
                        .filter(refusal -> refusal.at().isAfter(from))
                        .count();
        if (late > 0) rules.broken("R3", "%d refunds tried into a chargeback", late);
        if (account.refunded() > 0)
            rules.broken("R3", "%d refunded into a chargeback", account.refunded());
    }

    private void staysIfItMust() {
        if (account.shippedFirst() && account.cancelled())
            rules.broken("R5", "cancelled what had shipped");
        if (dossier.rejected() && account.cancelled())
            rules.broken("R5", "cancelled against staff");
    }

    private void allDone() {
        if (account.refunded() != due())
            rules.broken("R1", "closed with %d refunded of %d", account.refunded(), due());
        if (account.held()) rules.broken("R1", "closed while money can still be taken");
        if (!plot.road().isPart() && !stays() && !account.cancelled())
            rules.broken("R4", "closed, not cancelled");
        for (var line : plot.lines()) {
            var wanted = plot.wanted().contains(line) && !stays() ? line.quantity() : 0;
            var restocked = account.restocked().getOrDefault(line.sku(), 0);
            if (restocked != wanted)
                rules.broken("R6", "%s: %d restocked of %d", line.sku(), restocked, wanted);
        }
        for (var channel : Channel.values())
            if (account.said(channel).isEmpty() && isOwed(channel))
                rules.broken("R7", "closed, %s not told", channel);
    }

    /** The order's page bears what we have done to the order. */
    private boolean isOwed(Channel channel) {
        return channel != Channel.NOTE || !(stays() || dossier.foundDone());
    }

    private static String dollars(long cents) {
        return String.format(Locale.ROOT, "%d.%02d USD", cents / 100, cents % 100);
    }
}
