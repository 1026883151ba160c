package shop.unwind.domain;

import java.util.List;
import java.util.Optional;

/**
 * The ordered steps that a decision asks for: cancel, then refund, then books, then words. It holds
 * ids and amounts, never personal data, since the workflow's history keeps it.
 *
 * @param byHand what people pay back besides, since no platform can: cash, transfers, and what is
 *     too old to be refunded
 */
public record Plan(
        Optional<Cancel> cancel,
        List<Refund> refunds,
        Optional<Money> byHand,
        List<Reflect> ledgers,
        List<Tell> tell) {

    public Plan {
        refunds = List.copyOf(refunds);
        ledgers = List.copyOf(ledgers);
        tell = List.copyOf(tell);
    }

    /** A plan that only tells. */
    public static Plan telling(List<Tell> tell) {
        return new Plan(Optional.empty(), List.of(), Optional.empty(), List.of(), tell);
    }

    /**
     * Cancel at the storefront.
     *
     * @param lines empty means the whole order
     */
    public record Cancel(
            String step, String platform, List<Units> lines, boolean restock, Why why) {
        public Cancel {
            lines = List.copyOf(lines);
        }

        /**
         * How it ended, if anything was taken back. Where goods go back only with the money it is
         * skipped, and the refund there takes them.
         */
        public Optional<Outcome> happened(List<Outcome> outcomes) {
            return outcomes.stream()
                    .filter(outcome -> outcome.step().equals(step))
                    .filter(outcome -> outcome.happened() || isLeftToRefund(outcome, outcomes))
                    .findFirst();
        }

        private boolean isLeftToRefund(Outcome outcome, List<Outcome> outcomes) {
            return outcome.result() == Outcome.Result.SKIPPED
                    && outcomes.stream()
                            .filter(other -> other.step().startsWith(Refund.STEP))
                            .filter(other -> other.platform().equals(platform))
                            .anyMatch(Outcome::happened);
        }
    }

    /** Some units of a line, by the storefront's id of the line. */
    public record Units(String line, int quantity) {}

    /**
     * Give one payment back, or release it where it is only authorised.
     *
     * @param amount at most what is left; an authorisation is released whole
     * @param refundedBefore what had been given back when this was decided; another figure by now
     *     means that somebody else is at it
     * @param shipped part of the order has left, which matters to open inquiries
     * @param approved a person said yes to this
     */
    public record Refund(
            String step,
            String platform,
            String payment,
            Money amount,
            Money refundedBefore,
            boolean shipped,
            boolean approved,
            Why why) {
        /** What the id of each such step begins with. */
        public static final String STEP = "refund-";

        public Refund asApproved() {
            return new Refund(step, platform, payment, amount, refundedBefore, shipped, true, why);
        }
    }

    /** Reflect what happened in stock or books. */
    public record Reflect(String step, String platform) {}

    /** Tell one audience through one channel. */
    public record Tell(String step, String platform, Audience audience) {}

    /** Who is told. */
    public enum Audience {
        CUSTOMER,
        STAFF,
        /** The order's own page at the storefront. */
        ORDER
    }

    /** Why the order is taken back, for the platforms' own reason fields. */
    public enum Why {
        CUSTOMER,
        FRAUD,
        INVENTORY,
        STAFF,
        OTHER
    }
}
