package shop.unwind.local.connectors;

import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.domain.Money;
import shop.unwind.json.Json;

/** Orders in the sandbox's neutral form. */
final class Orders {
    private Orders() {}

    /** Order 1001 at Shopify: one line, worth this, and no payment yet. */
    static ObjectNode of(Money worth, String email) {
        var order = Json.object();
        order.put("storefront", "shopify").put("number", "1001");
        order.put("email", email).put("name", "Jane Doe");
        order.put("currency", worth.currency()).put("placedAt", "2026-11-23T08:00:00Z");
        order.putArray("lines")
                .addObject()
                .put("sku", "ACR-500")
                .put("title", "Acrylic paint 500 ml")
                .put("quantity", 1)
                .put("unitPrice", worth.minor());
        order.putArray("payments");
        return order;
    }
}
