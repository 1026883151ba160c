package shop.unwind.tieout;

import shop.unwind.domain.Dispute;
import shop.unwind.domain.Money;
import shop.unwind.domain.Order;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Payment;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Plan;
import shop.unwind.tieout.Difference.Kind;
import shop.unwind.tieout.Evidence.Given;
import shop.unwind.tieout.Evidence.Taken;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Holds our record of one order against what the platforms say now. */
final class Comparison {
    private final Evidence evidence;
    private final List<Taken> taken;
    private final List<Given> given;
    private final List<Difference> found = new ArrayList<>();

    private Comparison(Evidence evidence) {
        this.evidence = evidence;
        this.taken = Evidence.taken(evidence.record());
        this.given = Evidence.given(evidence.record());
    }

    /** Everything in which they disagree; empty when the order is sound. */
    static List<Difference> of(Evidence evidence) {
        var comparison = new Comparison(evidence);
        evidence.order().ifPresentOrElse(comparison::order, comparison::orderGone);
        evidence.payments().forEach(comparison::payment);
        return List.copyOf(comparison.found);
    }

    private void orderGone() {
        if (!taken.isEmpty() || !given.isEmpty())
            differ(Kind.ORDER_GONE, "the storefront does not know it any more");
    }

    private void order(Order order) {
        if (taken.stream().anyMatch(one -> one.plan().lines().isEmpty()) && !order.cancelled())
            differ(
                    Kind.NOT_CANCELLED,
                    "we cancelled it, and the storefront has it as not cancelled");
        var units =
                taken.stream()
                        .flatMap(one -> one.plan().lines().stream())
                        .collect(
                                Collectors.groupingBy(
                                        Plan.Units::line,
                                        Collectors.summingInt(Plan.Units::quantity)));
        for (var line : order.lines()) line(line, units);
    }

    private void line(Order.Line line, Map<String, Integer> units) {
        var back = units.getOrDefault(line.id(), 0);
        if (back > 0 && line.open() > line.quantity() - back)
            differ(
                    Kind.UNITS_STILL_OPEN,
                    "%d of line %s were taken back, and %d of %d are still open"
                            .formatted(back, line.sku(), line.open(), line.quantity()));
    }

    private void payment(PaymentRef ref, Optional<Payment> payment) {
        if (payment.isEmpty())
            differ(Kind.PAYMENT_GONE, ref.platform() + " does not know payment " + ref.id());
        else payment(payment.get());
    }

    private void payment(Payment payment) {
        var ours = given.stream().filter(one -> one.payment().equals(payment.ref())).toList();
        captured(payment);
        held(payment, ours);
        for (var refund : ours) refund(refund);
        refunded(payment, ours);
        chargedBack(payment, ours);
    }

    private void captured(Payment payment) {
        evidence.order().stream()
                .flatMap(order -> order.tenders().stream())
                .filter(
                        tender ->
                                tender.providerId().filter(payment.ref().id()::equals).isPresent())
                .map(Order.Tender::captured)
                .filter(money -> money.currency().equals(payment.captured().currency()))
                .filter(money -> !money.equals(payment.captured()))
                .forEach(
                        money ->
                                differ(
                                        Kind.CAPTURE_DIFFERS,
                                        "%s has captured %s of payment %s, the storefront says %s"
                                                .formatted(
                                                        payment.ref().platform(),
                                                        payment.captured(),
                                                        payment.ref().id(),
                                                        money)));
    }

    private void held(Payment payment, List<Given> ours) {
        if (ours.stream().anyMatch(Given::released) && payment.authorised().isPositive())
            differ(
                    Kind.STILL_HELD,
                    "we released payment %s, and %s are still held at %s"
                            .formatted(
                                    payment.ref().id(),
                                    payment.authorised(),
                                    payment.ref().platform()));
    }

    private void refund(Given refund) {
        if (refund.moved().isEmpty()) return;
        var reference = refund.outcome().reference();
        var words = refund.plan().platform() + ", refund " + reference;
        var now = now(reference);
        if (now.isEmpty()) differ(Kind.REFUND_GONE, words + ": it is not known there");
        else if (isReturned(now.get()) && !isDealtWith(refund))
            differ(Kind.REFUND_RETURNED, words + ": " + now.get().words());
    }

    /** A later case has the order in its hands. */
    private boolean isDealtWith(Given refund) {
        return evidence.record().stream()
                .anyMatch(chapter -> chapter.generation() > refund.generation());
    }

    private void refunded(Payment payment, List<Given> ours) {
        var latest = ours.stream().max(Comparator.comparingInt(Given::generation));
        if (latest.isEmpty() || latest.get().released()) return;
        var expected = expected(latest.get(), ours);
        var actual = payment.refunded();
        if (actual.compareTo(expected) != 0)
            differ(
                    actual.compareTo(expected) < 0 ? Kind.REFUNDED_LESS : Kind.REFUNDED_MORE,
                    "%s has refunded %s of payment %s, our cases say %s"
                            .formatted(
                                    payment.ref().platform(),
                                    actual,
                                    payment.ref().id(),
                                    expected));
        if (actual.compareTo(payment.captured()) > 0)
            differ(
                    Kind.OVER_REFUNDED,
                    "%s has refunded %s of payment %s, of which only %s were captured"
                            .formatted(
                                    payment.ref().platform(),
                                    actual,
                                    payment.ref().id(),
                                    payment.captured()));
    }

    /** What the latest case saw refunded, and what it gave back itself. */
    private Money expected(Given latest, List<Given> ours) {
        return ours.stream()
                .filter(one -> one.generation() == latest.generation())
                .filter(one -> now(one.outcome().reference()).filter(this::isReturned).isEmpty())
                .flatMap(one -> one.moved().stream())
                .reduce(latest.plan().refundedBefore(), Money::plus);
    }

    private void chargedBack(Payment payment, List<Given> ours) {
        var moved = ours.stream().flatMap(one -> one.moved().stream()).reduce(Money::plus);
        var taken = payment.disputes().stream().filter(Comparison::takesMoney).findFirst();
        if (moved.isPresent() && taken.isPresent())
            differ(
                    Kind.REFUNDED_AND_CHARGED_BACK,
                    "we refunded %s of payment %s, and dispute %s takes the money as well"
                            .formatted(moved.get(), payment.ref().id(), taken.get().id()));
    }

    private static boolean takesMoney(Dispute dispute) {
        return switch (dispute.phase()) {
            case CHARGEBACK, IN_REVIEW, CLOSED_LOST -> true;
            case FRAUD_WARNING, INQUIRY, CLAIM, CLOSED_WON, UNKNOWN -> false;
        };
    }

    private boolean isReturned(Outcome refund) {
        return refund.result() == Result.FAILED;
    }

    private Optional<Outcome> now(String reference) {
        return evidence.refunds().getOrDefault(reference, Optional.empty());
    }

    private void differ(Kind kind, String words) {
        found.add(new Difference(evidence.ref(), kind, words));
    }
}
