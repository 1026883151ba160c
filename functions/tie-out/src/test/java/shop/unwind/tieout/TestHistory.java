package shop.unwind.tieout;

import shop.unwind.domain.Dispute;
import shop.unwind.domain.Money;
import shop.unwind.domain.Order;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Payment;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Plan;
import shop.unwind.domain.Plan.Why;
import shop.unwind.tieout.Evidence.Chapter;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One order lived through: what our cases do is written into the record and done at the platforms;
 * what others do is done at the platforms alone.
 */
final class TestHistory {
    static final OrderRef ORDER = new OrderRef("shopify", "1001");
    static final PaymentRef PAYMENT = new PaymentRef("stripe", "pi_1");
    private static final Instant AT = Instant.parse("2026-11-28T04:00:00Z");
    private static final String LINE = "71";

    private final int units;
    private final List<Chapter> record = new ArrayList<>();
    private final Map<String, Outcome> refunds = new HashMap<>();
    private final List<Dispute> disputes = new ArrayList<>();
    private long captured;
    private long authorised;
    private long storefrontCaptured;
    private long byHand;
    private int open;
    private boolean cancelled;
    private boolean orderKnown = true;
    private boolean paymentKnown = true;

    /** An order of so many units of one line, paid in cents. */
    TestHistory(int units, long captured) {
        this.units = units;
        this.open = units;
        this.captured = captured;
        this.storefrontCaptured = captured;
    }

    /** An order of which the payment is only authorised. */
    static TestHistory authorised(long amount) {
        var history = new TestHistory(1, 0);
        history.authorised = amount;
        return history;
    }

    /** A case cancels the whole order and refunds this much. */
    TestHistory cancels(long refund, Result result) {
        cancelled = true;
        open = 0;
        return chapter(List.of(), refund, result);
    }

    /** A case takes some units back and refunds this much. */
    TestHistory takesBack(int some, long refund, Result result) {
        open -= some;
        return chapter(List.of(new Plan.Units(LINE, some)), refund, result);
    }

    /** The latest cancel was skipped: whoever refunds takes the goods back with the money. */
    TestHistory leavesGoodsToRefund() {
        var last = record.removeLast();
        var plan = last.plan();
        var before = plan.cancel().orElseThrow();
        var cancel = new Plan.Cancel(before.step(), "stripe", before.lines(), true, before.why());
        var skipped = outcome("cancel", "stripe", Result.SKIPPED, "5001", Optional.empty());
        record.add(
                new Chapter(
                        last.generation(),
                        new Plan(
                                Optional.of(cancel),
                                plan.refunds(),
                                plan.byHand(),
                                plan.ledgers(),
                                plan.tell()),
                        List.of(skipped, last.outcomes().getLast())));
        return this;
    }

    /** A case releases the authorisation. */
    TestHistory releases() {
        cancelled = true;
        open = 0;
        authorised = 0;
        var plan = refundPlan(0);
        var done = outcome("refund-1", "stripe", Result.DONE, "pi_1", Optional.empty());
        return chapter(List.of(), plan, done);
    }

    /** The latest case is run again: its steps answer from their records. */
    TestHistory runsAgain() {
        var last = record.getLast();
        record.add(new Chapter(record.size() + 1, last.plan(), last.outcomes()));
        return this;
    }

    /** A case that refuses. */
    TestHistory refuses() {
        record.add(new Chapter(record.size() + 1, Plan.telling(List.of()), List.of()));
        return this;
    }

    /** The latest refund settles or comes back. */
    TestHistory becomes(Result result) {
        var latest = "re_" + refunds.size();
        refunds.computeIfPresent(latest, (_, was) -> was.now(result, "account closed", () -> AT));
        return this;
    }

    TestHistory refundedByHand(long amount) {
        byHand += amount;
        return this;
    }

    TestHistory refundForgotten() {
        refunds.remove("re_" + refunds.size());
        return this;
    }

    TestHistory reopened(int some) {
        cancelled = false;
        open += some;
        return this;
    }

    TestHistory disputed(Dispute.Phase phase) {
        disputes.add(new Dispute("dp_1", phase));
        return this;
    }

    TestHistory stillHeld(long amount) {
        authorised = amount;
        return this;
    }

    TestHistory storefrontSaysCaptured(long amount) {
        storefrontCaptured = amount;
        return this;
    }

    TestHistory orderForgotten() {
        orderKnown = false;
        return this;
    }

    TestHistory paymentForgotten() {
        paymentKnown = false;
        return this;
    }

    Evidence evidence() {
        var known = new HashMap<String, Optional<Outcome>>();
        refunds.forEach((reference, refund) -> known.put(reference, Optional.of(refund)));
        var touched = !Evidence.given(record).isEmpty();
        return new Evidence(
                ORDER,
                record,
                orderKnown ? Optional.of(order()) : Optional.empty(),
                touched ? Map.of(PAYMENT, paymentNow()) : Map.of(),
                known);
    }

    private Optional<Payment> paymentNow() {
        return paymentKnown
                ? Optional.of(
                        new Payment(
                                PAYMENT, usd(authorised), usd(captured), usd(refunded()), disputes))
                : Optional.empty();
    }

    Order order() {
        var line = new Order.Line(LINE, "ACR-500", "Paint", units, open, 0, Optional.empty());
        var tender =
                new Order.Tender(
                        "stripe",
                        "5001.88",
                        Optional.of("pi_1"),
                        usd(authorised),
                        usd(storefrontCaptured),
                        usd(0));
        return new Order(
                ORDER,
                "5001",
                AT,
                "USD",
                Optional.empty(),
                cancelled,
                false,
                List.of(),
                List.of(line),
                List.of(tender),
                List.of());
    }

    /** What the provider has given back: what came back to it does not count. */
    long refunded() {
        return byHand
                + refunds.values().stream()
                        .filter(refund -> refund.result() != Result.FAILED)
                        .mapToLong(refund -> refund.amount().orElseThrow().minor())
                        .sum();
    }

    private TestHistory chapter(List<Plan.Units> lines, long refund, Result result) {
        var plan = refundPlan(refund);
        var reference = "re_" + (refunds.size() + 1);
        var done = outcome("refund-1", "stripe", result, reference, Optional.of(usd(refund)));
        refunds.put(reference, done);
        return chapter(lines, plan, done);
    }

    private TestHistory chapter(List<Plan.Units> lines, Plan.Refund plan, Outcome done) {
        var generation = record.size() + 1;
        var cancel = new Plan.Cancel("cancel", "shopify", lines, true, Why.CUSTOMER);
        var taken =
                outcome("cancel", "shopify", Result.DONE, "gid://" + generation, Optional.empty());
        record.add(
                new Chapter(
                        generation,
                        new Plan(
                                Optional.of(cancel),
                                List.of(plan),
                                Optional.empty(),
                                List.of(),
                                List.of()),
                        List.of(taken, done)));
        return this;
    }

    private Plan.Refund refundPlan(long amount) {
        return new Plan.Refund(
                "refund-1",
                "stripe",
                "pi_1",
                usd(amount),
                usd(refunded()),
                false,
                false,
                Why.CUSTOMER);
    }

    private static Outcome outcome(
            String step, String platform, Result result, String reference, Optional<Money> amount) {
        return new Outcome(step, platform, result, reference, amount, "done", AT);
    }

    private static Money usd(long cents) {
        return new Money(cents, "USD");
    }
}
