package shop.unwind.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import shop.unwind.connector.StorefrontContract;
import shop.unwind.domain.Dispute;
import shop.unwind.domain.Dispute.Phase;
import shop.unwind.domain.Money;
import shop.unwind.domain.Order;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Request;
import shop.unwind.json.Json;
import shop.unwind.problem.Changed;
import shop.unwind.problem.Misconfigured;
import shop.unwind.problem.NotFound;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Throttled;
import shop.unwind.problem.Unreachable;
import shop.unwind.problem.Unsure;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.TestPlatform;
import shop.unwind.testing.TestTables;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

final class ShopifyTest extends StorefrontContract {
    private static final String GRAPHQL = "POST /admin/api/2026-10/graphql.json";
    private static final String TOKEN = "POST /admin/oauth/access_token";
    private static final Map<String, String> APP =
            Map.of("clientId", "unwind", "clientSecret", SECRET);

    @Test
    void lostEvents_shouldBeFoundOnEveryPage_butNoCancellationFromBefore() {
        var then = Instant.parse("2026-11-23T09:00:00.5Z");
        platform.answers(200, cancelledPage("1001", "2026-11-23T09:00:00Z", true));
        platform.answers(200, cancelledPage("1002", "2026-11-22T09:00:00Z", false));

        var found = connector().eventsSince(then);

        assertThat(found)
                .extracting(Request::id)
                .containsExactly("shopify-1001-cancelled-2026-11-23T09:00:00Z");
        assertThat(platform.asked())
                .extracting(asked -> asked.json().path("variables"))
                .containsExactly(
                        Json.object()
                                .put(
                                        "query",
                                        "status:cancelled updated_at:>='2026-11-23T09:00:00Z'"),
                        Json.object()
                                .put(
                                        "query",
                                        "status:cancelled updated_at:>='2026-11-23T09:00:00Z'")
                                .put("after", "next"));
    }

    @Test
    void cancel_shouldMoveNoMoneyAndTellNobody_whenItIsSent() {
        shows(whole -> {});
        cancels();

        cancel(whole());

        var sent = writes().getFirst().json();
        assertThat(sent.path("query").asText())
                .contains("notifyCustomer: false")
                .doesNotContain("refund");
        assertThat(sent.path("variables"))
                .isEqualTo(
                        Json.object()
                                .put("orderId", "gid://shopify/Order/5001")
                                .put("reason", "CUSTOMER")
                                .put("restock", true)
                                .put("staffNote", "unwind:shopify-1001-1:cancel"));
    }

    @Test
    void cancel_shouldBeDone_whenTheJobTakesAWhile() {
        shows(whole -> {});
        answers("cancel");
        answers("not-cancelled");
        answers("not-cancelled");
        answers("cancelled");

        assertThat(cancel(whole()).result()).isEqualTo(Result.DONE);
    }

    @Test
    @DisplayName("C30: a cancel that Shopify takes and cannot do is told in its words at once")
    void cancel_shouldBeRefused_whenItsJobFails() {
        shows(whole -> {});
        answers("cancel");
        answers("not-cancelled");
        answers("cancel-failed");
        shows(whole -> {});

        assertThat(problem(whole()))
                .isInstanceOf(Refused.class)
                .hasMessage("INVALID: Cannot cancel an order with pending payments");
    }

    @Test
    @DisplayName("C9: what ships while Shopify cancels is decided again, and staff are not called")
    void cancel_shouldHaveChanged_whenTheOrderShipsMeanwhile() {
        shows(whole -> {});
        answers("cancel");
        answers("cancel-failed");
        shows(new State(PAID, false, 1));

        assertThat(problem(whole())).isInstanceOf(Changed.class);
    }

    @Test
    void cancel_shouldBeRefused_whenItsJobFailsWithoutAWord() {
        shows(whole -> {});
        answers("cancel");
        platform.answers(200, "{\"data\":{\"node\":{\"status\":\"FAILED\",\"errors\":[]}}}");
        shows(whole -> {});

        assertThat(problem(whole()))
                .isInstanceOf(Refused.class)
                .hasMessage("FAILED: Shopify does not say why");
    }

