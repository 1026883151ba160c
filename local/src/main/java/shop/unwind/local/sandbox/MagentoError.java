package shop.unwind.local.sandbox;

import java.util.List;

/**
 * A refusal as Magento writes it: a status and a sentence, whose parameters are still to be put.
 */
final class MagentoError extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int status;

    MagentoError(int status, String message) {
        super(message);
        this.status = status;
    }

    static MagentoError unknown() {
        return new MagentoError(
                404,
                "The entity that was requested doesn't exist. Verify the entity and try again.");
    }

    /** Said by what looks a credit memo over before the gateway is asked. */
    static MagentoError invalidMemo(String why) {
        return new MagentoError(400, "Creditmemo Document Validation Error(s):\n" + why);
    }

    /** Said of a gateway that refused, and of a database that failed after it. */
    static MagentoError notSaved() {
        return new MagentoError(400, "Could not save a Creditmemo, see error log for details");
    }

    Answer answer() {
        return answer(status, String.valueOf(getMessage()));
    }

    static Answer answer(int status, String message, String... parameters) {
        var error = Json.of("message", message);
        if (parameters.length > 0) error.set("parameters", Json.node(List.of(parameters)));
        return Answer.json(status, error);
    }
}
