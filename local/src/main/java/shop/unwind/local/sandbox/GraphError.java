package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

import graphql.language.Node;
import graphql.language.SourceLocation;

import java.util.Optional;

/** Why a GraphQL document is not executed, as graphql-ruby, which Shopify runs, words it. */
final class GraphError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient ObjectNode json;

    GraphError(String code, String message, Node<?> at) {
        super(message);
        var locations = Optional.ofNullable(at.getSourceLocation()).map(GraphError::location);
        json =
                Json.of(
                        "message", message,
                        "locations", locations.stream().toList(),
                        "extensions", Json.of("code", code));
    }

    GraphError(String code, String message) {
        super(message);
        json = Json.of("message", message, "extensions", Json.of("code", code));
    }

    GraphError with(String extension, Object value) {
        json.withObject("/extensions").set(extension, Json.node(value));
        return this;
    }

    private static ObjectNode location(SourceLocation place) {
        return Json.of("line", place.getLine(), "column", place.getColumn());
    }

    ObjectNode json() {
        return json;
    }
}
