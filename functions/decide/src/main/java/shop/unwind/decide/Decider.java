package shop.unwind.decide;

import shop.unwind.cases.Approval;
import shop.unwind.config.Policy.PartlyShipped;
import shop.unwind.config.Store;
import shop.unwind.domain.Decision;
import shop.unwind.domain.Decision.Hold;
import shop.unwind.domain.Decision.Verdict;
import shop.unwind.domain.Dispute.Phase;
import shop.unwind.domain.Order;
import shop.unwind.domain.Plan;
import shop.unwind.domain.Plan.Units;
import shop.unwind.domain.Plan.Why;
import shop.unwind.domain.Wish;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The rules, in order of precedence: the first that speaks decides. */
final class Decider {
    /** An execution that decides more often than this is going in circles. */
    private static final int ROUNDS = 3;

    private final List<Function<Facts, Optional<Decision>>> rules =
            List.of(
                    this::undecided,
                    this::unknownOrder,
                    this::unownedPayment,
                    this::inReturn,
                    this::alreadyTakenBack,
                    this::disputeOver,
                    this::disputedAndShipped,
                    this::refundFailed,
                    this::nothingAsked,
                    this::unknownLine,
                    this::shipped,
                    this::madeToOrder,
                    this::linesGone,
                    this::linesTaken,
                    this::windowClosed);

    Decision decide(Facts facts) {
        return rules.stream()
                .flatMap(rule -> rule.apply(facts).stream())
                .findFirst()
                .orElseGet(() -> takeBack(facts));
    }

    private Optional<Decision> undecided(Facts facts) {
        if (facts.round() < ROUNDS) return Optional.empty();
        return attention(facts, "undecided", "It kept changing meanwhile: " + facts.trouble());
    }

    /** Only staff are told: no answer is to tell whether an order exists. */
    private Optional<Decision> unknownOrder(Facts facts) {
        if (facts.order().isPresent() && !facts.matching().isEmpty()) return Optional.empty();
        var words =
                facts.order().map(Decider::unmatched).orElse("The storefront knows no such order.");
        var plan = Plan.telling(Proposal.staff(facts));
        return Optional.of(decision(facts, Verdict.REFUSE, Decision.UNMATCHED, words, plan));
    }

    private static String unmatched(Order order) {
        return order.email().isPresent()
                ? "The e-mail address given is not the order's."
                : "The order has no e-mail address that could prove who asks.";
    }

    private Optional<Decision> unownedPayment(Facts facts) {
        return facts.known().tenders().stream()
                .filter(t -> t.remaining().isPositive() || t.authorised().isPositive())
                .flatMap(tender -> unowned(facts, tender).stream())
                .findFirst();
    }

    private Optional<Decision> unowned(Facts facts, Order.Tender tender) {
        var storefront = facts.id().order().storefront();
        var owner = facts.store().owner(storefront, tender.gateway());
        if (owner.isEmpty()) {
            var key = "moneyMovedBy." + storefront + "." + tender.gateway();
            return attention(facts, "unowned-payment", "Store document: set " + key + ".");
        }
        var elsewhere = !owner.get().equals(storefront) && !owner.get().equals(Store.BY_STAFF);
        if (elsewhere && tender.providerId().isEmpty())
            return attention(
                    facts,
                    "unlocated-payment",
                    "The order does not say which payment at " + owner.get() + " paid for it.");
        return Optional.empty();
    }

    private Optional<Decision> inReturn(Facts facts) {
        return facts.known().inReturn()
                ? attention(facts, "in-return", "The order is in a return already.")
                : Optional.empty();
    }

    private Optional<Decision> alreadyTakenBack(Facts facts) {
        var order = facts.known();
        var taken = order.cancelled() || order.lines().stream().allMatch(line -> line.open() == 0);
        if (!taken || (facts.isMoneyLeft() && !facts.isMoneyMovedByDispute()))
            return Optional.empty();
        var words =
                facts.isMoneyMovedByDispute()
                        ? "The order had been cancelled; a dispute moves the money."
                        : "The order had been cancelled and its money is back.";
        return record(facts, "already-taken-back", words);
    }

    /** A dispute brought us here that asks for nothing any more. */
    private Optional<Decision> disputeOver(Facts facts) {
        return facts.only(Wish.Dispute.class) && facts.disputes().isEmpty()
                ? record(facts, "dispute-over", "No dispute is open any more.")
                : Optional.empty();
    }

