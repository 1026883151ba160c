package shop.unwind.local.connectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.domain.Money;
import shop.unwind.json.Json;
import shop.unwind.testing.TestPlatform;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** The sandbox's Magento, as storefront and as payment provider alike. */
final class Magento {
    static final String API = "/rest/default/V1";

    /** The sandbox's id of order 1001. */
    static final String ID = "71001";

    static final String ONLINE = "POST " + API + "/invoice/710011/refund";
    static final String OFFLINE = "POST " + API + "/order/" + ID + "/refund";

    private final TestSandbox sandbox;

    Magento(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** Owned by somebody else are all gateways but those that are named here. */
    <R> R connect(Class<R> role, String baseUrl, InstantSource clock, String... gateways) {
        var settings = Json.object().put("baseUrl", baseUrl);
        settings.put("store", "https://magento.acrylic-house.example");
        var secrets = TestSandbox.secrets("magento");
        var owners = new HashMap<String, String>();
        for (var gateway : gateways) owners.put(gateway, "magento");
        return TestSandbox.connector(
                "magento.Magento",
                role,
                TestPlatform.of("magento", settings, secrets, clock)
                        .withOwners(Map.copyOf(owners)));
    }

    static ObjectNode order(Money worth, String email) {
        return Orders.of(worth, email).put("storefront", "magento");
    }

    JsonNode order() {
        return sandbox.state("magento").path("orders").path(ID);
    }

    int restocked() {
        return sandbox.state("magento").at("/inventory/ACR-500/restocked").asInt();
    }

    void act(String act, ObjectNode how) {
        sandbox.act("magento/1001/" + act, how);
    }

    void act(String act) {
        act(act, Json.object());
    }

    static String error(String words) {
        return Json.write(Map.of("message", words));
    }
}
