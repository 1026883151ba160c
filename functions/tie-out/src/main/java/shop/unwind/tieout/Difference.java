package shop.unwind.tieout;

import shop.unwind.domain.OrderRef;

/**
 * One thing in which a platform disagrees with our record of an order.
 *
 * @param words a sentence for staff, without personal data
 */
record Difference(OrderRef order, Kind kind, String words) {

    enum Kind {
        /** The storefront no longer knows an order of which something was taken back. */
        ORDER_GONE,
        /** We cancelled the order, and it is not cancelled. */
        NOT_CANCELLED,
        /** We took units back that are still to be sent. */
        UNITS_STILL_OPEN,
        /** Whoever moves the money no longer knows a payment of which we gave something back. */
        PAYMENT_GONE,
        /** Storefront and provider disagree on what was captured. */
        CAPTURE_DIFFERS,
        /** We released an authorisation that is still open. */
        STILL_HELD,
        /** The provider does not know a refund of ours. */
        REFUND_GONE,
        /** A refund of ours came back, and no later case deals with it. */
        REFUND_RETURNED,
        /** Less is refunded than our cases say. */
        REFUNDED_LESS,
        /** More is refunded than our cases say: by hand, by another system, or twice. */
        REFUNDED_MORE,
        /** More is refunded than was captured. */
        OVER_REFUNDED,
        /** We refunded, and the customer's bank took the money as well. */
        REFUNDED_AND_CHARGED_BACK,
        /** A platform could not be asked. */
        UNREADABLE
    }

    String sentence() {
        return "Order " + order.number() + " (" + order.storefront() + "): " + words;
    }
}
