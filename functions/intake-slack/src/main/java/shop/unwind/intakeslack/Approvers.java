package shop.unwind.intakeslack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import shop.unwind.config.Store;

import java.util.Set;
import java.util.stream.Collectors;

/** Who may answer: everybody in a channel can press its buttons. */
final class Approvers {
    private Approvers() {}

    /** The user ids under {@code platforms.slack.approvers}; nobody when there are none. */
    static Set<String> of(Store store) {
        return store.platforms()
                .getOrDefault("slack", MissingNode.getInstance())
                .path("approvers")
                .valueStream()
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .collect(Collectors.toUnmodifiableSet());
    }
}
