package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The metafields of orders, which stand in the state's {@code metafields} by order. Each belongs to
 * an app: others see it when its permissions say so, and each app has its keys for itself.
 */
final class BigCommerceMetafields {
    static final String METAFIELDS = "metafields";
    private static final String US = "unwind-client-id";
    private static final String OTHER_APP = "other-client-id";
    private static final int LARGEST_PAGE = 250;
    private static final int USUAL_PAGE = 50;
    private static final int MOST = 250;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_VALUE = 65_535;
    private static final int LONGEST_DESCRIPTION = 255;
    private static final Set<String> SEARCH =
            Set.of("page", "limit", "key", "key:in", "namespace", "namespace:in", "direction");
    private static final Set<String> FIELDS =
            Set.of("permission_set", "namespace", "key", "value", "description");
    private static final Set<String> PERMISSIONS =
            Set.of("app_only", "read", "write", "read_and_sf_access", "write_and_sf_access");

    private final Stage stage;
    private final State state;

    BigCommerceMetafields(Stage stage) {
        this.stage = stage;
        this.state = stage.state();
    }

    Answer list(JsonNode order, JsonNode query) {
        query.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!SEARCH.contains(name)) throw BigCommerceError.invalid(name);
                        });
        var found =
                fields(order)
                        .filter(BigCommerceMetafields::isVisible)
                        .filter(field -> isWanted(field, query, "namespace"))
                        .filter(field -> isWanted(field, query, "key"))
                        .toList();
        var desc = query.path("direction").asText().equals("desc");
        return page(desc ? found.reversed() : found, query);
    }

    private static boolean isVisible(JsonNode field) {
        return field.path("owner").asText().equals(US)
                || !field.path("permission_set").asText().equals("app_only");
    }

    private static boolean isWanted(JsonNode field, JsonNode query, String name) {
        var value = field.path(name).asText();
        var one = Json.text(query, name).stream().allMatch(value::equals);
        var any = Json.text(query, name + ":in").map(all -> Arrays.asList(all.split(",")));
        return one && any.stream().allMatch(all -> all.contains(value));
    }

    private static Answer page(List<ObjectNode> found, JsonNode query) {
        var limit = Math.clamp(query.path("limit").asInt(USUAL_PAGE), 1, LARGEST_PAGE);
        var page = Math.max(1, query.path("page").asInt(1));
        var items =
                found.stream()
                        .skip((page - 1L) * limit)
                        .limit(limit)
                        .map(BigCommerceMetafields::shown)
                        .toList();
        var pagination =
                Json.of(
                        "total",
                        found.size(),
                        "count",
                        items.size(),
                        "per_page",
                        limit,
                        "current_page",
                        page,
                        "total_pages",
                        (found.size() + limit - 1) / limit,
                        "links",
                        Json.of("current", "?page=" + page + "&limit=" + limit));
        return Answer.json(200, Json.of("data", items, "meta", Json.of("pagination", pagination)));
    }

    Answer create(JsonNode order, Call call) {
        var wish = BigCommerce.body(call, FIELDS);
        check(wish, "namespace", LONGEST_NAME);
        check(wish, "key", LONGEST_NAME);
        check(wish, "value", LONGEST_VALUE);
        if (!PERMISSIONS.contains(wish.path("permission_set").asText()))
            throw BigCommerceError.unprocessable("permission_set is not one of them");
        if (wish.path("description").asText().length() > LONGEST_DESCRIPTION)
            throw BigCommerceError.unprocessable("description is too long");
        return Answer.json(200, Json.of("data", shown(add(order, wish, US)), "meta", Json.of()));
    }

    private static void check(JsonNode wish, String name, int longest) {
        var length = Json.text(wish, name).orElse("").length();
        if (length < 1 || length > longest)
            throw BigCommerceError.unprocessable(
                    name + " must be from 1 to " + longest + " characters");
    }

    /** Another app that runs at the same store makes one. */
    void addByAnotherApp(JsonNode order, Fields input) {
        var field =
                Json.of(
                        "permission_set", input.text("permission_set", "read"),
                        "namespace", input.text("namespace"),
                        "key", input.text("key"),
                        "value", input.text("value"));
        add(order, field, OTHER_APP);
    }

    private ObjectNode add(JsonNode order, JsonNode wish, String owner) {
        var mine = fields(order).filter(each -> each.path("owner").asText().equals(owner)).toList();
        if (mine.stream().anyMatch(each -> isSame(each, wish)))
            throw new BigCommerceError(409, "The metafield conflicts with another metafield.");
        if (mine.size() >= MOST)
            throw BigCommerceError.unprocessable("The order has as many metafields as it can.");
        var field =
                Json.of(
                        "id", stage.next(METAFIELDS),
                        "permission_set", wish.path("permission_set"),
                        "namespace", wish.path("namespace"),
                        "key", wish.path("key"),
                        "value", wish.path("value"),
                        "description", wish.path("description").asText(""),
                        "order", order.path("id"),
                        "owner", owner,
                        "at", stage.now().toString());
        var id = order.path("id").asText();
        var all = state.get(METAFIELDS, id).orElseGet(() -> Json.of("fields", List.of()));
        all.withArray("fields").add(field);
        state.put(METAFIELDS, id, all);
        return field;
    }

    private static boolean isSame(JsonNode field, JsonNode wish) {
        return field.path("namespace").equals(wish.path("namespace"))
                && field.path("key").equals(wish.path("key"));
    }

    private Stream<ObjectNode> fields(JsonNode order) {
        return state.get(METAFIELDS, order.path("id").asText()).stream()
                .flatMap(all -> Json.stream(all.path("fields")))
                .map(ObjectNode.class::cast);
    }

    private static ObjectNode shown(JsonNode field) {
        var at = field.path("at").asText().replaceFirst("(\\.\\d+)?Z$", "+00:00");
        return Json.of(
                "id", field.path("id"),
                "permission_set", field.path("permission_set"),
                "namespace", field.path("namespace"),
                "key", field.path("key"),
                "value", field.path("value"),
                "description", field.path("description"),
                "resource_type", "order",
                "resource_id", field.path("order"),
                "date_created", at,
                "date_modified", at,
                "owner_client_id", field.path("owner"));
    }
}
