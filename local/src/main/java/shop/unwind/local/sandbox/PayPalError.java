package shop.unwind.local.sandbox;

import java.util.List;

/** A refusal in PayPal's shape. */
final class PayPalError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String name;
    private final String issue;

    private PayPalError(int status, String name, String issue, String message) {
        super(message);
        this.status = status;
        this.name = name;
        this.issue = issue;
    }

    static PayPalError missing() {
        return new PayPalError(
                404,
                "RESOURCE_NOT_FOUND",
                "INVALID_RESOURCE_ID",
                "Specified resource ID does not exist. Please check the resource ID and try"
                        + " again.");
    }

    /** The call itself is wrong. */
    static PayPalError invalid(String issue, String message) {
        return new PayPalError(400, "INVALID_REQUEST", issue, message);
    }

    /** The call is right, and how things stand does not allow it. */
    static PayPalError refused(String issue, String message) {
        return new PayPalError(422, "UNPROCESSABLE_ENTITY", issue, message);
    }

    static Answer answer(int status, String name, String issue, String message) {
        var debugId = "f" + Integer.toHexString((name + issue + message).hashCode());
        var body = Json.of("name", name, "message", general(status, message), "debug_id", debugId);
        if (!issue.isEmpty())
            body.set(
                    "details", Json.node(List.of(Json.of("issue", issue, "description", message))));
        return Answer.json(status, body.set("links", Json.node(List.of())))
                .with("Paypal-Debug-Id", debugId)
                .unkept();
    }

    String issue() {
        return issue;
    }

    Answer answer() {
        return answer(status, name, issue, String.valueOf(getMessage()));
    }

    private static String general(int status, String otherwise) {
        return switch (status) {
            case 400 -> "Request is not well-formed, syntactically incorrect, or violates schema.";
            case 404 -> "The specified resource does not exist.";
            case 422 ->
                    "The requested action could not be performed, semantically incorrect, or"
                            + " failed business validation.";
            default -> otherwise;
        };
    }
}
