package shop.unwind.local.campaign;

import java.util.List;

/** One thing that somebody does to an order, or that befalls its case. */
public sealed interface Act {

    /** What staff do in the shop, behind our back. */
    sealed interface InShop extends Act {}

    /** What staff and banks do where the card's money is. */
    sealed interface AtMover extends Act {}

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

    /** Staff cancel the order. */
    record CancelInShop(boolean restock, boolean refund) implements InShop {}

    /** Staff give back part of the price. */
    record RefundInShop(int percent) implements InShop {}

    /** Staff give back part of a card payment. */
    record RefundAtProvider(int percent) implements AtMover {}

    /** Goods leave the house: so many units of a line. */
    record Ship(int line, int units) implements InShop {}

    /** The card's bank complains. */
    record Complain(Complaint complaint) implements AtMover {}

    /** An inquiry becomes a chargeback. */
    record Escalate() implements AtMover {}

    /** The bank decides its latest dispute. */
    record Settle(boolean won) implements AtMover {}

    /** The money of an authorisation is taken. */
    record Capture() implements Act {}

    /** The bank sends the latest refund back. */
    record RefundFails() implements AtMover {}

    /** The bank has taken a refund that was on its way. */
    record RefundArrives() implements AtMover {}

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
        INQUIRY,
        CHARGEBACK,
        FRAUD_WARNING
    }

    /** What is attacked, and the function's word for its purpose. */
    enum Operation {
        READ(Place.SHOP, true, "READ_ORDER"),
        CANCEL(Place.SHOP, false, "CANCEL"),
        STOREFRONT_REFUND(Place.SHOP, false, "REFUND"),
        STOREFRONT_REFUNDS(Place.SHOP, true, "REFUND"),
        NOTE(Place.SHOP, false, "TELL"),
        PAYMENT(Place.MOVER, true, "READ_PAYMENT"),
        REFUND(Place.MOVER, false, "REFUND"),
        REFUNDS(Place.MOVER, true, "REFUND"),
        DISPUTES(Place.MOVER, true, "REFUND"),
        MAIL(Place.MAIL, false, "TELL"),
        CHAT(Place.CHAT, false, "TELL"),
        QUESTION(Place.CHAT, false, "ASK");

        private final Place place;
        private final boolean question;
        private final String purpose;

        Operation(Place place, boolean question, String purpose) {
            this.place = place;
            this.question = question;
            this.purpose = purpose;
        }

        boolean suits(Kind kind) {
            return kind.suits(question);
        }

        boolean suits(Death death) {
            return death.suits(point("any"));
        }

        Place place() {
            return place;
        }

        /** Where in the workflow this platform's function is called for it. */
        Point point(String platform) {
            return new Point(platform, purpose);
        }
    }

    /** Whose an operation is; which platform that is hangs on the basket. */
    enum Place {
        SHOP,
        MOVER,
        MAIL,
        CHAT
    }
}
