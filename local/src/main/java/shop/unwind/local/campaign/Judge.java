package shop.unwind.local.campaign;

import shop.unwind.local.campaign.Account.Channel;
import shop.unwind.local.campaign.Account.Message;
import shop.unwind.local.campaign.Account.Refund;
import shop.unwind.local.campaign.Judgement.End;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says by books and record which rules of the design an order's case has broken. */
final class Judge {
    /** A refund may cross a chargeback that comes at the same moment, not a later one. */
    private static final Duration SAME_MOMENT = Duration.ofSeconds(5);

    /** A mail whose outcome is unknown is sent once more at most. */
    private static final int BLIND_MAILS = 2;

    /** The workflow tries a step so often. */
    private static final int TRIES = 7;

    private final Plot plot;
    private final Account account;
    private final Dossier dossier;
    private final Set<Channel> mayRepeat;
    private final List<Broken> broken = new ArrayList<>();

    private Judge(Plot plot, Account account, Dossier dossier, Set<Channel> mayRepeat) {
        this.plot = plot;
        this.account = account;
        this.dossier = dossier;
        this.mayRepeat = mayRepeat;
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
        oncePerCase();
        neverIntoChargeback();
        neverLost();
        staysIfItMust();
        stockOnce();
        moneyAfterGoods();
        saidOnce();
        onlyTheTruth();
        if (end() == End.DONE) allDone();
        return new Judgement(plot, end(), reason(), broken, repeated());
    }

    private End end() {
        if (dossier.isClosed()) return End.DONE;
        if (dossier.needsAttention()) return End.ATTENTION;
        return dossier.parked() ? End.PARKED : End.LOST;
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
            broken("R1", "refunded %d of %d", account.refunded(), plot.captured());
        if (account.refunded() > due())
            broken("R1", "refunded %d, due were %d", account.refunded(), due());
    }

    private void oncePerCase() {
        account.refunds().stream()
                .filter(Refund::isOurs)
                .collect(
                        Collectors.groupingBy(
                                refund -> refund.by() + " " + refund.payment(),
                                Collectors.counting()))
                .forEach(
                        (which, count) -> {
                            if (count > 1) broken("R2", "%d refunds by %s", count, which);
                        });
    }

    private void neverIntoChargeback() {
        var since = account.chargedBack();
        if (since.isEmpty()) return;
        var stood = plot.road().dispute().equals("chargeback");
        var from = stood ? since.get() : since.get().plus(SAME_MOMENT);
        var late =
                account.refused().stream()
                        .filter(refusal -> refusal.code().contains("charge_disputed"))
                        .filter(refusal -> refusal.at().isAfter(from))
                        .count();
        if (late > 0) broken("R3", "%d refunds tried into a chargeback", late);
        if (account.refunded() > 0)
            broken("R3", "%d refunded into a chargeback", account.refunded());
    }

    private void neverLost() {
        if (end() == End.PARKED) return;
        if (dossier.head().isEmpty()) broken("R4", "nobody knows of the request");
        else if (end() == End.LOST) broken("R4", "the case neither ended nor called staff");
        else if (dossier.last().isEmpty()) broken("R4", "the case ended without an execution");
        else agrees(dossier.last().get());
    }

    private void agrees(Ending ending) {
        if (ending.isSuccess() != (end() == End.DONE))
            broken("R4", "the case is %s, its execution %s", end(), ending.status());
        if (end() == End.ATTENTION && ending.cause().isBlank())
            broken("R4", "staff are called without a reason");
    }

    private void staysIfItMust() {
        if (account.shippedFirst() && account.cancelled())
            broken("R5", "cancelled what had shipped");
        if (dossier.rejected() && account.cancelled()) broken("R5", "cancelled against staff");
    }

    private void stockOnce() {
        for (var line : plot.lines()) {
            var taken = account.taken().getOrDefault(line.sku(), 0);
            var restocked = account.restocked().getOrDefault(line.sku(), 0);
            if (restocked > taken || taken > line.quantity())
                broken(
                        "R6",
                        "%s: %d bought, %d taken back, %d restocked",
                        line.sku(),
                        line.quantity(),
                        taken,
                        restocked);
        }
    }

    private void moneyAfterGoods() {
        var ours = account.refunds().stream().anyMatch(each -> each.isOurs() && each.stands());
        var taken = account.taken().values().stream().anyMatch(units -> units > 0);
        if (ours && !taken) broken("R1", "refunded, but nothing was taken back");
    }

    private void saidOnce() {
        for (var channel : Channel.values())
            repeats(channel)
                    .forEach(
                            (stage, times) -> {
                                if (times > most(channel))
                                    broken("R7", "%s said %d times: %s", channel, times, stage);
                            });
    }

    private long most(Channel channel) {
        if (!mayRepeat.contains(channel)) return 1;
        return channel == Channel.MAIL ? BLIND_MAILS : TRIES;
    }

    private Map<String, Long> repeats(Channel channel) {
        return account.said(channel).stream()
                .collect(Collectors.groupingBy(Message::stage, Collectors.counting()));
    }

    private int repeated() {
        return (int)
                Stream.of(Channel.values())
                        .flatMap(channel -> repeats(channel).values().stream())
                        .filter(times -> times > 1)
                        .count();
    }

    private void onlyTheTruth() {
        for (var mail : account.said(Channel.MAIL)) {
            if (mail.text().contains("We have refunded")
                    && !mail.text().contains("refunded " + dollars(settledBy(mail))))
                broken("R7", "told of a refund that is not in the books: %s", mail.text());
            if (mail.text().contains("on its way") && account.refunded() == 0)
                broken("R7", "told of money on its way that is not");
            if (mail.text().contains("order " + plot.text() + " is cancelled.")
                    && !account.cancelled()) broken("R7", "told of a cancellation that is not");
        }
    }

    /** What the case that wrote this has refunded for good. */
    private long settledBy(Message mail) {
        return account.refunds().stream()
                .filter(Refund::isSettled)
                .filter(Refund::isOurs)
                .filter(refund -> mail.stage().contains(":" + refund.by() + ":"))
                .mapToLong(Refund::amount)
                .sum();
    }

    private void allDone() {
        if (account.refunded() != due())
            broken("R1", "closed with %d refunded of %d", account.refunded(), due());
        if (account.held()) broken("R1", "closed while money can still be taken");
        if (!plot.road().isPart() && !stays() && !account.cancelled())
            broken("R4", "closed, not cancelled");
        for (var line : plot.lines()) {
            var wanted = plot.wanted().contains(line) && !stays() ? line.quantity() : 0;
            var restocked = account.restocked().getOrDefault(line.sku(), 0);
            if (restocked != wanted)
                broken("R6", "%s: %d restocked of %d", line.sku(), restocked, wanted);
        }
        for (var channel : Channel.values())
            if (account.said(channel).isEmpty() && isOwed(channel))
                broken("R7", "closed, %s not told", channel);
    }

    /** The order's page bears what we have done to the order. */
    private boolean isOwed(Channel channel) {
        return channel != Channel.NOTE || !(stays() || dossier.foundDone());
    }

    private static String dollars(long cents) {
        return String.format(Locale.ROOT, "%d.%02d USD", cents / 100, cents % 100);
    }

    @SuppressWarnings("AnnotateFormatMethod")
    private void broken(String rule, String words, Object... values) {
        broken.add(new Broken(rule, String.format(Locale.ROOT, words, values)));
    }
}
