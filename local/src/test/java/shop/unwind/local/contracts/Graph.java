package shop.unwind.local.contracts;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.json.Json;
import shop.unwind.testing.FakePlatform.Asked;
import shop.unwind.testing.Onward;
import shop.unwind.testing.VendorSchema;

import java.util.ArrayList;
import java.util.List;

/**
 * Shopify's schema of its one path. Its other path, where tokens are asked for, only its prose
 * describes: a form of three fields.
 */
final class Graph implements Contract {
    private static final String DOCUMENTS = "/admin/api/2026-10/graphql.json";
    private static final String TOKENS = "/admin/oauth/access_token";
    private static final List<String> FORM =
            List.of("client_id", "client_secret", "grant_type=client_credentials");

    private final VendorSchema schema;

    Graph(VendorSchema schema) {
        this.schema = schema;
    }

    @Override
    public List<String> complaints(Asked asked) {
        return switch (asked.method() + " " + asked.path()) {
            case "POST " + DOCUMENTS -> document(asked);
            case "POST " + TOKENS ->
                    FORM.stream()
                            .filter(field -> !asked.body().contains(field))
                            .map(field -> "missing: " + field)
                            .toList();
            default -> List.of("no such path and method");
        };
    }

    @Override
    public List<String> complaints(Asked asked, Onward.Reply reply) {
        if (asked.path().equals(TOKENS) || reply.status() != 200) return List.of();
        var answer = Json.parse(reply.body());
        if (answer.has("errors")) return List.of();
        return schema.complaints(query(asked.json()), variables(asked.json()), answer.path("data"));
    }

    private List<String> document(Asked asked) {
        var complaints = new ArrayList<String>();
        if (asked.header("X-Shopify-Access-Token").isEmpty()) complaints.add("missing: token");
        complaints.addAll(schema.complaints(query(asked.json()), variables(asked.json())));
        return complaints;
    }

    private static String query(JsonNode sent) {
        return sent.path("query").asText();
    }

    private static JsonNode variables(JsonNode sent) {
        return sent.path("variables");
    }
}
