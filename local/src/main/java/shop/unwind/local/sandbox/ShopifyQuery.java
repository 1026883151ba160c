package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Shopify's search syntax, as far as orders are looked for: {@code name:#1001 status:cancelled}.
 */
final class ShopifyQuery {
    private static final Pattern TERM =
            Pattern.compile("(\\w+):(>=|<=|>|<)?('[^']*'|\"[^\"]*\"|\\S+)");

    private record Term(String field, String compare, String value) {}

    private ShopifyQuery() {}

    /** The orders found, in the order asked for. */
    static List<JsonNode> search(ShopifyBook book, JsonNode arguments) {
        var terms = terms(Json.text(arguments, "query").orElse(""));
        var key = Json.text(arguments, "sortKey").orElse("PROCESSED_AT");
        return candidates(book, terms)
                .filter(order -> terms.stream().allMatch(term -> matches(order, term)))
                .sorted(Comparator.comparing(order -> sortValue(order, key)))
                .map(JsonNode.class::cast)
                .toList();
    }

    private static String sortValue(JsonNode order, String key) {
        return switch (key) {
            case "UPDATED_AT" -> order.path("updatedAt").asText();
            case "ID", "ORDER_NUMBER" -> order.path("id").asText();
            default -> order.path("createdAt").asText();
        };
    }

    private static List<Term> terms(String query) {
        return TERM.matcher(query)
                .results()
                .map(
                        found ->
                                new Term(
                                        found.group(1),
                                        Optional.ofNullable(found.group(2)).orElse("="),
                                        found.group(3).replaceAll("^['\"]|['\"]$", "")))
                .toList();
    }

    /** A name leads straight to its order; anything else has to look at all. */
    private static Stream<? extends JsonNode> candidates(ShopifyBook book, List<Term> terms) {
        return terms.stream()
                .filter(term -> term.field.equals("name"))
                .findFirst()
                .map(term -> book.named(term.value.replaceFirst("^#", "")))
                .orElseGet(book::orders);
    }

    private static boolean matches(JsonNode order, Term term) {
        return switch (term.field) {
            case "name" -> order.path("number").asText().equals(term.value.replaceFirst("^#", ""));
            case "id" -> order.path("id").asText().equals(term.value);
            case "email" -> order.path("email").asText().equalsIgnoreCase(term.value);
            case "tag" ->
                    Json.stream(order.path("tags"))
                            .anyMatch(tag -> tag.asText().equalsIgnoreCase(term.value));
            case "status" -> hasStatus(order, term.value.toLowerCase(Locale.ROOT));
            case "created_at" -> compares(order.path("createdAt").asText(), term);
            case "updated_at" -> compares(order.path("updatedAt").asText(), term);
            // Shopify ignores filters that it does not know.
            default -> true;
        };
    }

    private static boolean hasStatus(JsonNode order, String status) {
        return switch (status) {
            case "cancelled" -> ShopifyOrder.isCancelled(order);
            case "closed" -> order.hasNonNull("closedAt");
            case "open" -> !order.hasNonNull("closedAt");
            default -> true;
        };
    }

    private static boolean compares(String time, Term term) {
        var order = time.compareTo(term.value);
        return switch (term.compare) {
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            default -> time.startsWith(term.value);
        };
    }
}
