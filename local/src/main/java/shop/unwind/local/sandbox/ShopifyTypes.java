package shop.unwind.local.sandbox;

import static shop.unwind.local.sandbox.ShopifyBook.gid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Shopify's objects as GraphQL shows them, and the inputs its mutations take. */
final class ShopifyTypes {
    static final GraphInputs INPUTS =
            new GraphInputs(
                            "OrderCancelRefundMethodInput",
                            "OrderIdentifierInput",
                            "RefundMethodInput")
                    .words(
                            "OrderCancelReason",
                            "CUSTOMER",
                            "DECLINED",
                            "FRAUD",
                            "INVENTORY",
                            "OTHER",
                            "STAFF")
                    .words(
                            "RefundLineItemRestockType",
                            "CANCEL",
                            "LEGACY_RESTOCK",
                            "NO_RESTOCK",
                            "RETURN")
                    .words(
                            "OrderTransactionKind",
                            "AUTHORIZATION",
                            "CAPTURE",
                            "CHANGE",
                            "EMV_AUTHORIZATION",
                            "REFUND",
                            "SALE",
                            "SUGGESTED_REFUND",
                            "VOID")
                    .words(
                            "OrderSortKeys",
                            "CREATED_AT",
                            "ID",
                            "ORDER_NUMBER",
                            "PROCESSED_AT",
                            "UPDATED_AT")
                    .words("DiscrepancyReason", "CUSTOMER", "DAMAGE", "OTHER", "RESTOCK")
                    .words("WebhookSubscriptionFormat", "JSON", "XML")
                    .words(
                            "WebhookSubscriptionTopic",
                            "DISPUTES_CREATE",
                            "DISPUTES_UPDATE",
                            "ORDERS_CANCELLED",
                            "ORDERS_FULFILLED",
                            "ORDERS_UPDATED",
                            "ORDER_TRANSACTIONS_CREATE",
                            "REFUNDS_CREATE")
                    .object(
                            "OrderCancelRefundMethodInput",
                            "originalPaymentMethodsRefund: Boolean,"
                                    + " storeCreditRefund: OrderCancelStoreCreditRefundInput")
                    .object("OrderCancelStoreCreditRefundInput", "expiresAt: DateTime")
                    .object(
                            "RefundInput",
                            "orderId: ID!, note: String, notify: Boolean, currency: CurrencyCode,"
                                    + " refundLineItems: [RefundLineItemInput!],"
                                    + " shipping: ShippingRefundInput,"
                                    + " transactions: [OrderTransactionInput!],"
                                    + " allowOverRefunding: Boolean, processedAt: DateTime,"
                                    + " discrepancyReason: DiscrepancyReason")
                    .object(
                            "RefundLineItemInput",
                            "lineItemId: ID!, quantity: Int!, locationId: ID,"
                                    + " restockType: RefundLineItemRestockType")
                    .object("ShippingRefundInput", "fullRefund: Boolean, amount: Money")
                    .object(
                            "OrderTransactionInput",
                            "orderId: ID!, kind: OrderTransactionKind!, gateway: String!,"
                                    + " amount: Money!, parentId: ID")
                    .object("AttributeInput", "key: String!, value: String!")
                    .object(
                            "OrderInput",
                            "id: ID!, note: String, tags: [String!], email: String, phone: String,"
                                    + " poNumber: String, customAttributes: [AttributeInput!]")
                    .object("OrderIdentifierInput", "id: ID")
                    .object(
                            "ReturnInput",
                            "orderId: ID!, returnLineItems: [ReturnLineItemInput!]!,"
                                    + " requestedAt: DateTime, notifyCustomer: Boolean")
                    .object(
                            "ReturnLineItemInput",
                            "fulfillmentLineItemId: ID!, quantity: Int!,"
                                    + " returnReasonDefinitionId: ID, returnReasonNote: String")
                    .object(
                            "WebhookSubscriptionInput",
                            "uri: String, format: WebhookSubscriptionFormat, filter: String,"
                                    + " includeFields: [String!], name: String");

    private final GraphTypes types = new GraphTypes();
    private final ShopifyBook book;

    ShopifyTypes(ShopifyBook book) {
        this.book = book;
        money();
        order();
        line();
        payments();
        refunds();
        shipments();
        results();
    }

    GraphTypes types() {
        return types;
    }

