package shop.unwind.decide;

import shop.unwind.domain.Gate;
import shop.unwind.domain.Money;
import shop.unwind.domain.Order;
import shop.unwind.domain.Payment;
import shop.unwind.domain.Plan.Refund;
import shop.unwind.domain.Plan.Units;
import shop.unwind.domain.Plan.Why;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Splits what comes back over the payments that brought it. */
final class Refunds {
    private final Facts facts;
    private final Why why;

    Refunds(Facts facts, Why why) {
        this.facts = facts;
        this.why = why;
    }

    /** Everything that is left of every payment; an authorisation is released. */
    List<Refund> whole() {
        return facts.payments().stream()
                .filter(p -> p.remaining().isPositive() || p.authorised().isPositive())
                .map(payment -> refund(payment, payment.remaining()))
                .toList();
    }

    /**
     * What these units are worth, taken from the payments in their order.
     *
     * @return empty when the storefront did not say what a line is worth, or said it in another
     *     currency than was paid
     */
    Optional<List<Refund>> part(List<Units> units) {
        return worth(facts.known(), units).flatMap(this::split);
    }

    /** Those whose payment can still be refunded. */
    List<Refund> possible(List<Refund> refunds) {
        return refunds.stream().filter(refund -> !isTooLate(refund)).toList();
    }

    /** Those whose payment is too old: people pay them back another way. */
    List<Refund> tooLate(List<Refund> refunds) {
        return refunds.stream().filter(this::isTooLate).toList();
    }

    /** What a dispute moves is nobody's to pay back, however old. */
    private boolean isTooLate(Refund refund) {
        return facts.payments().stream()
                .filter(payment -> payment.ref().id().equals(refund.payment()))
                .anyMatch(payment -> payment.isTooOld(facts.now()) && !isBlocked(refund));
    }

    /** What these refunds will move; what a dispute blocks or age forbids moves nothing. */
    Optional<Money> moving(List<Refund> refunds) {
        return possible(refunds).stream()
                .filter(refund -> !isBlocked(refund))
                .map(Refund::amount)
                .filter(Money::isPositive)
                .reduce(Money::plus);
    }

    private Optional<List<Refund>> split(Money worth) {
        var left = worth;
        var refunds = new ArrayList<Refund>();
        for (var payment : facts.payments()) {
            if (!payment.remaining().currency().equals(left.currency())) return Optional.empty();
            var share = left.min(payment.remaining());
            if (share.isPositive()) refunds.add(refund(payment, share));
            left = left.minus(share);
        }
        return Optional.of(List.copyOf(refunds));
    }

    private static Optional<Money> worth(Order order, List<Units> units) {
        var sum = Money.zero(order.currency());
        for (var taken : units) {
            var line =
                    order.lines().stream()
                            .filter(candidate -> candidate.id().equals(taken.line()))
                            .findFirst()
                            .orElseThrow();
            if (line.worth().isEmpty()) return Optional.empty();
            var worth = line.worth().get();
            if (!worth.currency().equals(sum.currency())) return Optional.empty();
            sum = sum.plus(worth.share(0, taken.quantity(), line.open()));
        }
        return Optional.of(sum);
    }

    private boolean isBlocked(Refund refund) {
        return facts.payments().stream()
                .filter(payment -> payment.ref().id().equals(refund.payment()))
                .anyMatch(
                        payment ->
                                Gate.judge(payment.disputes(), true, refund.shipped(), true)
                                        instanceof Gate.Blocked);
    }

    private Refund refund(Payment payment, Money amount) {
        return new Refund(
                "refund-" + payment.ref().id(),
                payment.ref().platform(),
                payment.ref().id(),
                amount,
                payment.refunded(),
                facts.known().anythingShipped(),
                false,
                why);
    }
}
