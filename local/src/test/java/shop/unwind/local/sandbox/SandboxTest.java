package shop.unwind.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

class SandboxTest {
    private static final String PAYMENT = "pi_shopify1001_1";
    private static final String REFUND = "payment_intent=" + PAYMENT;
    private static final SandboxOptions OPTIONS = SandboxOptions.defaults().withLimits(false);

    private final Sandbox sandbox = Sandbox.start(0, OPTIONS);
    private final TestingClient client = new TestingClient(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({"error500,500", "throttle,429", "success-error-body,200"})
    void fault_shouldStopTheEffect_whenItComesBefore(String kind, int status) {
        client.order("1001", "stripe", "");
        client.fault("stripe", "refunds.create", kind, "");

        var spoilt = client.stripe("POST", "/v1/refunds", REFUND, "Idempotency-Key", "k");
        var refunds = client.book(PAYMENT).path("refunds").asInt();
        var next = client.stripe("POST", "/v1/refunds", REFUND, "Idempotency-Key", "k");

        assertThat(spoilt.status()).isEqualTo(status);
        assertThat(spoilt.at("/error/message").asText()).isNotEmpty();
        assertThat(refunds).isZero();
        assertThat(next.at("/status").asText()).isEqualTo("succeeded");
    }

    @ParameterizedTest
    @CsvSource({"reset-before,0", "reset-after,1"})
    void connection_shouldCloseWithoutAnswer_whenReset(String kind, int refunds) {
        client.order("1001", "stripe", "");
        client.fault("stripe", "refunds.create", kind, "");

        assertThatThrownBy(() -> client.stripe("POST", "/v1/refunds", REFUND))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(client.book(PAYMENT).path("refunds").asInt()).isEqualTo(refunds);
    }

    @Test
    void answer_shouldComeLate_whenTheFaultSaysSo() {
        client.order("1001", "stripe", "");
        for (var kind : List.of("timeout-after", "slow")) {
            client.fault("stripe", "*", kind, ",\"seconds\":1");
            var start = System.nanoTime();

            var reply = client.stripe("POST", "/v1/refunds", REFUND + "&amount=10");

            assertThat(System.nanoTime() - start).isGreaterThan(1_000_000_000L);
            assertThat(reply.status()).isEqualTo(200);
        }
        assertThat(client.book(PAYMENT).path("refunded").asLong()).isEqualTo(20);
    }

    @Test
    void answer_shouldBeUnreadable_orInUnknownWords_afterTheEffect() {
        client.order("1001", "stripe", "");
        client.fault("stripe", "refunds.create", "malformed", "");
        var torn = client.stripe("POST", "/v1/refunds", REFUND + "&amount=10");
        client.fault("stripe", "refunds.create", "unknown-status", "");
        var strange = client.stripe("POST", "/v1/refunds", REFUND + "&amount=10");

        assertThat(Json.parse(torn.text())).isEmpty();
        assertThat(strange.at("/status").asText()).isEqualTo("SUPERSEDED_X");
        assertThat(client.book(PAYMENT).path("refunded").asLong()).isEqualTo(20);
    }

    @Test
    void read_shouldBeStale_whenTheFaultSaysSo() {
        client.order("1001", "stripe", "");
        var refund = client.stripe("POST", "/v1/refunds", REFUND).at("/id").asText();
        client.fault("stripe", "*", "stale-read", ",\"times\":2");

        var charge = client.stripe("GET", "/v1/charges/ch_shopify1001_1", "");
        var noRefund = client.stripe("GET", "/v1/refunds/" + refund, "");
        var fresh = client.stripe("GET", "/v1/charges/ch_shopify1001_1", "");

        assertThat(charge.at("/amount_refunded").asLong()).isZero();
        assertThat(noRefund.status()).isEqualTo(404);
        assertThat(fresh.at("/amount_refunded").asLong()).isEqualTo(4660);
    }

    @Test
    void write_shouldBeTheSandboxsOwnError_whenItIsToReadThePast() {
        client.order("1001", "stripe", "");
        client.fault("stripe", "refunds.create", "stale-read", ",\"after\":1");
        client.stripe("POST", "/v1/refunds", REFUND + "&amount=10");

        var reply = client.stripe("POST", "/v1/refunds", REFUND + "&amount=10");

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.at("/error").asText()).contains("a stale read must not write");
    }

    @Test
    void fault_shouldSpareSomeCalls_andEnd() {
        client.order("1001", "stripe", "");
        client.fault("stripe", "payment_intents.retrieve", "error500", ",\"after\":1,\"times\":2");

        var statuses =
                java.util.stream.IntStream.range(0, 4)
                        .mapToObj(_ -> client.stripe("GET", "/v1/payment_intents/" + PAYMENT, ""))
                        .map(TestingClient.Reply::status)
                        .toList();
        var stats = client.control("GET", "/_stats", "");

        assertThat(statuses).containsExactly(200, 500, 500, 200);
        assertThat(stats.at("/faults/stripe/error500").asInt()).isEqualTo(2);
        assertThat(stats.at("/calls/stripe/payment_intents.retrieve").asInt()).isEqualTo(4);
    }

