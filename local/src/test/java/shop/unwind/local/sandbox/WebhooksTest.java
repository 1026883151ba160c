package shop.unwind.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.net.Webhook;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

class WebhooksTest {
    private final TestingReceiver receiver = new TestingReceiver();
    private final SandboxOptions options =
            SandboxOptions.defaults()
                    .withLimits(false)
                    .withWebhooks(receiver.uri())
                    .withWebhookRetry(Duration.ofMillis(20));

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void stripe_shouldSignWhatItsLibraryAccepts() throws Exception {
        try (var sandbox = Sandbox.start(0, options)) {
            var client = new TestingClient(sandbox);
            client.order("1001", "stripe", "");

            client.act("/stripe/_act/pi_shopify1001_1/fraud-warning", "");
            StripeTest.await(() -> !receiver.requests().isEmpty());

            var request = receiver.requests().getFirst();
            var event =
                    Webhook.constructEvent(
                            request.body(),
                            request.header("stripe-signature"),
                            Secrets.of("stripe").path("webhookSecret").asText());
            assertThat(request.path()).isEqualTo("/webhooks/stripe");
            assertThat(event.getType()).isEqualTo("radar.early_fraud_warning.created");
        }
    }

    @Test
    void shopify_shouldTellOfACancellation_signedAndWithItsHeaders() throws Exception {
        try (var sandbox = Sandbox.start(0, options)) {
            var client = new TestingClient(sandbox);
            client.order("1001", "shopify_payments", "");

            client.act("/shopify/_act/1001/cancel", "{\"refund\":true}");
            StripeTest.await(() -> receiver.requests().size() == 3);

            assertThat(topics())
                    .containsExactlyInAnyOrder(
                            "refunds/create", "orders/cancelled", "orders/updated");
            var cancelled = request("orders/cancelled");
            assertThat(cancelled.header("x-shopify-hmac-sha256"))
                    .isEqualTo(
                            Signature.base64(
                                    Secrets.of("shopify").path("clientSecret").asText(),
                                    cancelled.body()));
            assertThat(cancelled.header("x-shopify-api-version")).isEqualTo("2026-10");
            var body = Json.parse(cancelled.body()).orElseThrow();
            assertThat(body.path("name").asText()).isEqualTo("#1001");
            assertThat(body.path("total_price").asText()).isEqualTo("46.60");
            assertThat(body.path("financial_status").asText()).isEqualTo("refunded");
            var refund = Json.parse(request("refunds/create").body()).orElseThrow();
            assertThat(refund.at("/refund_line_items/0/subtotal").isNumber()).isTrue();
            assertThat(refund.at("/transactions/0/amount").asText()).isEqualTo("46.60");
        }
    }

    @Test
    void wooCommerce_shouldTellOnceOfAChange_signedOverTheRawBody() throws Exception {
        receiver.refuse(1);
        try (var sandbox = Sandbox.start(0, options)) {
            var shop = new TestingShop(sandbox);
            shop.sells("2001", "woocommerce_payments", "");

            shop.act("2001/cancel", "{}");
            StripeTest.await(() -> receiver.requests().size() == 1);
            shop.act("2001/refund", "{\"amount\":4660,\"note\":\"é / by hand\"}");
            StripeTest.await(() -> receiver.requests().size() == 2);

            var told = receiver.requests().getLast();
            assertThat(told.header("x-wc-webhook-topic")).isEqualTo("order.updated");
            assertThat(told.header("x-wc-webhook-signature"))
                    .isEqualTo(
                            Signature.base64(
                                    Secrets.of("woocommerce").path("webhookSecret").asText(),
                                    told.body()));
            assertThat(told.body()).contains("\\u00e9 \\/ by hand");
            var order = Json.parse(told.body()).orElseThrow();
            assertThat(order.path("status").asText()).isEqualTo("refunded");
            assertThat(order.at("/refunds/0/total").asText()).isEqualTo("-46.60");
        }
    }

    @Test
    void delivery_shouldBeRepeatedUnderTheSameId_untilItIsAccepted() throws Exception {
        receiver.refuse(2);
        try (var sandbox = Sandbox.start(0, options)) {
            var client = new TestingClient(sandbox);
            client.order("1001", "shopify_payments", "");

            client.act("/shopify/_act/1001/dispute", "");
            StripeTest.await(() -> client.state("shopify").path("deliveries").isEmpty());

            assertThat(receiver.requests()).hasSize(3);
            assertThat(
                            receiver.requests().stream()
                                    .map(each -> each.header("x-shopify-webhook-id")))
                    .containsOnly(receiver.requests().getFirst().header("x-shopify-webhook-id"));
            assertThat(client.control("GET", "/_stats", "").at("/webhooks/shopify/refused").asInt())
                    .isEqualTo(2);
        }
    }

    @Test
    void delivery_shouldGoOn_whenTheSandboxStartsAgain(@TempDir Path folder) throws Exception {
        var nowhere = URI.create("http://127.0.0.1:9");
        var lost = options.withFolder(folder).withWebhookRetry(Duration.ofHours(1));
        try (var sandbox = Sandbox.start(0, lost.withWebhooks(receiver.uri()))) {
            receiver.refuse(1);
            var client = new TestingClient(sandbox);
            client.order("1001", "shopify_payments", "");
            client.act("/shopify/_act/1001/dispute", "");
            StripeTest.await(() -> receiver.requests().size() == 1);
        }
        try (var again = Sandbox.start(0, lost.withWebhooks(nowhere))) {
            StripeTest.await(() -> receiver.requests().size() == 2);

            assertThat(topics()).containsExactly("disputes/create", "disputes/create");
            assertThat(again.port()).isPositive();
        }
    }

    @Test
    void subscription_shouldGetItsTopic_whenMadeByTheApi() throws Exception {
        try (var sandbox = Sandbox.start(0, options)) {
            var client = new TestingClient(sandbox);
            client.order("1001", "shopify_payments", "");
            client.graphql(
                    """
                    mutation($topic: WebhookSubscriptionTopic!, $to: WebhookSubscriptionInput!) {
                      webhookSubscriptionCreate(topic: $topic, webhookSubscription: $to) {
                        webhookSubscription { id topic uri } userErrors { message } } }\
                    """,
                    Json.of(
                            "topic",
                            "DISPUTES_CREATE",
                            "to",
                            Json.of("uri", receiver.uri() + "/own")));

            client.act("/shopify/_act/1001/inquiry", "");
            StripeTest.await(() -> receiver.requests().size() == 2);

            assertThat(receiver.requests().stream().map(TestingReceiver.Request::path))
                    .containsExactlyInAnyOrder("/webhooks/shopify", "/own");
            client.act("/shopify/_act/1001/close-dispute", "{\"status\":\"lost\"}");
            StripeTest.await(() -> receiver.requests().size() == 3);
            assertThat(Json.parse(request("disputes/update").body()).orElseThrow().path("status"))
                    .hasToString("\"lost\"");
        }
    }

    private List<String> topics() {
        return receiver.requests().stream().map(each -> each.header("x-shopify-topic")).toList();
    }

    private TestingReceiver.Request request(String topic) {
        return receiver.requests().stream()
                .filter(each -> each.header("x-shopify-topic").equals(topic))
                .findFirst()
                .orElseThrow();
    }
}
