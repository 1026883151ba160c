package shop.unwind.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Order 2001 is paid through braintree and invoiced; 2002 is authorised only. */
final class MagentoTest {
    private static final String ONE = "{\"items\":[{\"order_item_id\":7200101,\"qty\":1}]%s}";

    private final Sandbox sandbox = Sandbox.start(0, SandboxOptions.defaults().withLimits(false));
    private final TestingMagento shop = new TestingMagento(sandbox);

    @BeforeEach
    void sell() {
        shop.sells("2001", "braintree", "");
        shop.sells("2002", "braintree", ",\"captured\":false");
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void unsigned_shouldBeTurnedAway() {
        assertThat(shop.unsigned("/orders").status()).isEqualTo(401);
    }

    @Test
    void order_shouldBeFound_byItsNumber() {
        var found = shop.send("GET", "/orders", TestingMagento.by("increment_id", "2001"), "");

        assertThat(found.at("/total_count").asInt()).isEqualTo(1);
        assertThat(found.at("/items/0/entity_id").asInt()).isEqualTo(72001);
        assertThat(found.text()).contains("\"base_grand_total\":46.6");
    }

    @Test
    void cancel_shouldSayTrueOnce_andThenFalse() {
        assertThat(post("/orders/72002/cancel", "").text()).isEqualTo("true");
        assertThat(post("/orders/72002/cancel", "").text()).isEqualTo("false");
        assertThat(order("72002").path("state").asText()).isEqualTo("canceled");
    }

    @Test
    @DisplayName("what is invoiced whole cannot be cancelled, and Magento only says false")
    void cancel_shouldSayFalse_whenAllIsInvoiced() {
        assertThat(post("/orders/72001/cancel", "").text()).isEqualTo("false");
        assertThat(order("72001").path("state").asText()).isEqualTo("processing");
    }

    @Test
    void refund_shouldCloseTheOrder_whenItTakesEverything() {
        var made = post("/invoice/720011/refund", "{\"isOnline\":true}");

        assertThat(made.text()).matches("\\d+");
        assertThat(order("72001").path("state").asText()).isEqualTo("closed");
        assertThat(post("/invoice/720011/refund", "{\"isOnline\":true}").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "order/72001, 2080, 7200101, 0, 400",
        "order/72001, 25.80, 7200101, 2, 200",
    })
    void refund_shouldNotGoBeyondWhatIsThere(
            String path, String adjustment, String item, int units, int status) {
        var way = status == 200 ? "negative" : "positive";
        var body =
                "{\"items\":[{\"order_item_id\":%s,\"qty\":%d}],\"arguments\":{\"shipping_amount\":0,\"adjustment_%s\":%s}}"
                        .formatted(item, units, way, adjustment);

        var reply = post("/" + path + "/refund", body);

        assertThat(reply.status()).isEqualTo(status);
    }

    @Test
    @DisplayName("units come back into stock only where the credit memo lists them")
    void stock_shouldComeBack_whenItIsListed() {
        post("/order/72001/refund", ONE.formatted(""));
        assertThat(restocked()).isZero();

        var list =
                ",\"arguments\":{\"extension_attributes\":{\"return_to_stock_items\":[7200101]}}";
        post("/order/72001/refund", ONE.formatted(list));

        assertThat(restocked()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"is_online", "return_to_stock"})
    @DisplayName("a misspelt name is refused here, where the vendor passes it over")
    void name_shouldBeKnown(String name) {
        var reply = post("/invoice/720011/refund", "{\"" + name + "\":true}");

        assertThat(reply.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"/orders/1, 404", "/nothing, 404", "/creditmemo/1, 404"})
    void unknown_shouldBeSaid(String path, int status) {
        var reply = shop.send("GET", path, "", "");

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.at("/message").asText()).isNotBlank();
    }

    @Test
    @DisplayName("past the last page the last one is shown again")
    void page_shouldBeRepeated_pastTheLast() {
        var second = "searchCriteria%5BpageSize%5D=1&searchCriteria%5BcurrentPage%5D=";

        var last = shop.send("GET", "/orders", second + "2", "");
        var beyond = shop.send("GET", "/orders", second + "9", "");

        assertThat(beyond.text()).isEqualTo(last.text());
    }

    @Test
    @DisplayName("the answers are those of the vendor's contract")
    void answers_shouldBeThoseOfTheContract() {
        var contract = Contracts.of("magento/admin-2.4.9.json");

        post("/order/72001/refund", ONE.formatted(""));
        post("/orders/72002/cancel", "");
        comment();
        for (var path : new String[] {"/orders", "/invoices", "/creditmemos", "/transactions"})
            contract.check("GET", "/rest/default/V1" + path, shop.send("GET", path, "", ""));
        for (var path : new String[] {"/orders/72001", "/orders/72002", "/orders/1"})
            contract.check("GET", "/rest/default/V1" + path, shop.send("GET", path, "", ""));
        var cancel = "/orders/72002/cancel";
        contract.check("POST", "/rest/default/V1" + cancel, post(cancel, ""));
    }

    private void comment() {
        var text =
                "{\"statusHistory\":{\"comment\":\"x\",\"is_customer_notified\":0,"
                        + "\"is_visible_on_front\":0,\"parent_id\":72001}}";
        assertThat(post("/orders/72001/comments", text).text()).isEqualTo("true");
    }

    private TestingClient.Reply post(String path, String body) {
        return shop.send("POST", path, "", body);
    }

    private JsonNode order(String id) {
        return shop.send("GET", "/orders/" + id, "", "").json();
    }

    private int restocked() {
        return new TestingClient(sandbox)
                .state("magento")
                .at("/inventory/ACR-500/restocked")
                .asInt();
    }
}
