package shop.unwind.local.campaign;

import shop.unwind.local.campaign.Account.Channel;
import shop.unwind.local.campaign.Account.Message;
import shop.unwind.local.campaign.Account.Refund;
import shop.unwind.local.campaign.Judgement.End;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules of the design that ask nothing but books and record, whatever befell the order. */
final class Rules {
    /** A mail whose outcome is unknown is sent once more at most. */
    private static final int BLIND_MAILS = 2;

    /** The workflow tries a step so often. */
    private static final int TRIES = 7;

    private final Purchase purchase;
    private final Account account;
    private final Dossier dossier;
    private final Set<Channel> mayRepeat;
    private final List<Broken> broken = new ArrayList<>();

    /**
     * The rules for one order.
     *
     * @param mayRepeat where something may be said a second time, since its platform could not tell
     *     or did not tell the truth about the first
     */
    Rules(Purchase purchase, Account account, Dossier dossier, Set<Channel> mayRepeat) {
        this.purchase = purchase;
        this.account = account;
        this.dossier = dossier;
        this.mayRepeat = mayRepeat;
    }

    /** Every rule found broken so far. */
    List<Broken> broken() {
        return List.copyOf(broken);
    }

    @SuppressWarnings("AnnotateFormatMethod")
    void broken(String rule, String words, Object... values) {
        broken.add(new Broken(rule, String.format(Locale.ROOT, words, values)));
    }

    void oncePerCase() {
        account.refunds().stream()
                .filter(Refund::isOurs)
                .filter(Refund::wasTaken)
                .collect(
                        Collectors.groupingBy(
                                refund -> refund.by() + " " + refund.payment(),
                                Collectors.counting()))
                .forEach(
                        (which, count) -> {
                            if (count > 1) broken("R2", "%d refunds by %s", count, which);
                        });
    }

    void neverLost() {
        if (dossier.end() == End.PARKED) return;
        if (dossier.head().isEmpty()) broken("R4", "nobody knows of the request");
        else if (dossier.end() == End.LOST) broken("R4", "the case neither ended nor called staff");
        else if (dossier.last().isEmpty()) broken("R4", "the case ended without an execution");
        else agrees(dossier.last().get());
    }

    private void agrees(Ending ending) {
        if (ending.isSuccess() != (dossier.end() == End.DONE))
            broken("R4", "the case is %s, its execution %s", dossier.end(), ending.status());
        if (dossier.end() == End.ATTENTION && ending.cause().isBlank())
            broken("R4", "staff are called without a reason");
    }

    void stockOnce() {
        stockWithin(_ -> 0);
    }

    /** The same at a moment when this many more units of a kind may have come back for now. */
    void stockWithin(ToIntFunction<String> more) {
        for (var goods : purchase.goods()) {
            var taken = account.taken().getOrDefault(goods.sku(), 0);
            var restocked = account.restocked().getOrDefault(goods.sku(), 0);
            if (restocked > taken + more.applyAsInt(goods.sku()) || taken > goods.quantity())
                broken(
                        "R6",
                        "%s: %d bought, %d taken back, %d restocked",
                        goods.sku(),
                        goods.quantity(),
                        taken,
                        restocked);
        }
    }

    void moneyAfterGoods() {
        var ours = account.refunds().stream().anyMatch(each -> each.isOurs() && each.stands());
        var taken = account.taken().values().stream().anyMatch(units -> units > 0);
        if (ours && !taken) broken("R1", "refunded, but nothing was taken back");
    }

    void saidOnce() {
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

    /** How much was said more than once. */
    int repeated() {
        return (int)
                Stream.of(Channel.values())
                        .flatMap(channel -> repeats(channel).values().stream())
                        .filter(times -> times > 1)
                        .count();
    }

    /**
     * What the customer reads is in the books.
     *
     * @param shown an amount as people write it
     */
    void onlyTheTruth(LongFunction<String> shown) {
        for (var mail : account.said(Channel.MAIL)) {
            if (mail.text().contains("We have refunded") && !isInBooks(mail, shown))
                broken("R7", "told of a refund that is not in the books: %s", mail.text());
            if (mail.text().contains("on its way") && ours(mail).isEmpty())
                broken("R7", "told of money on its way that is not");
            if (mail.text().contains("order " + purchase.text() + " is cancelled.")
                    && !account.cancelled()) broken("R7", "told of a cancellation that is not");
        }
    }

    /** A refund that was told of may have come back since. */
    private boolean isInBooks(Message mail, LongFunction<String> shown) {
        var ours = ours(mail);
        var settled = ours.stream().filter(Refund::isSettled).mapToLong(Refund::amount).sum();
        var taken = ours.stream().filter(Refund::wasTaken).mapToLong(Refund::amount).sum();
        var unsure = mail.text().contains("no answer yet");
        var sums = unsure ? sums(ours) : List.of(settled, taken);
        return sums.stream().anyMatch(sum -> mail.text().contains("refunded " + shown.apply(sum)));
    }

    /** What some of them come to: whoever has no answer to one refund tells of the others. */
    private static Set<Long> sums(List<Refund> refunds) {
        var sums = new HashSet<>(Set.of(0L));
        for (var refund : refunds)
            if (refund.wasTaken())
                for (var sum : List.copyOf(sums)) sums.add(sum + refund.amount());
        return sums;
    }

    /** The refunds of the case that wrote this. */
    private List<Refund> ours(Message mail) {
        return account.refunds().stream()
                .filter(Refund::isOurs)
                .filter(refund -> mail.stage().contains(":" + refund.by() + ":"))
                .toList();
    }
}