    private void money() {
        types.type("MoneyBag")
                .object("shopMoney", "MoneyV2", bag -> bag)
                .object("presentmentMoney", "MoneyV2", bag -> bag);
        types.type("MoneyV2")
                .value(
                        "amount",
                        bag ->
                                Money.shortDecimal(
                                        bag.path("amount").asLong(), bag.path("currency").asText()))
                .value("currencyCode", bag -> bag.path("currency"));
    }

    private void order() {
        var order = id("Order");
        order.same("name", "createdAt", "updatedAt", "cancelledAt", "cancelReason", "closedAt")
                .same("email", "phone", "note", "tags", "poNumber")
                .value("number", each -> each.path("number").asInt())
                .value("processedAt", each -> each.path("createdAt"))
                .value("closed", each -> each.hasNonNull("closedAt"))
                .value("confirmed", _ -> true)
                .value("test", _ -> true)
                .value("sourceName", _ -> "web")
                .value("currencyCode", each -> each.path("currency"))
                .value("presentmentCurrencyCode", each -> each.path("currency"))
                .value("displayFinancialStatus", ShopifyOrder::financialStatus)
                .value("displayFulfillmentStatus", ShopifyOrder::fulfillmentStatus)
                .value(
                        "returnStatus",
                        each -> ShopifyOrder.hasOpenReturn(each) ? "IN_PROGRESS" : "NO_RETURN")
                .value("refundable", each -> ShopifyOrder.left(each) > 0)
                .value("capturable", each -> ShopifyOrder.capturable(each) > 0)
                .value("unpaid", each -> ShopifyOrder.received(each) == 0)
                .value("fullyPaid", each -> ShopifyOrder.received(each) >= ShopifyOrder.total(each))
                .value("merchantEditable", each -> !ShopifyOrder.isCancelled(each))
                .value("restockable", each -> !ShopifyOrder.isCancelled(each))
                .value("fulfillable", ShopifyTypes::isFulfillable)
                .value("canNotifyCustomer", each -> each.hasNonNull("email"))
                .value(
                        "paymentGatewayNames",
                        each ->
                                Json.array(
                                        Json.stream(each.path("transactions"))
                                                .map(one -> one.path("gateway"))
                                                .distinct()))
                .object("cancellation", "OrderCancellation", ShopifyTypes::cancellation)
                .object("customAttributes", "Attribute", each -> each.path("attributes"))
                .object("customer", "Customer", each -> each)
                .object("shippingLine", "ShippingLine", each -> each)
                .object("disputes", "OrderDisputeSummary", each -> each.path("disputes"))
                .list("transactions", "OrderTransaction", each -> list(each, "transactions"))
                .list("refunds", "Refund", each -> list(each, "refunds"))
                .list("fulfillments", "Fulfillment", each -> shipped(each))
                .pages("lineItems", "LineItem", each -> list(each, "lines"))
                .pages("fulfillmentOrders", "FulfillmentOrder", each -> List.of(each))
                .pages("returns", "Return", each -> list(each, "returns"))
                .object(
                        "suggestedRefund",
                        "refundLineItems: [RefundLineItemInput!], refundShipping: Boolean,"
                                + " shippingAmount: Money, suggestFullRefund: Boolean",
                        "SuggestedRefund",
                        ShopifyTypes::suggest);
        bag(order, "totalPriceSet", ShopifyOrder::total);
        bag(
                order,
                "currentTotalPriceSet",
                each -> ShopifyOrder.total(each) - ShopifyOrder.refunded(each));
        bag(order, "totalReceivedSet", ShopifyOrder::received);
        bag(order, "totalRefundedSet", ShopifyOrder::refunded);
        bag(order, "totalCapturableSet", ShopifyOrder::capturable);
        bag(
                order,
                "netPaymentSet",
                each -> ShopifyOrder.received(each) - ShopifyOrder.refunded(each));
        bag(
                order,
                "totalOutstandingSet",
                each -> ShopifyOrder.total(each) - ShopifyOrder.received(each));
        bag(order, "totalShippingPriceSet", each -> each.path("shipping").asLong());
        bag(order, "totalRefundedShippingSet", ShopifyOrder::refundedShipping);
        types.type("OrderCancellation").same("staffNote");
        types.type("Attribute").same("key", "value");
        types.type("OrderDisputeSummary")
                .value("id", each -> gid("OrderDisputeSummary", each.path("id").asLong()))
                .same("initiatedAs", "status");
        id("ShopifyPaymentsDispute").same("type", "status", "initiatedAt", "evidenceDueBy");
        id("Customer")
                .value("displayName", each -> each.path("customerName"))
                .value(
                        "firstName",
                        each -> each.path("customerName").asText().replaceFirst(" .*", ""))
                .value(
                        "lastName",
                        each -> each.path("customerName").asText().replaceFirst(".* ", ""))
                .value("locale", _ -> "en")
                .object("defaultEmailAddress", "CustomerEmailAddress", each -> each)
                .object(
                        "defaultPhoneNumber",
                        "CustomerPhoneNumber",
                        each -> each.hasNonNull("phone") ? each : Optional.empty());
        types.type("CustomerEmailAddress")
                .value("emailAddress", each -> each.path("email"))
                .value("marketingState", _ -> "NOT_SUBSCRIBED");
        types.type("CustomerPhoneNumber").value("phoneNumber", each -> each.path("phone"));
        var shipping =
                types.type("ShippingLine")
                        .value("title", _ -> "Standard")
                        .value("code", _ -> "standard");
        bag(shipping, "originalPriceSet", each -> each.path("shipping").asLong());
        bag(shipping, "discountedPriceSet", each -> each.path("shipping").asLong());
    }

