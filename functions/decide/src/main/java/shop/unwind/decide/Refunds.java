package shop.unwind.decide;

import shop.unwind.config.Store;
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

    /**
     * Who brings back what.
     *
     * @param cash what was paid through nobody who could be asked to refund it
     */
    record Split(List<Refund> refunds, Optional<Money> cash) {}

    /** Everything that is left of every payment; an authorisation is released. */
    Split whole() {
        var refunds =
                facts.payments().stream()
                        .filter(p -> p.remaining().isPositive() || p.authorised().isPositive())
                        .map(payment -> refund(payment, payment.remaining()))
                        .toList();
        return new Split(refunds, cash());
    }

    /**
     * What these units are worth, taken from the payments in their order, and cash last.
     *
     * @return empty when the storefront did not say what a line is worth, or said it in another
     *     currency than was paid
     */
    Optional<Split> part(List<Units> units) {
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

    private Optional<Split> split(Money worth) {
        var left = worth;
        var refunds = new ArrayList<Refund>();
        for (var payment : facts.payments()) {
            if (!payment.remaining().currency().equals(left.currency())) return Optional.empty();
            var share = left.min(payment.remaining());
            if (share.isPositive()) refunds.add(refund(payment, share));
            left = left.minus(share);
        }
        var rest = left;
        var cash = cash().filter(paid -> paid.currency().equals(rest.currency())).map(rest::min);
        return Optional.of(new Split(List.copyOf(refunds), cash.filter(Money::isPositive)));
    }

    private Optional<Money> cash() {
        return facts.known().tenders().stream()
                .filter(tender -> tender.remaining().isPositive() && isByStaff(tender))
                .map(Order.Tender::remaining)
                .reduce(Money::plus);
    }

    private boolean isByStaff(Order.Tender tender) {
        return facts.store()
                .owner(facts.id().order().storefront(), tender.gateway())
                .filter(Store.BY_STAFF::equals)
                .isPresent();
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
                Refund.STEP + payment.ref().id(),
                payment.ref().platform(),
                payment.ref().id(),
                amount,
                payment.refunded(),
                facts.known().anythingShipped(),
                false,
                why);
    }
}
