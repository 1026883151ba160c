package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Speaks to the sandbox's WooCommerce, as its documents say. */
final class TestingShop {
    private final TestingClient client;

    TestingShop(Sandbox sandbox) {
        this.client = new TestingClient(sandbox);
    }

    /** One order of two units at 20.00, shipping 5.00, tax 1.60: 46.60 USD paid by this gateway. */
    void sells(String number, String gateway, String more) {
        var order =
                """
                {"orders":[{"storefront":"woocommerce","number":"%s","email":"a@b.test",
                 "name":"Ann Lee","currency":"USD","placedAt":"2026-11-20T10:00:00Z","shipping":500,
                 "lines":[{"sku":"ACR-500","title":"Red","quantity":2,"unitPrice":2000,"tax":160}],
                 "payments":[%s]}]}\
                """
                        .formatted(number, TestingClient.payment(gateway, 4660, more));
        var reply = client.control("PUT", "/_world", order);
        if (reply.status() != 200) throw new AssertionError(reply.text());
    }

    TestingClient.Reply send(String method, String path, String body) {
        return send(method, path, keys(), body);
    }

    TestingClient.Reply send(String method, String path, Map<String, String> headers, String body) {
        var all = new HashMap<>(headers);
        all.put("Content-Type", "application/json");
        return client.send(method, "/woocommerce/wp-json/wc/v3" + path, all, body);
    }

    void act(String path, String body) {
        var reply = client.act("/woocommerce/_act/" + path, body);
        if (reply.status() != 200) throw new AssertionError(reply.text());
    }

    JsonNode order(String id) {
        return send("GET", "/orders/" + id, "").json();
    }

    int restocked() {
        return client.state("woocommerce").at("/inventory/ACR-500/restocked").asInt();
    }

    JsonNode book(String order) {
        return client.book(order);
    }

    private static Map<String, String> keys() {
        var secret = Secrets.of("woocommerce");
        var pair =
                secret.path("consumerKey").asText() + ":" + secret.path("consumerSecret").asText();
        var text = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return Map.of("Authorization", "Basic " + text);
    }
}
