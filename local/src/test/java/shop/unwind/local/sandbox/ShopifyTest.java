package shop.unwind.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

class ShopifyTest {
    private static final String CANCEL =
            """
            mutation($id: ID!, $restock: Boolean!, $how: OrderCancelRefundMethodInput, $note: String) {
              orderCancel(orderId: $id, reason: CUSTOMER, restock: $restock, refundMethod: $how,
                          staffNote: $note) {
                job { id done } jobResult { id status }
                orderCancelUserErrors { field message code } } }\
            """;
    private static final String ORDER =
            """
            query($id: ID!) { order(id: $id) {
              name cancelledAt cancelReason displayFinancialStatus displayFulfillmentStatus tags note
              totalRefundedSet { shopMoney { amount currencyCode } }
              lineItems(first: 5) { nodes { id currentQuantity } pageInfo { hasNextPage } }
              transactions(first: 9) { id kind status gateway receiptJson parentTransaction { id } }
              refunds(first: 9) { note totalRefundedSet { shopMoney { amount } } } } }\
            """;
    private static final String REFUND =
            """
            mutation($input: RefundInput!, $key: String!) {
              refundCreate(input: $input) @idempotent(key: $key) {
                refund { id totalRefundedSet { shopMoney { amount } }
                         transactions(first: 5) { nodes { status } } }
                userErrors { field message } } }\
            """;
    private static final String SUGGEST =
            """
            query($id: ID!, $lines: [RefundLineItemInput!], $shipping: Boolean) { order(id: $id) {
              suggestedRefund(refundLineItems: $lines, refundShipping: $shipping) {
                amountSet { shopMoney { amount } }
                suggestedTransactions { gateway amountSet { shopMoney { amount } }
                                        parentTransaction { id } } } } }\
            """;

