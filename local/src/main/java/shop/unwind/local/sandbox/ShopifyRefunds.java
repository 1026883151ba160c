package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Reads and checks what a refund at Shopify is to give back, and suggests one. */
final class ShopifyRefunds {
    record Line(ObjectNode line, int units, String restockType) {}

    record Payment(ObjectNode parent, long amount) {}

    private ShopifyRefunds() {}

    static List<Line> lines(JsonNode order, JsonNode wishes) {
        var lines = new ArrayList<Line>();
        var units = new HashMap<Long, Integer>();
        for (var wish : wishes) {
            var id = Shopify.number(wish.path("lineItemId").asText());
            var line =
                    ShopifyOrder.line(order, id)
                            .orElseThrow(
                                    () ->
                                            new ShopifyBook.UserError(
                                                    "refundLineItems", "Line item does not exist"));
            var quantity = wish.path("quantity").asInt();
            var restock = wish.path("restockType").asText("NO_RESTOCK");
            if (quantity < 1)
                throw new ShopifyBook.UserError(
                        "refundLineItems", "Quantity must be greater than 0");
            if (units.merge(id, quantity, Integer::sum) > ShopifyOrder.current(line))
                throw new ShopifyBook.UserError(
                        "refundLineItems", "Quantity cannot refund more items than were purchased");
            if (restock.equals("LEGACY_RESTOCK"))
                throw new ShopifyBook.UserError(
                        "refundLineItems", "Restock type is not a valid restock type");
            if (restock.equals("CANCEL") && quantity > ShopifyOrder.unfulfilled(line))
                throw new ShopifyBook.UserError(
                        "refundLineItems",
                        "Quantity cannot cancel more items than are unfulfilled");
            lines.add(new Line(line, quantity, restock));
        }
        return lines;
    }

    static long shipping(JsonNode order, JsonNode wish) {
        var left = order.path("shipping").asLong() - ShopifyOrder.refundedShipping(order);
        if (wish.path("fullRefund").asBoolean()) return left;
        if (!wish.hasNonNull("amount")) return 0;
        var amount = minor(order, wish.path("amount"), "shipping");
        if (amount > left)
            throw new ShopifyBook.UserError(
                    "shipping", "Shipping refund amount cannot exceed the refundable shipping");
        return amount;
    }

    static List<Payment> payments(JsonNode order, JsonNode wishes) {
        var payments = new ArrayList<Payment>();
        var perParent = new HashMap<Long, Long>();
        var total = 0L;
        for (var wish : wishes) {
            if (!wish.path("kind").asText().equals("REFUND"))
                throw new ShopifyBook.UserError(
                        "transactions",
                        "Kind " + wish.path("kind").asText() + " is not a valid transaction");
            if (Shopify.number(wish.path("orderId").asText()) != order.path("id").asLong())
                throw new ShopifyBook.UserError("orderId", "Order does not exist");
            var parent = parent(order, wish);
            if (isChargedBack(order, parent))
                throw new ShopifyBook.UserError(
                        "transactions", "Order cannot be refunded because of a chargeback");
            var amount = minor(order, wish.path("amount"), "transactions");
            if (amount < 1)
                throw new ShopifyBook.UserError("transactions", "Amount must be greater than 0");
            total += amount;
            tooMuch(order, total, ShopifyOrder.left(order));
            var id = parent.path("id").asLong();
            tooMuch(
                    order,
                    perParent.merge(id, amount, Long::sum),
                    ShopifyOrder.left(order, parent));
            payments.add(new Payment(parent, amount));
        }
        return payments;
    }

    /** Merchants report that Shopify lets nobody refund then; in which words, no page says. */
    private static boolean isChargedBack(JsonNode order, JsonNode payment) {
        return payment.path("gateway").asText().equals("shopify_payments")
                && Json.stream(order.path("disputes"))
                        .filter(dispute -> dispute.path("type").asText().equals("CHARGEBACK"))
                        .anyMatch(dispute -> !dispute.path("status").asText().equals("WON"));
    }

    private static ObjectNode parent(JsonNode order, JsonNode wish) {
        var id = Shopify.number(wish.path("parentId").asText());
        return ShopifyOrder.payments(order)
                .filter(payment -> payment.path("id").asLong() == id)
                .filter(payment -> payment.path("gateway").equals(wish.path("gateway")))
                .findFirst()
                .orElseThrow(
                        () ->
                                new ShopifyBook.UserError(
                                        "transactions",
                                        "Transactions require a parent_id associated with the"
                                                + " order"));
    }

    private static void tooMuch(JsonNode order, long wanted, long left) {
        if (wanted > left)
            throw new ShopifyBook.UserError(
                    "",
                    "Refund amount %s is greater than net payment received %s"
                            .formatted(shown(order, wanted), shown(order, left)));
    }

    /** What Shopify proposes for these lines: never more than is left, payment after payment. */
    static ObjectNode suggest(JsonNode order, JsonNode arguments) {
        var copy = order.<ObjectNode>deepCopy();
        var subtotal = 0L;
        var tax = 0L;
        for (var wish : lines(copy, arguments.path("refundLineItems"))) {
            var line = wish.line();
            subtotal += ShopifyOrder.share(line, ShopifyOrder.price(line), wish.units());
            tax += ShopifyOrder.share(line, ShopifyOrder.tax(line), wish.units());
            line.put("refunded", line.path("refunded").asInt() + wish.units());
        }
        var full = arguments.path("refundShipping").asBoolean();
        var shippingWish = Json.of("fullRefund", full, "amount", arguments.path("shippingAmount"));
        if (arguments.path("shippingAmount").isMissingNode()) shippingWish.remove("amount");
        var shipping = shipping(order, shippingWish);
        var left = ShopifyOrder.left(order);
        var amount =
                arguments.path("suggestFullRefund").asBoolean()
                        ? left
                        : Math.min(left, subtotal + tax + shipping);
        return Json.of(
                "currency", order.path("currency"),
                "amount", amount,
                "maximum", left,
                "subtotal", subtotal,
                "tax", tax,
                "shipping", shipping,
                "transactions", transactions(order, amount));
    }

    private static List<JsonNode> transactions(JsonNode order, long amount) {
        var suggested = new ArrayList<JsonNode>();
        var open = amount;
        for (var payment : ShopifyOrder.payments(order).toList()) {
            var left = ShopifyOrder.left(order, payment);
            var part = Math.min(open, left);
            open -= part;
            if (part > 0)
                suggested.add(
                        Json.of(
                                "currency", order.path("currency"),
                                "gateway", payment.path("gateway"),
                                "amount", part,
                                "maximum", left,
                                "parent", payment.path("id"),
                                "order", order.path("id")));
        }
        return suggested;
    }

    private static long minor(JsonNode order, JsonNode decimal, String field) {
        return Money.minor(decimal.asText(), order.path("currency").asText())
                .filter(amount -> amount >= 0)
                .orElseThrow(
                        () -> new ShopifyBook.UserError(field, "Amount is not a valid amount"));
    }

    private static String shown(JsonNode order, long amount) {
        var currency = order.path("currency").asText();
        var decimal = Money.decimal(amount, currency);
        return currency.equals("USD") ? "$" + decimal : decimal + " " + currency;
    }
}
