package shop.unwind.local.campaign;

import shop.unwind.local.campaign.Act.Complaint;
import shop.unwind.local.campaign.Act.Operation;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A provider with acts of its own, wherever something was bought. */
sealed interface Provider extends Mover {
    /** What it calls the complaints that it knows. */
    Map<Complaint, String> complaints();

    Deed settle(Trial trial, boolean won);

    /** How its sandbox knows the payment by card. */
    default String subject(Trial trial) {
        return payment(trial, trial.card());
    }

    default Deed at(Trial trial, String act) {
        return Deed.at(platform(), subject(trial), act);
    }

    @Override
    default Optional<Deed> deed(Trial trial, Act.AtMover act) {
        return switch (act) {
            case Act.RefundAtProvider(var percent) ->
                    Optional.of(at(trial, "refund").with("amount", trial.partOfCard(percent)));
            case Act.Complain(var complaint) ->
                    Optional.ofNullable(complaints().get(complaint)).map(word -> at(trial, word));
            case Act.Escalate _ -> Optional.of(at(trial, "escalate"));
            case Act.Settle(var won) -> Optional.of(settle(trial, won));
            case Act.RefundFails _ -> Optional.of(at(trial, "fail-refund"));
            case Act.RefundArrives _ -> Optional.of(at(trial, "settle-refund"));
        };
    }

    @Override
    default Optional<Deed> capture(Trial trial) {
        return Optional.of(at(trial, "capture"));
    }

    @Override
    default Optional<Deed> redeliver(Trial trial) {
        return Optional.of(at(trial, "redeliver"));
    }

    record Stripe() implements Provider {
        @Override
        public String platform() {
            return "stripe";
        }

        @Override
        public String payment(Trial trial, int tender) {
            return "pi_%s%s_%d".formatted(trial.storefront(), trial.text(), tender + 1);
        }

        @Override
        public Set<String> currencies() {
            return Set.of("USD", "EUR", "JPY", "KWD");
        }

        @Override
        public Map<Operation, String> calls() {
            return Map.of(
                    Operation.PAYMENT, "payment_intents.retrieve",
                    Operation.REFUND, "refunds.create",
                    Operation.REFUNDS, "refunds.list",
                    Operation.DISPUTES, "disputes.list");
        }

        @Override
        public Map<Complaint, String> complaints() {
            return Map.of(
                    Complaint.INQUIRY, "inquiry",
                    Complaint.CHARGEBACK, "dispute",
                    Complaint.FRAUD_WARNING, "fraud-warning");
        }

        @Override
        public Deed settle(Trial trial, boolean won) {
            return at(trial, "close-dispute").with("status", won ? "won" : "lost");
        }
    }

    /** What is asked in PayPal's own centre blocks no whole refund; only a bank takes the money. */
    record PayPal() implements Provider {
        @Override
        public String platform() {
            return "paypal";
        }

        @Override
        public String payment(Trial trial, int tender) {
            return id("C", trial, tender);
        }

        /** An authorisation is known by its own id even when it is captured. */
        @Override
        public String subject(Trial trial) {
            var captured = trial.basket().tenders().get(trial.card()).captured();
            return id(captured ? "C" : "A", trial, trial.card());
        }

        private static String id(String kind, Trial trial, int tender) {
            return "%s%d00SHOPIFY%s".formatted(kind, tender + 1, trial.text());
        }

        @Override
        public Set<String> currencies() {
            return Set.of("USD", "EUR", "JPY");
        }

        @Override
        public Map<Operation, String> calls() {
            return Map.of(
                    Operation.PAYMENT, "captures.get",
                    Operation.REFUND, "captures.refund",
                    Operation.REFUNDS, "orders.get",
                    Operation.DISPUTES, "disputes.list");
        }

        @Override
        public Map<Complaint, String> complaints() {
            return Map.of(
                    Complaint.INQUIRY, "inquiry",
                    Complaint.CHARGEBACK, "dispute",
                    Complaint.FRAUD_WARNING, "alert");
        }

        @Override
        public Deed settle(Trial trial, boolean won) {
            return at(trial, "resolve")
                    .with("outcome", won ? "RESOLVED_SELLER_FAVOUR" : "RESOLVED_BUYER_FAVOUR");
        }

        @Override
        public boolean takesOnEscalation() {
            return false;
        }
    }

    /** Square, as storefront or behind another; it warns of no fraud. */
    record Square() implements Provider {
        @Override
        public String platform() {
            return "square";
        }

        @Override
        public String payment(Trial trial, int tender) {
            return "PAY%s%s_%d".formatted(trial.storefront(), trial.text(), tender + 1);
        }

        @Override
        public Set<String> currencies() {
            return Set.of("USD", "EUR", "JPY");
        }

        @Override
        public Map<Operation, String> calls() {
            return Map.of(
                    Operation.PAYMENT, "payments.get",
                    Operation.REFUND, "refunds.create",
                    Operation.REFUNDS, "refunds.list",
                    Operation.DISPUTES, "disputes.list");
        }

        @Override
        public Map<Complaint, String> complaints() {
            return Map.of(Complaint.INQUIRY, "inquiry", Complaint.CHARGEBACK, "dispute");
        }

        @Override
        public Deed settle(Trial trial, boolean won) {
            return at(trial, "resolve").with("state", won ? "WON" : "LOST");
        }
    }
}