    private void line() {
        var line = id("LineItem");
        line.same("sku", "title", "quantity")
                .value("name", each -> each.path("title"))
                .value("variantTitle", _ -> Optional.empty())
                .value("isGiftCard", _ -> false)
                .value("requiresShipping", _ -> true)
                .value("restockable", _ -> true)
                .value("currentQuantity", ShopifyOrder::current)
                .value("refundableQuantity", ShopifyOrder::current)
                .value("unfulfilledQuantity", ShopifyOrder::unfulfilled)
                .value("nonFulfillableQuantity", each -> each.path("refunded"));
        bag(line, "originalUnitPriceSet", each -> each.path("unitPrice").asLong());
        bag(line, "discountedUnitPriceSet", ShopifyTypes::discountedUnit);
        bag(line, "discountedUnitPriceAfterAllDiscountsSet", ShopifyTypes::discountedUnit);
        bag(line, "originalTotalSet", ShopifyOrder::original);
        bag(line, "discountedTotalSet", ShopifyOrder::price);
        bag(line, "totalDiscountSet", each -> each.path("discount").asLong());
    }

    private void payments() {
        var transaction = id("OrderTransaction");
        transaction
                .same("kind", "status", "gateway", "createdAt", "paymentId")
                .value("formattedGateway", each -> each.path("gateway").asText().replace('_', ' '))
                .value("processedAt", each -> each.path("createdAt"))
                .value("test", _ -> true)
                .value(
                        "manualPaymentGateway",
                        each -> each.path("gateway").asText().equals("manual"))
                .value(
                        "errorCode",
                        each ->
                                Optional.of("GENERIC_ERROR")
                                        .filter(_ -> each.path("status").asText().equals("ERROR")))
                .value("receiptJson", ShopifyTypes::receipt)
                .object("parentTransaction", "OrderTransaction", this::parent);
        bag(transaction, "amountSet", each -> each.path("amount").asLong());
        var suggested =
                types.type("SuggestedOrderTransaction")
                        .same("gateway")
                        .value("kind", _ -> "SUGGESTED_REFUND")
                        .value("formattedGateway", each -> each.path("gateway"))
                        .object("parentTransaction", "OrderTransaction", this::parent);
        bag(suggested, "amountSet", each -> each.path("amount").asLong());
        bag(suggested, "maximumRefundableSet", each -> each.path("maximum").asLong());
        var refund =
                types.type("SuggestedRefund")
                        .object(
                                "suggestedTransactions",
                                "SuggestedOrderTransaction",
                                each -> each.path("transactions"));
        bag(refund, "amountSet", each -> each.path("amount").asLong());
        bag(refund, "maximumRefundableSet", each -> each.path("maximum").asLong());
        bag(refund, "subtotalSet", each -> each.path("subtotal").asLong());
        bag(refund, "discountedSubtotalSet", each -> each.path("subtotal").asLong());
        bag(refund, "totalTaxSet", each -> each.path("tax").asLong());
    }

