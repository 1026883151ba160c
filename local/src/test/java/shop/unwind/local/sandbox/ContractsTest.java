package shop.unwind.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Map;

/** What the sandbox answers is what the vendors' OpenAPI documents promise. */
class ContractsTest {
    private final Sandbox sandbox = Sandbox.start(0, SandboxOptions.defaults().withLimits(false));
    private final TestingClient client = new TestingClient(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void stripe_shouldAnswerAsItsContractSays() {
        var contract = Contracts.of("stripe/stripe-openapi.json");
        client.order("1", "stripe", ",\"fraudWarning\":true,\"dispute\":\"inquiry\"");
        client.order("2", "stripe", ",\"captured\":false");
        client.order("3", "stripe", ",\"dispute\":\"chargeback\",\"refundMode\":\"pending\"");
        client.order("4", "stripe", ",\"refundMode\":\"pending\"");
        client.act("/stripe/_act/pi_shopify4_1/open-session", "");
        client.act("/stripe/_act/pi_shopify1_1/fraud-warning", "");

        post(contract, "/v1/refunds", "payment_intent=pi_shopify1_1&amount=10&metadata[case]=1");
        post(contract, "/v1/refunds", "payment_intent=pi_shopify3_1");
        post(contract, "/v1/refunds", "payment_intent=pi_shopify4_1&expand[]=charge");
        post(contract, "/v1/refunds/re_shopify1_1_1", "metadata[more]=2");
        post(contract, "/v1/refunds/re_shopify1_1_1/cancel", "");
        post(contract, "/v1/payment_intents/pi_shopify2_1/cancel", "");
        post(contract, "/v1/payment_intents/pi_shopify2_1/cancel", "");
        post(contract, "/v1/disputes/dp_shopify1_1_1", "evidence[refund_policy_disclosure]=x");
        post(contract, "/v1/disputes/dp_shopify3_1_1/close", "");
        post(contract, "/v1/checkout/sessions/cs_test_shopify4_1/expire", "");
        get(contract, "/v1/refunds");
        get(contract, "/v1/refunds/re_shopify1_1_1");
        get(contract, "/v1/payment_intents/pi_shopify1_1");
        get(contract, "/v1/payment_intents/pi_none");
        get(contract, "/v1/charges/ch_shopify1_1");
        get(contract, "/v1/disputes");
        get(contract, "/v1/disputes/dp_shopify3_1_1");
        get(contract, "/v1/checkout/sessions");
        get(contract, "/v1/checkout/sessions/cs_test_shopify1_1");
        get(contract, "/v1/radar/early_fraud_warnings");
        get(contract, "/v1/radar/early_fraud_warnings/issfr_shopify1_1_1");
        get(contract, "/v1/events/evt_1");
    }

    @Test
    void contract_shouldComplain_whenABodyIsWrong() {
        var contract = Contracts.of("stripe/stripe-openapi.json");
        client.order("1", "stripe", "");
        var path = "/v1/payment_intents/pi_shopify1_1";
        var right = client.stripe("GET", path, "");
        var word = right.text().replace("\"succeeded\"", "\"done\"");
        var type = right.text().replace("\"amount\":4660", "\"amount\":\"46.60\"");
        var missing = right.text().replace("\"livemode\":false,", "");

        for (var text : new String[] {word, type, missing}) {
            var wrong = new TestingClient.Reply(200, Map.of(), text);
            assertThat(contract.complaints("GET", path, wrong)).as(text).isNotEmpty();
        }
        assertThat(contract.complaints("GET", path, right)).isEmpty();
    }

    @Test
    void payPal_shouldAnswerAsItsContractSays() {
        var tokens = Contracts.of("paypal/oauth2-token.json");
        var payments = Contracts.of("paypal/payments-v2.json");
        var orders = Contracts.of("paypal/orders-v2.json");
        var disputes = Contracts.of("paypal/disputes-v1.json");
        client.order("1", "paypal", "");
        client.order("2", "paypal", ",\"captured\":false");
        client.order("3", "paypal", ",\"refundMode\":\"pending\",\"dispute\":\"inquiry\"");
        var capture = "/v2/payments/captures/C10000000SHOPIFY1";
        var hold = "/v2/payments/authorizations/A10000000SHOPIFY2";
        var part =
                "{\"amount\":{\"currency_code\":\"USD\",\"value\":\"%s\"},\"custom_id\":\"a.b\"}";

        tokens.check(
                "POST", "/v1/oauth2/token", client.payPalToken("grant_type=client_credentials"));
        tokens.check("POST", "/v1/oauth2/token", client.payPalToken("grant_type=password"));
        payPal(payments, "GET", capture, "");
        payPal(payments, "GET", "/v2/payments/captures/NONE", "");
        payPal(payments, "POST", capture + "/refund", part.formatted("10.00"));
        payPal(payments, "POST", capture + "/refund", part.formatted("100.00"));
        payPal(payments, "GET", "/v2/payments/refunds/R10100000SHOPIFY1", "");
        payPal(payments, "POST", "/v2/payments/captures/C10000000SHOPIFY3/refund", "{}");
        payPal(payments, "GET", hold, "");
        payPal(payments, "POST", hold + "/void", "");
        payPal(payments, "POST", hold + "/void", "");
        payPal(orders, "GET", "/v2/checkout/orders/O10000000SHOPIFY1", "");
        payPal(orders, "GET", "/v2/checkout/orders/O10000000SHOPIFY2", "");
        payPal(disputes, "GET", "/v1/customer/disputes", "");
        client.act("/paypal/_act/C10000000SHOPIFY3/resolve", "{\"outcome\":\"ACCEPTED\"}");
        payPal(disputes, "GET", "/v1/customer/disputes/PP-R-SHOPIFY3-1", "");
    }

    @Test
    void sendGrid_shouldAnswerAsItsContractSays() {
        var contract = Contracts.of("sendgrid/mail-send.json");
        var templates = Contracts.of("sendgrid/templates.json");
        var mail =
                "{\"personalizations\":[{\"to\":[{\"email\":\"a@b.test\"}]}],"
                        + "\"from\":{\"email\":\"c@d.test\"},\"subject\":\"x\","
                        + "\"content\":[{\"type\":\"text/plain\",\"value\":\"y\"}]}";
        var send = "/v3/mail/send";

        var sent = contract.check("POST", send, client.sendGrid("POST", send, mail));
        var bad = contract.check("POST", send, client.sendGrid("POST", send, "{}"));
        var stranger =
                contract.check(
                        "POST", send, client.send("POST", "/sendgrid" + send, Map.of(), mail));
        client.fault("sendgrid", "mail.send", "error500", "");
        var broken = contract.check("POST", send, client.sendGrid("POST", send, mail));
        // The vendor's document knows the ids of legacy templates only.
        client.act("/sendgrid/_act/templates/40da60e6-66f3-4223-9406-ba58b7f55a62", "");
        var template = "/v3/templates/40da60e6-66f3-4223-9406-ba58b7f55a62";
        templates.check("GET", template, client.sendGrid("GET", template, ""));

        assertThat(sent.status()).isEqualTo(202);
        assertThat(bad.status()).isEqualTo(400);
        assertThat(stranger.status()).isEqualTo(401);
        assertThat(broken.status()).isEqualTo(500);
    }

    @Test
    void slack_shouldAnswerAsItsContractSays() {
        var contract = Contracts.of("slack/openapi.json");
        var text = "{\"channel\":\"C0123ABCD\",\"text\":\"x\"}";
        var posted = client.slack("chat.postMessage", text);
        var ts = posted.at("/ts").asText();
        client.slack("chat.postMessage", text.replace("}", ",\"thread_ts\":\"" + ts + "\"}"));

        contract.check("POST", "/chat.postMessage", posted);
        contract.check(
                "POST",
                "/chat.update",
                client.slack("chat.update", text.replace("}", ",\"ts\":\"" + ts + "\"}")));
        for (var query :
                new String[] {
                    "conversations.history?channel=C0123ABCD",
                    "conversations.replies?channel=C0123ABCD&ts=" + ts,
                    "auth.test"
                })
            contract.check("GET", "/" + query.replaceAll("\\?.*", ""), client.slackGet(query));
    }

    @Test
    void wooCommerce_shouldAnswerAsItsContractSays() {
        var contract = Contracts.of("woocommerce/wc-v3.json");
        var shop = new TestingShop(sandbox);
        shop.sells("2001", "woocommerce_payments", "");
        shop.sells("2002", "woocommerce_payments", ",\"refundMode\":\"refused\"");
        var units =
                "{\"amount\":\"0\",\"api_refund\":false,\"line_items\":[{\"id\":200101,"
                        + "\"quantity\":1,\"refund_total\":0}]}";

        for (var path :
                new String[] {
                    "/orders",
                    "/orders/2001",
                    "/orders/1",
                    "/orders/2001/refunds",
                    "/orders/2001/notes",
                    "/payment_gateways/woocommerce_payments"
                }) checked(contract, shop, "GET", path, "");
        var refunds = "/orders/2001/refunds";
        checked(contract, shop, "POST", refunds, units);
        checked(contract, shop, "POST", refunds, "{\"amount\":\"20.80\"}");
        checked(contract, shop, "POST", refunds, "{\"amount\":\"99.00\"}");
        checked(contract, shop, "GET", refunds, "");
        var notes = "/orders/2001/notes";
        checked(contract, shop, "POST", notes, "{\"note\":\"x\"}");
        var order = "/orders/2001";
        checked(contract, shop, "PUT", order, "{\"status\":\"cancelled\"}");
        checked(contract, shop, "PUT", order, "{\"status\":\"gone\"}");
    }

    @Test
    void square_shouldAnswerAsItsContractSays() {
        var contract = Contracts.of("square/square-openapi.json");
        var square = new TestingSquare(sandbox);
        square.sells("1", ",\"dispute\":\"inquiry\"", "");
        square.sells("2", ",\"captured\":false", "");
        var payment = "/v2/payments/PAYsquare1_1";
        var void2 = "/v2/payments/PAYsquare2_1/cancel";
        var moves = "/v2/inventory/changes/batch-";
        var now = Instant.now().toString();

        contract.check("GET", "/v2/orders/1", square.get("/v2/orders/1"));
        contract.check("GET", payment, square.get(payment));
        contract.check("GET", "/v2/disputes", square.get("/v2/disputes"));
        var calledOff = "\"fulfillments\":[{\"uid\":\"all\",\"state\":\"CANCELED\"}]";
        contract.check("PUT", "/v2/orders/1", square.update("1", "k1", 1, calledOff));
        var found = "{\"location_ids\":[\"L88917AVBK2S5\"]}";
        contract.check("POST", "/v2/orders/search", square.post("/v2/orders/search", found));
        contract.check("POST", "/v2/refunds", square.refund("k2", "PAYsquare1_1", 100));
        contract.check("GET", "/v2/refunds", square.get("/v2/refunds"));
        contract.check(
                "GET", "/v2/refunds/PAYsquare1_1_1", square.get("/v2/refunds/PAYsquare1_1_1"));
        contract.check("POST", void2, square.post(void2, ""));
        contract.check("POST", moves + "create", square.restock("k3", now, "1"));
        contract.check("POST", moves + "retrieve", square.post(moves + "retrieve", "{}"));
    }

    private static void checked(
            Contracts contract, TestingShop shop, String method, String path, String body) {
        contract.check(method, path, shop.send(method, path, body));
    }

    private void payPal(Contracts contract, String method, String path, String body) {
        contract.check(method, path, client.payPal(method, path, body));
    }

    private void get(Contracts contract, String path) {
        contract.check("GET", path, client.stripe("GET", path, ""));
    }

    private void post(Contracts contract, String path, String form) {
        contract.check("POST", path, client.stripe("POST", path, form));
    }
}
