package shop.unwind.local.sandbox;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Speaks to the sandbox's Magento, each call signed. */
final class TestingMagento {
    static final String ROOT = "/rest/default/V1";
    private final TestingClient client;

    TestingMagento(Sandbox sandbox) {
        this.client = new TestingClient(sandbox);
    }

    /** One order of two units at 20.00, shipping 5.00, tax 1.60: 46.60 USD paid by this gateway. */
    void sells(String number, String gateway, String more) {
        var order =
                """
                {"orders":[{"storefront":"magento","number":"%s","email":"a@b.test",
                 "name":"Ann Lee","currency":"USD","placedAt":"2026-11-20T10:00:00Z","shipping":500,
                 "lines":[{"sku":"ACR-500","title":"Red","quantity":2,"unitPrice":2000,"tax":160}],
                 "payments":[%s]}]}\
                """
                        .formatted(number, TestingClient.payment(gateway, 4660, more));
        var reply = client.control("PUT", "/_world", order);
        if (reply.status() != 200) throw new AssertionError(reply.text());
    }

    TestingClient.Reply send(String method, String path, String query, String body) {
        var headers =
                Map.of(
                        "Authorization",
                        header(method, ROOT + path, query),
                        "Content-Type",
                        "application/json");
        var target = query.isEmpty() ? path : path + "?" + query;
        return client.send(method, "/magento" + ROOT + target, headers, body);
    }

    TestingClient.Reply unsigned(String path) {
        return client.send("GET", "/magento" + ROOT + path, Map.of(), "");
    }

    static String by(String field, String value) {
        return "searchCriteria%5BfilterGroups%5D%5B0%5D%5Bfilters%5D%5B0%5D%5Bfield%5D="
                + field
                + "&searchCriteria%5BfilterGroups%5D%5B0%5D%5Bfilters%5D%5B0%5D%5Bvalue%5D="
                + value;
    }

    private static String header(String method, String path, String query) {
        var secret = Secrets.of("magento");
        var fields = new LinkedHashMap<String, String>();
        fields.put("oauth_consumer_key", secret.path("consumerKey").asText());
        fields.put("oauth_nonce", UUID.randomUUID().toString());
        fields.put("oauth_signature_method", "HMAC-SHA256");
        fields.put("oauth_timestamp", Long.toString(Instant.now().getEpochSecond()));
        fields.put("oauth_token", secret.path("accessToken").asText());
        fields.put("oauth_version", "1.0");
        var call = new Call(method, path, Map.of(), Form.parse(query), Map.of(), "");
        fields.put("oauth_signature", MagentoOAuth.signature(call, fields, secret));
        return fields.entrySet().stream()
                .map(each -> each.getKey() + "=\"" + encoded(each.getValue()) + "\"")
                .collect(Collectors.joining(", ", "OAuth ", ""));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
