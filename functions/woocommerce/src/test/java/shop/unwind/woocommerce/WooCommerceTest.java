package shop.unwind.woocommerce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.domain.CaseId;
import shop.unwind.domain.Money;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Payment;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Plan;
import shop.unwind.domain.Plan.Why;
import shop.unwind.json.Json;
import shop.unwind.once.Attempt;
import shop.unwind.once.Found;
import shop.unwind.problem.Changed;
import shop.unwind.problem.Misconfigured;
import shop.unwind.problem.NotFound;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Unreachable;
import shop.unwind.problem.Unsure;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestPlatform;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What only WooCommerce does. */
final class WooCommerceTest {
    private static final OrderRef ORDER = new OrderRef("woocommerce", "727");
    private static final Attempt CANCEL = new Attempt(new CaseId(ORDER, 1), "cancel", 1);
    private static final Attempt REFUND = new Attempt(new CaseId(ORDER, 1), "refund-727", 1);
    private static final Money PAID = new Money(4660, "USD");
    private static final Money NONE = Money.zero("USD");
    private static final Payment PAYMENT =
            new Payment(new PaymentRef("woocommerce", "727"), NONE, PAID, NONE, List.of());

    private final FakePlatform platform = new FakePlatform();
    private final ObjectNode settings = Json.object().put("baseUrl", platform.url());
    private final ObjectNode order = Canned.object("order");

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    @DisplayName("goods are taken back by a record without money, so that nothing is counted twice")
    void lines_shouldBeTakenBackWithoutMoney() {
        Canned.isFound(platform, order, List.of());
        platform.answersTo(Canned.CREATE, 201, Json.write(Canned.object("lines-taken")));

        cancel(units(1));

        var sent = platform.lastAsked().json();
        assertThat(sent.path("amount").asText()).isEqualTo("0");
        assertThat(sent.path("api_refund")).isEqualTo(Json.tree(false));
        assertThat(sent.path("api_restock")).isEqualTo(Json.tree(true));
        assertThat(sent.at("/line_items/0"))
                .isEqualTo(Json.parse("{\"id\":315,\"quantity\":1,\"refund_total\":0}"));
    }

    @Test
    @DisplayName("money goes back by a record without lines, so that no unit comes back twice (R6)")
    void refund_shouldMoveNoStock() {
        platform.answersTo(Canned.CREATE, 201, Json.write(Canned.object("refund")));

        shop().refund(PAYMENT, PAID, Why.CUSTOMER, REFUND);

        var sent = platform.lastAsked().json();
        assertThat(sent.path("api_refund")).isEqualTo(Json.tree(true));
        assertThat(sent.path("api_restock")).isEqualTo(Json.tree(false));
        assertThat(sent.has("line_items")).isFalse();
    }

    @Test
    void remainder_shouldBeRight_whenLinesAndMoneyHaveTheirOwnRecords() {
        var money = Canned.record(801, new Money(2080, "USD"), "unwind:woocommerce-727-1:refund");
        Canned.isFound(platform, order, List.of(Canned.object("lines-taken"), money));

        var read = shop().read(ORDER);

        var line = read.lines().getFirst();
        assertThat(line.open()).isEqualTo(1);
        assertThat(line.worth()).contains(new Money(2080, "USD"));
        assertThat(read.tenders().getFirst().remaining()).isEqualTo(new Money(2580, "USD"));
    }

    @ParameterizedTest
    @CsvSource({"1, 834", "2, 1667"})
    @DisplayName("the shares of a line add up to what was paid (C22)")
    void worth_shouldBeTheRestOfTheLine(int left, long worth) {
        line().put("quantity", 3).put("total", "24.00").put("total_tax", "1.00");
        var taken = Canned.object("lines-taken");
        ((ObjectNode) taken.at("/line_items/0")).put("quantity", left - 3);
        Canned.isFound(platform, order, List.of(taken));

        var line = shop().read(ORDER).lines().getFirst();

        assertThat(line.open()).isEqualTo(left);
        assertThat(line.worth()).contains(new Money(worth, "USD"));
    }