    private void refunds() {
        var refund = id("Refund");
        refund.same("createdAt", "note")
                .value("processedAt", each -> each.path("createdAt"))
                .value("updatedAt", each -> each.path("createdAt"))
                .object("order", "Order", this::ownOrder)
                .pages("transactions", "OrderTransaction", this::moneyOf)
                .pages("refundLineItems", "RefundLineItem", each -> linesOf(each));
        bag(
                refund,
                "totalRefundedSet",
                each ->
                        moneyOf(each).stream()
                                .filter(one -> one.path("status").asText().equals("SUCCESS"))
                                .mapToLong(one -> one.path("amount").asLong())
                                .sum());
        var line =
                types.type("RefundLineItem")
                        .value("id", each -> gid("RefundLineItem", each.path("id").asLong()))
                        .same("quantity", "restockType")
                        .value(
                                "restocked",
                                each -> !each.path("restockType").asText().equals("NO_RESTOCK"))
                        .object("lineItem", "LineItem", this::ownLine);
        bag(line, "subtotalSet", each -> each.path("subtotal").asLong());
        bag(line, "totalTaxSet", each -> each.path("tax").asLong());
        id("Return").same("name", "status", "createdAt").object("order", "Order", this::ownOrder);
    }

    private void shipments() {
        id("Fulfillment")
                .same("name", "createdAt")
                .value("status", _ -> "SUCCESS")
                .value("displayStatus", _ -> "FULFILLED")
                .pages("fulfillmentLineItems", "FulfillmentLineItem", each -> list(each, "lines"));
        types.type("FulfillmentLineItem")
                .value("id", each -> gid("FulfillmentLineItem", each.path("id").asLong()))
                .same("quantity")
                .object("lineItem", "LineItem", this::ownLine);
        types.type("FulfillmentOrder")
                .value("id", each -> gid("FulfillmentOrder", each.path("id").asLong()))
                .value("orderName", each -> each.path("name"))
                .value("status", ShopifyTypes::fulfillmentOrderStatus)
                .value("requestStatus", _ -> "UNSUBMITTED");
        types.type("ReturnableFulfillment")
                .value("id", each -> gid("ReturnableFulfillment", each.path("id").asLong()))
                .object("fulfillment", "Fulfillment", each -> each)
                .pages(
                        "returnableFulfillmentLineItems",
                        "ReturnableFulfillmentLineItem",
                        each -> list(each, "lines"));
        types.type("ReturnableFulfillmentLineItem")
                .same("quantity")
                .object("fulfillmentLineItem", "FulfillmentLineItem", each -> each);
    }

    private void results() {
        types.type("Node").value("id", ShopifyTypes::nodeId);
        types.type("Job").value("id", each -> gidOf("Job", each)).same("done");
        types.type("OrderCancelJobResult")
                .value("id", each -> gidOf("OrderCancelJobResult", each))
                .same("done", "status")
                .object("errors", "OrderCancelUserError", each -> each.path("errors"))
                .object("order", "Order", this::ownOrder);
        types.type("OrderCancelUserError").same("field", "message", "code");
        types.type("UserError").same("field", "message");
        types.type("ReturnUserError").same("field", "message", "code");
        types.type("OrderCancelPayload")
                .object("job", "Job", each -> each.path("job"))
                .object("jobResult", "OrderCancelJobResult", each -> each.path("job"))
                .object(
                        "orderCancelUserErrors",
                        "OrderCancelUserError",
                        each -> each.path("userErrors"))
                .object("userErrors", "UserError", each -> each.path("userErrors"));
        payload("RefundCreatePayload")
                .object("refund", "Refund", each -> each.path("refund"))
                .object("order", "Order", each -> each.path("order"));
        payload("OrderUpdatePayload").object("order", "Order", each -> each.path("order"));
        payload("TagsAddPayload").object("node", "Node", each -> each.path("order"));
        payload("TagsRemovePayload").object("node", "Node", each -> each.path("order"));
        types.type("ReturnCreatePayload")
                .object("return", "Return", each -> each.path("return"))
                .object("userErrors", "ReturnUserError", each -> each.path("userErrors"));
        payload("WebhookSubscriptionCreatePayload")
                .object(
                        "webhookSubscription",
                        "WebhookSubscription",
                        each -> each.path("subscription"));
        payload("WebhookSubscriptionDeletePayload").same("deletedWebhookSubscriptionId");
        types.type("WebhookSubscription")
                .value("id", each -> gid("WebhookSubscription", each.path("id").asLong()))
                .same("topic", "uri", "format", "createdAt");
        types.type("Shop")
                .value("id", _ -> gid("Shop", 1))
                .value("name", _ -> "Unwind Paints")
                .value("myshopifyDomain", _ -> Shopify.SHOP)
                .value("ianaTimezone", _ -> "Etc/UTC")
                .value("currencyCode", _ -> "USD");
        types.type("Location")
                .value("id", each -> gid("Location", each.path("id").asLong()))
                .same("name", "isActive");
    }

