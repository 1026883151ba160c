package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The roots of Shopify's GraphQL: what can be asked and what can be changed. */
final class ShopifyMutations {
    private static final int MAX_STAFF_NOTE = 255;

    private final Stage stage;
    private final ShopifyBook book;

    ShopifyMutations(Stage stage, ShopifyBook book) {
        this.stage = stage;
        this.book = book;
    }

    void addTo(GraphTypes types) {
        types.type("QueryRoot")
                .object("order", "id: ID!", "Order", (_, input) -> node(order(input.path("id"))))
                .object(
                        "orderByIdentifier",
                        "identifier: OrderIdentifierInput!",
                        "Order",
                        (_, input) -> node(order(input.at("/identifier/id"))))
                .object("node", "id: ID!", "Node", (_, input) -> find(input.path("id").asText()))
                .object(
                        "job",
                        "id: ID!",
                        "Job",
                        (_, input) -> node(job("Job", input.path("id").asText())))
                .object(
                        "dispute",
                        "id: ID!",
                        "ShopifyPaymentsDispute",
                        (_, input) -> Json.node(dispute(input.path("id").asText())))
                .object("shop", "Shop", _ -> Json.of())
                .pages("locations", "Location", _ -> List.of(location()))
                .pages("orders", "Order", (_, input) -> Json.node(ShopifyQuery.search(book, input)))
                .pages(
                        "returnableFulfillments",
                        "ReturnableFulfillment",
                        (_, input) -> returnable(input))
                .pages(
                        "webhookSubscriptions",
                        "WebhookSubscription",
                        _ -> stage.state().all("subscriptions").toList());
        types.type("Mutation")
                .object(
                        "orderCancel",
                        "orderId: ID!, reason: OrderCancelReason!, restock: Boolean!,"
                                + " refund: Boolean, refundMethod: OrderCancelRefundMethodInput,"
                                + " notifyCustomer: Boolean, staffNote: String",
                        "OrderCancelPayload",
                        (_, input) -> cancel((ObjectNode) input))
                .object(
                        "refundCreate",
                        "input: RefundInput!",
                        "RefundCreatePayload",
                        (_, input) -> refund(input))
                .object(
                        "orderUpdate",
                        "input: OrderInput!",
                        "OrderUpdatePayload",
                        (_, input) -> update(input.path("input")))
                .object(
                        "tagsAdd",
                        "id: ID!, tags: [String!]!",
                        "TagsAddPayload",
                        (_, input) -> tags(input, true))
                .object(
                        "tagsRemove",
                        "id: ID!, tags: [String!]!",
                        "TagsRemovePayload",
                        (_, input) -> tags(input, false))
                .object(
                        "returnCreate",
                        "returnInput: ReturnInput!",
                        "ReturnCreatePayload",
                        (_, input) -> openReturn(input.path("returnInput")))
                .object(
                        "webhookSubscriptionCreate",
                        "topic: WebhookSubscriptionTopic!,"
                                + " webhookSubscription: WebhookSubscriptionInput!",
                        "WebhookSubscriptionCreatePayload",
                        (_, input) -> subscribe(input))
                .object(
                        "webhookSubscriptionDelete",
                        "id: ID!",
                        "WebhookSubscriptionDeletePayload",
                        (_, input) -> unsubscribe(input.path("id").asText()));
    }

    private JsonNode cancel(ObjectNode wish) {
        return answer(
                () -> {
                    if (wish.has("refund") && wish.has("refundMethod"))
                        throw error(
                                "refund",
                                "Refund and refundMethod cannot both be given",
                                "INVALID");
                    if (wish.path("staffNote").asText().length() > MAX_STAFF_NOTE)
                        throw error(
                                "staffNote",
                                "Staff note is too long (maximum is 255 characters)",
                                "INVALID");
                    Json.text(wish.at("/refundMethod/storeCreditRefund"), "expiresAt")
                            .ifPresent(this::checkExpiry);
                    var order =
                            order(wish.path("orderId"))
                                    .orElseThrow(
                                            () ->
                                                    error(
                                                            "orderId",
                                                            "Order does not exist",
                                                            "NOT_FOUND"));
                    return Json.of("job", book.cancel(order, wish));
                });
    }

    private void checkExpiry(String time) {
        try {
            if (Instant.parse(time).isAfter(stage.now())) return;
        } catch (DateTimeParseException _) {
            throw error("refundMethod", "Expiration is not a time", "INVALID");
        }
        throw error(
                "refundMethod",
                "Store credit expiration cannot be in the past",
                "STORE_CREDIT_REFUND_EXPIRATION_IN_PAST");
    }

    private JsonNode refund(JsonNode arguments) {
        if (!arguments.has(GraphQl.KEY))
            throw new GraphError(
                    "BAD_REQUEST",
                    "The @idempotent directive is required for this mutation but was not"
                            + " provided.");
        if (arguments.path(GraphQl.KEY).asText().isBlank())
            throw new GraphError("BAD_REQUEST", "The idempotency key must not be blank.");
        var input = (ObjectNode) arguments.path("input");
        return answer(
                () -> {
                    var order = existing(input.path("orderId"), "orderId");
                    var refund = book.refund(order, input);
                    return Json.of("refund", refund, "order", order);
                });
    }

