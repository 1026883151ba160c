package shop.unwind.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.Map;

/** What the sandbox's WooCommerce does, which is what the vendor's code does. */
class WooCommerceTest {
    private static final String ONE_UNIT =
            """
            {"amount":"0","reason":"one","api_refund":false,"api_restock":true,
             "line_items":[{"id":200101,"quantity":1,"refund_total":0}]}
            """;

    private final Sandbox sandbox = Sandbox.start(0, SandboxOptions.defaults().withLimits(false));
    private final TestingShop shop = new TestingShop(sandbox);

    @BeforeEach
    void sell() {
        shop.sells("2001", "woocommerce_payments", "");
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void keys_shouldBeNeeded_inHeaderOrQuery() {
        var secret = Secrets.of("woocommerce");
        var query =
                "?consumer_key=%s&consumer_secret=%s"
                        .formatted(
                                secret.path("consumerKey").asText(),
                                secret.path("consumerSecret").asText());

        assertThat(shop.send("GET", "/orders", Map.of(), "").status()).isEqualTo(401);
        assertThat(shop.send("GET", "/orders" + query, Map.of(), "").status()).isEqualTo(200);
    }

    @Test
    void header_shouldBeLost_whenTheHostTakesItAway() {
        shop.act("host/strips", "{}");

        var refused = shop.send("GET", "/orders", "");

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.at("/message").asText()).isEqualTo("Consumer key is missing.");
    }

    @Test
    @DisplayName("stock comes back once, whether by record, cancel or both (R6, C16)")
    void stock_shouldComeBackOnce_byRecordAndCancel() {
        shop.send("POST", "/orders/2001/refunds", ONE_UNIT);
        assertThat(shop.restocked()).isEqualTo(1);

        shop.send("PUT", "/orders/2001", "{\"status\":\"cancelled\"}");
        shop.send("PUT", "/orders/2001", "{\"status\":\"cancelled\"}");

        assertThat(shop.restocked()).isEqualTo(2);
    }

    @Test
    void record_shouldMoveNoMoney_whenItsAmountIsZero() {
        shop.send("POST", "/orders/2001/refunds", ONE_UNIT);

        assertThat(shop.book("2001").path("refunded").asLong()).isZero();
        assertThat(shop.order("2001").path("status").asText()).isEqualTo("processing");
        assertThat(shop.order("2001").at("/refunds/0/total").asText()).isEqualTo("0.00");
    }

    @Test
    void order_shouldBecomeRefunded_whenNothingIsLeft() {
        shop.send("POST", "/orders/2001/refunds", "{\"amount\":\"26.60\"}");
        assertThat(shop.order("2001").path("status").asText()).isEqualTo("processing");

        shop.send("POST", "/orders/2001/refunds", "{\"amount\":\"20.00\"}");

        assertThat(shop.order("2001").path("status").asText()).isEqualTo("refunded");
        assertThat(shop.book("2001").path("refunded").asLong()).isEqualTo(4660);
    }

    @Test
    void refund_shouldBeRefusedForGood_whenLessIsLeft() {
        var refused = shop.send("POST", "/orders/2001/refunds", "{\"amount\":\"46.61\"}");

        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.at("/code").asText())
                .isEqualTo("woocommerce_rest_cannot_create_order_refund");
    }

    @Test
    @DisplayName("a gateway that refuses leaves no record (C28)")
    void record_shouldBeGone_whenTheGatewayRefuses() {
        shop.sells("2002", "woocommerce_payments", ",\"refundMode\":\"refused\"");

        var refused = shop.send("POST", "/orders/2002/refunds", "{\"amount\":\"1.00\"}");

        assertThat(refused.status()).isEqualTo(500);
        assertThat(shop.order("2002").path("refunds")).isEmpty();
    }

    @Test
    @DisplayName("a flag that is no boolean pays out: the vendor reads it as true")
    void flag_shouldCountAsTrue_whenItIsNoBoolean() {
        var made =
                shop.send(
                        "POST",
                        "/orders/2001/refunds",
                        "{\"amount\":\"1.00\",\"api_refund\":\"false\"}");

        assertThat(made.at("/refunded_payment").asBoolean()).isTrue();
    }

    @Test
    void repeat_shouldRefundAgain_sinceNothingRecognisesIt() {
        for (var times = 0; times < 2; times++)
            shop.send("POST", "/orders/2001/refunds", "{\"amount\":\"10.00\",\"reason\":\"same\"}");

        assertThat(shop.book("2001").path("refunded").asLong()).isEqualTo(2000);
    }

    @Test
    void cancel_shouldBePutRight_whenTheOrderIsCompletedAfterAll() {
        shop.send("PUT", "/orders/2001", "{\"status\":\"cancelled\"}");

        shop.send("PUT", "/orders/2001", "{\"status\":\"completed\"}");

        assertThat(shop.restocked()).isZero();
        assertThat(shop.order("2001").path("date_completed_gmt").isTextual()).isTrue();
    }

    @Test
    void order_shouldNotShip_whenItIsCancelled() {
        shop.send("PUT", "/orders/2001", "{\"status\":\"cancelled\"}");

        assertThatThrownBy(() -> shop.act("2001/ship", "{}"))
                .hasMessageContaining("nothing is to be sent of an order that is cancelled");
        assertThat(shop.restocked()).isEqualTo(2);
    }

    @Test
    void refund_shouldBeMadeAtStripe_whenThePaymentIsThere() {
        shop.sells("2003", "stripe", "");

        shop.send("POST", "/orders/2003/refunds", "{\"amount\":\"10.00\"}");

        assertThat(shop.book("pi_woocommerce2003_1").path("refunded").asLong()).isEqualTo(1000);
    }

    @Test
    void unknownFieldOrLine_shouldBeRefused() {
        var line = ONE_UNIT.replace("200101", "999");

        assertThat(shop.send("PUT", "/orders/2001", "{\"state\":\"x\"}").status()).isEqualTo(400);
        assertThat(shop.send("POST", "/orders/2001/refunds", line).status()).isEqualTo(400);
        assertThat(shop.send("GET", "/orders/2001/shipments", "").status()).isEqualTo(404);
    }
}
