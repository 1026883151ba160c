package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Shopify's webhooks, in the words of its REST resources. */
final class ShopifyWebhooks {
    private final Stage stage;

    ShopifyWebhooks(Stage stage) {
        this.stage = stage;
    }

    void emit(String topic, JsonNode order, JsonNode subject) {
        var body = body(topic, order, subject).toString();
        targets(topic).distinct().forEach(uri -> send(topic, uri, body));
    }

    void resume() {
        stage.webhooks().resume(this::headers);
    }

    /** Tells again all that was told of an order, the latest first. */
    void emitAgain(JsonNode order) {
        stage.webhooks().sendAgain(order.path("id").asText(), this::headers);
    }

    private void send(String topic, URI uri, String body) {
        var number = stage.next("webhooks");
        stage.webhooks()
                .send(
                        Json.of(
                                "id", "b54557e4-bdd9-4b37-8a5f-%012d".formatted(number),
                                "uri", uri.toString(),
                                "topic", topic,
                                "triggeredAt", stage.now().toString(),
                                "body", body),
                        this::headers);
    }

    private Stream<URI> targets(String topic) {
        var subscribed =
                stage.state()
                        .all("subscriptions")
                        .filter(
                                each ->
                                        each.path("topic")
                                                .asText()
                                                .equals(ShopifyTypes.topic(topic)))
                        .map(each -> each.path("uri").asText())
                        .filter(uri -> uri.startsWith("http"))
                        .map(URI::create);
        return Stream.concat(stage.webhookAddress().stream(), subscribed);
    }

