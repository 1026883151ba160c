package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

/** Speaks plain HTTP to a sandbox, as the vendors' documents say. */
final class TestingClient {
    record Reply(int status, Map<String, java.util.List<String>> headers, String text) {
        JsonNode json() {
            return Json.parse(text).orElseThrow(() -> new AssertionError("not JSON: " + text));
        }

        JsonNode at(String pointer) {
            return json().at(pointer);
        }

        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }
    }

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Sandbox sandbox;
    private String shopifyToken = "";

    TestingClient(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** Restores no point of a rate limit, however slow the machine is. */
    static Sandbox sandboxOfStoppedClock() {
        var stopped = InstantSource.fixed(Instant.now());
        return Sandbox.start(0, SandboxOptions.defaults().withClock(stopped));
    }

    Reply send(String method, String path, Map<String, String> headers, String body) {
        var uri = URI.create("http://127.0.0.1:" + sandbox.port() + path);
        var request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    Reply control(String method, String path, String body) {
        return send(method, path, Map.of("Content-Type", "application/json"), body);
    }

    Reply act(String path, String body) {
        return control("POST", path, body);
    }

    /** One order of two units at 20.00, shipping 5.00, tax 1.60: 46.60 USD paid by this gateway. */
    void order(String number, String gateway, String more) {
        world(number, payment(gateway, 4660, more), "");
    }

    static String payment(String gateway, long amount, String more) {
        return "{\"gateway\":\"%s\",\"amount\":%d%s}".formatted(gateway, amount, more);
    }

    void world(String number, String payments, String more) {
        var order =
                """
                {"storefront":"shopify","number":"%s","email":"a@b.test","name":"Ann Lee",
                 "currency":"USD","placedAt":"2026-11-20T10:00:00Z","tags":["web"],"shipping":500,
                 "lines":[{"sku":"ACR-500","title":"Red","quantity":2,"unitPrice":2000,"tax":160}],
                 "payments":[%s]%s}\
                """
                        .formatted(number, payments, more);
        var reply = control("PUT", "/_world", "{\"orders\":[" + order + "]}");
        if (reply.status() != 200) throw new AssertionError(reply.text());
    }

    JsonNode state(String platform) {
        return control("GET", "/_state/" + platform, "").json();
    }

    /** The book of one payment, by its name or that of its order. */
    JsonNode book(String paymentOrOrder) {
        return Json.stream(control("GET", "/_stats", "").at("/payments"))
                .filter(
                        book ->
                                book.path("payment").asText().equals(paymentOrOrder)
                                        || book.path("order").asText().equals(paymentOrOrder))
                .findFirst()
                .orElseThrow();
    }

    void fault(String platform, String operation, String kind, String more) {
        var rule =
                "[{\"platform\":\"%s\",\"operation\":\"%s\",\"kind\":\"%s\"%s}]"
                        .formatted(platform, operation, kind, more);
        var reply = control("PUT", "/_faults", rule);
        if (reply.status() != 204) throw new AssertionError(reply.text());
    }

    Reply stripe(String method, String path, String form, String... moreHeaders) {
        var headers = new java.util.HashMap<String, String>();
        headers.put("Authorization", "Bearer " + Secrets.of("stripe").path("apiKey").asText());
        headers.put("Stripe-Version", StripeObjects.API_VERSION);
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        for (var at = 0; at < moreHeaders.length; at += 2)
            headers.put(moreHeaders[at], moreHeaders[at + 1]);
        return send(method, "/stripe" + path, headers, form);
    }

    Reply payPal(String method, String path, String body, String... moreHeaders) {
        var headers = new java.util.HashMap<String, String>();
        headers.put("Authorization", "Bearer " + payPalToken());
        headers.put("Content-Type", "application/json");
        headers.put("Prefer", "return=representation");
        for (var at = 0; at < moreHeaders.length; at += 2)
            headers.put(moreHeaders[at], moreHeaders[at + 1]);
        return send(method, "/paypal" + path, headers, body);
    }

    private String payPalToken() {
        return payPalToken("grant_type=client_credentials").at("/access_token").asText();
    }

    Reply payPalToken(String form) {
        var secret = Secrets.of("paypal");
        var pair = secret.path("clientId").asText() + ":" + secret.path("clientSecret").asText();
        var headers =
                Map.of(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(pair.getBytes(StandardCharsets.UTF_8)),
                        "Content-Type",
                        "application/x-www-form-urlencoded");
        return send("POST", "/paypal/v1/oauth2/token", headers, form);
    }

    Reply slack(String method, String body) {
        var headers =
                Map.of(
                        "Authorization",
                        "Bearer " + Secrets.of("slack").path("botToken").asText(),
                        "Content-Type",
                        "application/json; charset=utf-8");
        return send("POST", "/slack/api/" + method, headers, body);
    }

    Reply slackGet(String methodAndQuery) {
        var headers =
                Map.of("Authorization", "Bearer " + Secrets.of("slack").path("botToken").asText());
        return send("GET", "/slack/api/" + methodAndQuery, headers, "");
    }

    Reply sendGrid(String method, String path, String body) {
        var headers =
                Map.of(
                        "Authorization",
                        "Bearer " + Secrets.of("sendgrid").path("apiKey").asText(),
                        "Content-Type",
                        "application/json");
        return send(method, "/sendgrid" + path, headers, body);
    }

    Reply graphql(String query, JsonNode variables) {
        if (shopifyToken.isEmpty()) shopifyToken = newShopifyToken();
        var headers =
                Map.of("X-Shopify-Access-Token", shopifyToken, "Content-Type", "application/json");
        return send(
                "POST",
                "/shopify/admin/api/2026-10/graphql.json",
                headers,
                Json.of("query", query, "variables", variables).toString());
    }

    String newShopifyToken() {
        var secret = Secrets.of("shopify");
        var form =
                "grant_type=client_credentials&client_id=%s&client_secret=%s"
                        .formatted(
                                secret.path("clientId").asText(),
                                secret.path("clientSecret").asText());
        var headers = Map.of("Content-Type", "application/x-www-form-urlencoded");
        return send("POST", "/shopify/admin/oauth/access_token", headers, form)
                .at("/access_token")
                .asText();
    }

    /** The global id of an order. */
    static String gid(String number) {
        return ShopifyBook.gid("Order", ShopifyOrder.id(number));
    }

    static String newKey() {
        return UUID.randomUUID().toString();
    }
}