    @Test
    void cancel_shouldBeDone_whenNoJobIsNamedAndTheOrderIsCancelled() {
        shows(whole -> {});
        platform.answers(200, "{\"data\":{\"orderCancel\":{\"jobResult\":null}}}");
        answers("not-cancelled");
        answers("cancelled");

        assertThat(cancel(whole()).result()).isEqualTo(Result.DONE);
    }

    @Test
    void cancel_shouldBeDone_whenTheJobMayNotBeReadAndTheOrderIsCancelled() {
        shows(whole -> {});
        answers("cancel");
        platform.answers(
                200,
                "{\"data\":{\"node\":null},\"errors\":[{\"message\":\"Access"
                        + " denied\",\"path\":[\"node\"],"
                        + "\"extensions\":{\"code\":\"ACCESS_DENIED\"}}]}");
        answers("cancelled");

        assertThat(cancel(whole()).result()).isEqualTo(Result.DONE);
    }

    @Test
    void cancel_shouldGoWithoutStock_whenItsLocationClosesMeanwhile() {
        shows(whole -> {});
        answers("cancel");
        platform.answers(200, failure("Location is deactivated"));
        cancels();

        assertThat(cancel(whole()).words()).contains("by hand");
    }

    @Test
    void cancel_shouldBeDone_whenSomebodyElseWasFasterByAMoment() {
        shows(whole -> {});
        answers("cancel-refused");
        answers("cancelled");

        assertThat(cancel(whole()).result()).isEqualTo(Result.DONE);
    }

    @Test
    void cancel_shouldGoWithoutStock_whenItsLocationIsClosed() {
        shows(whole -> {});
        platform.answers(200, refusal("Location is deactivated"));
        answers("not-cancelled");
        cancels();

        var outcome = cancel(whole());

        assertThat(outcome.words()).contains("by hand");
        assertThat(writes())
                .extracting(asked -> asked.json().at("/variables/restock").asBoolean())
                .containsExactly(true, false);
    }

    @Test
    void lines_shouldGoBackWithoutMoney_whenPartIsCancelled() {
        shows(whole -> {});
        takesLinesBack();

        cancel(units(1));

        var input = writes().getFirst().json().at("/variables/input");
        assertThat(input.has("transactions")).isFalse();
        assertThat(input.path("currency").asText()).isEqualTo("USD");
        assertThat(input.path("notify").asBoolean(true)).isFalse();
        assertThat(input.path("refundLineItems").path(0))
                .isEqualTo(
                        Json.object()
                                .put("lineItemId", "gid://shopify/LineItem/71")
                                .put("quantity", 1)
                                .put("restockType", "CANCEL"));
    }

    @Test
    void note_shouldBeAdded_toWhatStandsThere() {
        shows(order -> order.put("note", "Leave at the door"));
        notes();

        note();

        assertThat(writes().getFirst().json().at("/variables/input/note").asText())
                .matches("Leave at the door\n\\[unwind:shopify-1001-1:\\w+] Order cancelled\\..*");
    }

    @Test
    void order_shouldBeCompared_whenTheIndexBringsAnother() {
        shows(order -> order.put("name", "#10010"));
        shows(order -> order.put("name", "#11001"));

        assertThatThrownBy(() -> connector().read(order())).isInstanceOf(NotFound.class);
    }

    @Test
    void order_shouldBeLeftToPeople_whenTwoBearItsName() {
        var answer = Canned.object("order");
        answer.withArray("/data/orders/nodes").add(Canned.node(answer).deepCopy());
        platform.answers(200, Json.write(answer));

        assertThatThrownBy(() -> connector().read(order()))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("ambiguous");
    }