    @Test
    @DisplayName("a stale answer cannot hide a refund of ours (R2)")
    void order_shouldBeAskedForAgain_whenItsRecordsDoNotAgree() {
        platform.answersTo(Canned.SEARCH, 200, "[" + Json.write(order) + "]");
        platform.answersTo(Canned.RECORDS, 200, "[" + Json.write(Canned.object("refund")) + "]");

        assertThatThrownBy(() -> shop().read(ORDER)).isInstanceOf(Unreachable.class);
    }

    @Test
    @DisplayName("without keys, nothing is sent again before its host must be done with it (R2)")
    void writes_shouldGetTheirTime() {
        assertThat(shop().settles()).isEqualTo(Duration.ofMinutes(5));
        assertThat(shop().cancel(ORDER, plan(units(1), true)).settles())
                .isEqualTo(Duration.ofMinutes(5));
        assertThat(shop().cancel(ORDER, plan(List.of(), true)).settles()).isZero();

        settings.put("settlesWithin", "PT10M");
        assertThat(shop().settles()).isEqualTo(Duration.ofMinutes(10));
        settings.put("settlesWithin", "ten minutes");
        assertThatThrownBy(() -> shop().settles())
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("platforms.woocommerce.settlesWithin");
    }

    @Test
    @DisplayName("a record that the gateway has not confirmed says nothing about the money (R2)")
    void find_shouldBeUnsure_whenTheGatewayHasNotConfirmed() {
        var record = Canned.record(801, PAID, REFUND.mark()).put("refunded_payment", false);
        Canned.isRead(platform, order, List.of(record));

        assertThatThrownBy(() -> shop().find("727", REFUND)).isInstanceOf(Unsure.class);
    }

    @Test
    void find_shouldFindOurs_amongOthers() {
        var ours = Canned.record(802, PAID, REFUND.mark());
        var theirs = Canned.record(801, NONE, "unwind:woocommerce-727-2:refund-727");
        Canned.isRead(platform, order, List.of(theirs, ours));

        assertThat(shop().find("727", REFUND))
                .isInstanceOfSatisfying(
                        Found.Done.class,
                        found -> assertThat(found.outcome().reference()).isEqualTo("727.802"));
    }

    @Test
    void refusal_shouldBeDecidedAgain_whenSomebodyElseHasRefundedMeanwhile() {
        platform.answersTo(Canned.CREATE, 500, noRefund("Invalid refund amount."));
        Canned.isRead(platform, order, List.of(Canned.record(800, PAID, "by hand")));

        assertThatThrownBy(() -> shop().refund(PAYMENT, PAID, Why.CUSTOMER, REFUND))
                .isInstanceOf(Changed.class);
    }

    @Test
    @DisplayName("a cancel that overtakes a shipment is put right again (R5)")
    void order_shouldBeCompletedAgain_whenItWasCompletedMeanwhile() {
        Canned.isFound(platform, order, List.of());
        var both =
                Canned.object("order")
                        .put("status", "cancelled")
                        .put("date_completed_gmt", "2026-11-23T09:59:59");
        platform.answersTo(Canned.UPDATE, 200, Json.write(both));
        platform.answersTo(
                Canned.UPDATE, 200, Json.write(both.deepCopy().put("status", "completed")));

        assertThatThrownBy(() -> cancel(List.of())).isInstanceOf(Changed.class);

        assertThat(platform.lastAsked().json().path("status").asText()).isEqualTo("completed");
    }

    @Test
    void order_shouldCountAsShipped_whenItWasCompletedBeforeItWasCancelled() {
        order.put("status", "cancelled").put("date_completed_gmt", "2026-11-23T09:00:00");
        Canned.isFound(platform, order, List.of());

        var read = shop().read(ORDER);

        assertThat(read.cancelled()).isTrue();
        assertThat(read.lines().getFirst().cancellable()).isZero();
        assertThat(read.anythingShipped()).isTrue();
    }

