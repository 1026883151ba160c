package shop.unwind.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.domain.Dispute.Phase;
import shop.unwind.domain.Money;
import shop.unwind.json.Json;

import java.util.List;

/** Square's answers, as its documentation shows them. */
final class FakeSquare {
    static final String ORDER = "CAISENgvlJ6jLWAzERDzjyHVybY";
    static final String PAYMENT = "R2B3Z8WMVt3EAmzYWLZvz7Y69EbZY";
    static final String LINE = "8uSwfzvUImn3IRrvciqlXC";
    static final String GOODS = "W62UWFY35CWMYGVWK6TWJDNI";
    static final String LOCATION = "L88917AVBK2S5";

    static final String GET_ORDER = "GET /v2/orders/" + ORDER;
    static final String PUT_ORDER = "PUT /v2/orders/" + ORDER;
    static final String GET_PAYMENT = "GET /v2/payments/" + PAYMENT;
    static final String VOID = "POST /v2/payments/" + PAYMENT + "/cancel";
    static final String REFUND = "POST /v2/refunds";
    static final String GET_REFUND = "GET /v2/refunds/";
    static final String DISPUTES = "GET /v2/disputes";
    static final String MOVES = "POST /v2/inventory/changes/batch-retrieve";
    static final String COUNTS = "POST /v2/inventory/counts/batch-retrieve";
    static final String RESTOCK = "POST /v2/inventory/changes/batch-create";

    private FakeSquare() {}

    /** Open, paid at once, all of it still to be sent. */
    static ObjectNode order(Money paid, int units, String email) {
        var order = Json.object();
        order.put("id", ORDER).put("location_id", LOCATION).put("state", "OPEN").put("version", 4);
        order.put("created_at", "2026-11-23T08:00:00.000Z");
        order.set("total_money", money(paid));
        order.putArray("line_items")
                .addObject()
                .put("uid", LINE)
                .put("catalog_object_id", GOODS)
                .put("name", "Acrylic paint 500 ml")
                .put("quantity", Integer.toString(units))
                .set("total_money", money(paid));
        fulfilment(order.putArray("fulfillments"), "VWJ1N9", "PROPOSED")
                .putObject("shipment_details")
                .putObject("recipient")
                .put("email_address", email);
        order.putArray("tenders")
                .addObject()
                .put("id", PAYMENT)
                .put("payment_id", PAYMENT)
                .put("type", "CARD");
        return order;
    }

    /** All of it called off, which makes a paid order completed. */
    static ObjectNode calledOff(ObjectNode order) {
        order.put("state", "COMPLETED").put("version", 5);
        ((ObjectNode) order.at("/fulfillments/0")).put("state", "CANCELED");
        return order;
    }

    static ObjectNode unpaid(ObjectNode order) {
        order.remove("tenders");
        return order;
    }

    static ObjectNode fulfilment(ArrayNode fulfilments, String uid, String state) {
        return fulfilments
                .addObject()
                .put("uid", uid)
                .put("type", "SHIPMENT")
                .put("state", state)
                .put("line_item_application", "ALL");
    }

    static void sends(ObjectNode fulfilment, int units) {
        fulfilment
                .put("line_item_application", "ENTRY_LIST")
                .putArray("entries")
                .addObject()
                .put("line_item_uid", LINE)
                .put("quantity", Integer.toString(units));
    }

    static ObjectNode payment(String status, Money amount) {
        var payment = Json.object();
        payment.put("id", PAYMENT).put("status", status).put("order_id", ORDER);
        payment.put("location_id", LOCATION).put("source_type", "CARD");
        payment.set("amount_money", money(amount));
        payment.set("total_money", money(amount));
        return payment;
    }

    static ObjectNode refund(String id, Money amount, String status, String reason) {
        var refund = Json.object();
        refund.put("id", id).put("status", status).put("payment_id", PAYMENT);
        refund.put("order_id", ORDER).put("reason", reason);
        refund.set("amount_money", money(amount));
        return refund;
    }

    static ObjectNode dispute(String id, Phase phase) {
        var dispute = Json.object();
        dispute.put("id", id).put("dispute_id", id).put("state", state(phase));
        dispute.putObject("disputed_payment").put("payment_id", PAYMENT);
        return dispute;
    }

    private static String state(Phase phase) {
        return switch (phase) {
            case INQUIRY -> "INQUIRY_EVIDENCE_REQUIRED";
            case CHARGEBACK -> "EVIDENCE_REQUIRED";
            case IN_REVIEW -> "PROCESSING";
            case CLOSED_LOST -> "LOST";
            case CLOSED_WON -> "WON";
            case UNKNOWN -> "WAITING_FOR_THIRD_PARTY";
            case FRAUD_WARNING, CLAIM ->
                    throw new IllegalArgumentException(phase + " is not shown by Square");
        };
    }

    /** An adjustment of the goods. */
    static ObjectNode move(String to, int units, String order, String reference) {
        var adjustment =
                Json.object()
                        .put("id", "ADJ" + to + units)
                        .put("catalog_object_id", GOODS)
                        .put("from_state", to.equals("SOLD") ? "IN_STOCK" : "UNLINKED_RETURN")
                        .put("to_state", to)
                        .put("location_id", LOCATION)
                        .put("quantity", Integer.toString(units));
        if (!order.isEmpty()) adjustment.put("transaction_id", order);
        if (!reference.isEmpty()) adjustment.put("reference_id", reference);
        return adjustment;
    }

    static String moves(ObjectNode... moves) {
        var answer = Json.object();
        var changes = answer.putArray("changes");
        for (var move : moves)
            changes.addObject().put("type", "ADJUSTMENT").set("adjustment", move);
        return Json.write(answer);
    }

    static String counts() {
        var answer = Json.object();
        answer.putArray("counts").addObject().put("catalog_object_id", GOODS).put("quantity", "9");
        return Json.write(answer);
    }

    static String body(String name, JsonNode content) {
        return Json.write(Json.object().set(name, content));
    }

    static String disputes(List<ObjectNode> disputes) {
        var answer = Json.object();
        if (!disputes.isEmpty()) answer.putArray("disputes").addAll(disputes);
        return Json.write(answer);
    }

    static ObjectNode money(Money money) {
        return (ObjectNode) Json.parse(Json.write(Amounts.written(money)));
    }

    static String error(String category, String code, String detail) {
        var error = Json.object();
        error.putArray("errors")
                .addObject()
                .put("category", category)
                .put("code", code)
                .put("detail", detail);
        return Json.write(error);
    }

    /** The body that comes with a status. */
    static String error(int status, String detail) {
        return switch (status) {
            case 401 -> error("AUTHENTICATION_ERROR", "UNAUTHORIZED", detail);
            case 403 -> error("AUTHENTICATION_ERROR", "FORBIDDEN", detail);
            case 404 -> error("INVALID_REQUEST_ERROR", "NOT_FOUND", detail);
            case 429 -> error("RATE_LIMIT_ERROR", "RATE_LIMITED", detail);
            case 500 -> error("API_ERROR", "INTERNAL_SERVER_ERROR", detail);
            default -> error("INVALID_REQUEST_ERROR", "BAD_REQUEST", detail);
        };
    }
}
