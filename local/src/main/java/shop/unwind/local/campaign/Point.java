package shop.unwind.local.campaign;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Set;

/**
 * A place in the workflow where a function is called.
 *
 * @param function its folder, such as {@code stripe}
 * @param operation what is asked of it; empty where it can do one thing only
 */
record Point(String function, String operation) {
    private static final Set<String> RECORDED =
            Set.of("CANCEL", "REFUND", "REFLECT", "TELL", "ASK", "ALARM");

    /**
     * Where a call belongs.
     *
     * @param arn of the function's alias
     */
    static Point of(String arn, JsonNode payload) {
        var name = arn.replaceFirst(":live$", "").replaceFirst(".*:unwind-", "");
        return new Point(name, payload.path("operation").asText(""));
    }

    /** Whether what it does stands in a step record. */
    boolean isRecorded() {
        return RECORDED.contains(operation);
    }

    @Override
    public String toString() {
        return operation.isEmpty() ? function : function + " " + operation;
    }
}
