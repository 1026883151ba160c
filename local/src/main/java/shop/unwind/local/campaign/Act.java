package shop.unwind.local.campaign;

import java.util.List;

/** One thing that somebody does to an order, or that befalls its case. */
public sealed interface Act {

    /**
     * The customer sends the form.
     *
     * @param units of each line; empty for the whole order
     */
    record Ask(List<Integer> units) implements Act {
        public Ask {
            units = List.copyOf(units);
        }
    }

    /** Staff cancel the order in the shop, behind our back. */
    record CancelInShop(boolean restock, boolean refund) implements Act {}

    /** Staff give back part of the price in the shop, behind our back. */
    record RefundInShop(int percent) implements Act {}

    /** Staff give back part of a card payment at its provider, behind our back. */
    record RefundAtProvider(int percent) implements Act {}

    /** Goods leave the house: so many units of a line. */
    record Ship(int line, int units) implements Act {}

    /** The card's bank complains. */
    record Complain(Complaint complaint) implements Act {}

    /** An inquiry becomes a chargeback. */
    record Escalate() implements Act {}

    /** The bank decides its latest dispute. */
    record Settle(boolean won) implements Act {}

    /** The money of an authorisation is taken. */
    record Capture() implements Act {}

    /** The bank sends the latest refund back. */
    record RefundFails() implements Act {}

    /** The bank has taken a refund that was on its way. */
    record RefundArrives() implements Act {}

    /** Staff press a button of each open question. */
    record Answer(boolean approve) implements Act {}

    /** Staff press "Run again". */
    record RunAgain() implements Act {}

    /** All webhooks about the order so far come once more, the latest first. */
    record Redeliver() implements Act {}

    /** From now on every message about the order comes twice. */
    record DeliverTwice() implements Act {}

    /** The next calls of an operation go wrong. */
    record Spoil(Operation operation, Kind kind, int times) implements Act {}

    /** A function stops the next time that it is called for this. */
    record Stop(Operation operation, Death death) implements Act {}

    /** The workflow engine is killed and started again, with everybody's cases. */
    record RestartWorkflow() implements Act {}

    /** What a bank can say of a payment. */
    enum Complaint {
        INQUIRY("inquiry"),
        CHARGEBACK("dispute"),
        FRAUD_WARNING("fraud-warning");

        private final String word;

        Complaint(String word) {
            this.word = word;
        }

        /** The sandbox's word. */
        String word() {
            return word;
        }
    }

    /** What is attacked: an operation of a platform and the function's word for its purpose. */
    enum Operation {
        READ("shopify", "OrderByName", true, "READ_ORDER"),
        CANCEL("shopify", "Cancel", false, "CANCEL"),
        STOREFRONT_REFUND("shopify", "Refund", false, "REFUND"),
        STOREFRONT_REFUNDS("shopify", "Refunds", true, "REFUND"),
        NOTE("shopify", "Note", false, "TELL"),
        PAYMENT("stripe", "payment_intents.retrieve", true, "READ_PAYMENT"),
        REFUND("stripe", "refunds.create", false, "REFUND"),
        REFUNDS("stripe", "refunds.list", true, "REFUND"),
        DISPUTES("stripe", "disputes.list", true, "REFUND"),
        MAIL("sendgrid", "mail.send", false, "TELL"),
        CHAT("slack", "chat.postMessage", false, "TELL"),
        QUESTION("slack", "chat.postMessage", false, "ASK");

        private final String platform;
        private final String call;
        private final boolean question;
        private final String purpose;

        Operation(String platform, String call, boolean question, String purpose) {
            this.platform = platform;
            this.call = call;
            this.question = question;
            this.purpose = purpose;
        }

        boolean suits(Kind kind) {
            return kind.suits(question);
        }

        String platform() {
            return platform;
        }

        String call() {
            return call;
        }

        /** Where in the workflow its function is called for it. */
        Point point() {
            return new Point(platform, purpose);
        }
    }
}
