package shop.unwind.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * One incoming wish to cancel, normalised.
 *
 * @param id the sender's own event id where it has one, so that a redelivery is recognised
 * @param order absent while only the payment is known
 * @param payment the payment that a dispute names
 * @param email what the asker says of himself; checked against the order
 */
public record Request(
        String id,
        Source source,
        Wish wish,
        Optional<OrderRef> order,
        Optional<PaymentRef> payment,
        Optional<Personal> email,
        Instant receivedAt) {

    public Request {
        if (order.isEmpty() && payment.isEmpty())
            throw new IllegalArgumentException("request: an order or a payment was expected");
    }

    /** Whether the customer is owed an answer to it. */
    public boolean isOwedAnAnswer() {
        return wish instanceof Wish.Cancel
                && switch (source) {
                    case PORTAL, EMAIL, SMS, SUPPORT, MARKETPLACE, INVENTORY, STAFF -> true;
                    case STOREFRONT, DISPUTE -> false;
                };
    }

    /** The same request once its order is found. */
    public Request about(OrderRef found) {
        return new Request(id, source, wish, Optional.of(found), payment, email, receivedAt);
    }
}
