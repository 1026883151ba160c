package shop.unwind.connector;

import shop.unwind.domain.Gate;
import shop.unwind.domain.Money;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Payment;
import shop.unwind.domain.Plan;
import shop.unwind.once.Attempt;
import shop.unwind.once.Effect;
import shop.unwind.once.Found;
import shop.unwind.problem.Changed;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * One refund of one payment, with what must be looked at immediately before: disputes, what was
 * refunded meanwhile, whether there is anything to refund at all.
 */
final class RefundOnce implements Effect {
    private final Payments payments;
    private final Plan.Refund plan;
    private final BiConsumer<String, Money> breaker;
    private final InstantSource clock;

    /**
     * @param breaker lets an automatic refund pass, by the attempt's key, or throws {@code Paused}
     */
    RefundOnce(
            Payments payments,
            Plan.Refund plan,
            BiConsumer<String, Money> breaker,
            InstantSource clock) {
        this.payments = payments;
        this.plan = plan;
        this.breaker = breaker;
        this.clock = clock;
    }

    @Override
    public Outcome act(Attempt attempt) {
        var payment = payments.read(plan.payment());
        var whole = plan.amount().compareTo(payment.remaining()) >= 0;
        return switch (Gate.judge(payment.disputes(), whole, plan.shipped(), plan.approved())) {
            case Gate.Open() -> move(payment, attempt);
            case Gate.Held(var words) -> throw new Changed(words);
            case Gate.Blocked(var words) -> outcome(Result.SKIPPED, Optional.empty(), words);
        };
    }

    @Override
    public Found find(Attempt attempt) {
        return payments.find(plan.payment(), attempt);
    }

    @Override
    public Duration settles() {
        return payments.settles();
    }

    /**
     * Whether this plan asks for more than what its step had given back before: a case that called
     * staff goes on with its steps when somebody asks for more of the order, and what was done for
     * less is no answer to that.
     *
     * @param done how the step ended, perhaps before
     * @param decidedAt when this plan was made
     */
    boolean asksForMoreThan(Outcome done, Supplier<Optional<Instant>> decidedAt) {
        var isOfMoney = done.result() == Result.DONE || done.result() == Result.PENDING;
        var isKnown =
                done.amount()
                        .filter(Money::isPositive)
                        .filter(amount -> amount.currency().equals(plan.amount().currency()))
                        .filter(amount -> plan.refundedBefore().compareTo(amount) >= 0)
                        .isPresent();
        return isOfMoney
                && isKnown
                && plan.amount().isPositive()
                && decidedAt.get().filter(done.at()::isBefore).isPresent();
    }

    private Outcome move(Payment payment, Attempt attempt) {
        if (payment.captured().isPositive()) return refund(payment, attempt);
        if (payment.authorised().isPositive()) return payments.release(payment, attempt);
        return outcome(Result.ALREADY, Optional.empty(), "nothing was ever charged");
    }

    private Outcome refund(Payment payment, Attempt attempt) {
        if (!payment.refunded().equals(plan.refundedBefore()))
            throw new Changed(
                    payment.refunded() + " is refunded by now, not " + plan.refundedBefore());
        if (!payment.remaining().isPositive())
            return outcome(
                    Result.ALREADY, Optional.of(payment.refunded()), "had been refunded before");
        if (!plan.amount().isPositive())
            throw new Changed(payment.captured() + " is captured by now, not only authorised");
        var amount = plan.amount().min(payment.remaining());
        if (!plan.approved()) breaker.accept(attempt.key(), amount);
        return payments.refund(payment, amount, plan.why(), attempt);
    }

    private Outcome outcome(Result result, Optional<Money> amount, String words) {
        return new Outcome(
                plan.step(), plan.platform(), result, "", amount, words, clock.instant());
    }
}
