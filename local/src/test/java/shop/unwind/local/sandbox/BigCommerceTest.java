package shop.unwind.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** What the sandbox's BigCommerce does, which is what the vendor's documents say. */
class BigCommerceTest {
    private static final String METAFIELDS = "/v3/orders/2001/metafields";
    private static final String LONG = "a-name-of-thirty-three-characters";
    private static final String CANCEL = "{\"status_id\":5,\"staff_notes\":\"gone\"}";

    private final TestingReceiver receiver = new TestingReceiver();
    private final Sandbox sandbox =
            Sandbox.start(
                    0, SandboxOptions.defaults().withLimits(false).withWebhooks(receiver.uri()));
    private final TestingStore store = new TestingStore(sandbox);

    @BeforeEach
    void sell() {
        store.sells("2001", "braintree", "");
    }

    @AfterEach
    void close() {
        sandbox.close();
        receiver.close();
    }

    @Test
    void token_shouldBeNeeded() {
        var refused = store.send("GET", "/v2/orders/2001", "", "other", "application/json");

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.at("/0/status").asInt()).isEqualTo(401);
    }

    @Test
    void answer_shouldBeXml_whenNobodyAsksForJson() {
        var xml = store.send("GET", "/v2/orders/2001", "", TestingStore.token(), "*/*");

        assertThat(xml.text()).startsWith("<?xml");
    }

    @Test
    void order_shouldBeWrittenAsV2DoesIt() {
        var order = store.send("GET", "/v2/orders/2001", "");

        assertThat(order.at("/total_inc_tax").asText()).isEqualTo("46.6000");
        assertThat(order.at("/date_created").asText()).isEqualTo("Fri, 20 Nov 2026 10:00:00 +0000");
        assertThat(order.header("X-Rate-Limit-Requests-Quota")).isEqualTo("150");
    }

    @Test
    void list_shouldEndWithoutABody() {
        assertThat(store.send("GET", "/v2/orders?status_id=11", "").json()).hasSize(1);
        var end = store.send("GET", "/v2/orders?status_id=11&page=2", "");
        assertThat(end.status()).isEqualTo(204);
        assertThat(store.send("GET", "/v2/orders?status=5", "").status()).isEqualTo(400);
    }

    @Test
    @DisplayName("a cancel brings stock back once, and an adjustment each time it is sent (R6)")
    void stock_shouldComeBackOnce_byCancel() {
        store.send("PUT", "/v2/orders/2001", CANCEL);
        store.send("PUT", "/v2/orders/2001", CANCEL);
        assertThat(store.restocked()).isEqualTo(2);

        adjust(1);
        adjust(1);
        assertThat(store.restocked()).isEqualTo(4);
    }

    @Test
    void order_shouldNotShip_whenItIsCancelled() {
        store.send("PUT", "/v2/orders/2001", CANCEL);

        assertThatThrownBy(() -> store.act("2001/ship", "{}"))
                .hasMessageContaining("nothing is to be sent of an order that is over");
        assertThat(store.restocked()).isEqualTo(2);
    }

    @Test
    void stock_shouldStayOut_whenTheStoreIsSetSo() {
        store.act("inventory/leaves-stock", "{}");

        store.send("PUT", "/v2/orders/2001", CANCEL);

        assertThat(store.restocked()).isZero();
    }

    private void adjust(int units) {
        var items = store.send("GET", "/v2/orders/2001/products", "");
        var item =
                "{\"location_id\":1,\"variant_id\":%s,\"quantity\":%d}"
                        .formatted(items.at("/0/variant_id").asText(), units);
        var adjusted =
                store.send(
                        "POST",
                        "/v3/inventory/adjustments/relative",
                        "{\"reason\":\"x\",\"items\":[" + item + "]}");
        assertThat(adjusted.status()).isEqualTo(200);
    }

    @Test
    @DisplayName("an app has each key once, and sees what is its own or shared")
    void metafields_shouldBelongToTheirApp() {
        store.act("2001/metafield", field("ours", "app_only"));
        store.act("2001/metafield", field("shared", "read"));

        assertThat(mark("app_only", "unwind", "ours", "a").status()).isEqualTo(200);
        assertThat(mark("app_only", "unwind", "ours", "b").status()).isEqualTo(409);

        var seen = store.send("GET", METAFIELDS + "?namespace=unwind", "");
        assertThat(seen.at("/data/0/key").asText()).isEqualTo("shared");
        assertThat(seen.at("/data/1/value").asText()).isEqualTo("a");
        assertThat(seen.at("/data")).hasSize(2);
    }

    private static String field(String key, String permissions) {
        return "{\"namespace\":\"unwind\",\"key\":\"%s\",\"value\":\"x\",\"permission_set\":\"%s\"}"
                .formatted(key, permissions);
    }

    @Test
    void metafields_shouldBeListedByPage_andByName() {
        for (var key : List.of("a", "b", "c")) mark("app_only", "unwind", key, key);
        mark("app_only", "other", "a", "d");

        var page = store.send("GET", METAFIELDS + "?namespace=unwind&limit=2&page=2", "");
        assertThat(page.at("/data")).hasSize(1);
        assertThat(page.at("/data/0/key").asText()).isEqualTo("c");
        assertThat(page.at("/meta/pagination/total").asInt()).isEqualTo(3);
        assertThat(page.at("/meta/pagination/total_pages").asInt()).isEqualTo(2);
        assertThat(store.send("GET", METAFIELDS + "?key=a", "").at("/data")).hasSize(2);
        var some = store.send("GET", METAFIELDS + "?key:in=a,b&direction=desc", "");
        assertThat(some.at("/data/0/namespace").asText()).isEqualTo("other");
        assertThat(some.at("/data")).hasSize(3);
        assertThat(store.send("GET", METAFIELDS + "?names=x", "").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "private, unwind, a, 1",
        "app_only, '', a, 1",
        "app_only, unwind, '', 1",
        "app_only, unwind, a, 0",
        "app_only, unwind, a, 65536",
        "app_only, " + LONG + LONG + ", a, 1",
        "app_only, unwind, " + LONG + LONG + ", 1"
    })
    void metafield_shouldBeRefused_whenItIsNotAsTheContractHasIt(
            String permissions, String namespace, String key, int length) {
        var refused = mark(permissions, namespace, key, "x".repeat(length));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(store.send("GET", METAFIELDS, "").at("/data")).isEmpty();
    }

    @Test
    @DisplayName("whoever saves the order's page overwrites the notes, and no metafield")
    void metafields_shouldStay_whenTheNotesAreOverwritten() {
        store.send("PUT", "/v2/orders/2001", "{\"staff_notes\":\"ours\"}");
        mark("app_only", "unwind", "a", "ours");

        store.act("2001/notes", "{\"notes\":\"Ring twice.\"}");

        var order = store.send("GET", "/v2/orders/2001", "");
        assertThat(order.at("/staff_notes").asText()).isEqualTo("Ring twice.");
        assertThat(store.send("GET", METAFIELDS, "").at("/data")).hasSize(1);
    }

    private TestingClient.Reply mark(
            String permissions, String namespace, String key, String value) {
        var field =
                Json.of(
                        "permission_set", permissions,
                        "namespace", namespace,
                        "key", key,
                        "value", value);
        return store.send("POST", METAFIELDS, field.toString());
    }

    @Test
    @DisplayName("a refund is scheduled, and moves the order on when it has arrived")
    void refund_shouldArriveLater() throws Exception {
        var scheduled = store.refund("2001", "20.80");

        assertThat(scheduled.status()).isEqualTo(201);
        assertThat(scheduled.at("/data/payments/0/transaction_id").isNull()).isTrue();
        StripeTest.await(() -> store.paymentStatus("2001").equals("partially refunded"));
        assertThat(store.status("2001")).isEqualTo(14);
        store.refund("2001", "25.80");
        StripeTest.await(() -> store.paymentStatus("2001").equals("refunded"));
        assertThat(store.status("2001")).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"46.61", "0", "-1", "20.805", "\"20.80\""})
    void refund_shouldBeRefused_whenItsAmountIsWrong(String amount) {
        assertThat(store.refund("2001", amount).status()).isEqualTo(422);
    }

    @Test
    @DisplayName("one refund at a time for an order")
    void refund_shouldBeRefused_whileAnotherIsOnItsWay() {
        store.sells("2002", "braintree", ",\"refundMode\":\"pending\"");
        store.refund("2002", "10");

        assertThat(store.refund("2002", "10").status()).isEqualTo(422);
    }

    @Test
    void refund_shouldBeDeclinedLater_whenTheGatewaySaysNo() throws Exception {
        store.sells("2002", "braintree", ",\"refundMode\":\"fails-later\"");
        store.refund("2002", "46.60");
        var refunds = "/v3/orders/2002/payment_actions/refunds";

        StripeTest.await(
                () ->
                        store.send("GET", refunds, "")
                                .at("/data/0/payments/0/is_declined")
                                .booleanValue());

        assertThat(store.paymentStatus("2002")).isEqualTo("captured");
    }

    @Test
    void hold_shouldBeLetGoLater_andOnce() throws Exception {
        store.sells("2002", "braintree", ",\"captured\":false");
        var path = "/v3/orders/2002/payment_actions/void";

        assertThat(store.refund("2002", "10").status()).isEqualTo(422);
        assertThat(store.send("POST", path, "{}").status()).isEqualTo(201);
        StripeTest.await(() -> store.paymentStatus("2002").equals("void"));
        assertThat(store.send("POST", path, "{}").status()).isEqualTo(422);
    }

    @Test
    void webhooks_shouldBeThin_andSignedOverIdTimeAndBody() throws Exception {
        store.act("2001/cancel", "{}");
        StripeTest.await(() -> receiver.requests().size() == 2);

        var told =
                receiver.requests().stream()
                        .filter(each -> each.body().contains("statusUpdated"))
                        .findFirst()
                        .orElseThrow();
        var signed =
                told.header("webhook-id")
                        + "."
                        + told.header("webhook-timestamp")
                        + "."
                        + told.body();
        var secret = Secrets.of("bigcommerce").path("clientSecret").asText();
        assertThat(told.header("webhook-signature"))
                .endsWith(" v1," + Signature.base64(secret, signed));
        var body = Json.parse(told.body()).orElseThrow();
        assertThat(body.at("/data/id").asInt()).isEqualTo(2001);
        assertThat(body.at("/data/status/new_status_id").asInt()).isEqualTo(5);
        assertThat(body.path("hash").asText()).hasSize(40);
        assertThat(body.path("producer").asText()).isEqualTo("stores/acr9x");
    }

    @ParameterizedTest
    @CsvSource({
        "orders.v2, GET, /orders, /v2/orders",
        "orders.v2, GET, /orders/2001, /v2/orders/2001",
        "orders.v2, GET, /orders/2001/products, /v2/orders/2001/products",
        "orders.v3, GET, /orders/2001/transactions, /v3/orders/2001/transactions",
        "orders.v3, GET, /orders/2001/payment_actions/refunds,"
                + " /v3/orders/2001/payment_actions/refunds",
        "orders.v3, GET, /orders/2001/metafields, /v3/orders/2001/metafields?namespace=unwind",
        "settings.v3, GET, /settings/inventory, /v3/settings/inventory",
        "inventory.v3, GET, /inventory/items, /v3/inventory/items"
    })
    void answers_shouldBeAsTheContractSays(String contract, String method, String as, String path) {
        store.refund("2001", "20.80");
        mark("app_only", "unwind", "a", "x");

        Contracts.of("bigcommerce/" + contract + ".json")
                .check(method, as, store.send(method, path, ""));
    }

    @Test
    void answersToMetafields_shouldBeAsTheContractSays() {
        var contract = Contracts.of("bigcommerce/orders.v3.json");

        for (var value : List.of("new", "there already", ""))
            contract.check(
                    "POST",
                    METAFIELDS.substring("/v3".length()),
                    mark("app_only", "unwind", "a", value));
    }
}
