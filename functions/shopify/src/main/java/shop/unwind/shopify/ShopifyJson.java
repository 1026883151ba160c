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
    private static final Pattern PROVIDER_ID = Pattern.compile("\\b(pi_[A-Za-z0-9_]+)");

    private ShopifyJson() {}

    static Order order(JsonNode node) {
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
                disputes(node));
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
            var shipped = Math.max(0, open - line.path("unfulfilledQuantity").asInt());
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
        var tenders = new ArrayList<Order.Tender>();
        var transactions = node.path("transactions");
        for (var transaction : transactions) {
            if (!transaction.path("status").asText().equals("SUCCESS")) continue;
            switch (transaction.path("kind").asText()) {
                case "SALE", "CAPTURE" -> tenders.add(captured(order, node, transaction));
                case "AUTHORIZATION", "EMV_AUTHORIZATION" ->
                        openAuthorisation(order, node, transaction).ifPresent(tenders::add);
                default -> {}
            }
        }
        return tenders;
    }

    private static Order.Tender captured(String order, JsonNode node, JsonNode sale) {
        var amount = money(sale.path("amountSet"));
        return new Order.Tender(
                sale.path("gateway").asText(),
                order + "." + number(sale.path("id").asText()),
                providerId(node, sale),
                Money.zero(amount.currency()),
                amount,
                refunded(node.path("transactions"), sale, amount.currency()));
    }

    /** An authorisation that was neither taken nor voided. */
    private static Optional<Order.Tender> openAuthorisation(
            String order, JsonNode node, JsonNode authorisation) {
        var id = authorisation.path("id").asText();
        for (var other : node.path("transactions")) {
            var ends = List.of("CAPTURE", "VOID").contains(other.path("kind").asText());
            var ours = other.path("parentTransaction").path("id").asText().equals(id);
            if (ends && ours && other.path("status").asText().equals("SUCCESS"))
                return Optional.empty();
        }
        var amount = money(authorisation.path("amountSet"));
        var none = Money.zero(amount.currency());
        return Optional.of(
                new Order.Tender(
                        authorisation.path("gateway").asText(),
                        order + "." + number(id),
                        providerId(node, authorisation),
                        amount,
                        none,
                        none));
    }

    /** Refunds on their way count: what was promised once must not be promised again. */
    private static Money refunded(JsonNode transactions, JsonNode sale, String currency) {
        var sum = Money.zero(currency);
        for (var other : transactions) {
            var refund = other.path("kind").asText().equals("REFUND");
            var ours =
                    other.path("parentTransaction")
                            .path("id")
                            .asText()
                            .equals(sale.path("id").asText());
            var counts = List.of("SUCCESS", "PENDING").contains(other.path("status").asText());
            if (refund && ours && counts) sum = sum.plus(money(other.path("amountSet")));
        }
        return sum;
    }

    private static Optional<String> providerId(JsonNode order, JsonNode transaction) {
        var receipt = transaction.path("receiptJson");
        var text = receipt.isTextual() ? receipt.asText() : receipt.toString();
        return Optional.of(PROVIDER_ID.matcher(text))
                .filter(matcher -> matcher.find())
                .map(matcher -> matcher.group(1))
                .or(() -> attribute(order, "payment_intent"));
    }

    private static Optional<String> attribute(JsonNode order, String key) {
        for (var attribute : order.path("customAttributes"))
            if (attribute.path("key").asText().equals(key)) return text(attribute, "value");
        return Optional.empty();
    }

    private static List<Dispute> disputes(JsonNode order) {
        var disputes = new ArrayList<Dispute>();
        for (var dispute : order.path("disputes"))
            disputes.add(new Dispute(number(dispute.path("id").asText()), phase(dispute)));
        return disputes;
    }

    private static Phase phase(JsonNode dispute) {
        var inquiry = dispute.path("initiatedAs").asText().equals("INQUIRY");
        return switch (dispute.path("status").asText()) {
            case "NEEDS_RESPONSE" -> inquiry ? Phase.INQUIRY : Phase.CHARGEBACK;
            case "UNDER_REVIEW" -> inquiry ? Phase.INQUIRY : Phase.IN_REVIEW;
            case "LOST", "ACCEPTED" -> Phase.CLOSED_LOST;
            case "WON" -> Phase.CLOSED_WON;
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
