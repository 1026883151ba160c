package shop.unwind.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.stripe.StripeClient;
import com.stripe.exception.ApiException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.net.RequestOptions;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

class StripeTest {
    private static final String PAYMENT = "pi_shopify1001_1";

    private final List<ObjectNode> events = new CopyOnWriteArrayList<>();
    private final Sandbox sandbox =
            Sandbox.start(0, SandboxOptions.defaults().withLimits(false).withEvents(events::add));
    private final TestingClient client = new TestingClient(sandbox);
    private final StripeClient stripe =
            StripeClient.builder()
                    .setApiKey(Secrets.of("stripe").path("apiKey").asText())
                    .setApiBase(sandbox.uri("stripe").toString())
                    .build();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void refund_shouldMoveMoneyOnce_whenTheLibraryRepeatsItsKey() throws Exception {
        client.order("1001", "stripe", "");
        var wish =
                RefundCreateParams.builder()
                        .setPaymentIntent(PAYMENT)
                        .setAmount(1000L)
                        .setReason(RefundCreateParams.Reason.REQUESTED_BY_CUSTOMER)
                        .putMetadata("case", "shopify-1001-1")
                        .build();
        var key = RequestOptions.builder().setIdempotencyKey("case-1").build();

        var first = stripe.v1().refunds().create(wish, key);
        var second = stripe.v1().refunds().create(wish, key);

        assertThat(second.getId()).isEqualTo(first.getId());
        assertThat(first.getStatus()).isEqualTo("succeeded");
        assertThat(first.getMetadata()).containsEntry("case", "shopify-1001-1");
        assertThat(client.book(PAYMENT).path("refunded").asLong()).isEqualTo(1000);
        assertThat(client.book(PAYMENT).path("refunds").asInt()).isEqualTo(1);
    }

    @Test
    void paymentIntent_shouldShowItsCharge_whenExpanded() throws Exception {
        client.order("1001", "stripe", "");

        var expand = PaymentIntentRetrieveParams.builder().addExpand("latest_charge").build();
        var intent = stripe.v1().paymentIntents().retrieve(PAYMENT, expand);

        assertThat(intent.getStatus()).isEqualTo("succeeded");
        assertThat(intent.getMetadata()).containsEntry("order_number", "1001");
        assertThat(intent.getLatestChargeObject().getAmountCaptured()).isEqualTo(4660);
    }

    @Test
    void refund_shouldBeRefused_whenMoreThanIsLeft() {
        client.order("1001", "stripe", "");
        client.stripe("POST", "/v1/refunds", "payment_intent=" + PAYMENT + "&amount=4000");

        var tooMuch =
                client.stripe("POST", "/v1/refunds", "payment_intent=" + PAYMENT + "&amount=661");
        client.stripe("POST", "/v1/refunds", "payment_intent=" + PAYMENT);
        var nothingLeft = client.stripe("POST", "/v1/refunds", "payment_intent=" + PAYMENT);

        assertThat(tooMuch.status()).isEqualTo(400);
        assertThat(tooMuch.at("/error/message").asText())
                .isEqualTo(
                        "Refund amount ($6.61) is greater than unrefunded amount on charge"
                                + " ($6.60)");
        assertThat(nothingLeft.at("/error/code").asText()).isEqualTo("charge_already_refunded");
        assertThat(client.book(PAYMENT).path("refunded").asLong()).isEqualTo(4660);
    }

    @Test
    void key_shouldReplayTheError_whenTheStateHasChangedSince() {
        client.order("1001", "stripe", ",\"dispute\":\"chargeback\"");
        var form = "payment_intent=" + PAYMENT;

        var first = client.stripe("POST", "/v1/refunds", form, "Idempotency-Key", "k1");
        client.act("/stripe/_act/" + PAYMENT + "/close-dispute", "{\"status\":\"won\"}");
        var replayed = client.stripe("POST", "/v1/refunds", form, "Idempotency-Key", "k1");
        var again = client.stripe("POST", "/v1/refunds", form, "Idempotency-Key", "k2");

        assertThat(first.at("/error/code").asText()).isEqualTo("charge_disputed");
        assertThat(replayed.text()).isEqualTo(first.text());
        assertThat(replayed.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.at("/status").asText()).isEqualTo("succeeded");
    }

