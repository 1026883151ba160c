package shop.unwind.connector;

import shop.unwind.domain.Money;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Payment;
import shop.unwind.domain.Plan.Why;
import shop.unwind.once.Attempt;
import shop.unwind.once.Effect;
import shop.unwind.once.Found;
import shop.unwind.problem.Changed;
import shop.unwind.problem.Problem;
import shop.unwind.problem.Refused;

import java.time.Duration;
import java.util.Optional;

/**
 * Who moves the money. The refund gate and the check against what was refunded before are done
 * around these calls, once for all.
 */
public interface Payments extends Connector {

    /** The payment as it is now, with every dispute about it. */
    Payment read(String payment);

    /** Gives back part of what was captured. An accepted refund that is not settled is PENDING. */
    Outcome refund(Payment payment, Money amount, Why why, Attempt attempt);

    /** Releases an authorisation of which nothing was captured. */
    Outcome release(Payment payment, Attempt attempt);

    /** What a refusal means: where the payment stands otherwise than it did, decide again. */
    default Problem lookAgain(Payment before, Refused no) {
        return meaning(before, read(before.ref().id()), no);
    }

    /** The same, with the payment as it stands now. */
    static Problem meaning(Payment before, Payment now, Refused no) {
        return now.equals(before)
                ? no
                : new Changed("the payment has changed since it was read: " + no.getMessage());
    }

    /** Looks for what an earlier attempt at this step may have done. */
    Found find(String payment, Attempt attempt);

    /** How long a refund that is not found may still arrive; see {@link Effect#settles}. */
    default Duration settles() {
        return Duration.ZERO;
    }

    /**
     * What became of a refund that was on its way: DONE, still PENDING, or FAILED with the money
     * back with us.
     *
     * @param pending the outcome as the refund was accepted
     */
    Outcome follow(Outcome pending);

    /** The order number that the shop noted on the payment, if it did. */
    Optional<String> orderNumber(String payment);
}
