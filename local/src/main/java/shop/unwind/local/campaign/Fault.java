package shop.unwind.local.campaign;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Misbehaviour of one operation of a platform.
 *
 * @param kind the sandbox's word for it, such as {@code reset-after}
 * @param seconds how long the slow kinds take
 */
public record Fault(String platform, String operation, String kind, Calls calls, long seconds) {

    /** The answer to the first call gets lost. */
    static Fault lost(String platform, String operation) {
        return new Fault(platform, operation, "reset-after", Calls.FIRST, 0);
    }

    /**
     * As the sandbox takes it.
     *
     * @param about a text that its calls bear; empty for any call
     */
    ObjectNode toJson(String about) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("platform", platform)
                .put("operation", operation)
                .put("kind", kind)
                .put("after", calls.spared())
                .put("times", calls.struck())
                .put("seconds", seconds)
                .put("about", about);
    }
}
