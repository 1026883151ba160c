package shop.unwind.local.sandbox;

import java.util.Map;

/** Speaks to the sandbox's BigCommerce, as its documents say. */
final class TestingStore {
    static final String ROOT = "/bigcommerce/stores/" + BigCommerce.STORE;

    private final TestingClient client;

    TestingStore(Sandbox sandbox) {
        this.client = new TestingClient(sandbox);
    }

    /** One order of two units at 20.00, shipping 5.00, tax 1.60: 46.60 USD paid by this gateway. */
    void sells(String number, String gateway, String more) {
        var order =
                """
                {"orders":[{"storefront":"bigcommerce","number":"%s","email":"a@b.test",
                 "name":"Ann Lee","currency":"USD","placedAt":"2026-11-20T10:00:00Z","shipping":500,
                 "lines":[{"sku":"ACR-500","title":"Red","quantity":2,"unitPrice":2000,"tax":160}],
                 "payments":[%s]}]}\
                """
                        .formatted(number, TestingClient.payment(gateway, 4660, more));
        var reply = client.control("PUT", "/_world", order);
        if (reply.status() != 200) throw new AssertionError(reply.text());
    }

    TestingClient.Reply send(String method, String path, String body) {
        return send(method, path, body, token(), "application/json");
    }

    TestingClient.Reply send(String method, String path, String body, String token, String accept) {
        var headers =
                Map.of("X-Auth-Token", token, "Accept", accept, "Content-Type", "application/json");
        return client.send(method, ROOT + path, headers, body);
    }

    static String token() {
        return Secrets.of("bigcommerce").path("accessToken").asText();
    }

    void act(String path, String body) {
        var reply = client.act("/bigcommerce/_act/" + path, body);
        if (reply.status() != 200) throw new AssertionError(reply.text());
    }

    TestingClient.Reply refund(String order, String amount) {
        var item =
                "{\"item_type\":\"ORDER\",\"item_id\":%s,\"amount\":%s,\"reason\":\"x\"}"
                        .formatted(order, amount);
        var payment =
                "{\"provider_id\":\"braintree\",\"amount\":%s,\"offline\":false}".formatted(amount);
        return send(
                "POST",
                "/v3/orders/" + order + "/payment_actions/refunds",
                "{\"items\":[" + item + "],\"payments\":[" + payment + "]}");
    }

    String paymentStatus(String order) {
        return send("GET", "/v2/orders/" + order, "").at("/payment_status").asText();
    }

    int status(String order) {
        return send("GET", "/v2/orders/" + order, "").at("/status_id").asInt();
    }

    int restocked() {
        return client.state("bigcommerce").at("/inventory/ACR-500/restocked").asInt();
    }
}