    @Test
    void key_shouldBeRefused_whenItComesWithOtherParameters() throws Exception {
        client.order("1001", "stripe", "");
        var key = RequestOptions.builder().setIdempotencyKey("case-1").build();
        var wish = RefundCreateParams.builder().setPaymentIntent(PAYMENT);
        stripe.v1().refunds().create(wish.setAmount(100L).build(), key);

        assertThatThrownBy(() -> stripe.v1().refunds().create(wish.setAmount(200L).build(), key))
                .isInstanceOf(IdempotencyException.class)
                .hasMessageContaining("same parameters");
    }

    @Test
    void key_shouldBeFree_whenTheCallWasWrongInItself() {
        client.order("1001", "stripe", "");
        var wrong = "payment_intent=" + PAYMENT + "&amount=ten";

        var first = client.stripe("POST", "/v1/refunds", wrong, "Idempotency-Key", "k1");
        var second =
                client.stripe(
                        "POST",
                        "/v1/refunds",
                        "payment_intent=" + PAYMENT,
                        "Idempotency-Key",
                        "k1");

        assertThat(first.at("/error/param").asText()).isEqualTo("amount");
        assertThat(second.status()).isEqualTo(200);
    }

    @Test
    void key_shouldBeInUse_whileTheFirstCallIsUnderWay() throws Exception {
        client.order("1001", "stripe", "");
        client.control("PUT", "/_delay", "{\"millis\":300}");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first =
                    threads.submit(
                            () ->
                                    client.stripe(
                                            "POST",
                                            "/v1/refunds",
                                            "payment_intent=" + PAYMENT,
                                            "Idempotency-Key",
                                            "k1"));
            Thread.sleep(100);
            var second =
                    client.stripe(
                            "POST",
                            "/v1/refunds",
                            "payment_intent=" + PAYMENT,
                            "Idempotency-Key",
                            "k1");

            assertThat(second.status()).isEqualTo(409);
            assertThat(second.at("/error/code").asText()).isEqualTo("idempotency_key_in_use");
            assertThat(first.get().status()).isEqualTo(200);
        }
        assertThat(client.book(PAYMENT).path("refunds").asInt()).isEqualTo(1);
    }

    @Test
    void library_shouldThrowItsOwnExceptions_whenCallsAreRefused() {
        client.order("1001", "stripe", ",\"dispute\":\"chargeback\"");
        var stranger =
                StripeClient.builder()
                        .setApiKey("sk_test_other")
                        .setApiBase(sandbox.uri("stripe").toString())
                        .build();
        var wish = RefundCreateParams.builder().setPaymentIntent(PAYMENT).build();

        assertThatThrownBy(() -> stripe.v1().refunds().create(wish))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo("charge_disputed"));
        assertThatThrownBy(() -> stranger.v1().refunds().create(wish))
                .isInstanceOf(AuthenticationException.class);
        assertThatThrownBy(() -> stripe.v1().paymentIntents().retrieve("pi_none"))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        missing -> assertThat(missing.getCode()).isEqualTo("resource_missing"));
        client.fault("stripe", "payment_intents.retrieve", "error500", "");
        assertThatThrownBy(() -> stripe.v1().paymentIntents().retrieve(PAYMENT))
                .isInstanceOf(ApiException.class);
    }

    @Test
    void call_shouldBeRefused_whenItsFormIsNotStripes() {
        client.order("1001", "stripe", "");

        var unknownField =
                client.stripe("POST", "/v1/refunds", "payment_intent=" + PAYMENT + "&sum=1");
        var json = client.stripe("POST", "/v1/refunds", "{}", "Content-Type", "application/json");
        var noVersion = client.stripe("GET", "/v1/charges/ch_1", "", "Stripe-Version", " ");
        var noPath = client.stripe("GET", "/v1/payments", "");
        var both = client.stripe("POST", "/v1/refunds", "payment_intent=a&charge=b");
        var reason =
                client.stripe("POST", "/v1/refunds", "payment_intent=" + PAYMENT + "&reason=no");

        assertThat(unknownField.at("/error/code").asText()).isEqualTo("parameter_unknown");
        assertThat(json.status()).isEqualTo(400);
        assertThat(noVersion.status()).isEqualTo(400);
        assertThat(noPath.status()).isEqualTo(404);
        assertThat(both.status()).isEqualTo(400);
        assertThat(reason.at("/error/param").asText()).isEqualTo("reason");
        assertThat(client.book(PAYMENT).path("refunds").asInt()).isZero();
    }

    @Test
    void cancel_shouldReleaseTheMoney_whenItWasNotCaptured() {
        client.order("1001", "stripe", ",\"captured\":false");
        var form = "cancellation_reason=requested_by_customer";

        var canceled = client.stripe("POST", "/v1/payment_intents/" + PAYMENT + "/cancel", form);
        var again = client.stripe("POST", "/v1/payment_intents/" + PAYMENT + "/cancel", form);

        assertThat(canceled.at("/status").asText()).isEqualTo("canceled");
        assertThat(canceled.at("/amount_capturable").asLong()).isZero();
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.at("/error/code").asText()).isEqualTo("payment_intent_unexpected_state");
        assertThat(again.at("/error/payment_intent/status").asText()).isEqualTo("canceled");
    }

    @Test
    void refund_shouldStayPending_untilTheBankSettlesIt() {
        client.order("1001", "stripe", ",\"refundMode\":\"pending\"");

        var refund = client.stripe("POST", "/v1/refunds", "payment_intent=" + PAYMENT);
        var pending = client.book(PAYMENT);
        client.act("/stripe/_act/" + PAYMENT + "/settle-refund", "");

        assertThat(refund.at("/status").asText()).isEqualTo("pending");
        assertThat(refund.at("/pending_reason").asText()).isEqualTo("processing");
        assertThat(pending.path("refunded").asLong()).isZero();
        assertThat(pending.path("pending").asLong()).isEqualTo(4660);
        assertThat(client.book(PAYMENT).path("refunded").asLong()).isEqualTo(4660);
    }

    @Test
    void refund_shouldFailLater_whenThePaymentIsSoMade() throws Exception {
        client.order("1001", "stripe", ",\"refundMode\":\"fails-later\"");

        var refund = client.stripe("POST", "/v1/refunds", "payment_intent=" + PAYMENT);
        await(() -> types().contains("refund.failed"));

        assertThat(refund.at("/status").asText()).isEqualTo("succeeded");
        var now = client.stripe("GET", "/v1/refunds/" + refund.at("/id").asText(), "");
        assertThat(now.at("/failure_reason").asText()).isEqualTo("expired_or_canceled_card");
        assertThat(client.book(PAYMENT).path("refunded").asLong()).isZero();
    }

    @Test
    void refund_shouldWaitForMoney_whenTheBalanceIsShort() {
        client.order("1001", "stripe", "");
        client.act("/stripe/_act/balance/pay-out", "{\"currency\":\"usd\",\"amount\":4000}");

        var refund = client.stripe("POST", "/v1/refunds", "payment_intent=" + PAYMENT);

        assertThat(refund.at("/pending_reason").asText()).isEqualTo("insufficient_funds");
    }

    @Test
    void inquiry_shouldBeSettled_whenRefundedInFull() {
        client.order("1001", "stripe", "");
        client.act("/stripe/_act/" + PAYMENT + "/inquiry", "");

        client.stripe("POST", "/v1/refunds", "payment_intent=" + PAYMENT + "&amount=4660");
        var disputes = client.stripe("GET", "/v1/disputes?payment_intent=" + PAYMENT, "");

        assertThat(disputes.at("/data/0/status").asText()).isEqualTo("warning_closed");
        assertThat(types())
                .containsExactly(
                        "charge.dispute.created",
                        "refund.created",
                        "charge.refunded",
                        "charge.dispute.closed");
    }

    @Test
    void events_shouldStandInEventBridgesEnvelope_withTheKeyOfTheCall() {
        client.order("1001", "stripe", "");

        client.stripe(
                "POST", "/v1/refunds", "payment_intent=" + PAYMENT, "Idempotency-Key", "case-1");

        var event = events.getFirst();
        assertThat(event.path("source").asText())
                .isEqualTo("aws.partner/stripe.com/ed_test_unwind");
        assertThat(event.path("detail-type").asText()).isEqualTo("refund.created");
        assertThat(event.at("/detail/request/idempotency_key").asText()).isEqualTo("case-1");
        var kept = client.stripe("GET", "/v1/events/" + event.at("/detail/id").asText(), "");
        assertThat(kept.text()).isEqualTo(event.path("detail").toString());
    }

    @Test
    void library_shouldReadEvents_whenTheyComeFromTheSandbox() throws Exception {
        client.order("1001", "stripe", "");
        client.act("/stripe/_act/" + PAYMENT + "/dispute", "");

        var event = stripe.constructEventWithoutVerification(events.getFirst().toString());

        assertThat(event.getType()).isEqualTo("charge.dispute.created");
        assertThat(event.getDataObjectDeserializer().getObject())
                .containsInstanceOf(com.stripe.model.Dispute.class);
    }

    @Test
    void fraudWarning_shouldNoLongerBeActionable_whenRefunded() {
        client.order("1001", "stripe", ",\"fraudWarning\":true");
        var path = "/v1/radar/early_fraud_warnings?payment_intent=" + PAYMENT;

        var before = client.stripe("GET", path, "");
        client.stripe("POST", "/v1/refunds", "payment_intent=" + PAYMENT);
        var after = client.stripe("GET", path, "");

        assertThat(before.at("/data/0/actionable").asBoolean()).isTrue();
        assertThat(after.at("/data/0/actionable").asBoolean()).isFalse();
    }

    @Test
    void dispute_shouldBeLost_whenItIsClosed() {
        client.order("1001", "stripe", ",\"dispute\":\"chargeback\"");

        var closed = client.stripe("POST", "/v1/disputes/dp_shopify1001_1_1/close", "");
        var again = client.stripe("POST", "/v1/disputes/dp_shopify1001_1_1/close", "");

        assertThat(closed.at("/status").asText()).isEqualTo("lost");
        assertThat(again.status()).isEqualTo(400);
    }

    @Test
    void session_shouldExpire_onlyWhileItIsOpen() {
        client.order("1001", "stripe", "");
        client.order("1002", "stripe", "");
        client.act("/stripe/_act/pi_shopify1002_1/open-session", "");

        var complete =
                client.stripe("POST", "/v1/checkout/sessions/cs_test_shopify1001_1/expire", "");
        var direct = client.stripe("POST", "/v1/payment_intents/pi_shopify1002_1/cancel", "");
        var open = client.stripe("POST", "/v1/checkout/sessions/cs_test_shopify1002_1/expire", "");

        assertThat(complete.status()).isEqualTo(400);
        assertThat(direct.status()).isEqualTo(400);
        assertThat(open.at("/status").asText()).isEqualTo("expired");
    }

    @Test
    void list_shouldComeInPages_newestFirst() throws Exception {
        client.order("1001", "stripe", "");
        for (var at = 0; at < 3; at++)
            client.stripe("POST", "/v1/refunds", "payment_intent=" + PAYMENT + "&amount=100");

        var params = RefundListParams.builder().setPaymentIntent(PAYMENT).setLimit(2L).build();
        var page = stripe.v1().refunds().list(params);
        var all = page.autoPagingIterable();

        assertThat(page.getHasMore()).isTrue();
        assertThat(page.getData().getFirst().getId()).isEqualTo("re_shopify1001_1_3");
        assertThat(all).hasSize(3);
    }

    @Test
    void calls_shouldBeThrottled_whenMoreThanTheAccountMay() {
        try (var sandbox = TestingClient.sandboxOfStoppedClock()) {
            var client = new TestingClient(sandbox);
            client.order("1001", "stripe", "");

            var statuses =
                    IntStream.range(0, 60)
                            .mapToObj(
                                    _ -> client.stripe("GET", "/v1/payment_intents/" + PAYMENT, ""))
                            .map(TestingClient.Reply::status)
                            .toList();

            assertThat(statuses).contains(200, 429);
        }
    }

    private List<String> types() {
        return events.stream().map(event -> event.path("detail-type").asText()).toList();
    }

    static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        for (var deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
                !condition.getAsBoolean(); ) {
            if (System.nanoTime() > deadline) throw new AssertionError("nothing came in 10 s");
            Thread.sleep(10);
        }
    }
}
