package shop.unwind.local.connectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.json.Json;
import shop.unwind.testing.TestPlatform;

import java.time.InstantSource;
import java.util.Map;

/** The sandbox's Shopify, as storefront and as payment provider alike. */
final class Shopify {
    /** What each call begins with; the operation's name follows. */
    static final String GRAPHQL = "POST /admin/api/2026-10/graphql.json ";

    private final TestSandbox sandbox;
    private final String token;

    Shopify(TestSandbox sandbox) {
        this.sandbox = sandbox;
        var secrets = TestSandbox.secrets("shopify");
        var wish =
                "grant_type=client_credentials&client_id="
                        + secrets.get("clientId")
                        + "&client_secret="
                        + secrets.get("clientSecret");
        var issued = sandbox.form("/shopify/admin/oauth/access_token", wish);
        token = issued.path("access_token").asText();
    }

    <R> R connect(Class<R> role, String baseUrl, InstantSource clock) {
        var settings = Json.object().put("baseUrl", baseUrl);
        var secrets = Map.of("accessToken", token);
        return TestSandbox.connector(
                "shopify.Shopify", role, TestPlatform.of("shopify", settings, secrets, clock));
    }

    /** The order's first payment, as the connector names it. */
    String payment() {
        return order().path("id").asText() + "." + order().at("/transactions/0/id").asText();
    }

    JsonNode order() {
        return sandbox.state("shopify").path("orders").valueStream().findFirst().orElseThrow();
    }

    void act(String act, ObjectNode how) {
        sandbox.act("shopify/1001/" + act, how);
    }

    void act(String act) {
        act(act, Json.object());
    }

    static String error(String words) {
        return Json.write(Json.object().put("errors", words));
    }
}
