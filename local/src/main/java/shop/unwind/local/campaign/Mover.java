package shop.unwind.local.campaign;

import shop.unwind.local.campaign.Act.Operation;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who holds a payment's money, as staff and banks act there. What one does not have does not happen
 * there.
 */
sealed interface Mover permits Provider, Mover.Shopify, Mover.Inside {
    String platform();

    /** How its books call the payment of this tender. */
    String payment(Trial trial, int tender);

    /** What it takes, of the currencies that baskets have. */
    Set<String> currencies();

    /** What the operations are called there; one that it does not have is missing. */
    Map<Operation, String> calls();

    /** What somebody does to the payment by card; empty when nobody can. */
    Optional<Deed> deed(Trial trial, Act.AtMover act);

    /** Takes the money of the card's authorisation; empty when that is done in the shop. */
    default Optional<Deed> capture(Trial trial) {
        return Optional.empty();
    }

    /** Tells all of the payment by card once more; empty when the shop does. */
    default Optional<Deed> redeliver(Trial trial) {
        return Optional.empty();
    }

    /** Whether it takes the money as soon as an inquiry becomes more. */
    default boolean takesOnEscalation() {
        return true;
    }

    /** Shopify's own payments and gift cards: banks complain about cards, and warn of no fraud. */
    record Shopify() implements Mover {
        @Override
        public String platform() {
            return "shopify";
        }

        @Override
        public String payment(Trial trial, int tender) {
            return Long.toString(trial.shopifyId() * 1000 + tender + 1);
        }

        @Override
        public Set<String> currencies() {
            return Set.of("USD", "EUR", "JPY", "KWD");
        }

        @Override
        public Map<Operation, String> calls() {
            return Map.of(Operation.REFUND, "Refund", Operation.REFUNDS, "Refunds");
        }

        @Override
        public Optional<Deed> deed(Trial trial, Act.AtMover act) {
            return switch (act) {
                case Act.RefundAtProvider _ -> Optional.empty();
                case Act.Complain(var complaint) ->
                        switch (complaint) {
                            case INQUIRY -> Optional.of(at(trial, "inquiry"));
                            case CHARGEBACK -> Optional.of(at(trial, "dispute"));
                            case FRAUD_WARNING -> Optional.empty();
                        };
                case Act.Escalate _ -> Optional.of(at(trial, "escalate"));
                case Act.Settle(var won) ->
                        Optional.of(
                                at(trial, "close-dispute").with("status", won ? "won" : "lost"));
                case Act.RefundFails _ -> Optional.of(at(trial, "fail-refund"));
                case Act.RefundArrives _ -> Optional.of(at(trial, "settle-refund"));
            };
        }

        private Deed at(Trial trial, String act) {
            return Deed.at(platform(), trial.text(), act);
        }
    }

    /**
     * A gateway inside a shop, which tells of no dispute.
     *
     * @param payment how the shop's books call the payment, with the order's number for {@code %s}
     * @param arrives the shop's act for a refund that arrives; empty where none is on its way
     * @param fails the same for one that does not
     */
    record Inside(
            String platform,
            String payment,
            Map<Operation, String> calls,
            Optional<String> arrives,
            Optional<String> fails)
            implements Mover {
        public Inside {
            calls = Map.copyOf(calls);
        }

        /**
         * One whose refunds are over as soon as they are made.
         *
         * @param refund what the shop calls the operation that makes one
         * @param refunds the same of the one that lists them
         */
        static Inside plain(String shop, String payment, String refund, String refunds) {
            var calls = Map.of(Operation.REFUND, refund, Operation.REFUNDS, refunds);
            return new Inside(shop, payment, calls, Optional.empty(), Optional.empty());
        }

        Inside ending(String arrives, String fails) {
            return new Inside(platform, payment, calls, Optional.of(arrives), Optional.of(fails));
        }

        @Override
        public String payment(Trial trial, int tender) {
            return payment.replace("%s", trial.text());
        }

        @Override
        public Set<String> currencies() {
            return Set.of("USD", "EUR", "JPY");
        }

        @Override
        public Optional<Deed> deed(Trial trial, Act.AtMover act) {
            return switch (act) {
                case Act.RefundArrives _ -> arrives.map(word -> at(trial, word));
                case Act.RefundFails _ -> fails.map(word -> at(trial, word));
                case Act.RefundAtProvider _, Act.Complain _, Act.Escalate _, Act.Settle _ ->
                        Optional.empty();
            };
        }

        private Deed at(Trial trial, String act) {
            return Deed.at(platform, trial.text(), act);
        }
    }
}
