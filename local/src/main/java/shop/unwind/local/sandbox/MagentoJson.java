package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The books of {@link MagentoBook} as the REST API V1 shows them: numbers of four decimals. */
final class MagentoJson {
    private static final int PAID = 2;
    private static final int REFUNDED = 2;

    private MagentoJson() {}

    static ObjectNode order(JsonNode order) {
        var shown =
                Json.of(
                        "entity_id", order.path("id"),
                        "increment_id", order.path("number"),
                        "store_id", order.path("store"),
                        "state", order.path("state"),
                        "status", order.path("state"),
                        "base_currency_code", order.path("currency"),
                        "order_currency_code", order.path("currency"),
                        "created_at", time(order.path("createdAt")),
                        "updated_at", time(order.path("updatedAt")),
                        "customer_email", order.path("email"),
                        "customer_firstname", order.path("name"),
                        "customer_is_guest", 1);
        total(shown, order, "grand_total", MagentoBook.total(order));
        total(shown, order, "shipping_amount", order.path("shipping").asLong());
        total(shown, order, "tax_amount", MagentoBook.sum(order.path("lines"), "tax"));
        if (!order.path("invoices").isEmpty()) {
            total(shown, order, "total_invoiced", MagentoBook.invoiced(order));
            total(shown, order, "total_paid", MagentoBook.invoiced(order));
        }
        if (!order.path("memos").isEmpty())
            total(shown, order, "total_refunded", MagentoBook.refunded(order));
        shown.set("items", Json.array(Json.stream(order.path("lines")).map(l -> item(order, l))));
        shown.set("payment", payment(order));
        var comments = Json.stream(order.path("comments")).map(c -> comment(order, c));
        shown.set("status_histories", Json.array(comments));
        return shown;
    }

    private static void total(ObjectNode shown, JsonNode order, String field, long minor) {
        shown.set(field, amount(order, minor));
        shown.set("base_" + field, amount(order, minor));
    }

    private static ObjectNode item(JsonNode order, JsonNode line) {
        var item =
                Json.of(
                        "item_id", line.path("id"),
                        "order_id", order.path("id"),
                        "product_type", "simple",
                        "sku", line.path("sku"),
                        "name", line.path("title"),
                        "qty_ordered", line.path("quantity"),
                        "qty_invoiced", line.path("invoiced"),
                        "qty_shipped", line.path("shipped"),
                        "qty_canceled", line.path("canceled"),
                        "qty_refunded", line.path("refunded"));
        total(item, order, "row_total", line.path("total").asLong());
        total(item, order, "tax_amount", line.path("tax").asLong());
        total(item, order, "discount_amount", 0);
        return item;
    }

    private static ObjectNode payment(JsonNode order) {
        var payment =
                Json.of(
                        "account_status",
                        "",
                        "additional_information",
                        List.of(),
                        "cc_last4",
                        "",
                        "method",
                        order.path("gateway"));
        var transaction = order.path("transaction").asText();
        if (!transaction.isEmpty())
            payment.put(
                    "last_trans_id",
                    order.path("paid").asBoolean() ? transaction + "-capture" : transaction);
        if (order.path("authorised").asBoolean())
            total(payment, order, "amount_authorized", MagentoBook.total(order));
        return payment;
    }

    static ObjectNode comment(JsonNode order, JsonNode comment) {
        return Json.of(
                "entity_id", comment.path("id"),
                "parent_id", order.path("id"),
                "entity_name", "order",
                "created_at", time(comment.path("at")),
                "is_customer_notified", 0,
                "is_visible_on_front", 0,
                "comment", comment.path("text"));
    }

    static Stream<JsonNode> invoices(JsonNode order) {
        return Json.stream(order.path("invoices")).map(invoice -> invoice(order, invoice));
    }

    private static JsonNode invoice(JsonNode order, JsonNode invoice) {
        var units = Json.stream(invoice.path("units"));
        var shown =
                Json.of(
                        "entity_id", invoice.path("id"),
                        "increment_id", invoice.path("number"),
                        "order_id", order.path("id"),
                        "state", PAID,
                        "total_qty", MagentoBook.sum(invoice.path("units"), "quantity"),
                        "transaction_id", order.path("transaction").asText() + "-capture",
                        "items", Json.array(units.map(each -> unit(each))));
        total(shown, order, "grand_total", invoice.path("amount").asLong());
        return shown;
    }

    static Stream<JsonNode> memos(JsonNode order) {
        return Json.stream(order.path("memos")).map(memo -> memo(order, memo));
    }

    static JsonNode memo(JsonNode order, JsonNode memo) {
        var units = Json.stream(memo.path("units"));
        var shown =
                Json.of(
                        "entity_id", memo.path("id"),
                        "increment_id", memo.path("number"),
                        "order_id", order.path("id"),
                        "state", REFUNDED,
                        "created_at", time(memo.path("createdAt")),
                        "items", Json.array(units.map(each -> unit(each))),
                        "comments", List.of(memoComment(memo)));
        if (memo.path("invoice").isIntegralNumber()) shown.set("invoice_id", memo.path("invoice"));
        total(shown, order, "grand_total", memo.path("amount").asLong());
        return shown;
    }

    private static ObjectNode memoComment(JsonNode memo) {
        return Json.of(
                "entity_id", memo.path("id"),
                "parent_id", memo.path("id"),
                "comment", memo.path("comment"),
                "is_customer_notified", 0,
                "is_visible_on_front", 0);
    }

    private static ObjectNode unit(JsonNode units) {
        return Json.of(
                "entity_id", units.path("line"),
                "order_item_id", units.path("line"),
                "sku", units.path("sku"),
                "qty", units.path("quantity"),
                "base_cost", 0,
                "base_price", 0);
    }

    static Stream<JsonNode> transactions(JsonNode order) {
        var id = order.path("transaction").asText();
        if (id.isEmpty()) return Stream.empty();
        var first = order.path("authorised").asBoolean() ? "authorization" : "capture";
        var all = Stream.of(Optional.of(transaction(order, id, first)), voided(order, id));
        return all.flatMap(Optional::stream);
    }

    private static Optional<JsonNode> voided(JsonNode order, String id) {
        return order.path("voided").asBoolean()
                ? Optional.of(transaction(order, id + "-void", "void"))
                : Optional.empty();
    }

    private static JsonNode transaction(JsonNode order, String id, String type) {
        return Json.of(
                "transaction_id", order.path("id"),
                "order_id", order.path("id"),
                "payment_id", order.path("id"),
                "txn_id", id,
                "parent_txn_id", order.path("transaction"),
                "txn_type", type,
                "is_closed", 1,
                "created_at", time(order.path("updatedAt")),
                "child_transactions", List.of());
    }

    /** Four decimals, as the database keeps them. */
    private static JsonNode amount(JsonNode order, long minor) {
        var decimal = new BigDecimal(Money.decimal(minor, order.path("currency").asText()));
        return JsonNodeFactory.instance.numberNode(decimal.setScale(4));
    }

    /** UTC without saying so, and whole seconds. */
    static String time(JsonNode time) {
        return time.asText().substring(0, 19).replace('T', ' ');
    }
}
