package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The object types of a GraphQL API: per type its fields, per field its arguments, the type of what
 * it holds and how it is found in the JSON document that stands behind the object.
 */
final class GraphTypes {
    @FunctionalInterface
    interface Resolver {
        /** A value, an object's document or a list of them; null nodes for nothing. */
        JsonNode resolve(JsonNode document, JsonNode arguments);
    }

    /**
     * One field.
     *
     * @param arguments name to type
     * @param type of the objects it holds; empty for plain values
     * @param cost points for asking it
     */
    record Field(
            Map<String, String> arguments, Optional<String> type, int cost, Resolver resolver) {}

    private static final String PAGING =
            "first: Int, after: String, last: Int, before: String, reverse: Boolean, query: String,"
                    + " sortKey: OrderSortKeys, displayable: Boolean";

    private final Map<String, Map<String, Field>> types = new HashMap<>();

    /** A type of that name, to be filled in. */
    final class Type {
        private final Map<String, Field> fields;

        private Type(String name) {
            fields = types.computeIfAbsent(name, _ -> new LinkedHashMap<>());
        }

        /** Plain values that stand in the document under the same names. */
        Type same(String... names) {
            for (var name : names) value(name, document -> document.path(name));
            return this;
        }

        Type value(String name, Function<JsonNode, Object> from) {
            return put(
                    name,
                    "",
                    Optional.empty(),
                    0,
                    (document, _) -> Json.node(from.apply(document)));
        }

        /** An object or a list of objects. */
        Type object(String name, String type, Function<JsonNode, Object> from) {
            return put(
                    name,
                    "",
                    Optional.of(type),
                    1,
                    (document, _) -> Json.node(from.apply(document)));
        }

        Type object(String name, String arguments, String type, Resolver resolver) {
            return put(name, arguments, Optional.of(type), 1, resolver);
        }

        /** A list that takes {@code first}. */
        Type list(String name, String type, Function<JsonNode, List<? extends JsonNode>> from) {
            return object(
                    name,
                    "first: Int, query: String, capturable: Boolean, manuallyResolvable: Boolean",
                    type,
                    (document, arguments) ->
                            Json.array(
                                    from.apply(document).stream()
                                            .limit(arguments.path("first").asLong(1000))));
        }

        /** A connection: pages of {@code nodes} and {@code edges}. */
        Type pages(String name, String type, Function<JsonNode, List<? extends JsonNode>> from) {
            return pages(name, type, (document, _) -> Json.node(from.apply(document)));
        }

        Type pages(String name, String type, Resolver all) {
            connection(type);
            return put(
                    name,
                    PAGING + ", orderId: ID",
                    Optional.of(type + "Connection"),
                    2,
                    (document, arguments) ->
                            page(
                                    Json.stream(all.resolve(document, arguments)).toList(),
                                    arguments));
        }

        private Type put(
                String name, String arguments, Optional<String> type, int cost, Resolver resolver) {
            fields.put(name, new Field(GraphInputs.signature(arguments), type, cost, resolver));
            return this;
        }
    }

    Type type(String name) {
        return new Type(name);
    }

    Optional<Field> field(String type, String name) {
        if (name.equals("__typename"))
            return Optional.of(
                    new Field(
                            Map.of(),
                            Optional.empty(),
                            0,
                            (document, _) -> Json.node(typeOf(type, document))));
        return Optional.ofNullable(types.getOrDefault(type, Map.of()).get(name));
    }

    boolean knows(String type) {
        return types.containsKey(type);
    }

    /** The real type of an object where only an interface is known. */
    static String typeOf(String declared, JsonNode document) {
        return declared.equals("Node") ? document.path("__typename").asText() : declared;
    }

    private void connection(String type) {
        if (knows(type + "Connection")) return;
        type(type + "Connection")
                .object("nodes", type, page -> page.path("nodes"))
                .object("edges", type + "Edge", page -> page.path("edges"))
                .object("pageInfo", "PageInfo", page -> page.path("pageInfo"));
        type(type + "Edge").same("cursor").object("node", type, edge -> edge.path("node"));
        type("PageInfo").same("hasNextPage", "hasPreviousPage", "startCursor", "endCursor");
    }

    private static JsonNode page(List<JsonNode> all, JsonNode arguments) {
        var wanted = arguments.path("first").asInt(-1);
        if (wanted < 0)
            throw new GraphError("BAD_REQUEST", "you must provide one of first or last");
        var from = arguments.path("after").asInt(0);
        var ordered = arguments.path("reverse").asBoolean() ? all.reversed() : all;
        var nodes = ordered.stream().skip(from).limit(wanted).toList();
        var edges = new ArrayList<JsonNode>();
        for (var node : nodes)
            edges.add(Json.of("cursor", String.valueOf(from + edges.size() + 1), "node", node));
        var cursors = edges.stream().map(edge -> edge.path("cursor").asText()).toList();
        return Json.of(
                "nodes", nodes,
                "edges", edges,
                "pageInfo",
                        Json.of(
                                "hasNextPage",
                                all.size() > from + nodes.size(),
                                "hasPreviousPage",
                                from > 0,
                                "startCursor",
                                cursors.stream().findFirst(),
                                "endCursor",
                                cursors.reversed().stream().findFirst()));
    }
}
