package shop.unwind.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An error as AWS answers it: HTTP 400 with {@code {"__type": type, "message": message}}. */
public final class AwsError extends RuntimeException {
    private final String type;
    private final ObjectNode details;

    /**
     * An error of this name.
     *
     * @param type the error's name without namespace, such as {@code ExecutionDoesNotExist}
     */
    public AwsError(String type, String message) {
        this(type, message, JsonNodeFactory.instance.objectNode());
    }

    /**
     * An error that says more than its message.
     *
     * @param details fields that stand beside type and message, such as {@code CancellationReasons}
     */
    public AwsError(String type, String message, ObjectNode details) {
        super(message);
        this.type = type;
        this.details = details;
    }

    public String type() {
        return type;
    }

    public ObjectNode details() {
        return details.deepCopy();
    }
}
