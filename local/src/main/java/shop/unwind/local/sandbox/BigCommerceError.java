package shop.unwind.local.sandbox;

import java.util.List;

/** A refusal, in the form of V2 or of V3. */
final class BigCommerceError extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int status;

    BigCommerceError(int status, String words) {
        super(words);
        this.status = status;
    }

    static BigCommerceError invalid(String field) {
        return new BigCommerceError(400, "The field '" + field + "' is invalid.");
    }

    static BigCommerceError unprocessable(String words) {
        return new BigCommerceError(422, words);
    }

    static BigCommerceError notFound() {
        return new BigCommerceError(404, "The requested resource was not found.");
    }

    Answer answer(Call call) {
        return answer(call, status, String.valueOf(getMessage()));
    }

    static Answer answer(Call call, int status, String words) {
        if (call.path().contains("/v2/"))
            return Answer.json(
                    status, Json.node(List.of(Json.of("status", status, "message", words))));
        return v3(status, words);
    }

    static Answer v3(int status, String words) {
        return Answer.json(
                status,
                Json.of(
                        "status",
                        status,
                        "title",
                        words,
                        "type",
                        "https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes",
                        "errors",
                        Json.of()));
    }
}
