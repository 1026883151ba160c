package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Takes the events that a platform hands to EventBridge as a partner, in EventBridge's envelope.
 */
@FunctionalInterface
public interface EventSink {
    void put(ObjectNode envelope);
}
