package shop.unwind.local.sandbox;

import java.util.List;

/** A refusal in Square's shape. */
final class SquareError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String category;
    private final String code;

    private SquareError(int status, String category, String code, String detail) {
        super(detail);
        this.status = status;
        this.category = category;
        this.code = code;
    }

    static SquareError missing(String what) {
        return new SquareError(404, "INVALID_REQUEST_ERROR", "NOT_FOUND", what + " was not found");
    }

    /** The call itself is wrong, or how things stand does not allow it. */
    static SquareError bad(String code, String detail) {
        return new SquareError(400, "INVALID_REQUEST_ERROR", code, detail);
    }

    static SquareError refund(String code, String detail) {
        return new SquareError(400, "REFUND_ERROR", code, detail);
    }

    static SquareError oldVersion(long current) {
        return new SquareError(
                409,
                "INVALID_REQUEST_ERROR",
                "VERSION_MISMATCH",
                "Object version does not match latest database version. Current: " + current);
    }

    static Answer answer(int status, String category, String code, String detail) {
        var error = Json.of("category", category, "code", code, "detail", detail);
        return Answer.json(status, Json.of("errors", List.of(error))).unkept();
    }

    String code() {
        return code;
    }

    Answer answer() {
        return answer(status, category, code, String.valueOf(getMessage()));
    }
}
