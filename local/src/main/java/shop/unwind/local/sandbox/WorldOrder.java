package shop.unwind.local.sandbox;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** An order as told to the sandbox, in no platform's words. Amounts are in minor units. */
record WorldOrder(
        String storefront,
        String number,
        String email,
        Optional<String> phone,
        String name,
        Currency currency,
        Instant placedAt,
        List<String> tags,
        long shipping,
        List<Line> lines,
        List<Payment> payments,
        boolean cancelled,
        long refundedByHand) {

    /** Discount and tax are totals of the line. */
    record Line(
            String sku,
            String title,
            int quantity,
            long unitPrice,
            long discount,
            long tax,
            int shipped) {
        long subtotal() {
            return quantity * unitPrice - discount;
        }

        private static Line read(Fields fields) {
            var quantity = (int) fields.number("quantity");
            var line =
                    new Line(
                            fields.text("sku"),
                            fields.text("title", fields.text("sku")),
                            quantity,
                            fields.number("unitPrice"),
                            fields.number("discount", 0),
                            fields.number("tax", 0),
                            (int) fields.number("shipped", 0));
            fields.nothingElse();
            if (quantity < 1) throw fields.expected("quantity", "1 or more");
            if (line.shipped > quantity) throw fields.expected("shipped", "at most the quantity");
            if (line.subtotal() < 0) throw fields.expected("discount", "at most the price");
            return line;
        }
    }

    /**
     * How a part of the order was paid.
     *
     * @param refundMode what becomes of refunds: succeeds, pending, fails-later, refused
     * @param dispute none, inquiry, claim (at PayPal only), chargeback, won, lost
     */
    record Payment(
            String gateway,
            long amount,
            boolean captured,
            String refundMode,
            String dispute,
            boolean fraudWarning) {

        private static Payment read(Fields fields) {
            var payment =
                    new Payment(
                            fields.text("gateway"),
                            fields.number("amount"),
                            fields.flag("captured", true),
                            fields.word(
                                    "refundMode",
                                    "succeeds",
                                    "succeeds",
                                    "pending",
                                    "fails-later",
                                    "refused"),
                            fields.word(
                                    "dispute",
                                    "none",
                                    "none",
                                    "inquiry",
                                    "claim",
                                    "chargeback",
                                    "won",
                                    "lost"),
                            fields.flag("fraudWarning", false));
            fields.nothingElse();
            if (payment.dispute.equals("claim") && !payment.gateway.equals("paypal"))
                throw fields.expected("dispute", "no claim but at PayPal");
            return payment;
        }
    }

    /** One word for the order, the same on every platform: {@code shopify1001}. */
    String word() {
        return storefront + number.replaceAll("[^A-Za-z0-9]", "");
    }

    /** The name by which platforms know payment number {@code at} (from 0) of this order. */
    String payment(int at) {
        return word() + "_" + (at + 1);
    }

    /** How much of payment number {@code at} was refunded by hand, first payment first. */
    long refundedByHand(int at) {
        var left = refundedByHand;
        for (var i = 0; i < at; i++) left -= Math.min(left, refundable(payments.get(i)));
        return Math.min(left, refundable(payments.get(at)));
    }

    private static long refundable(Payment payment) {
        return payment.captured ? payment.amount : 0;
    }

    static WorldOrder read(Fields fields) {
        var order =
                new WorldOrder(
                        fields.text("storefront"),
                        fields.text("number"),
                        fields.text("email"),
                        fields.optionalText("phone"),
                        fields.text("name"),
                        currency(fields),
                        time(fields),
                        fields.texts("tags"),
                        fields.number("shipping", 0),
                        fields.objects("lines").stream().map(Line::read).toList(),
                        fields.objects("payments").stream().map(Payment::read).toList(),
                        fields.flag("cancelled", false),
                        fields.number("refundedByHand", 0));
        fields.nothingElse();
        if (order.lines.isEmpty()) throw fields.expected("lines", "at least one line");
        var captured = order.payments.stream().mapToLong(WorldOrder::refundable).sum();
        if (order.refundedByHand > captured)
            throw fields.expected("refundedByHand", "at most what was captured");
        return order;
    }

    private static Currency currency(Fields fields) {
        try {
            return Currency.getInstance(fields.text("currency"));
        } catch (IllegalArgumentException _) {
            throw fields.expected("currency", "an ISO 4217 code such as USD");
        }
    }

    private static Instant time(Fields fields) {
        try {
            return Instant.parse(fields.text("placedAt"));
        } catch (DateTimeParseException _) {
            throw fields.expected("placedAt", "a time such as 2026-11-20T10:00:00Z");
        }
    }
}
