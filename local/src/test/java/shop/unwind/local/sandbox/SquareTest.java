package shop.unwind.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;

final class SquareTest {
    private static final String PAYMENT = "PAYsquare1_1";
    private static final String CALL_OFF =
            "\"fulfillments\":[{\"uid\":\"all\",\"state\":\"CANCELED\"}]";

    private final Sandbox sandbox = Sandbox.start(0, SandboxOptions.defaults().withLimits(false));
    private final TestingSquare square = new TestingSquare(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Square-Version", "Authorization"})
    void call_shouldBeRefused_withoutVersionOrToken(String header) {
        square.sells("1", "", "");
        var headers = TestingSquare.headers();
        headers.remove(header);

        var reply = square.send("GET", "/v2/orders/1", headers, "");

        assertThat(reply.status()).isEqualTo(header.equals("Authorization") ? 401 : 400);
    }

    @Test
    void token_shouldBeIssuedForTheRefreshToken_untilItIsRevoked() {
        square.sells("1", "", "");
        var secret = Secrets.of("square");
        var body =
                Json.of(
                        "client_id", secret.path("clientId"),
                        "client_secret", secret.path("clientSecret"),
                        "grant_type", "refresh_token",
                        "refresh_token", secret.path("refreshToken"));
        var token = square.post("/oauth2/token", body.toString()).at("/access_token").asText();
        var headers = TestingSquare.headers();
        headers.put("Authorization", "Bearer " + token);
        assertThat(square.send("GET", "/v2/orders/1", headers, "").status()).isEqualTo(200);

        square.act("tokens/revoke", "");

        assertThat(square.send("GET", "/v2/orders/1", headers, "").status()).isEqualTo(401);
        assertThat(square.post("/oauth2/token", "{}").status()).isEqualTo(401);
    }

    @Test
    void paidOrder_shouldComplete_whenNothingIsToBeSentAnyMore() {
        square.sells("1", "", "");

        var order = square.update("1", "k1", 1, CALL_OFF).at("/order");

        assertThat(order.path("state").asText()).isEqualTo("COMPLETED");
        assertThat(order.has("cancelledAt")).isFalse();
        var moves = square.post("/v2/inventory/changes/batch-retrieve", "{}").at("/changes");
        assertThat(moves.at("/0/adjustment/to_state").asText()).isEqualTo("SOLD");
        assertThat(moves.at("/0/adjustment/transaction_id").asText()).isEqualTo("1");
        assertThat(code(square.update("1", "k2", 2, "\"state\":\"CANCELED\"")))
                .isEqualTo("BAD_REQUEST");
    }

    @Test
    void unpaidOrder_shouldBeCancelled_onlyAfterItsFulfilments() {
        square.sells("1", ",\"captured\":false", "");

        assertThat(square.update("1", "k1", 1, "\"state\":\"CANCELED\"").status()).isEqualTo(400);
        square.update("1", "k2", 1, CALL_OFF);
        var order = square.update("1", "k3", 2, "\"state\":\"CANCELED\"").at("/order");

        assertThat(order.path("state").asText()).isEqualTo("CANCELED");
        assertThat(square.state().path("adjustments").isEmpty()).isTrue();
    }

    @Test
    void openOrder_shouldNotBeCancelled_whileItHoldsMoney() {
        square.sells("1", "", "");
        square.act("1/ship", "");

        assertThat(square.update("1", "k", 2, "\"state\":\"CANCELED\"").status()).isEqualTo(400);
    }

    @Test
    void oldVersion_shouldBeRefused() {
        square.sells("1", "", "");
        square.update("1", "k1", 1, "\"metadata\":{\"a\":\"b\"}");

        var reply = square.update("1", "k2", 1, CALL_OFF);

        assertThat(reply.status()).isEqualTo(409);
        assertThat(code(reply)).isEqualTo("VERSION_MISMATCH");
    }

    @Test
    void misspeltField_shouldBePassedOver_withoutAWord() {
        square.sells("1", "", "");

        var reply = square.update("1", "k1", 1, CALL_OFF.replace("fulfillments", "fulfilments"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/order/fulfillments/0/state").asText()).isEqualTo("PROPOSED");
    }

    @Test
    void key_shouldRefundOnce_andBeRefusedUnderAnotherBody() {
        square.sells("1", "", "");

        var first = square.refund("k", PAYMENT, 1000);
        var again = square.refund("k", PAYMENT, 1000);
        var other = square.refund("k", PAYMENT, 999);

        assertThat(again.text()).isEqualTo(first.text());
        assertThat(code(other)).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(square.book(PAYMENT).path("refunded").asLong()).isEqualTo(1000);
    }

    @Test
    void key_shouldBeShort() {
        square.sells("1", "", "");

        assertThat(square.refund("k".repeat(46), PAYMENT, 1).status()).isEqualTo(400);
        assertThat(square.refund("k".repeat(45), PAYMENT, 1).status()).isEqualTo(200);
    }

    @Test
    void refund_shouldBeOnItsWay_untilItIsSettled() {
        square.sells("1", ",\"refundMode\":\"pending\"", "");

        var refund = square.refund("k", PAYMENT, 1000).at("/refund");
        assertThat(refund.path("status").asText()).isEqualTo("PENDING");
        assertThat(code(square.refund("k2", PAYMENT, 4000))).isEqualTo("REFUND_AMOUNT_INVALID");
        square.act(PAYMENT + "/settle-refund", "");

        var id = refund.path("id").asText();
        assertThat(square.get("/v2/refunds/" + id).at("/refund/status").asText())
                .isEqualTo("COMPLETED");
        assertThat(square.get("/v2/payments/" + PAYMENT).at("/payment/refund_ids/0").asText())
                .isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"captured\":false', REFUND_ERROR_PAYMENT_NEEDS_COMPLETION",
        "'\"refundMode\":\"refused\"', REFUND_DECLINED",
        "'\"dispute\":\"chargeback\"', PAYMENT_NOT_REFUNDABLE_DUE_TO_DISPUTE",
        "'\"dispute\":\"lost\"', PAYMENT_NOT_REFUNDABLE_DUE_TO_DISPUTE"
    })
    void refund_shouldBeRefused_asThePaymentStands(String payment, String code) {
        square.sells("1", "," + payment, "");

        assertThat(code(square.refund("k", PAYMENT, 100))).isEqualTo(code);
    }

    @Test
    void inquiry_shouldClose_whenAllIsRefunded() {
        square.sells("1", ",\"dispute\":\"inquiry\"", "");
        square.refund("k", PAYMENT, 4660);

        assertThat(square.get("/v2/disputes").at("/disputes/0/state").asText())
                .isEqualTo("INQUIRY_CLOSED");
    }

    @Test
    void hold_shouldBeCancelledOnce() {
        square.sells("1", ",\"captured\":false", "");
        var path = "/v2/payments/" + PAYMENT + "/cancel";

        assertThat(square.post(path, "").at("/payment/status").asText()).isEqualTo("CANCELED");
        assertThat(square.post(path, "").status()).isEqualTo(400);
    }

    @Test
    void stock_shouldComeBackOnce_underOneKey() {
        var now = Instant.now().toString();

        assertThat(square.restock("k", now, "2").at("/counts/0/quantity").asText())
                .isEqualTo("102");
        assertThat(square.restock("k", now, "2").status()).isEqualTo(200);

        assertThat(square.state().at("/inventory/ACR-500/restocked").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"2024-01-01T00:00:00Z, 2", "2124-01-01T00:00:00Z, 2", "yesterday, 2", "now, -2"})
    void stock_shouldBeRefused_whenTimeOrQuantityIsWrong(String at, String quantity) {
        var time = at.equals("now") ? Instant.now().toString() : at;

        assertThat(square.restock("k", time, quantity).status()).isEqualTo(400);
    }

    @Test
    void disputes_shouldComeInPages() {
        square.sells("1", "", "");
        for (var at = 0; at < 51; at++) square.act(PAYMENT + "/dispute", "");

        var first = square.get("/v2/disputes");
        var second = square.get("/v2/disputes?cursor=" + first.at("/cursor").asText());

        assertThat(first.at("/disputes")).hasSize(50);
        assertThat(second.at("/disputes")).hasSize(1);
        assertThat(second.json().has("cursor")).isFalse();
    }

    private static String code(TestingClient.Reply reply) {
        return reply.at("/errors/0/code").asText();
    }
}
