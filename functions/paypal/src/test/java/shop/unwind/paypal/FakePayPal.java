package shop.unwind.paypal;

import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.domain.Dispute.Phase;
import shop.unwind.domain.Money;
import shop.unwind.json.Json;
import shop.unwind.testing.FakePlatform;

import java.util.List;

/** Plays what PayPal answers to one read or one look, in its own documents' form. */
final class FakePayPal {
    static final String ID = "2GG279541U471931P";
    static final String ORDER_ID = "5O190127TN364715T";
    static final String TOKEN = "POST /v1/oauth2/token";
    static final String CAPTURE = "GET /v2/payments/captures/" + ID;
    static final String HOLD = "GET /v2/payments/authorizations/" + ID;
    static final String ORDER = "GET /v2/checkout/orders/";
    static final String DISPUTES = "GET /v1/customer/disputes?";
    static final String DISPUTE = "GET /v1/customer/disputes/";
    static final String REFUND = "POST /v2/payments/captures/" + ID + "/refund";
    static final String VOID = "POST /v2/payments/authorizations/" + ID + "/void";

    private static final String API = "https://api.paypal.com/v2/payments/";

    private final FakePlatform platform;

    FakePayPal(FakePlatform platform) {
        this.platform = platform;
    }

    /** A read of a capture. */
    void shows(ObjectNode capture, List<ObjectNode> refunds, List<ObjectNode> disputes) {
        shows(capture, refunds);
        complains(disputes);
    }

    void shows(ObjectNode capture, List<ObjectNode> refunds) {
        platform.answersTo(CAPTURE, 200, capture.toString());
        platform.answersTo(ORDER, 200, order("refunds", refunds).toString());
    }

    /** A read of an authorisation. */
    void holds(ObjectNode hold) {
        platform.answersTo(CAPTURE, 404, missing());
        platform.answersTo(HOLD, 200, hold.toString());
        platform.answersTo(ORDER, 200, order("authorizations", List.of(hold)).toString());
        complains(List.of());
    }

    void complains(List<ObjectNode> disputes) {
        var page = Json.object();
        page.putArray("links").add(link("self", "https://api.paypal.com/v1/customer/disputes"));
        disputes.forEach(
                dispute ->
                        page.withArray("items")
                                .addObject()
                                .put("dispute_id", dispute.path("dispute_id").asText()));
        platform.answersTo(DISPUTES, 200, page.toString());
        disputes.forEach(dispute -> platform.answersTo(DISPUTE, 200, dispute.toString()));
    }

    static ObjectNode capture(Money amount, String status) {
        return payment(amount, status);
    }

    static ObjectNode hold(Money amount, String status) {
        return payment(amount, status);
    }

    private static ObjectNode payment(Money amount, String status) {
        var payment = Json.object().put("id", ID).put("status", status);
        payment.put("invoice_id", "1001").put("custom_id", "shopify-1001");
        payment.set("amount", money(amount));
        payment.putObject("supplementary_data").putObject("related_ids").put("order_id", ORDER_ID);
        return payment;
    }

    static ObjectNode refund(String id, Money amount, String status, String mark) {
        var refund = Json.object().put("id", id).put("status", status).put("custom_id", mark);
        refund.set("amount", money(amount));
        refund.putArray("links").add(link("up", API + "captures/" + ID));
        return refund;
    }

    static ObjectNode order(String kind, List<ObjectNode> payments) {
        var order = Json.object().put("id", ORDER_ID).put("status", "COMPLETED");
        var unit = order.putArray("purchase_units").addObject().put("reference_id", "default");
        payments.forEach(unit.putObject("payments").putArray(kind)::add);
        return order;
    }

    static ObjectNode dispute(int number, Phase phase) {
        var dispute = Json.object().put("dispute_id", "PP-R-" + number);
        return switch (phase) {
            case FRAUD_WARNING -> of(dispute, "OPEN", "CHARGEBACK", "ALERT");
            case INQUIRY -> of(dispute, "OPEN", "INQUIRY", "INTERNAL");
            case CLAIM -> of(dispute, "WAITING_FOR_SELLER_RESPONSE", "CHARGEBACK", "INTERNAL");
            case CHARGEBACK -> of(dispute, "OPEN", "CHARGEBACK", "EXTERNAL");
            case IN_REVIEW -> of(dispute, "UNDER_REVIEW", "CHARGEBACK", "INTERNAL");
            case CLOSED_LOST -> resolved(dispute, "RESOLVED_BUYER_FAVOUR");
            case CLOSED_WON -> resolved(dispute, "RESOLVED_SELLER_FAVOUR");
            case UNKNOWN -> of(dispute, "ASCENDED", "CHARGEBACK", "INTERNAL");
        };
    }

    static ObjectNode resolved(ObjectNode dispute, String outcome) {
        of(dispute, "RESOLVED", "CHARGEBACK", "INTERNAL")
                .putObject("dispute_outcome")
                .put("outcome_code", outcome);
        return dispute;
    }

    static ObjectNode of(ObjectNode dispute, String status, String stage, String channel) {
        return dispute.put("status", status)
                .put("dispute_life_cycle_stage", stage)
                .put("dispute_channel", channel);
    }

    static String missing() {
        return error("RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID", "Specified ID does not exist.");
    }

    static String error(String name, String issue, String words) {
        var error = Json.object().put("name", name).put("message", words).put("debug_id", "f1a2b3");
        if (!issue.isEmpty())
            error.putArray("details").addObject().put("issue", issue).put("description", words);
        return error.toString();
    }

    static String token(String access) {
        return token(
                access,
                "https://uri.paypal.com/services/payments/refund"
                        + " https://uri.paypal.com/services/disputes/read-seller");
    }

    static String token(String access, String scope) {
        return Json.object()
                .put("scope", scope)
                .put("access_token", access)
                .put("token_type", "Bearer")
                .put("expires_in", 32_400)
                .toString();
    }

    private static ObjectNode money(Money amount) {
        return Json.object().put("currency_code", amount.currency()).put("value", amount.decimal());
    }

    private static ObjectNode link(String rel, String href) {
        return Json.object().put("href", href).put("rel", rel).put("method", "GET");
    }
}
