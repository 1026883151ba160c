package shop.unwind.intakeportal;

import java.time.Instant;
import java.util.List;

/**
 * What a customer is told of a request.
 *
 * @param status a word for programs, such as {@code in-progress}
 * @param message the same for people
 * @param timeline oldest first
 */
record Status(String id, String status, String message, List<Line> timeline) {

    record Line(Instant at, String what) {}

    /** Where a request can stand. */
    enum Stand {
        RECEIVED("received", "We have received your request."),
        NOT_MATCHED(
                "not-matched",
                "We could not match your request with an order. Please check the order's number and"
                        + " the e-mail address you ordered with."),
        IN_PROGRESS("in-progress", "We are working on your request."),
        WAITING_FOR_SHOP("waiting-for-shop", "Our staff are looking at your request."),
        CANCELLED("cancelled", "Your order is cancelled."),
        PARTLY_CANCELLED("partly-cancelled", "Part of your order is cancelled."),
        REFUSED("refused", "We could not cancel your order."),
        SHIPPED(
                "refused",
                "Your order has left our house, so it can no longer be cancelled. You are welcome"
                        + " to return it."),
        MADE_TO_ORDER(
                "refused",
                "Your order is made to your measure and work on it has begun, so we cannot take it"
                        + " back."),
        WINDOW_CLOSED(
                "refused",
                "The time in which your order could be cancelled is over. You are welcome to return"
                        + " it."),
        WITH_OUR_STAFF("with-our-staff", "Our staff are seeing to your request."),
        SETTLED("settled", "Your request is settled.");

        private final String word;
        private final String message;

        Stand(String word, String message) {
            this.word = word;
            this.message = message;
        }

        Status of(PublicId id, List<Line> timeline) {
            return new Status(id.toString(), word, message, List.copyOf(timeline));
        }
    }
}