    @Test
    void order_shouldBeOpen_whenItWasReopened() {
        order.put("date_completed_gmt", "2026-11-23T09:00:00");
        Canned.isFound(platform, order, List.of());

        assertThat(shop().read(ORDER).lines().getFirst().cancellable()).isEqualTo(2);
    }

    @Test
    void order_shouldBeCancelled_whenOurRefundMadeItRefunded() {
        order.put("status", "refunded");
        Canned.isFound(platform, order, List.of(Canned.record(801, PAID, REFUND.mark())));

        assertThat(shop().read(ORDER).cancelled()).isTrue();
    }

    @Test
    @DisplayName("staff who booked a refund by hand took nothing back, so nothing follows from it")
    void order_shouldNotBeCancelled_whenOnlyPeopleRefundedIt() {
        order.put("status", "refunded");
        var goods = Canned.object("lines-taken");
        Canned.isFound(platform, order, List.of(goods, Canned.record(800, PAID, "by hand")));

        assertThat(shop().read(ORDER).cancelled()).isFalse();
    }

    @Test
    void cancel_shouldNameThePolicy_whenStockIsNotToComeBack() {
        Canned.isFound(platform, order, List.of());

        assertThatThrownBy(() -> shop().cancel(ORDER, plan(List.of(), false)).act(CANCEL))
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("stockManagement");
    }

    @Test
    void cancel_shouldGoThrough_whenWooCommerceManagesNoStock() {
        settings.put("stockManagement", false);
        Canned.isFound(platform, order, List.of());
        platform.answersTo(
                Canned.UPDATE, 200, Json.write(Canned.object("order").put("status", "cancelled")));

        var done = shop().cancel(ORDER, plan(List.of(), false)).act(CANCEL);

        assertThat(done.result()).isEqualTo(Result.DONE);
        assertThat(done.words()).isEqualTo("order cancelled");
    }

    @Test
    void number_shouldBeCompared_whateverTheSearchBrings() {
        var other = Canned.object("order").put("id", 900).put("number", "1727");
        platform.answersTo(Canned.SEARCH, 200, "[" + Json.write(other) + "]");
        platform.answersTo(Canned.ORDER, 200, Json.write(order.put("number", "500")));

        assertThatThrownBy(() -> shop().read(ORDER)).isInstanceOf(NotFound.class);
    }

    @Test
    void number_shouldBeFoundById_whenTheSearchDoesNotBringIt() {
        platform.answersTo(Canned.SEARCH, 200, "[]");
        Canned.isRead(platform, order, List.of());

        assertThat(shop().read(ORDER).id()).isEqualTo("727");
    }

    @Test
    void number_shouldBeForPeople_whenTwoOrdersHaveIt() {
        var other = Canned.object("order").put("id", 900);
        platform.answersTo(
                Canned.SEARCH, 200, "[" + Json.write(other) + "," + Json.write(order) + "]");

        assertThatThrownBy(() -> shop().read(ORDER)).isInstanceOf(Refused.class);
    }

    @Test
    void status_shouldBeAskedFor_whenAPluginMadeIt() {
        order.put("status", "packed");
        Canned.isFound(platform, order, List.of());

        assertThatThrownBy(() -> shop().read(ORDER))
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("packed");
    }

    @Test
    void status_shouldBeWhatTheSettingsSay_whenAPluginMadeIt() {
        settings.putArray("shippedStatuses").add("dispatched");
        order.put("status", "dispatched");
        Canned.isFound(platform, order, List.of());

        assertThat(shop().read(ORDER).anythingShipped()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 406, 501, 503})
    void page_shouldBeNoAnswer_whenAFirewallSendsIt(int status) {
        var type = Map.of("Content-Type", "text/html");
        platform.answersTo(Canned.SEARCH, status, "<html>blocked</html>", type);
        assertThatThrownBy(() -> shop().read(ORDER)).isInstanceOf(Unreachable.class);

        platform.answersTo(Canned.CREATE, status, "<html>blocked</html>", type);
        assertThatThrownBy(() -> shop().refund(PAYMENT, PAID, Why.CUSTOMER, REFUND))
                .isInstanceOf(Unsure.class);
    }

