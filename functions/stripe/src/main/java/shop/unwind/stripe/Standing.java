package shop.unwind.stripe;

import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;

import shop.unwind.domain.Dispute;
import shop.unwind.domain.Payment;
import shop.unwind.domain.PaymentRef;
import shop.unwind.problem.Refused;

import java.util.List;
import java.util.Optional;

/**
 * How a payment stands, in Stripe's numbers.
 *
 * @param open what may still be taken: held on the card, or asked for and not paid yet
 */
record Standing(String currency, long open, long captured, long refunded) {

    static Standing of(PaymentIntent intent) {
        var charge = Optional.ofNullable(intent.getLatestChargeObject());
        return new Standing(
                intent.getCurrency(),
                open(intent),
                number(intent.getAmountReceived()),
                charge.map(Charge::getAmountRefunded).orElse(0L));
    }

    /** A charge made without a payment intent. */
    static Standing of(Charge charge) {
        var open =
                switch (String.valueOf(charge.getStatus())) {
                    case "failed" -> false;
                    case "pending" -> true;
                    case "succeeded" -> !charge.getCaptured() && !charge.getRefunded();
                    case String other -> throw unknown("charge", other);
                };
        return new Standing(
                charge.getCurrency(),
                open ? charge.getAmount() : 0,
                number(charge.getAmountCaptured()),
                charge.getCaptured() ? number(charge.getAmountRefunded()) : 0);
    }

    /** Refunds on their way count, whether or not the charge counts them already. */
    Payment payment(String id, List<Refund> refunds, List<Dispute> disputes) {
        var listed = refunds.stream().filter(Standing::stands).mapToLong(Refund::getAmount).sum();
        var returned = captured == 0 ? 0 : Math.max(refunded, listed);
        return new Payment(
                new PaymentRef("stripe", id),
                Amounts.money(open, currency),
                Amounts.money(captured, currency),
                Amounts.money(returned, currency),
                disputes);
    }

    /** A refund that failed or was called off gives nothing back. */
    static boolean stands(Refund refund) {
        return !List.of("failed", "canceled").contains(String.valueOf(refund.getStatus()));
    }

    private static long open(PaymentIntent intent) {
        return switch (String.valueOf(intent.getStatus())) {
            case "succeeded", "canceled" -> 0;
            case "requires_capture" -> number(intent.getAmountCapturable());
            case "requires_payment_method",
                    "requires_confirmation",
                    "requires_action",
                    "processing" ->
                    number(intent.getAmount());
            case String other -> throw unknown("payment intent", other);
        };
    }

    private static Refused unknown(String what, String status) {
        return new Refused(
                "unknown_status", "the " + what + "'s status " + status + " is new to us");
    }

    private static long number(Long amount) {
        return Optional.ofNullable(amount).orElse(0L);
    }
}
