package shop.unwind.shopify;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.Dispute;
import shop.unwind.domain.Dispute.Phase;
import shop.unwind.domain.Money;
import shop.unwind.domain.Order;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Personal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Shopify's orders in our words. */
final class ShopifyJson {
    /** Gateway-specific and no contract: looked for, never relied on. */
    private static final Pattern PAYMENT_INTENT = Pattern.compile("\\b(pi_[A-Za-z0-9_]+)");

    /** UNCONFIRMED: that receipts of PayPal's name the payment so. */
    private static final Pattern PAYPAL_PAYMENT =
            Pattern.compile("\"transaction_id\"\\s*:\\s*\"([A-Za-z0-9]+)\"");

    private ShopifyJson() {}

    static Order order(JsonNode node, List<Dispute> disputes) {
        var id = number(node.path("id").asText());
        return new Order(
                new OrderRef("shopify", node.path("name").asText()),
                id,
                Instant.parse(node.path("createdAt").asText()),
                node.path("presentmentCurrencyCode").asText(),
                text(node, "email").map(Personal::new),
                text(node, "cancelledAt").isPresent(),
                isInReturn(node.path("returnStatus").asText()),
                texts(node.path("tags")),
                lines(node),
                tenders(id, node),
                disputes);
    }

    /** {@code gid://shopify/Order/5001}. */
    static String gid(String type, String number) {
        return "gid://shopify/" + type + "/" + number;
    }

    /** {@code 5001} of {@code gid://shopify/Order/5001}. */
    static String number(String gid) {
        return gid.substring(gid.lastIndexOf('/') + 1);
    }

    static Money money(JsonNode bag) {
        var money = bag.path("presentmentMoney");
        return Money.parse(money.path("amount").asText(), money.path("currencyCode").asText());
    }

    private static boolean isInReturn(String status) {
        return switch (status) {
            case "NO_RETURN", "RETURNED", "INSPECTION_COMPLETE", "RETURN_FAILED", "" -> false;
            default -> true;
        };
    }

    private static List<Order.Line> lines(JsonNode order) {
        var lines = new ArrayList<Order.Line>();
        for (var line : order.path("lineItems").path("nodes")) {
            var open = line.path("currentQuantity").asInt();
            var shipping =
                    Math.min(
                            open,
                            line.path("quantity").asInt()
                                    - line.path("nonFulfillableQuantity").asInt());
            var shipped = Math.max(0, shipping - line.path("unfulfilledQuantity").asInt());
            lines.add(
                    new Order.Line(
                            number(line.path("id").asText()),
                            line.path("sku").asText(""),
                            line.path("name").asText(),
                            line.path("quantity").asInt(),
                            open,
                            shipped,
                            Optional.empty()));
        }
        return lines;
    }

    private static List<Order.Tender> tenders(String order, JsonNode node) {
        return Charge.all(node).stream()
                .filter(charge -> !charge.isReleased())
                .map(charge -> tender(order, node, charge))
                .toList();
    }

    private static Order.Tender tender(String order, JsonNode node, Charge charge) {
        return new Order.Tender(
                charge.root().path("gateway").asText(),
                order + "." + charge.id(),
                providerId(node, charge),
                charge.authorised(),
                charge.captured(),
                charge.refunded());
    }

    private static Optional<String> providerId(JsonNode order, Charge charge) {
        return charge.root().path("gateway").asText().equals("paypal")
                ? inReceipts(charge, PAYPAL_PAYMENT)
                : inReceipts(charge, PAYMENT_INTENT).or(() -> attribute(order, "payment_intent"));
    }

    private static Optional<String> inReceipts(Charge charge, Pattern id) {
        return charge.family().stream()
                .map(transaction -> transaction.path("receiptJson"))
                .map(receipt -> receipt.isTextual() ? receipt.asText() : receipt.toString())
                .flatMap(receipt -> id.matcher(receipt).results())
                .map(found -> found.group(1))
                .findFirst();
    }

    private static Optional<String> attribute(JsonNode order, String key) {
        for (var attribute : order.path("customAttributes"))
            if (attribute.path("key").asText().equals(key)) return text(attribute, "value");
        return Optional.empty();
    }

    /**
     * The phase by our table for all providers.
     *
     * @param type {@code INQUIRY} or {@code CHARGEBACK}, as it is now
     */
    static Phase phase(String type, String status) {
        return switch (status) {
            case "NEEDS_RESPONSE", "UNDER_REVIEW" -> open(type, status);
            case "LOST", "ACCEPTED", "PREVENTED", "CHARGE_REFUNDED" -> Phase.CLOSED_LOST;
            case "WON" -> Phase.CLOSED_WON;
            default -> Phase.UNKNOWN;
        };
    }

    private static Phase open(String type, String status) {
        return switch (type) {
            case "INQUIRY" -> Phase.INQUIRY;
            case "CHARGEBACK" -> status.equals("UNDER_REVIEW") ? Phase.IN_REVIEW : Phase.CHARGEBACK;
            default -> Phase.UNKNOWN;
        };
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.of(node.path(field)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
