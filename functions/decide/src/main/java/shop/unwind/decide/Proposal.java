package shop.unwind.decide;

import shop.unwind.domain.Decision.Hold;
import shop.unwind.domain.Fingerprint;
import shop.unwind.domain.Money;
import shop.unwind.domain.Plan;
import shop.unwind.domain.Plan.Audience;
import shop.unwind.domain.Plan.Refund;
import shop.unwind.domain.Plan.Tell;
import shop.unwind.domain.Plan.Units;
import shop.unwind.domain.Plan.Why;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What could be done about an order, before it is known whether staff must agree.
 *
 * @param cancels whether anything is cancelled at the storefront
 * @param lines what is cancelled; empty means the whole order
 * @param late refunds of payments that have become too old: people pay these sums another way
 * @param cash what was paid through nobody who could be asked to refund it
 * @param total what moves; empty when nothing does
 */
record Proposal(
        Facts facts,
        boolean cancels,
        List<Units> lines,
        List<Refund> refunds,
        List<Refund> late,
        Optional<Money> cash,
        Optional<Money> total,
        Why why) {

    /**
     * Puts the question to staff. Its id changes with what is asked, so that an answer never covers
     * more than was shown.
     */
    Hold ask(String about, Duration within) {
        var question = what() + " order " + facts.id().order().number() + "? (" + about + ")";
        var content =
                Fingerprint.of(facts.id().toString(), lines.toString(), refunds.toString(), about);
        return new Hold("approval-" + content, question, within.toSeconds());
    }

    Plan plan(boolean approved) {
        var store = facts.store();
        var ledgers =
                store.ledgers().stream()
                        .map(platform -> new Plan.Reflect("reflect-" + platform, platform))
                        .toList();
        return new Plan(cancel(), approved ? asApproved() : refunds, byHand(), ledgers, tell());
    }

    private Optional<Plan.Cancel> cancel() {
        if (!cancels) return Optional.empty();
        var step = lines.isEmpty() ? "cancel" : "cancel-" + Fingerprint.of(lines.toString());
        var restock = facts.policy().document().restock();
        return Optional.of(
                new Plan.Cancel(step, facts.id().order().storefront(), lines, restock, why));
    }

    private List<Refund> asApproved() {
        return refunds.stream().map(Refund::asApproved).toList();
    }

    private List<Tell> tell() {
        var all = new ArrayList<>(everybody(facts));
        if (facts.store().notes())
            all.add(new Tell("tell-order", facts.id().order().storefront(), Audience.ORDER));
        return all;
    }

    private String what() {
        var refund = total.map(sum -> "refund " + sum).orElse("refund nothing");
        if (!cancels) return capital(refund) + " for";
        return "Cancel " + (lines.isEmpty() ? "" : "part of ") + "and " + refund + " for";
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** Customer and staff. */
    static List<Tell> everybody(Facts facts) {
        return Stream.concat(customer(facts).stream(), staff(facts).stream()).toList();
    }

    static List<Tell> staff(Facts facts) {
        return facts.store().staff().stream()
                .map(platform -> new Tell("tell-staff-" + platform, platform, Audience.STAFF))
                .toList();
    }

    static List<Tell> customer(Facts facts) {
        return facts.store().customer().stream()
                .map(platform -> new Tell("tell-customer-" + platform, platform, Audience.CUSTOMER))
                .toList();
    }

    /** What staff must know before they agree: the money does not go back the way it came. */
    Optional<String> tooOld() {
        return late.stream()
                .map(
                        refund ->
                                refund.platform()
                                        + " no longer refunds payment "
                                        + refund.payment()
                                        + ", it is too old: pay "
                                        + refund.amount()
                                        + " back another way, if nobody has")
                .reduce((one, other) -> one + "; " + other);
    }

    private Optional<Money> byHand() {
        return Stream.concat(cash.stream(), late.stream().map(Refund::amount)).reduce(Money::plus);
    }
}