    private GraphTypes.Type payload(String name) {
        return types.type(name).object("userErrors", "UserError", each -> each.path("userErrors"));
    }

    private GraphTypes.Type id(String type) {
        return types.type(type)
                .value("id", each -> gid(type, each.path("id").asLong()))
                .value("legacyResourceId", each -> each.path("id").asText());
    }

    private static void bag(GraphTypes.Type type, String name, ToLongFunction<JsonNode> amount) {
        type.object(
                name,
                "MoneyBag",
                each ->
                        Json.of(
                                "amount", amount.applyAsLong(each),
                                "currency", each.path("currency")));
    }

    private static Object cancellation(JsonNode order) {
        return ShopifyOrder.isCancelled(order) ? order : Optional.empty();
    }

    private static JsonNode suggest(JsonNode order, JsonNode arguments) {
        try {
            return ShopifyRefunds.suggest(order, arguments);
        } catch (ShopifyBook.UserError error) {
            throw new GraphError("BAD_REQUEST", String.valueOf(error.getMessage()));
        }
    }

    private static boolean isFulfillable(JsonNode order) {
        return !ShopifyOrder.isCancelled(order)
                && Json.stream(order.path("lines"))
                        .anyMatch(line -> ShopifyOrder.unfulfilled(line) > 0);
    }

    private static String fulfillmentOrderStatus(JsonNode order) {
        if (ShopifyOrder.isCancelled(order)) return "CANCELLED";
        return isFulfillable(order) ? "OPEN" : "CLOSED";
    }

    private static long discountedUnit(JsonNode line) {
        return Money.share(ShopifyOrder.price(line), 0, 1, line.path("quantity").asLong());
    }

    private static Object receipt(JsonNode transaction) {
        return Json.text(transaction, "providerPayment")
                .map(payment -> receipt(transaction, payment).toString());
    }

    private static JsonNode receipt(JsonNode transaction, String payment) {
        return transaction.path("gateway").asText().equals("paypal")
                ? Json.of("transaction_id", payment)
                : Json.of(
                        "payment_intent",
                        Json.of("id", payment),
                        "charge",
                        payment.replaceFirst("^pi_", "ch_"));
    }

    private static String nodeId(JsonNode document) {
        var type = document.path("__typename").asText();
        return gid(type, document.path("id").asLong());
    }

    private static String gidOf(String type, JsonNode job) {
        return "gid://shopify/" + type + "/" + job.path("id").asText();
    }

    private Object parent(JsonNode transaction) {
        var parent = transaction.path("parent").asLong();
        return ownOrder(transaction).stream()
                .flatMap(order -> list(order, "transactions").stream())
                .filter(one -> one.path("id").asLong() == parent)
                .findFirst();
    }

    private Optional<ObjectNode> ownOrder(JsonNode child) {
        return book.order(child.path("order").asLong());
    }

    /** The line that an id such as 500000000100101 belongs to tells the order as well. */
    private Object ownLine(JsonNode child) {
        var line = child.path("line").asLong();
        return book.order(line / 100).flatMap(order -> ShopifyOrder.line(order, line));
    }

    private List<JsonNode> moneyOf(JsonNode refund) {
        var ids = list(refund, "transactions").stream().map(JsonNode::asLong).toList();
        return ownOrder(refund).stream()
                .flatMap(order -> list(order, "transactions").stream())
                .filter(one -> ids.contains(one.path("id").asLong()))
                .toList();
    }

    private static List<JsonNode> linesOf(JsonNode refund) {
        return list(refund, "lines");
    }

    private static List<JsonNode> shipped(JsonNode order) {
        return list(order, "fulfillments");
    }

    private static List<JsonNode> list(JsonNode holder, String name) {
        return Json.stream(holder.path(name)).toList();
    }

    /** GraphQL's {@code ORDERS_CANCELLED} for the webhook's {@code orders/cancelled}. */
    static String topic(String path) {
        return path.replace('/', '_').toUpperCase(Locale.ROOT);
    }
}