    private Optional<Decision> disputedAndShipped(Facts facts) {
        return facts.isMoneyMovedByDispute() && !facts.known().anythingCancellable()
                ? record(
                        facts,
                        "disputed-and-shipped",
                        "The order has shipped and is disputed: send evidence in time, refund"
                                + " nothing.")
                : Optional.empty();
    }

    /** Of a part nobody can tell any more which sum was meant. */
    private Optional<Decision> refundFailed(Facts facts) {
        return facts.any(Wish.RefundFailed.class) && !facts.known().cancelled()
                ? attention(facts, "refund-failed", "A refund did not arrive and is back with us.")
                : Optional.empty();
    }

    /** Staff refunded something at the storefront: that is no wish to take the order back. */
    private Optional<Decision> nothingAsked(Facts facts) {
        return facts.isTakingBackWanted() || facts.known().cancelled()
                ? Optional.empty()
                : record(facts, "nothing-asked", "Nobody asked to take the order back.");
    }

    private Optional<Decision> unknownLine(Facts facts) {
        var unknown = Take.of(facts).unknown();
        return unknown.isEmpty()
                ? Optional.empty()
                : refuse(facts, "unknown-line", "Not in the order: " + String.join(", ", unknown));
    }

    private Optional<Decision> shipped(Facts facts) {
        var take = Take.of(facts);
        if (take.shipped() == 0 || Questions.about(facts).isPresent()) return Optional.empty();
        var rest = !take.units().isEmpty() || take.begun() > 0;
        var takesRest = facts.policy().document().partlyShipped() == PartlyShipped.CANCEL_THE_REST;
        return rest && takesRest
                ? Optional.empty()
                : refuse(facts, "shipped", take.shipped() + " unit(s) asked for have shipped.");
    }

    private Optional<Decision> madeToOrder(Facts facts) {
        var take = Take.of(facts);
        var begun = take.begun() > 0 && take.units().isEmpty();
        return begun && Questions.about(facts).isEmpty()
                ? refuse(
                        facts,
                        "made-to-order",
                        "Work has begun on " + take.begun() + " unit(s) made to order.")
                : Optional.empty();
    }

    /**
     * The lines asked for are not in the order any more. An earlier attempt at this case may have
     * taken them back and failed to refund them: that must not pass for done.
     */
    private Optional<Decision> linesGone(Facts facts) {
        var take = Take.of(facts);
        var gone = take.units().isEmpty() && !take.whole() && !facts.known().cancelled();
        return gone && Questions.about(facts).isEmpty()
                ? attention(
                        facts,
                        "lines-gone",
                        "The lines asked for are taken back already: see whether they were"
                                + " refunded.")
                : Optional.empty();
    }

    /**
     * Some of the units asked for may be among those that an earlier attempt has taken back: what
     * is asked must not be taken twice.
     */
    private Optional<Decision> linesTaken(Facts facts) {
        var again = facts.tookBefore() && Take.isOfPart(facts) && !facts.known().cancelled();
        return again && Questions.about(facts).isEmpty()
                ? attention(
                        facts,
                        "lines-taken",
                        "Lines asked for are taken back already: see whether they were refunded.")
                : Optional.empty();
    }

    private Optional<Decision> windowClosed(Facts facts) {
        var end = facts.known().placedAt().plus(facts.policy().document().cancelWindow());
        return facts.onlyCustomersAfter(end)
                ? refuse(facts, "window-closed", "The order could be cancelled until " + end + ".")
                : Optional.empty();
    }

    private Decision takeBack(Facts facts) {
        return proposal(facts)
                .map(proposal -> weigh(facts, proposal))
                .or(
                        () ->
                                attention(
                                        facts,
                                        "unpriced",
                                        "The storefront does not say what these lines are worth in"
                                                + " the currency they were paid in."))
                .orElseThrow();
    }

    private Optional<Proposal> proposal(Facts facts) {
        var take = Take.of(facts);
        var why = why(facts);
        var refunds = new Refunds(facts, why);
        var wholeOrder = take.whole() || facts.known().cancelled();
        var everything = wholeOrder || Questions.about(facts).isPresent();
        var moved = everything ? Optional.of(refunds.whole()) : refunds.part(take.units());
        var lines = wholeOrder ? List.<Units>of() : take.units();
        return moved.map(
                split ->
                        new Proposal(
                                facts,
                                wholeOrder || !lines.isEmpty(),
                                lines,
                                refunds.possible(split.refunds()),
                                refunds.tooLate(split.refunds()),
                                split.cash(),
                                refunds.moving(split.refunds()),
                                why));
    }

