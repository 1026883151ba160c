package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

/** A refusal in Stripe's shape. */
final class StripeError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Answer answer;

    private StripeError(int status, JsonNode error, boolean kept) {
        super(error.path("message").asText());
        var body = Answer.json(status, Json.of("error", error));
        this.answer = kept ? body : body.unkept();
    }

    /** The call itself is wrong, so nothing was tried. */
    static StripeError invalid(String code, String message, String param) {
        var error =
                Json.of(
                        "code", code,
                        "doc_url", "https://stripe.com/docs/error-codes/" + code.replace('_', '-'),
                        "message", message,
                        "param", param,
                        "type", "invalid_request_error");
        return new StripeError(400, error, false);
    }

    static StripeError missing(String kind, String id, String param) {
        var error =
                Json.of(
                        "code", "resource_missing",
                        "doc_url", "https://stripe.com/docs/error-codes/resource-missing",
                        "message", "No such " + kind + ": '" + id + "'",
                        "param", param,
                        "type", "invalid_request_error");
        return new StripeError(404, error, true);
    }

    /** The call is right, the object does not allow it. */
    static StripeError refused(String code, String message) {
        return new StripeError(
                400,
                Json.of("code", code, "message", message, "type", "invalid_request_error"),
                true);
    }

    static StripeError refused(String message) {
        return new StripeError(
                400, Json.of("message", message, "type", "invalid_request_error"), true);
    }

    static StripeError unexpectedState(String message, JsonNode paymentIntent) {
        var error =
                Json.of(
                        "code",
                        "payment_intent_unexpected_state",
                        "message",
                        message,
                        "payment_intent",
                        paymentIntent,
                        "type",
                        "invalid_request_error");
        return new StripeError(400, error, true);
    }

    Answer answer() {
        return answer;
    }
}
