package shop.unwind.local.campaign;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Misbehaviour of one operation of a platform.
 *
 * @param kind the sandbox's word for it, such as {@code reset-after}
 * @param times how many calls it strikes, the first ones
 */
public record Fault(String platform, String operation, String kind, int times) {
    private static final int SLOW_SECONDS = 1;

    /** The answer to the first call gets lost. */
    static Fault lost(String platform, String operation) {
        return new Fault(platform, operation, "reset-after", 1);
    }

    /**
     * As the sandbox takes it.
     *
     * @param about a text that its calls bear; empty for any call
     */
    ObjectNode toJson(String about) {
        var seconds =
                kind.equals("timeout-after") ? Site.PATIENCE.toSeconds() + 1 : SLOW_SECONDS;
        return JsonNodeFactory.instance
                .objectNode()
                .put("platform", platform)
                .put("operation", operation)
                .put("kind", kind)
                .put("times", times)
                .put("seconds", seconds)
                .put("about", about);
    }
}
