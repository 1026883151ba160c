package shop.unwind.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An order as its storefront knows it now.
 *
 * @param id the storefront's own id
 * @param email absent when the storefront has none or withholds it
 * @param tenders how it was paid
 * @param otherDisputes disputes that the storefront itself reports, for payments it owns
 */
public record Order(
        OrderRef ref,
        String id,
        Instant placedAt,
        String currency,
        Optional<Personal> email,
        boolean cancelled,
        boolean inReturn,
        List<String> tags,
        List<Line> lines,
        List<Tender> tenders,
        List<Dispute> otherDisputes) {

    public Order {
        tags = List.copyOf(tags);
        lines = List.copyOf(lines);
        tenders = List.copyOf(tenders);
        otherDisputes = List.copyOf(otherDisputes);
    }

    /**
     * @param quantity units ordered
     * @param open units neither refunded nor removed
     * @param shipped open units that have left the house
     * @param worth what all open units bring back, tax and discounts included; asked of the
     *     storefront only when part of an order is taken back
     */
    public record Line(
            String id,
            String sku,
            String title,
            int quantity,
            int open,
            int shipped,
            Optional<Money> worth) {

        /** Units that can still be kept from leaving. */
        public int cancellable() {
            return Math.max(0, open - shipped);
        }

        public Line worth(Money money) {
            return new Line(id, sku, title, quantity, open, shipped, Optional.of(money));
        }
    }

    /**
     * One way the order was paid, as the storefront tells it.
     *
     * @param gateway the storefront's word for it, such as {@code shopify_payments}
     * @param id the storefront's id of the sale or authorisation
     * @param providerId the provider's id of the payment, where the storefront knows it
     */
    public record Tender(
            String gateway,
            String id,
            Optional<String> providerId,
            Money authorised,
            Money captured,
            Money refunded) {

        public Money remaining() {
            return captured.remainingAfter(refunded);
        }
    }

    public Order withLines(List<Line> other) {
        return new Order(
                ref,
                id,
                placedAt,
                currency,
                email,
                cancelled,
                inReturn,
                tags,
                other,
                tenders,
                otherDisputes);
    }

    /** The same order without personal data. */
    public Order anonymous() {
        return new Order(
                ref,
                id,
                placedAt,
                currency,
                Optional.empty(),
                cancelled,
                inReturn,
                tags,
                lines,
                tenders,
                otherDisputes);
    }

    public boolean anythingShipped() {
        return lines.stream().anyMatch(line -> line.shipped() > 0);
    }

    public boolean anythingCancellable() {
        return lines.stream().anyMatch(line -> line.cancellable() > 0);
    }
}