    private JsonNode update(JsonNode input) {
        return answer(
                () -> {
                    var order = existing(input.path("id"), "id");
                    for (var field : List.of("note", "tags", "email", "phone", "poNumber"))
                        if (input.has(field)) order.set(field, input.get(field));
                    if (input.has("customAttributes"))
                        order.set("attributes", input.get("customAttributes"));
                    book.changed(order);
                    return Json.of("order", order);
                });
    }

    private JsonNode tags(JsonNode input, boolean add) {
        return answer(
                () -> {
                    var order = existing(input.path("id"), "id");
                    var tags = new LinkedHashSet<String>();
                    order.path("tags").forEach(tag -> tags.add(tag.asText()));
                    input.path("tags")
                            .forEach(
                                    tag -> {
                                        if (add) tags.add(tag.asText());
                                        else tags.remove(tag.asText());
                                    });
                    order.set("tags", Json.node(tags));
                    book.changed(order);
                    return Json.of("order", order);
                });
    }

    private JsonNode openReturn(JsonNode input) {
        return answer(
                () -> {
                    var order =
                            order(input.path("orderId"))
                                    .orElseThrow(
                                            () ->
                                                    error(
                                                            "orderId",
                                                            "Order does not exist",
                                                            "NOT_FOUND"));
                    var shipped =
                            Json.stream(order.path("fulfillments"))
                                    .flatMap(one -> Json.stream(one.path("lines")))
                                    .map(line -> line.path("id").asLong())
                                    .toList();
                    for (var line : input.path("returnLineItems"))
                        if (!shipped.contains(
                                Shopify.number(line.path("fulfillmentLineItemId").asText())))
                            throw error(
                                    "returnLineItems",
                                    "Return line items must be fulfilled and not refunded",
                                    "INVALID");
                    return Json.of("return", book.openReturn(order));
                });
    }

    private JsonNode subscribe(JsonNode input) {
        return answer(
                () -> {
                    var wish = input.path("webhookSubscription");
                    var uri = Json.text(wish, "uri").orElse("");
                    if (!uri.startsWith("http://")
                            && !uri.startsWith("https://")
                            && !uri.startsWith("arn:"))
                        throw error("webhookSubscription", "Address is invalid", "");
                    var id = stage.next("subscriptions");
                    var made =
                            Json.of(
                                    "id", id,
                                    "topic", input.path("topic"),
                                    "uri", uri,
                                    "format", Json.text(wish, "format").orElse("JSON"),
                                    "createdAt", stage.now().toString());
                    stage.state().put("subscriptions", String.valueOf(id), made);
                    return Json.of("subscription", made);
                });
    }

    private JsonNode unsubscribe(String gid) {
        return answer(
                () -> {
                    var id = String.valueOf(Shopify.number(gid));
                    if (stage.state().get("subscriptions", id).isEmpty())
                        throw error("id", "Webhook subscription does not exist", "");
                    stage.state().remove("subscriptions", id);
                    return Json.of("deletedWebhookSubscriptionId", gid);
                });
    }

    private JsonNode find(String gid) {
        if (gid.startsWith("gid://shopify/Order/")) return node(order(Json.node(gid)));
        var refund = part("Refund", "refunds", gid);
        return refund.orElseGet(() -> node(job("OrderCancelJobResult", gid)));
    }

    private Optional<ObjectNode> job(String type, String gid) {
        var start = "gid://shopify/" + type + "/";
        return gid.startsWith(start)
                ? stage.state().get(ShopifyBook.JOBS, gid.substring(start.length()))
                : Optional.empty();
    }

    private Optional<JsonNode> dispute(String gid) {
        return part("ShopifyPaymentsDispute", "disputes", gid);
    }

    /** Something that belongs to an order: its id tells which. */
    private Optional<JsonNode> part(String type, String list, String gid) {
        if (!gid.startsWith("gid://shopify/" + type + "/")) return Optional.empty();
        var id = Shopify.number(gid);
        return book.order(id / ShopifyOrder.IDS).stream()
                .flatMap(order -> Json.stream(order.path(list)))
                .map(JsonNode.class::cast)
                .filter(each -> each.path("id").asLong() == id)
                .findFirst();
    }

    private JsonNode returnable(JsonNode input) {
        return order(input.path("orderId"))
                .<JsonNode>map(order -> order.path("fulfillments"))
                .orElseGet(() -> Json.node(List.of()));
    }

    private ObjectNode location() {
        var active = stage.state().get("locations", "inactive").isEmpty();
        return Json.of("id", 9, "name", "Warehouse", "isActive", active);
    }

    private Optional<ObjectNode> order(JsonNode gid) {
        if (!gid.asText().startsWith("gid://shopify/"))
            throw new GraphError(
                    "argumentLiteralsIncompatible", "Invalid global id '" + gid.asText() + "'");
        return gid.asText().startsWith("gid://shopify/Order/")
                ? book.order(Shopify.number(gid.asText()))
                : Optional.empty();
    }

    private ObjectNode existing(JsonNode gid, String field) {
        return order(gid).orElseThrow(() -> error(field, "Order does not exist", ""));
    }

    private static JsonNode node(Optional<ObjectNode> found) {
        return Json.node(found);
    }

    private static JsonNode answer(Supplier<ObjectNode> change) {
        try {
            return change.get().set("userErrors", Json.node(List.of()));
        } catch (ShopifyBook.UserError error) {
            return Json.of("userErrors", List.of(error.json()));
        }
    }

    private static ShopifyBook.UserError error(String field, String message, String code) {
        return new ShopifyBook.UserError(List.of(field), message, code);
    }
}
