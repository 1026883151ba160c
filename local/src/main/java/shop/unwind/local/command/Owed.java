package shop.unwind.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import java.util.List;

/**
 * What the sandbox's own books say of payments that were to be refunded in one piece each.
 *
 * @param missing how many are not refunded, in full; a payment that the books have lost counts, too
 * @param doubled how many are refunded more than once, or by more than was paid
 */
record Owed(int missing, int doubled) {
    /** Of these payments at Stripe. */
    static Owed of(JsonNode books, List<String> payments, long price) {
        var missing = 0;
        var doubled = 0;
        for (var payment : payments) {
            var book = book(books, payment);
            var refunded = book.path("refunded").asLong();
            if (refunded < price) missing++;
            if (refunded > price || book.path("refunds").asInt() > 1) doubled++;
        }
        return new Owed(missing, doubled);
    }

    boolean isSettled() {
        return missing == 0 && doubled == 0;
    }

    private static JsonNode book(JsonNode books, String payment) {
        return books.valueStream()
                .filter(book -> book.path("platform").asText().equals("stripe"))
                .filter(book -> book.path("payment").asText().equals(payment))
                .findFirst()
                .orElseGet(MissingNode::getInstance);
    }
}
