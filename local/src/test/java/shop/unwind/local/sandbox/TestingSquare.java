package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.HashMap;
import java.util.Map;

/** Speaks to the sandbox's Square, as its documents say. */
final class TestingSquare {
    static final String VERSION = "2026-05-20";

    private final TestingClient client;

    TestingSquare(Sandbox sandbox) {
        this.client = new TestingClient(sandbox);
    }

    /** One order of two units at 20.00, shipping 5.00, tax 1.60: 46.60 USD paid by card. */
    void sells(String number, String payment, String more) {
        var order =
                """
                {"orders":[{"storefront":"square","number":"%s","email":"a@b.test",
                 "name":"Ann Lee","currency":"USD","placedAt":"2026-11-20T10:00:00Z","shipping":500,
                 "lines":[{"sku":"ACR-500","title":"Red","quantity":2,"unitPrice":2000,"tax":160}],
                 "payments":[%s]%s}]}\
                """
                        .formatted(number, TestingClient.payment("card", 4660, payment), more);
        var reply = client.control("PUT", "/_world", order);
        if (reply.status() != 200) throw new AssertionError(reply.text());
    }

    TestingClient.Reply get(String path) {
        return send("GET", path, headers(), "");
    }

    TestingClient.Reply post(String path, String body) {
        return send("POST", path, headers(), body);
    }

    /** Updates an order with what is given besides its location and version. */
    TestingClient.Reply update(String order, String key, long version, String content) {
        var body =
                "{\"idempotency_key\":\"%s\",\"order\":{\"location_id\":\"%s\",\"version\":%d,%s}}"
                        .formatted(key, SquareObjects.LOCATION, version, content);
        return send("PUT", "/v2/orders/" + order, headers(), body);
    }

    TestingClient.Reply refund(String key, String payment, long amount) {
        return post(
                "/v2/refunds",
                """
                {"idempotency_key":"%s","payment_id":"%s","reason":"x",
                 "amount_money":{"amount":%d,"currency":"USD"}}\
                """
                        .formatted(key, payment, amount));
    }

    TestingClient.Reply restock(String key, String at, String quantity) {
        return post(
                "/v2/inventory/changes/batch-create",
                """
                {"idempotency_key":"%s","changes":[{"type":"ADJUSTMENT","adjustment":
                 {"catalog_object_id":"ACR-500","from_state":"UNLINKED_RETURN",
                  "to_state":"IN_STOCK","location_id":"%s","quantity":"%s","occurred_at":"%s"}}]}\
                """
                        .formatted(key, SquareObjects.LOCATION, quantity, at));
    }

    TestingClient.Reply send(String method, String path, Map<String, String> headers, String body) {
        return client.send(method, "/square" + path, headers, body);
    }

    void act(String path, String body) {
        var reply = client.act("/square/_act/" + path, body);
        if (reply.status() != 200) throw new AssertionError(reply.text());
    }

    JsonNode state() {
        return client.state("square");
    }

    JsonNode book(String payment) {
        return client.book(payment);
    }

    static Map<String, String> headers() {
        var headers = new HashMap<String, String>();
        headers.put(
                "Authorization", "Bearer " + Secrets.of("square").path("personalToken").asText());
        headers.put("Square-Version", VERSION);
        headers.put("Content-Type", "application/json");
        return headers;
    }
}
