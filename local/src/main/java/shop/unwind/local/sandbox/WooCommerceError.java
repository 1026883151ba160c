package shop.unwind.local.sandbox;

/** A refusal as WordPress writes it. */
final class WooCommerceError extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int status;
    private final String code;

    WooCommerceError(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static WooCommerceError parameter(String name) {
        return new WooCommerceError(400, "rest_invalid_param", "Invalid parameter(s): " + name);
    }

    static WooCommerceError unknownOrder() {
        return new WooCommerceError(404, "woocommerce_rest_shop_order_invalid_id", "Invalid ID.");
    }

    /** Final, though it comes as a server error. */
    static WooCommerceError refund(String message) {
        return new WooCommerceError(500, "woocommerce_rest_cannot_create_order_refund", message);
    }

    Answer answer() {
        return answer(status, code, String.valueOf(getMessage()));
    }

    static Answer answer(int status, String code, String message) {
        return Answer.json(
                status,
                Json.of("code", code, "message", message, "data", Json.of("status", status)));
    }
}
