package shop.unwind.bigcommerce;

import com.fasterxml.jackson.databind.JsonNode;

/** An order's status by its number: the words beside it can be renamed by the store. */
final class Status {
    static final int SHIPPED = 2;
    static final int PARTIALLY_SHIPPED = 3;
    static final int REFUNDED = 4;
    static final int CANCELLED = 5;
    static final int AWAITING_PICKUP = 8;
    static final int COMPLETED = 10;
    static final int DISPUTED = 13;
    static final int PARTIALLY_REFUNDED = 14;

    private Status() {}

    static int of(JsonNode order) {
        return order.path("status_id").asInt();
    }
}
