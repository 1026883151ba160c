package shop.unwind.cases;

import java.time.Instant;

/**
 * One line of a case's timeline, in plain words without personal data.
 *
 * @param what such as {@code Refund payment}
 */
public record Event(Instant at, int generation, String what, String words) {
    /** Something of the order has been taken back at the storefront. */
    public static final String CANCELLED = "Cancel order";
}