    private Map<String, String> headers(JsonNode delivery, Instant at) {
        var headers = new TreeMap<String, String>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "Shopify-Captain-Hook");
        headers.put("X-Shopify-Topic", delivery.path("topic").asText());
        headers.put("X-Shopify-Shop-Domain", Shopify.SHOP);
        headers.put("X-Shopify-Webhook-Id", delivery.path("id").asText());
        headers.put("X-Shopify-Event-Id", delivery.path("id").asText());
        headers.put("X-Shopify-API-Version", Shopify.VERSION);
        headers.put("X-Shopify-Triggered-At", delivery.path("triggeredAt").asText());
        headers.put("X-Shopify-Test", "true");
        headers.put(
                "X-Shopify-Hmac-Sha256",
                Signature.base64(
                        stage.secret().path("clientSecret").asText(),
                        delivery.path("body").asText()));
        return headers;
    }

    private static ObjectNode body(String topic, JsonNode order, JsonNode subject) {
        return switch (topic) {
            case "refunds/create" -> refund(order, subject);
            case "disputes/create", "disputes/update" -> dispute(order, subject);
            case "order_transactions/create" -> transaction(order, subject);
            default -> order(order);
        };
    }

    private static ObjectNode order(JsonNode order) {
        var currency = order.path("currency").asText();
        var lines =
                Json.stream(order.path("lines"))
                        .map(
                                line ->
                                        Json.of(
                                                "id", line.path("id"),
                                                "sku", line.path("sku"),
                                                "title", line.path("title"),
                                                "quantity", line.path("quantity"),
                                                "current_quantity", ShopifyOrder.current(line),
                                                "fulfillable_quantity",
                                                        ShopifyOrder.unfulfilled(line),
                                                "price",
                                                        Money.decimal(
                                                                line.path("unitPrice").asLong(),
                                                                currency)));
        var refunds = Json.stream(order.path("refunds")).map(each -> refund(order, each));
        var id = order.path("id").asLong();
        return Json.of(
                "id", id,
                "admin_graphql_api_id", ShopifyBook.gid("Order", id),
                "name", order.path("name"),
                "order_number", order.path("number").asInt(),
                "email", order.path("email"),
                "contact_email", order.path("email"),
                "phone", order.path("phone"),
                "note", order.path("note"),
                "tags",
                        String.join(
                                ", ",
                                Json.stream(order.path("tags")).map(JsonNode::asText).toList()),
                "created_at", offset(order.path("createdAt")),
                "updated_at", offset(order.path("updatedAt")),
                "cancelled_at", offset(order.path("cancelledAt")),
                "cancel_reason", lower(order.path("cancelReason")),
                "closed_at", offset(order.path("closedAt")),
                "financial_status", ShopifyOrder.financialStatus(order).toLowerCase(Locale.ROOT),
                "fulfillment_status", fulfillment(order),
                "currency", currency,
                "total_price", Money.decimal(ShopifyOrder.total(order), currency),
                "payment_gateway_names",
                        Json.array(
                                Json.stream(order.path("transactions"))
                                        .map(each -> each.path("gateway"))
                                        .distinct()),
                "customer", Json.of("id", id, "email", order.path("email")),
                "line_items", Json.array(lines),
                "refunds", Json.array(refunds));
    }

    private static ObjectNode refund(JsonNode order, JsonNode refund) {
        var currency = order.path("currency").asText();
        var ids = Json.stream(refund.path("transactions")).map(JsonNode::asLong).toList();
        var lines =
                Json.stream(refund.path("lines"))
                        .map(
                                line ->
                                        Json.of(
                                                "id", line.path("id"),
                                                "line_item_id", line.path("line"),
                                                "quantity", line.path("quantity"),
                                                "restock_type", lower(line.path("restockType")),
                                                "subtotal", number(line.path("subtotal"), currency),
                                                "total_tax", number(line.path("tax"), currency)));
        var restock =
                Json.stream(refund.path("lines"))
                        .anyMatch(line -> !line.path("restockType").asText().equals("NO_RESTOCK"));
        var money =
                Json.stream(order.path("transactions"))
                        .filter(each -> ids.contains(each.path("id").asLong()))
                        .map(each -> transaction(order, each));
        return Json.of(
                "id", refund.path("id"),
                "order_id", order.path("id"),
                "created_at", offset(refund.path("createdAt")),
                "note", refund.path("note"),
                "restock", restock,
                "refund_line_items", Json.array(lines),
                "transactions", Json.array(money));
    }

    private static ObjectNode transaction(JsonNode order, JsonNode transaction) {
        return Json.of(
                "id", transaction.path("id"),
                "order_id", order.path("id"),
                "kind", lower(transaction.path("kind")),
                "status", lower(transaction.path("status")),
                "gateway", transaction.path("gateway"),
                "parent_id", transaction.path("parent"),
                "amount",
                        Money.decimal(
                                transaction.path("amount").asLong(),
                                order.path("currency").asText()));
    }

    private static ObjectNode dispute(JsonNode order, JsonNode dispute) {
        return Json.of(
                "id", dispute.path("id"),
                "order_id", order.path("id"),
                "type", lower(dispute.path("type")),
                "amount",
                        Money.decimal(
                                dispute.path("amount").asLong(), dispute.path("currency").asText()),
                "currency", dispute.path("currency"),
                "reason", "fraudulent",
                "network_reason_code", "4853",
                "status", lower(dispute.path("status")),
                "evidence_due_by", offset(dispute.path("evidenceDueBy")),
                "initiated_at", offset(dispute.path("initiatedAt")));
    }

    private static Optional<String> fulfillment(JsonNode order) {
        return switch (ShopifyOrder.fulfillmentStatus(order)) {
            case "FULFILLED" -> Optional.of("fulfilled");
            case "PARTIALLY_FULFILLED" -> Optional.of("partial");
            default -> Optional.empty();
        };
    }

    /** Refund lines alone carry their amounts as numbers. */
    private static JsonNode number(JsonNode minor, String currency) {
        var decimal = new BigDecimal(Money.decimal(minor.asLong(), currency));
        return Json.MAPPER.getNodeFactory().numberNode(decimal);
    }

    private static Optional<String> offset(JsonNode time) {
        return Optional.ofNullable(time.textValue()).map(text -> text.replace("Z", "+00:00"));
    }

    private static Optional<String> lower(JsonNode word) {
        return Optional.ofNullable(word.textValue()).map(text -> text.toLowerCase(Locale.ROOT));
    }
}