    private Decision weigh(Facts facts, Proposal proposal) {
        var policy = facts.policy().document();
        var limit = proposal.total().flatMap(policy::exceededBy);
        return Stream.of(Questions.about(facts), proposal.tooOld())
                .flatMap(Optional::stream)
                .reduce((one, other) -> one + "; " + other)
                .map(about -> proposal.ask(about, policy.disputes().within()))
                .or(() -> limit.map(exceeded -> proposal.ask("above the limit", exceeded.within())))
                .map(hold -> byAnswer(facts, proposal, hold))
                .orElseGet(() -> go(facts, proposal));
    }

    private Decision byAnswer(Facts facts, Proposal proposal, Hold hold) {
        var asked =
                facts.approvals().stream()
                        .filter(approval -> approval.id().equals(hold.approval()))
                        .findFirst();
        var by = asked.flatMap(Approval::by).orElse("nobody");
        return switch (asked.map(Approval::answer).orElse(Approval.Answer.OPEN)) {
            case OPEN -> held(facts, hold);
            case APPROVED -> go(facts, "approved", "Approved by " + by + ".", proposal.plan(true));
            case REJECTED -> refuse(facts, "rejected", "Rejected by " + by + ".").orElseThrow();
            case EXPIRED ->
                    attention(facts, "approval-expired", "Nobody answered: " + hold.question())
                            .orElseThrow();
        };
    }

    private static Decision go(Facts facts, Proposal proposal) {
        var rule = rule(facts, proposal);
        var reason =
                switch (rule) {
                    case "disputed" -> "A dispute moves the money: cancelled without a refund.";
                    case "fraud-warning" -> "The bank warns of fraud: refunded before it disputes.";
                    case "inquiry" -> "A full refund settles the inquiry.";
                    case "part-of-order" -> "These lines have not shipped.";
                    default -> "Nothing has shipped.";
                };
        return go(facts, rule, reason, proposal.plan(false));
    }

    private static Decision go(Facts facts, String rule, String reason, Plan plan) {
        var byHand = plan.byHand().map(sum -> " Staff pay back " + sum + " by hand.").orElse("");
        return decision(facts, Verdict.GO, rule, reason + byHand, plan);
    }

    private static String rule(Facts facts, Proposal proposal) {
        if (facts.isMoneyMovedByDispute()) return "disputed";
        if (facts.in(Phase.FRAUD_WARNING)) return "fraud-warning";
        if (facts.in(Phase.INQUIRY)) return "inquiry";
        return proposal.lines().isEmpty() ? "whole-order" : "part-of-order";
    }

    private static Why why(Facts facts) {
        if (facts.in(Phase.FRAUD_WARNING)) return Why.FRAUD;
        return facts.isAnswerOwed() ? Why.CUSTOMER : Why.OTHER;
    }

    private static Decision held(Facts facts, Hold hold) {
        return new Decision(
                Verdict.HOLD,
                "approval",
                hold.question(),
                facts.policy().version(),
                facts.covers(),
                Plan.telling(List.of()),
                Optional.of(hold),
                facts.now());
    }

    private static Optional<Decision> refuse(Facts facts, String rule, String reason) {
        var plan = Plan.telling(Proposal.everybody(facts));
        return Optional.of(decision(facts, Verdict.REFUSE, rule, reason, plan));
    }

    /** Nobody but staff is told of what somebody else did, unless the customer asked. */
    private static Optional<Decision> record(Facts facts, String rule, String reason) {
        var tell = facts.isAnswerOwed() ? Proposal.everybody(facts) : Proposal.staff(facts);
        return Optional.of(decision(facts, Verdict.RECORD, rule, reason, Plan.telling(tell)));
    }

    /** Staff are called when the case closes; nobody else is told anything yet. */
    private static Optional<Decision> attention(Facts facts, String rule, String reason) {
        var plan = Plan.telling(List.of());
        return Optional.of(decision(facts, Verdict.ATTENTION, rule, reason, plan));
    }

    private static Decision decision(
            Facts facts, Verdict verdict, String rule, String reason, Plan plan) {
        return new Decision(
                verdict,
                rule,
                reason,
                facts.policy().version(),
                facts.covers(),
                plan,
                Optional.empty(),
                facts.now());
    }
}