    @Test
    void everyPlatform_shouldBreakInItsOwnShape() {
        client.order("1001", "stripe", "");
        client.control(
                "PUT",
                "/_faults",
                "[{\"platform\":\"shopify\",\"operation\":\"shop\",\"kind\":\"success-error-body\"},"
                    + "{\"platform\":\"sendgrid\",\"kind\":\"error500\"},"
                    + "{\"platform\":\"slack\",\"kind\":\"throttle\"}]");

        var shopify = client.graphql("{ shop { name } }", Json.of());
        var sendgrid = client.sendGrid("POST", "/v3/mail/send", "{}");
        var slack = client.slack("auth.test", "{}");

        assertThat(shopify.status()).isEqualTo(200);
        assertThat(shopify.at("/errors/0/extensions/code").asText())
                .isEqualTo("INTERNAL_SERVER_ERROR");
        assertThat(sendgrid.at("/errors/0/message").asText()).isEqualTo("internal server error");
        assertThat(slack.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void control_shouldNameTheField_whenItCannotReadIt() {
        var world =
                client.control(
                        "PUT",
                        "/_world",
                        "[{\"storefront\":\"shopify\",\"number\":\"1\",\"email\":\"a\",\"name\":\"a\","
                            + "\"currency\":\"USD\",\"placedAt\":\"2026-11-20T10:00:00Z\","
                            + "\"lines\":[{\"sku\":\"A\",\"quantity\":\"2\",\"unitPrice\":1}]}]");
        var fault = client.control("PUT", "/_faults", "[{\"platform\":\"x\",\"kind\":\"boom\"}]");
        var act = client.act("/stripe/_act/pi_1/dance", "");
        var path = client.control("GET", "/_nothing", "");

        assertThat(world.at("/error").asText())
                .isEqualTo("orders[0].lines[0].quantity: expected a whole number of 0 or more");
        assertThat(fault.at("/error").asText()).startsWith("[0].kind: expected one of error500");
        assertThat(act.status()).isEqualTo(400);
        assertThat(path.status()).isEqualTo(404);
    }

    @Test
    void state_shouldSurvive_whenTheSandboxIsKilled(@TempDir Path folder) throws Exception {
        var options = OPTIONS.withFolder(folder);
        var killed = Sandbox.start(0, options);
        var before = new TestingClient(killed);
        before.order("1001", "stripe", "");
        before.order("1002", "shopify_payments", "");
        var first = before.stripe("POST", "/v1/refunds", REFUND, "Idempotency-Key", "k");
        var state = before.state("stripe");
        var orders = before.state("shopify");

        // The journal is written as it goes, so a second start reads what a kill would leave.
        try (var again = Sandbox.start(0, options)) {
            var after = new TestingClient(again);
            var replayed = after.stripe("POST", "/v1/refunds", REFUND, "Idempotency-Key", "k");

            assertThat(after.state("stripe").toString()).isEqualTo(state.toString());
            assertThat(after.state("shopify").toString()).isEqualTo(orders.toString());
            assertThat(replayed.text()).isEqualTo(first.text());
            assertThat(after.book(PAYMENT).path("refunds").asInt()).isEqualTo(1);
        } finally {
            killed.close();
        }
    }

    @Test
    void reset_shouldForgetEverything() {
        client.order("1001", "stripe", "");
        client.fault("stripe", "*", "error500", "");

        client.control("POST", "/_reset", "");

        assertThat(client.stripe("GET", "/v1/payment_intents/" + PAYMENT, "").status())
                .isEqualTo(404);
        assertThat(client.control("GET", "/_stats", "").at("/payments").size()).isZero();
    }

    @Test
    void world_shouldShowWhatHappenedBefore() {
        client.world(
                "1001",
                TestingClient.payment("gift_card", 1000, "")
                        + ","
                        + TestingClient.payment("stripe", 3660, ",\"dispute\":\"lost\""),
                ",\"refundedByHand\":1200,\"cancelled\":true");

        assertThat(client.book("pi_shopify1001_2").path("refunded").asLong()).isEqualTo(200);
        assertThat(client.book("1001").path("refunded").asLong()).isEqualTo(1000);
        assertThat(client.state("stripe").at("/disputes/dp_shopify1001_2_1/status").asText())
                .isEqualTo("lost");
    }

    @Test
    void calls_shouldTakeTheDelay_sideBySide() {
        client.order("1001", "stripe", "");
        client.control("PUT", "/_delay", "{\"millis\":200}");
        var start = System.nanoTime();

        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            for (var at = 0; at < 20; at++)
                threads.execute(() -> client.stripe("GET", "/v1/payment_intents/" + PAYMENT, ""));
        }

        assertThat((System.nanoTime() - start) / 1_000_000).isBetween(200L, 2000L);
    }
}
