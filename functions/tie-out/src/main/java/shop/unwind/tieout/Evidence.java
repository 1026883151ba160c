package shop.unwind.tieout;

import shop.unwind.domain.Money;
import shop.unwind.domain.Order;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Payment;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What our record of an order says, and what the platforms say now.
 *
 * @param record what the order's cases did, the first case first
 * @param order empty when the storefront does not know it
 * @param payments every payment that our cases touched; empty when its mover does not know it
 * @param refunds every refund of ours as it stands now, by its reference; empty when unknown there
 */
record Evidence(
        OrderRef ref,
        List<Chapter> record,
        Optional<Order> order,
        Map<PaymentRef, Optional<Payment>> payments,
        Map<String, Optional<Outcome>> refunds) {
    Evidence {
        record = List.copyOf(record);
        payments = Map.copyOf(payments);
        refunds = Map.copyOf(refunds);
    }

    /** What one case of the order planned, and how its steps ended. */
    record Chapter(int generation, Plan plan, List<Outcome> outcomes) {
        Chapter {
            outcomes = List.copyOf(outcomes);
        }

        /** The cancel, if it took effect. */
        Stream<Taken> taken() {
            return plan.cancel().stream()
                    .flatMap(
                            cancel ->
                                    cancel.happened(outcomes).stream()
                                            .map(done -> new Taken(cancel, done)));
        }

        /** The refunds that took effect. */
        Stream<Given> given() {
            return plan.refunds().stream()
                    .flatMap(
                            refund ->
                                    happened(refund.step())
                                            .map(done -> new Given(generation, refund, done)));
        }

        private Stream<Outcome> happened(String step) {
            return outcomes.stream()
                    .filter(outcome -> outcome.step().equals(step))
                    .filter(Outcome::happened);
        }
    }

    /** A cancel that took effect. */
    record Taken(Plan.Cancel plan, Outcome outcome) {}

    /** A refund, or the release of an authorisation, that took effect. */
    record Given(int generation, Plan.Refund plan, Outcome outcome) {
        PaymentRef payment() {
            return new PaymentRef(plan.platform(), plan.payment());
        }

        /** Money that we moved; empty for a release and for what others had done before us. */
        Optional<Money> moved() {
            return outcome.result() == Result.ALREADY ? Optional.empty() : outcome.amount();
        }

        boolean released() {
            return outcome.result() == Result.DONE && outcome.amount().isEmpty();
        }
    }

    /** Every cancel once: a case that is run again repeats what its record says. */
    static List<Taken> taken(List<Chapter> record) {
        var seen = new HashSet<String>();
        return record.stream()
                .flatMap(Chapter::taken)
                .filter(taken -> seen.add(taken.plan().step() + taken.outcome().reference()))
                .toList();
    }

    /** Every refund once, in the case that moved it first. */
    static List<Given> given(List<Chapter> record) {
        var seen = new HashSet<String>();
        var all = new ArrayList<Given>();
        record.stream()
                .flatMap(Chapter::given)
                .filter(given -> given.moved().isEmpty() || seen.add(given.outcome().reference()))
                .forEach(all::add);
        return all;
    }
}
