package shop.unwind.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.zip.CRC32;

class PayPalTest {
    private static final String CAPTURE = "C10000000SHOPIFY1";
    private static final String REFUND = "/v2/payments/captures/" + CAPTURE + "/refund";

    private final Sandbox sandbox = Sandbox.start(0, SandboxOptions.defaults());
    private final TestingClient client = new TestingClient(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void call_shouldBeRefused_whenItsTokenWasRevoked() {
        client.order("1", "paypal", "");
        var token = client.payPalToken("grant_type=client_credentials").at("/access_token");
        client.act("/paypal/_act/tokens/revoke", "");

        var reply =
                client.send(
                        "GET",
                        "/paypal/v2/payments/captures/" + CAPTURE,
                        Map.of("Authorization", "Bearer " + token.asText()),
                        "");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.at("/name").asText()).isEqualTo("AUTHENTICATION_FAILURE");
    }

    @Test
    void token_shouldBeRefused_whenTheClientIsWrong() {
        var reply =
                client.send(
                        "POST",
                        "/paypal/v1/oauth2/token",
                        Map.of("Authorization", "Basic YTpi"),
                        "grant_type=client_credentials");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.at("/error").asText()).isEqualTo("invalid_client");
    }

    @Test
    void repeat_shouldAnswerHowTheFirstRefundStandsNow() {
        client.order("1", "paypal", ",\"refundMode\":\"pending\"");

        var first = refund("{}", "PayPal-Request-Id", "one");
        client.act("/paypal/_act/" + CAPTURE + "/settle-refund", "");
        var again = refund("{}", "PayPal-Request-Id", "one");

        assertThat(first.at("/status").asText()).isEqualTo("PENDING");
        assertThat(again.at("/status").asText()).isEqualTo("COMPLETED");
        assertThat(again.at("/id")).isEqualTo(first.at("/id"));
        assertThat(client.book("1").path("refunds").asInt()).isEqualTo(1);
    }

    @Test
    void repeat_shouldBeANewRefund_whenItHasNoKey() {
        client.order("1", "paypal", "");

        refund(part("10.00"));
        refund(part("10.00"));

        assertThat(client.book("1").path("refunded").asLong()).isEqualTo(2000);
    }

    @ParameterizedTest
    @CsvSource({
        "100.00, USD, '', REFUND_AMOUNT_EXCEEDED",
        "10.005, USD, '', DECIMAL_PRECISION",
        "0.00, USD, '', CANNOT_BE_ZERO_OR_NEGATIVE",
        "10.00, EUR, '', CURRENCY_MISMATCH",
        "10.00, USD, inquiry, TRANSACTION_DISPUTED",
        "10.00, USD, claim, TRANSACTION_DISPUTED",
        "46.60, USD, chargeback, REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK"
    })
    void refund_shouldBeRefused_inPayPalsWords(
            String value, String currency, String dispute, String issue) {
        client.order("1", "paypal", dispute.isEmpty() ? "" : ",\"dispute\":\"" + dispute + "\"");

        var reply = refund(part(value).replace("USD", currency));

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.at("/details/0/issue").asText()).isEqualTo(issue);
        assertThat(client.book("1").path("refunds").asInt()).isZero();
    }

    @Test
    void refund_shouldBeRefused_whenAllWasGivenBack() {
        client.order("1", "paypal", "");
        refund("{}");

        assertThat(refund("{}").at("/details/0/issue").asText())
                .isEqualTo("CAPTURE_FULLY_REFUNDED");
        assertThat(capture().at("/status").asText()).isEqualTo("REFUNDED");
    }

    @Test
    void refund_shouldSettleAnInquiry_whenItIsWhole() {
        client.order("1", "paypal", ",\"dispute\":\"inquiry\"");

        refund("{}");

        var dispute = client.payPal("GET", "/v1/customer/disputes/PP-R-SHOPIFY1-1", "");
        assertThat(dispute.at("/status").asText()).isEqualTo("RESOLVED");
    }

    @Test
    void refund_shouldComeBack_whenTheWorldSaysSo() throws InterruptedException {
        client.order("1", "paypal", ",\"refundMode\":\"fails-later\"");

        var refund = refund("{}");

        assertThat(refund.at("/status").asText()).isEqualTo("PENDING");
        var until = Instant.now().plusSeconds(10);
        while (client.book("1").path("refunds").asInt() > 0 && Instant.now().isBefore(until))
            Thread.sleep(50);
        assertThat(client.book("1").path("refunds").asInt()).isZero();
    }

    @Test
    void hold_shouldBeVoidedOnce_andNotWhenItWasCaptured() {
        client.order("1", "paypal", ",\"captured\":false");
        client.order("2", "paypal", ",\"captured\":false");
        client.act("/paypal/_act/A10000000SHOPIFY2/capture", "");

        assertThat(release("1").at("/status").asText()).isEqualTo("VOIDED");
        assertThat(release("1").at("/details/0/issue").asText()).isEqualTo("PREVIOUSLY_VOIDED");
        assertThat(release("2").at("/details/0/issue").asText()).isEqualTo("PREVIOUSLY_CAPTURED");
        assertThat(client.book("A10000000SHOPIFY2").path("captured").asLong()).isEqualTo(4660);
    }

    @Test
    void answer_shouldBeShort_whenNobodyPrefersMore() {
        client.order("1", "paypal", "");

        var reply = refund("{}", "Prefer", "return=minimal");

        assertThat(reply.json().has("amount")).isFalse();
        assertThat(reply.at("/id").asText()).isEqualTo("R10100000SHOPIFY1");
    }

    @Test
    void webhook_shouldBeSignedWithTheCertificateThatItNames() throws Exception {
        try (var receiver = new TestingReceiver();
                var telling =
                        Sandbox.start(0, SandboxOptions.defaults().withWebhooks(receiver.uri()))) {
            var teller = new TestingClient(telling);
            teller.order("1", "paypal", "");
            teller.act("/paypal/_act/" + CAPTURE + "/claim", "");

            var got = first(receiver);
            var url = got.header("paypal-cert-url");
            var path = url.substring(url.indexOf("/paypal"));
            var chain = teller.send("GET", path, Map.of(), "").text();

            var crc = new CRC32();
            crc.update(got.body().getBytes(StandardCharsets.UTF_8));
            var message =
                    String.join(
                            "|",
                            got.header("paypal-transmission-id"),
                            got.header("paypal-transmission-time"),
                            "8PT597110X687430L",
                            Long.toString(crc.getValue()));
            var check = Signature.getInstance("SHA256withRSA");
            check.initVerify(
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(
                                            chain.getBytes(StandardCharsets.UTF_8))));
            check.update(message.getBytes(StandardCharsets.UTF_8));
            assertThat(got.body()).contains("CUSTOMER.DISPUTE.CREATED");
            assertThat(
                            check.verify(
                                    Base64.getDecoder()
                                            .decode(got.header("paypal-transmission-sig"))))
                    .isTrue();
        }
    }

    private static TestingReceiver.Request first(TestingReceiver receiver) throws Exception {
        var until = Instant.now().plusSeconds(10);
        while (receiver.requests().isEmpty() && Instant.now().isBefore(until)) Thread.sleep(20);
        return receiver.requests().getFirst();
    }

    private TestingClient.Reply refund(String body, String... headers) {
        return client.payPal("POST", REFUND, body, headers);
    }

    private TestingClient.Reply release(String number) {
        return client.payPal(
                "POST", "/v2/payments/authorizations/A10000000SHOPIFY" + number + "/void", "");
    }

    private TestingClient.Reply capture() {
        return client.payPal("GET", "/v2/payments/captures/" + CAPTURE, "");
    }

    private static String part(String value) {
        return "{\"amount\":{\"currency_code\":\"USD\",\"value\":\"" + value + "\"}}";
    }
}
