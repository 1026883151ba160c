package shop.unwind.start;

import shop.unwind.domain.OrderRef;

/**
 * An order gets more requests than anybody makes: systems answer one another in circles. The
 * message comes back later, and is parked in the dead-letter queue, with an alarm, while it lasts.
 */
final class Flood extends RuntimeException {
    Flood(OrderRef order, int most) {
        super("order " + order.key() + ": more than " + most + " requests within a minute");
    }
}
