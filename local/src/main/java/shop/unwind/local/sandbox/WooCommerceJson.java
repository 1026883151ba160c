package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;

/** The books of {@link WooCommerceBook} as the REST API v3 shows them. */
final class WooCommerceJson {
    private static final int TAX_RATE = 75;

    private WooCommerceJson() {}

    static ObjectNode order(JsonNode order) {
        var currency = order.path("currency").asText();
        var tax = WooCommerceBook.tax(order);
        return Json.of(
                "id", order.path("id"),
                "parent_id", 0,
                "number", order.path("number"),
                "order_key", "wc_order_" + order.path("id").asText(),
                "created_via", "checkout",
                "status", order.path("status"),
                "currency", currency,
                "date_created", local(order.path("createdAt")),
                "date_created_gmt", local(order.path("createdAt")),
                "date_modified", local(order.path("updatedAt")),
                "date_modified_gmt", local(order.path("updatedAt")),
                "date_paid_gmt", local(order.path("paidAt")),
                "date_completed_gmt", local(order.path("completedAt")),
                "shipping_total", Money.decimal(order.path("shipping").asLong(), currency),
                "total", Money.decimal(WooCommerceBook.total(order), currency),
                "total_tax", Money.decimal(tax, currency),
                "prices_include_tax", false,
                "customer_id", 0,
                "billing",
                        Json.of(
                                "first_name", order.path("name"),
                                "email", order.path("email"),
                                "phone", order.path("phone").asText("")),
                "payment_method", order.path("gateway"),
                "payment_method_title", order.path("gateway"),
                "transaction_id", order.path("transaction"),
                "meta_data", order.path("meta"),
                "line_items",
                        Json.array(Json.stream(order.path("lines")).map(l -> line(l, currency))),
                "tax_lines",
                        List.of(
                                Json.of(
                                        "id",
                                        TAX_RATE,
                                        "rate_code",
                                        "US-TAX",
                                        "tax_total",
                                        Money.decimal(tax, currency))),
                "shipping_lines",
                        List.of(
                                Json.of(
                                        "id",
                                        order.path("id").asLong() * 100 + 99,
                                        "method_id",
                                        "flat_rate",
                                        "total",
                                        Money.decimal(order.path("shipping").asLong(), currency))),
                "fee_lines", List.of(),
                "refunds",
                        Json.array(
                                Json.stream(order.path("refunds"))
                                        .map(each -> summary(each, currency))));
    }

    private static ObjectNode line(JsonNode line, String currency) {
        return Json.of(
                "id", line.path("id"),
                "name", line.path("title"),
                "variation_id", 0,
                "quantity", line.path("quantity"),
                "sku", line.path("sku"),
                "total", Money.decimal(line.path("total").asLong(), currency),
                "total_tax", Money.decimal(line.path("tax").asLong(), currency),
                "taxes",
                        List.of(
                                Json.of(
                                        "id",
                                        TAX_RATE,
                                        "total",
                                        Money.decimal(line.path("tax").asLong(), currency))));
    }

    private static ObjectNode summary(JsonNode refund, String currency) {
        return Json.of(
                "id", refund.path("id"),
                "reason", refund.path("reason"),
                "total", Money.decimal(-refund.path("amount").asLong(), currency));
    }

    /** Quantities and totals of refunded lines are negative. */
    static ObjectNode refund(JsonNode refund, String currency) {
        var lines = Json.stream(refund.path("lines")).map(line -> refundLine(line, currency));
        return Json.of(
                "id", refund.path("id"),
                "date_created", local(refund.path("createdAt")),
                "date_created_gmt", local(refund.path("createdAt")),
                "amount", Money.decimal(refund.path("amount").asLong(), currency),
                "reason", refund.path("reason"),
                "refunded_by", 1,
                "refunded_payment", refund.path("confirmed"),
                "meta_data", refund.path("meta"),
                "line_items", Json.array(lines));
    }

    private static ObjectNode refundLine(JsonNode line, String currency) {
        var of = Json.of("id", 1, "key", "_refunded_item_id", "value", line.path("line").asText());
        return Json.of(
                "id", line.path("id"),
                "name", line.path("title"),
                "quantity", -line.path("quantity").asInt(),
                "sku", line.path("sku"),
                "total", Money.decimal(-line.path("total").asLong(), currency),
                "total_tax", Money.decimal(-line.path("tax").asLong(), currency),
                "meta_data", List.of(of));
    }

    static ObjectNode note(JsonNode note) {
        return Json.of(
                "id", note.path("id"),
                "author", "system",
                "date_created", local(note.path("createdAt")),
                "date_created_gmt", local(note.path("createdAt")),
                "note", note.path("text"),
                "customer_note", note.path("toCustomer"));
    }

    static ObjectNode gateway(String id, boolean refunds) {
        return Json.of(
                "id",
                id,
                "title",
                id,
                "description",
                "",
                "order",
                1,
                "enabled",
                true,
                "method_title",
                id,
                "method_description",
                "",
                "method_supports",
                refunds ? List.of("products", "refunds") : List.of("products"));
    }

    /** UTC without saying so, and whole seconds. */
    private static Optional<String> local(JsonNode time) {
        return Optional.ofNullable(time.textValue()).map(text -> text.substring(0, 19));
    }
}
