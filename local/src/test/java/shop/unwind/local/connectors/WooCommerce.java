package shop.unwind.local.connectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.domain.Money;
import shop.unwind.json.Json;
import shop.unwind.testing.TestPlatform;

import java.time.InstantSource;

/** The sandbox's WooCommerce, as storefront and as payment provider alike. */
final class WooCommerce {
    static final String API = "/wp-json/wc/v3";

    /** In core an order's number is its id. */
    static final String CREATE = "POST " + API + "/orders/1001/refunds";

    private final TestSandbox sandbox;

    WooCommerce(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    <R> R connect(Class<R> role, String baseUrl, InstantSource clock) {
        var settings = Json.object().put("baseUrl", baseUrl);
        var secrets = TestSandbox.secrets("woocommerce");
        return TestSandbox.connector(
                "woocommerce.WooCommerce",
                role,
                TestPlatform.of("woocommerce", settings, secrets, clock));
    }

    static ObjectNode order(Money worth, String email) {
        return Orders.of(worth, email).put("storefront", "woocommerce");
    }

    JsonNode order() {
        return sandbox.state("woocommerce").at("/orders/1001");
    }

    void act(String act, ObjectNode how) {
        sandbox.act("woocommerce/1001/" + act, how);
    }

    void act(String act) {
        act(act, Json.object());
    }

    static String error(int status, String code, String words) {
        var error = Json.object().put("code", code).put("message", words);
        error.putObject("data").put("status", status);
        return Json.write(error);
    }
}
