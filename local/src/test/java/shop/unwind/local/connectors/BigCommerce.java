package shop.unwind.local.connectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.domain.Money;
import shop.unwind.json.Json;
import shop.unwind.testing.TestPlatform;

import java.time.InstantSource;
import java.util.Map;

/** The sandbox's BigCommerce, as storefront and as payment provider alike. */
final class BigCommerce {
    static final String STORE = "/stores/acr9x";
    static final String CREATE = "POST " + STORE + "/v3/orders/1001/payment_actions/refunds";
    static final String MARK = "POST " + STORE + "/v3/orders/1001/metafields";
    static final String ADJUST = "POST " + STORE + "/v3/inventory/adjustments/relative";

    private final TestSandbox sandbox;

    BigCommerce(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    <R> R connect(Class<R> role, String baseUrl, InstantSource clock) {
        var settings = Json.object().put("baseUrl", baseUrl).put("storeHash", "acr9x");
        var secrets = TestSandbox.secrets("bigcommerce");
        return TestSandbox.connector(
                "bigcommerce.BigCommerce",
                role,
                TestPlatform.of("bigcommerce", settings, secrets, clock));
    }

    static ObjectNode order(Money worth, String email) {
        return Orders.of(worth, email).put("storefront", "bigcommerce");
    }

    JsonNode order() {
        return sandbox.state("bigcommerce").at("/orders/1001");
    }

    JsonNode stock() {
        return sandbox.state("bigcommerce").at("/inventory/ACR-500");
    }

    /** Somebody saves a page of the order that was opened before all that we did. */
    void overwritesTheNotes() {
        act("notes", Json.object().put("notes", "Ring twice."));
    }

    void act(String act, ObjectNode how) {
        sandbox.act("bigcommerce/1001/" + act, how);
    }

    void act(String act) {
        act(act, Json.object());
    }

    /** Gateways that answer before the store does. */
    void hurries() {
        sandbox.act("bigcommerce/jobs/hurry");
    }

    static String error(int status, String words) {
        return Json.write(Map.of("status", status, "title", words));
    }
}