    @Test
    void missingApi_shouldNamePermalinks() {
        var type = Map.of("Content-Type", "text/html; charset=UTF-8");
        platform.answersTo(Canned.SEARCH, 404, "<html>not found</html>", type);

        assertThatThrownBy(() -> shop().read(ORDER))
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("permalinks");
    }

    @Test
    void keys_shouldTravelInTheHeader() {
        Canned.isFound(platform, order, List.of());

        shop().read(ORDER);

        assertThat(platform.lastAsked().header("Authorization")).contains("Basic Y2tfMTpjc18x");
        assertThat(platform.lastAsked().path()).doesNotContain("cs_1");
    }

    @Test
    @DisplayName("keys in the query are sent there and told to nobody (R10)")
    void keys_shouldTravelInTheQuery_whenTheHostTakesTheHeaderAway() {
        settings.put("keysInQuery", true);
        platform.answersTo(Canned.SEARCH, 502, "");

        assertThatThrownBy(() -> shop().read(ORDER)).message().doesNotContain("cs_1");

        assertThat(platform.lastAsked().path())
                .contains("&consumer_key=ck_1")
                .contains("&consumer_secret=cs_1");
        assertThat(platform.lastAsked().header("Authorization")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://shop.example", "ftp://shop.example", "shop.example", ""})
    void address_shouldBeRefused_whenKeysWouldTravelInTheClear(String address) {
        settings.remove("baseUrl");
        settings.put("store", address);

        assertThatThrownBy(() -> shop().probe())
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("platforms.woocommerce.store");
    }

    @Test
    void hold_shouldBeForPeople_whenNobodyKnowsWhetherTheGatewayLetItGo() {
        order.putNull("date_paid_gmt").put("status", "cancelled");
        Canned.isRead(platform, order, List.of());

        assertThatThrownBy(() -> shop().release(PAYMENT, REFUND)).isInstanceOf(Refused.class);
    }

    @Test
    void hold_shouldBeReleased_whenItsGatewayIsKnownToLetItGo() {
        settings.putArray("voidsOnCancel").add("woocommerce_payments");
        order.putNull("date_paid_gmt").put("status", "cancelled");
        Canned.isRead(platform, order, List.of());

        assertThat(shop().release(PAYMENT, REFUND).result()).isEqualTo(Result.DONE);
    }

    @Test
    void refund_shouldBeGone_whenItsRecordWasDeleted() {
        platform.answersTo(
                Canned.RECORDS,
                404,
                Canned.error("woocommerce_rest_shop_order_refund_invalid_id", "Invalid ID.", 404));
        var before =
                new Outcome(
                        "refund-727",
                        "woocommerce",
                        Result.DONE,
                        "727.801",
                        Optional.of(PAID),
                        "refunded",
                        new TestClock().instant());

        assertThatThrownBy(() -> shop().follow(before)).isInstanceOf(NotFound.class);
    }

    private WooCommerce shop() {
        var keys = Map.of("consumerKey", "ck_1", "consumerSecret", "cs_1");
        return new WooCommerce(TestPlatform.of("woocommerce", settings, keys, new TestClock()));
    }

    private Outcome cancel(List<Plan.Units> lines) {
        return shop().cancel(ORDER, plan(lines, true)).act(CANCEL);
    }

    private ObjectNode line() {
        return (ObjectNode) order.at("/line_items/0");
    }

    private static List<Plan.Units> units(int quantity) {
        return List.of(new Plan.Units("315", quantity));
    }

    private static Plan.Cancel plan(List<Plan.Units> lines, boolean restock) {
        return new Plan.Cancel("cancel", "woocommerce", lines, restock, Why.CUSTOMER);
    }

    private static String noRefund(String words) {
        return Canned.error("woocommerce_rest_cannot_create_order_refund", words, 500);
    }
}