    @Test
    void worth_shouldBeShopifys_whenPartIsTakenBack() {
        shows(whole -> {});
        answers("worth");

        var order = connector().priced(connector().read(order()));

        assertThat(order.lines())
                .extracting(Order.Line::worth)
                .containsExactly(Optional.of(new Money(4160, "USD")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stripe | {\"payment_intent\":{\"id\":\"pi_3ABC\"}} | pi_3ABC",
                "stripe | {\"transaction_id\":\"7AB12\",\"id\":\"pi_3ABC\"} | pi_3ABC",
                "stripe | {\"transaction_id\":\"7AB12\"} |",
                "paypal | {\"transaction_id\":\"7AB12\",\"note\":\"pi_3ABC\"} | 7AB12",
                "paypal | {\"payment_intent\":\"pi_3ABC\"} |"
            })
    void providerId_shouldBeItsGateways_whenTheReceiptHasIt(
            String gateway, String receipt, @Nullable String id) {
        var answer = Canned.object("order");
        Canned.sale(answer).put("gateway", gateway).put("receiptJson", receipt);
        platform.answers(200, Json.write(answer));

        assertThat(connector().read(order()).tenders())
                .extracting(Order.Tender::providerId)
                .containsExactly(Optional.ofNullable(id));
    }

    @ParameterizedTest
    @CsvSource({
        "CHARGEBACK, NEEDS_RESPONSE, CHARGEBACK",
        "CHARGEBACK, UNDER_REVIEW, IN_REVIEW",
        "CHARGEBACK, LOST, CLOSED_LOST",
        "CHARGEBACK, ACCEPTED, CLOSED_LOST",
        "INQUIRY, LOST, CLOSED_LOST",
        "CHARGEBACK, WON, CLOSED_WON",
        "CHARGEBACK, TELEPORTED, UNKNOWN",
    })
    void dispute_shouldBeInPhase_whenShopifySays(String as, String status, Phase phase) {
        disputed(as, status);

        assertThat(connector().read(order()).otherDisputes())
                .containsExactly(new Dispute("31", phase));
    }

    @ParameterizedTest
    @CsvSource({
        "INQUIRY, NEEDS_RESPONSE, INQUIRY",
        "INQUIRY, UNDER_REVIEW, INQUIRY",
        "CHARGEBACK, NEEDS_RESPONSE, CHARGEBACK",
        "CHARGEBACK, UNDER_REVIEW, IN_REVIEW",
        "TELEPORTED, NEEDS_RESPONSE, UNKNOWN",
    })
    void inquiry_shouldBeWhatItIsNow_notWhatItBeganAs(String type, String status, Phase phase) {
        disputed("INQUIRY", status);
        var answer = Json.object();
        answer.putObject("data").putObject("dispute").put("type", type).put("status", status);
        platform.answers(200, Json.write(answer));

        assertThat(connector().read(order()).otherDisputes())
                .containsExactly(new Dispute("31", phase));
        assertThat(platform.lastAsked().json().at("/variables/id").asText())
                .isEqualTo("gid://shopify/ShopifyPaymentsDispute/31");
    }

    @Test
    void inquiry_shouldBeUnknown_whenShopifyDoesNotShowIt() {
        disputed("INQUIRY", "NEEDS_RESPONSE");
        platform.answers(200, "{\"data\":{\"dispute\":null}}");

        assertThat(connector().read(order()).otherDisputes())
                .containsExactly(new Dispute("31", Phase.UNKNOWN));
    }

    @Test
    void tip_shouldNotCountAsShipped() {
        var answer = Canned.object("order");
        Canned.line(answer).put("unfulfilledQuantity", 0).put("nonFulfillableQuantity", 2);
        platform.answers(200, Json.write(answer));

        assertThat(connector().read(order()).anythingShipped()).isFalse();
    }

    @Test
    @DisplayName("an e-mail address that Shopify withholds is not taken for a customer's mistake")
    void access_shouldBeNamed_whenTheEmailIsWithheld() {
        var answer = Canned.object("order");
        Canned.node(answer).putNull("email");
        answer.set("errors", Canned.object("email-withheld").path("errors"));
        platform.answers(200, Json.write(answer));

        assertThatThrownBy(() -> connector().read(order()))
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("access to email is missing")
                .hasMessageContaining("read_customers")
                .hasMessageContaining("protected customer data: email");
    }

    @Test
    void probe_shouldNameTheAccess_whenTheEmailIsWithheld() {
        answers("email-withheld");

        assertThatThrownBy(() -> connector().probe())
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("protected customer data: email");
    }

    @Test
    void order_shouldBeRead_whenItHasNoEmail() {
        shows(order -> order.putNull("email"));

        assertThat(connector().read(order()).email()).isEmpty();
    }

    @Test
    void setting_shouldBeNamed_whenThereIsNoSuchShop() {
        platform.answers(404, error(404, "Not Found"));

        assertThatThrownBy(() -> connector().read(order()))
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("setting shop");
    }

    @Test
    void cancel_shouldBeUnsure_whenShopifyFailsInside() {
        shows(whole -> {});
        var answer = Canned.object("cancel-refused");
        var error = (ObjectNode) answer.at("/data/orderCancel/orderCancelUserErrors/0");
        error.put("code", "INTERNAL_ERROR").put("message", "Something went wrong");
        platform.answers(200, Json.write(answer));
        answers("not-cancelled");

        assertThat(problem(whole())).isInstanceOf(Unsure.class);
    }

    @Test
    void change_shouldBeUnsure_whenTheErrorIsUnheardOf() {
        shows(whole -> {});
        platform.answers(
                200, "{\"errors\":[{\"extensions\":{\"code\":\"TELEPORTED\"}}],\"data\":null}");

        assertThat(problem(whole())).isInstanceOf(Unsure.class);
    }

    @Test
    void pause_shouldBeWhatTheBucketNeeds_whenTheCostIsTooHigh() {
        answers("throttled");

        assertThatThrownBy(() -> connector().read(order()))
                .isInstanceOf(Throttled.class)
                .hasMessage("asked to come back in 8 s");
    }

    @Test
    void scope_shouldBeNamed_whenAccessIsDenied() {
        answers("access-denied");

        assertThatThrownBy(() -> connector().read(order()))
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("read_customers");
    }

    @Test
    void internalError_shouldLeaveUsUnsure_onlyAfterAChange() {
        answers("internal-error");
        assertThatThrownBy(() -> connector().read(order())).isInstanceOf(Unreachable.class);
        shows(whole -> {});
        answers("internal-error");

        assertThat(problem(whole())).isInstanceOf(Unsure.class);
    }

    @Test
    void token_shouldBeIssuedOnce_andRenewedWhenItIsTurnedAway() {
        try (var tables = new TestTables()) {
            var settings = Json.object().put("baseUrl", platform.url());
            var shopify = new Shopify(TestPlatform.of("shopify", settings, APP, tables, clock));
            platform.answersTo(TOKEN, 200, Canned.text("token"));
            shows(whole -> {});
            shows(whole -> {});
            platform.answersTo(GRAPHQL, 401, error(401, "Invalid API key or access token"));
            var next = Canned.object("token").put("access_token", "shpat_issued_2");
            platform.answersTo(TOKEN, 200, Json.write(next));
            shows(whole -> {});

            for (var times = 0; times < 3; times++) shopify.read(order());

            assertThat(platform.asked())
                    .filteredOn(asked -> asked.call().startsWith(TOKEN))
                    .hasSize(2);
            assertThat(platform.lastAsked().header("X-Shopify-Access-Token"))
                    .contains("shpat_issued_2");
        }
    }

    @ParameterizedTest
    @CsvSource({"400", "401"})
    void secret_shouldBeNamed_whenShopifyIssuesNoToken(int status) {
        try (var tables = new TestTables()) {
            var settings = Json.object().put("baseUrl", platform.url());
            var shopify = new Shopify(TestPlatform.of("shopify", settings, APP, tables, clock));
            platform.answersTo(TOKEN, status, "{\"error\":\"invalid_client\"}");

            assertThatThrownBy(shopify::probe)
                    .isInstanceOf(Misconfigured.class)
                    .hasMessageContaining("secret unwind/shopify");
        }
    }

    @Override
    protected Shopify connect(String baseUrl, InstantSource clock) {
        var settings = Json.object().put("baseUrl", baseUrl);
        return new Shopify(
                TestPlatform.of("shopify", settings, Map.of("accessToken", SECRET), clock));
    }

    @Override
    protected OrderRef order() {
        return new OrderRef("shopify", "1001");
    }

    @Override
    protected String line() {
        return "71";
    }

    @Override
    protected String readCall() {
        return GRAPHQL;
    }

    @Override
    protected String cancelCall() {
        return GRAPHQL;
    }

    @Override
    protected String takeCall() {
        return GRAPHQL;
    }

    @Override
    protected void shows(State state) {
        var answer = Canned.object("order");
        var order = Canned.node(answer);
        order.put("presentmentCurrencyCode", state.paid().currency());
        if (state.cancelled()) order.put("cancelledAt", "2026-11-23T09:59:00Z");
        Canned.line(answer).put("unfulfilledQuantity", UNITS - state.shipped());
        Canned.sale(answer)
                .putObject("amountSet")
                .putObject("presentmentMoney")
                .put("amount", state.paid().decimal())
                .put("currencyCode", state.paid().currency());
        platform.answers(200, Json.write(answer));
    }

    /** Asked for with its {@code #} and without. */
    @Override
    protected void showsNothing() {
        answers("no-order");
        answers("no-order");
    }

    @Override
    protected void tellsAsChanged(State state) {
        var at = state.cancelled() ? "2026-11-23T09:59:00Z" : "";
        platform.answers(200, cancelledPage("1001", at, false));
    }

    @Override
    protected void cancels() {
        answers("cancel");
        answers("cancelled");
    }

    @Override
    protected void refuses(String words) {
        platform.answers(200, refusal(words));
        answers("not-cancelled");
        shows(whole -> {});
    }

    @Override
    protected void takesLinesBack() {
        answers("refund");
    }

    @Override
    protected void hasTakenBack(int units, String mark) {
        var answer = Canned.object("order");
        Canned.line(answer).put("currentQuantity", UNITS - units);
        Canned.node(answer)
                .putArray("refunds")
                .addObject()
                .put("id", "gid://shopify/Refund/61")
                .put("note", mark);
        platform.answers(200, Json.write(answer));
    }

    @Override
    protected void notes() {
        answers("note");
    }

    @Override
    protected String error(int status, String words) {
        return Json.write(Json.object().put("errors", words));
    }

    @Override
    protected boolean isWrite(FakePlatform.Asked asked) {
        return query(asked).startsWith("mutation");
    }

    @Override
    protected boolean restocks(FakePlatform.Asked cancel) {
        return cancel.json().at("/variables/restock").asBoolean();
    }

    @Override
    protected String key(FakePlatform.Asked cancel) {
        return cancel.json().at("/variables/staffNote").asText();
    }

    private void shows(Consumer<ObjectNode> change) {
        var answer = Canned.object("order");
        change.accept(Canned.node(answer));
        platform.answers(200, Json.write(answer));
    }

    private static String cancelledPage(String number, String at, boolean more) {
        var orders = Json.object();
        orders.putArray("nodes").addObject().put("name", "#" + number).put("cancelledAt", at);
        orders.putObject("pageInfo").put("hasNextPage", more).put("endCursor", "next");
        var answer = Json.object();
        answer.putObject("data").set("orders", orders);
        return Json.write(answer);
    }

    private void disputed(String as, String status) {
        shows(
                order ->
                        order.putArray("disputes")
                                .addObject()
                                .put("id", "gid://shopify/OrderDisputeSummary/31")
                                .put("initiatedAs", as)
                                .put("status", status));
    }

    private void answers(String canned) {
        platform.answers(200, Canned.text(canned));
    }

    private static String failure(String words) {
        var answer = Canned.object("cancel-failed");
        ((ObjectNode) answer.at("/data/node/errors/0")).put("message", words);
        return Json.write(answer);
    }

    private static String refusal(String words) {
        var answer = Canned.object("cancel-refused");
        var error = (ObjectNode) answer.at("/data/orderCancel/orderCancelUserErrors/0");
        error.put("message", words);
        return Json.write(answer);
    }

    private static String query(FakePlatform.Asked asked) {
        JsonNode sent = asked.path().contains("graphql") ? asked.json() : Json.object();
        return sent.path("query").asText();
    }
}
