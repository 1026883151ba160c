package shop.unwind.square;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads payments, each with its refunds: no list of them can be asked for by payment. */
record Charges(RestApi api) {
    private static final String REFUNDS = "/v2/refunds/";

    static String at(String payment) {
        return "/v2/payments/" + RestApi.encoded(payment);
    }

    Charge charge(String payment) {
        var read = api.ask(at(payment), "payment");
        var refunds = read.path("refund_ids").valueStream().map(id -> refund(id.asText())).toList();
        return new Charge(read, refunds);
    }

    JsonNode refund(String id) {
        return api.ask(REFUNDS + RestApi.encoded(id), "refund");
    }
}