    private final Sandbox sandbox = Sandbox.start(0, SandboxOptions.defaults().withLimits(false));
    private TestingClient client = new TestingClient(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void cancel_shouldRefundAndRestockOnce_whenTheJobIsDone() throws Exception {
        client.order("1001", "shopify_payments", "");

        var started = cancel("1001", true, Json.of("originalPaymentMethodsRefund", true));
        awaitCancelled("1001");
        var again = cancel("1001", true, Json.of("originalPaymentMethodsRefund", true));

        assertThat(started.at("/data/orderCancel/job/done").asBoolean()).isFalse();
        assertThat(order("1001").path("displayFinancialStatus").asText()).isEqualTo("REFUNDED");
        assertThat(order("1001").at("/totalRefundedSet/shopMoney/amount").asText())
                .isEqualTo("46.6");
        assertThat(again.at("/data/orderCancel/job").isNull()).isTrue();
        assertThat(again.at("/data/orderCancel/orderCancelUserErrors/0/message").asText())
                .isEqualTo("Cannot cancel an order that has already been canceled");
        assertThat(client.book("1001").path("refunds").asInt()).isEqualTo(1);
        assertThat(restocked("ACR-500")).isEqualTo(2);
    }

    @Test
    void cancel_shouldMoveNoMoney_whenNoRefundMethodIsGiven() throws Exception {
        client.order("1001", "stripe", "");

        client.graphql(CANCEL, Json.of("id", TestingClient.gid("1001"), "restock", true));
        awaitCancelled("1001");

        assertThat(order("1001").path("displayFinancialStatus").asText()).isEqualTo("PAID");
        assertThat(client.book("1001").path("refunded").asLong()).isZero();
        assertThat(restocked("ACR-500")).isEqualTo(2);
    }

    @Test
    void cancel_shouldVoid_whatWasOnlyAuthorized() throws Exception {
        client.order("1001", "stripe", ",\"captured\":false");
        var before = order("1001").path("displayFinancialStatus").asText();

        client.graphql(CANCEL, Json.of("id", TestingClient.gid("1001"), "restock", false));
        awaitCancelled("1001");

        assertThat(before).isEqualTo("AUTHORIZED");
        assertThat(order("1001").path("displayFinancialStatus").asText()).isEqualTo("VOIDED");
        assertThat(client.state("stripe").at("/payment_intents/pi_shopify1001_1/status").asText())
                .isEqualTo("canceled");
    }

    @Test
    void cancel_shouldBeRefused_whenSomethingWasShippedOrIsComingBack() {
        client.order("1001", "shopify_payments", "");
        client.order("1002", "shopify_payments", "");
        client.act("/shopify/_act/1001/ship", "{\"sku\":\"ACR-500\",\"quantity\":1}");
        client.act("/shopify/_act/1002/return", "");

        for (var number : List.of("1001", "1002"))
            assertThat(
                            cancel(number, true, Json.of("originalPaymentMethodsRefund", true))
                                    .at("/data/orderCancel/orderCancelUserErrors/0/code")
                                    .asText())
                    .isEqualTo("INVALID");
        assertThat(order("1001").path("displayFulfillmentStatus").asText())
                .isEqualTo("PARTIALLY_FULFILLED");
    }

    @Test
    void job_shouldFail_whenTheOrderShipsBeforeItRuns() throws Exception {
        sandbox.close();
        var options =
                SandboxOptions.defaults()
                        .withLimits(false)
                        .withJobs(java.time.Duration.ofMillis(500));
        try (var slow = Sandbox.start(0, options)) {
            var client = new TestingClient(slow);
            client.order("1001", "shopify_payments", "");
            var started =
                    client.graphql(
                            CANCEL, Json.of("id", TestingClient.gid("1001"), "restock", true));
            client.act("/shopify/_act/1001/ship", "");
            var id = started.at("/data/orderCancel/jobResult/id").asText();
            var query =
                    "query($id: ID!) { node(id: $id) { __typename ... on OrderCancelJobResult {"
                            + " done status errors { message code } } } }";

            StripeTest.await(
                    () ->
                            client.graphql(query, Json.of("id", id))
                                    .at("/data/node/done")
                                    .asBoolean());

            var node = client.graphql(query, Json.of("id", id)).at("/data/node");
            assertThat(node.path("status").asText()).isEqualTo("FAILED");
            assertThat(node.at("/errors/0/code").asText()).isEqualTo("INVALID");
            assertThat(client.book("1001").path("refunded").asLong()).isZero();
        }
    }

    @Test
    void refunds_shouldSumToWhatWasPaid_whenAllLinesComeBackOneByOne() {
        for (var currency : List.of("USD", "JPY", "KWD")) {
            client.control("POST", "/_reset", "");
            client = fresh();
            uneven(currency);
            var lines = order("7").at("/lineItems/nodes");

            for (var at = 0; at < 10; at++) {
                var id = lines.get(at < 3 ? 0 : 1).path("id").asText();
                refundUnit("7", id, at == 9);
            }

            assertThat(order("7").path("displayFinancialStatus").asText()).isEqualTo("REFUNDED");
            var books = Json.stream(client.control("GET", "/_stats", "").at("/payments"));
            assertThat(books.mapToLong(book -> book.path("refunded").asLong()).sum())
                    .isEqualTo(564);
        }
    }

    @Test
    void refund_shouldBeRefused_whenItIsTooMuch() {
        client.order("1001", "shopify_payments", "");

        var over = refund("1001", "k1", "46.61", List.of());
        var line = order("1001").at("/lineItems/nodes/0/id").asText();
        var units = refund("1001", "k2", "1.00", List.of(unit(line, 3)));

        assertThat(over.at("/data/refundCreate/userErrors/0/message").asText())
                .isEqualTo("Refund amount $46.61 is greater than net payment received $46.60");
        assertThat(over.at("/data/refundCreate/userErrors/0/field").isNull()).isTrue();
        assertThat(units.at("/data/refundCreate/userErrors/0/message").asText())
                .isEqualTo("Quantity cannot refund more items than were purchased");
        assertThat(client.book("1001").path("refunded").asLong()).isZero();
    }

    @Test
    @DisplayName("nobody refunds what a bank has charged back (R3), until the bank gives it back")
    void refund_shouldBeRefused_whileAChargebackStands() {
        client.order("1001", "shopify_payments", "");
        client.act("/shopify/_act/1001/dispute", "");

        var refused = refund("1001", "k1", "10.00", List.of());
        client.act("/shopify/_act/1001/close-dispute", "{\"status\":\"won\"}");
        refund("1001", "k2", "10.00", List.of());

        assertThat(refused.at("/data/refundCreate/userErrors/0/message").asText())
                .contains("chargeback");
        assertThat(client.book("1001").path("refunded").asLong()).isEqualTo(1000);
    }

    @Test
    void key_shouldGiveTheFirstResult_orAnErrorForOtherInput() {
        client.order("1001", "shopify_payments", "");

        var first = refund("1001", "k1", "10.00", List.of());
        var same = refund("1001", "k1", "10.00", List.of());
        var other = refund("1001", "k1", "11.00", List.of());
        var blank = refund("1001", " ", "11.00", List.of());
        var none =
                client.graphql(
                        REFUND.replace(" @idempotent(key: $key)", "")
                                .replace(", $key: String!", ""),
                        Json.of("input", Json.of("orderId", TestingClient.gid("1001"))));

        assertThat(same.text()).isEqualTo(first.text());
        assertThat(other.at("/data/refundCreate/userErrors/0/message").asText())
                .startsWith("The same idempotency key cannot be used");
        assertThat(blank.at("/errors/0/extensions/code").asText()).isEqualTo("BAD_REQUEST");
        assertThat(none.at("/errors/0/message").asText())
                .isEqualTo(
                        "The @idempotent directive is required for this mutation but was not"
                                + " provided.");
        assertThat(client.book("1001").path("refunded").asLong()).isEqualTo(1000);
    }

    @Test
    void refund_shouldGoThroughStripe_whenStripeIsTheGateway() {
        client.order("1001", "stripe", "");

        var refund = refund("1001", "k1", "10.00", List.of());
        client.act("/stripe/_act/pi_shopify1001_1/dispute", "");
        var disputed = refund("1001", "k2", "10.00", List.of());

        assertThat(refund.at("/data/refundCreate/refund/transactions/nodes/0/status").asText())
                .isEqualTo("SUCCESS");
        assertThat(disputed.at("/data/refundCreate/refund/transactions/nodes/0/status").asText())
                .isEqualTo("ERROR");
        assertThat(client.book("pi_shopify1001_1").path("refunded").asLong()).isEqualTo(1000);
        assertThat(order("1001").at("/transactions/0/receiptJson").asText())
                .contains("pi_shopify1001_1");
    }

    @Test
    void inquiry_shouldTurnIntoAChargeback_thoughTheOrderTellsHowItBegan() {
        client.order("1001", "shopify_payments", "");
        client.act("/shopify/_act/1001/inquiry", "");
        client.act("/shopify/_act/1001/escalate", "");
        var id = Json.of("id", TestingClient.gid("1001"));
        var summary =
                client.graphql(
                                "query($id: ID!) { order(id: $id) { disputes { id initiatedAs } }"
                                        + " }",
                                id)
                        .at("/data/order/disputes/0");
        var gid =
                summary.path("id")
                        .asText()
                        .replace("OrderDisputeSummary", "ShopifyPaymentsDispute");

        var now =
                client.graphql(
                        "query($id: ID!) { dispute(id: $id) { type status } }", Json.of("id", gid));

        assertThat(summary.path("initiatedAs").asText()).isEqualTo("INQUIRY");
        assertThat(now.at("/data/dispute/type").asText()).isEqualTo("CHARGEBACK");
    }

    @Test
    void refund_shouldBePending_untilItIsSettled() {
        client.order("1001", "shopify_payments", ",\"refundMode\":\"pending\"");

        refund("1001", "k1", "46.60", List.of());
        var before = client.book("1001");
        var second = refund("1001", "k2", "0.01", List.of());
        client.act("/shopify/_act/1001/settle-refund", "");

        assertThat(before.path("pending").asLong()).isEqualTo(4660);
        assertThat(second.at("/data/refundCreate/userErrors").size()).isEqualTo(1);
        assertThat(client.book("1001").path("refunded").asLong()).isEqualTo(4660);
    }

    @Test
    void tagsAndNote_shouldStay_whenTheOrderIsCancelled() throws Exception {
        client.order("1001", "shopify_payments", "");
        cancel("1001", false, Json.of("originalPaymentMethodsRefund", true));
        awaitCancelled("1001");
        var id = TestingClient.gid("1001");

        client.graphql(
                "mutation($id: ID!, $tags: [String!]!) { tagsAdd(id: $id, tags: $tags) { node { id"
                        + " } userErrors { message } } }",
                Json.of("id", id, "tags", List.of("unwind", "web")));
        client.graphql(
                "mutation($input: OrderInput!) { orderUpdate(input: $input) { order { note } } }",
                Json.of("input", Json.of("id", id, "note", "case 1")));

        assertThat(order("1001").path("tags").toString()).isEqualTo("[\"web\",\"unwind\"]");
        assertThat(order("1001").path("note").asText()).isEqualTo("case 1");
    }

    @Test
    void search_shouldFindByName_exactly() {
        client.order("1001", "manual", "");
        client.order("10010", "manual", "");
        var query = "query($q: String!) { orders(first: 2, query: $q) { nodes { name } } }";

        for (var wanted : List.of("name:#1001", "name:1001", "name:'#1001'"))
            assertThat(
                            client.graphql(query, Json.of("q", wanted))
                                    .at("/data/orders/nodes")
                                    .toString())
                    .isEqualTo("[{\"name\":\"#1001\"}]");
        assertThat(client.graphql(query, Json.of("q", "name:#9")).at("/data/orders/nodes").size())
                .isZero();
        assertThat(
                        client.graphql(query, Json.of("q", "status:cancelled"))
                                .at("/data/orders/nodes")
                                .size())
                .isZero();
    }

    @Test
    void query_shouldBeRefused_whenItIsNotShopifys() {
        var id = Json.of("id", TestingClient.gid("1001"));
        var wrong =
                Map.of(
                        "query($id: ID!) { order(id: $id) { nam } }",
                        "undefinedField",
                        "query($id: ID!) { order(id: $id, x: 1) { name } }",
                        "argumentNotAccepted",
                        "query { order { name } }",
                        "missingRequiredArguments",
                        "query($id: ID!) { order(id: $id) }",
                        "selectionMismatch",
                        "query($id: String!) { order(id: $id) { name } }",
                        "variableMismatch",
                        "query($id: ID!, $x: Int) { order(id: $id) { name } }",
                        "variableNotUsed",
                        "mutation($id: ID!) { orderDelete(orderId: $id) { x } }",
                        "undefinedField",
                        "query { order(",
                        "PARSE_ERROR",
                        CANCEL,
                        "INVALID_VARIABLE");

        wrong.forEach(
                (query, code) ->
                        assertThat(
                                        client.graphql(query, id)
                                                .at("/errors/0/extensions/code")
                                                .asText())
                                .as(query)
                                .isEqualTo(code));
    }

    @Test
    void token_shouldBeRefused_whenUnknownOrRevoked() {
        client.order("1001", "manual", "");
        var good = client.graphql("{ shop { name } }", Json.of());
        client.act("/shopify/_act/tokens/revoke", "");
        var revoked = client.graphql("{ shop { name } }", Json.of());
        var wrongSecret =
                client.send(
                        "POST",
                        "/shopify/admin/oauth/access_token",
                        Map.of("Content-Type", "application/x-www-form-urlencoded"),
                        "grant_type=client_credentials&client_id=a&client_secret=b");

        assertThat(good.status()).isEqualTo(200);
        assertThat(revoked.status()).isEqualTo(401);
        assertThat(wrongSecret.status()).isEqualTo(401);
    }

    @Test
    void points_shouldRunOut_whenTooMuchIsAsked() {
        try (var sandbox = TestingClient.sandboxOfStoppedClock()) {
            client = new TestingClient(sandbox);
            client.order("1001", "manual", "");

            var replies = IntStream.range(0, 400).mapToObj(_ -> orderReply("1001")).toList();

            assertThat(replies.getFirst().at("/extensions/cost/requestedQueryCost").asInt())
                    .isBetween(5, 40);
            var last = replies.getLast();
            assertThat(last.status()).isEqualTo(200);
            assertThat(last.at("/errors/0/extensions/code").asText()).isEqualTo("THROTTLED");
        }
    }

    /** 564 in all, in lines that do not divide evenly. */
    private void uneven(String currency) {
        var world =
                """
                {"orders":[{"storefront":"shopify","number":"7","email":"a@b.test","name":"A",
                 "currency":"%s","placedAt":"2026-11-20T10:00:00Z","shipping":7,
                 "lines":[{"sku":"X","quantity":3,"unitPrice":100,"discount":1,"tax":20},
                          {"sku":"Y","quantity":7,"unitPrice":33,"discount":4,"tax":11}],
                 "payments":[{"gateway":"gift_card","amount":100},
                             {"gateway":"shopify_payments","amount":464}]}]}\
                """
                        .formatted(currency);
        client.control("PUT", "/_world", world);
    }

    private TestingClient fresh() {
        return new TestingClient(sandbox);
    }

    private void refundUnit(String number, String line, boolean shipping) {
        var variables =
                Json.of(
                        "id", TestingClient.gid(number),
                        "lines", List.of(unit(line, 1)),
                        "shipping", shipping);
        var suggested =
                client.graphql(SUGGEST, variables)
                        .at("/data/order/suggestedRefund/suggestedTransactions");
        var transactions = Json.stream(suggested).map(each -> transaction(number, each)).toList();
        var input =
                Json.of(
                        "orderId", TestingClient.gid(number),
                        "refundLineItems", List.of(unit(line, 1)),
                        "shipping", Json.of("fullRefund", shipping),
                        "transactions", transactions);
        var reply = client.graphql(REFUND, Json.of("input", input, "key", TestingClient.newKey()));
        assertThat(reply.at("/data/refundCreate/userErrors").size()).as(reply.text()).isZero();
    }

    private static JsonNode transaction(String number, JsonNode suggested) {
        return Json.of(
                "orderId", TestingClient.gid(number),
                "kind", "REFUND",
                "gateway", suggested.path("gateway"),
                "amount", suggested.at("/amountSet/shopMoney/amount"),
                "parentId", suggested.at("/parentTransaction/id"));
    }

    private static JsonNode unit(String line, int quantity) {
        return Json.of(
                "lineItemId",
                line,
                "quantity",
                quantity,
                "restockType",
                "CANCEL",
                "locationId",
                "gid://shopify/Location/9");
    }

    private TestingClient.Reply refund(
            String number, String key, String amount, List<JsonNode> lines) {
        var paid = order(number).at("/transactions/0");
        var transaction =
                Json.of(
                        "orderId", TestingClient.gid(number),
                        "kind", "REFUND",
                        "gateway", paid.path("gateway"),
                        "amount", amount,
                        "parentId", paid.path("id"));
        var input =
                Json.of(
                        "orderId",
                        TestingClient.gid(number),
                        "note",
                        "case 1",
                        "refundLineItems",
                        lines,
                        "transactions",
                        List.of(transaction));
        return client.graphql(REFUND, Json.of("input", input, "key", key));
    }

    private TestingClient.Reply cancel(String number, boolean restock, JsonNode how) {
        return client.graphql(
                CANCEL,
                Json.of(
                        "id",
                        TestingClient.gid(number),
                        "restock",
                        restock,
                        "how",
                        how,
                        "note",
                        "case 1"));
    }

    private void awaitCancelled(String number) throws InterruptedException {
        StripeTest.await(() -> order(number).hasNonNull("cancelledAt"));
    }

    private JsonNode order(String number) {
        return orderReply(number).at("/data/order");
    }

    private TestingClient.Reply orderReply(String number) {
        return client.graphql(ORDER, Json.of("id", TestingClient.gid(number)));
    }

    private int restocked(String sku) {
        return client.state("shopify").at("/inventory/" + sku + "/restocked").asInt();
    }
}
