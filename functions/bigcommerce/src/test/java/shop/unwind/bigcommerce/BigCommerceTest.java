package shop.unwind.bigcommerce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static shop.unwind.bigcommerce.Canned.ADJUST;
import static shop.unwind.bigcommerce.Canned.ADJUSTED;
import static shop.unwind.bigcommerce.Canned.ORDER;
import static shop.unwind.bigcommerce.Canned.REFUND;
import static shop.unwind.bigcommerce.Canned.UPDATE;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.domain.CaseId;
import shop.unwind.domain.Dispute.Phase;
import shop.unwind.domain.Money;
import shop.unwind.domain.Order;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Payment;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Plan;
import shop.unwind.domain.Plan.Audience;
import shop.unwind.domain.Plan.Why;
import shop.unwind.json.Json;
import shop.unwind.once.Attempt;
import shop.unwind.once.Found;
import shop.unwind.problem.Busy;
import shop.unwind.problem.Changed;
import shop.unwind.problem.Misconfigured;
import shop.unwind.problem.NotFound;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Throttled;
import shop.unwind.problem.Unreachable;
import shop.unwind.problem.Unsure;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.TestClock;
import shop.unwind.words.Letter;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What only BigCommerce does. */
final class BigCommerceTest {
    private static final OrderRef REF = new OrderRef("bigcommerce", "118");
    private static final CaseId CASE = new CaseId(REF, 1);
    private static final Attempt CANCEL = new Attempt(CASE, "cancel", 1);
    private static final Attempt GIVE_BACK = new Attempt(CASE, "refund-118.braintree", 1);
    private static final String TAG = "[unwind:bigcommerce-118-1:cancel] ";
    private static final Money PAID = new Money(4660, "USD");
    private static final Money NONE = Money.zero("USD");
    private static final Payment PAYMENT =
            new Payment(
                    new PaymentRef("bigcommerce", "118.braintree"), NONE, PAID, NONE, List.of());

    private final FakePlatform platform = new FakePlatform();
    private final TestClock clock = new TestClock();
    private final BigCommerce shop =
            new BigCommerce(Canned.platform(platform.url(), "token", clock));
    private final ObjectNode order = Canned.object("order");

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void everyCall_shouldBearTheToken_andAskForJson() {
        shows(order);

        shop.read(REF);

        assertThat(platform.asked())
                .hasSize(4)
                .allSatisfy(
                        asked -> {
                            assertThat(asked.header("X-Auth-Token")).contains("token");
                            assertThat(asked.header("Accept")).contains("application/json");
                        });
    }

    @Test
    @DisplayName("units that we took back stand in the staff notes, and nowhere else")
    void line_shouldBeOpenForTheRest_whenOurNotesSayThatPartWasTaken() {
        shows(order.put("staff_notes", "Ring twice.\n" + TAG + "took back 194x1"));

        var line = shop.read(REF).lines().getFirst();

        assertThat(line.open()).isEqualTo(1);
        assertThat(line.worth()).contains(new Money(2330, "USD"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"took back 194x1", "I wrote " + TAG + "took back 194x1"})
    void line_shouldBeOpen_whenSomebodyElseWroteSo(String words) {
        shows(order.put("staff_notes", words));

        assertThat(shop.read(REF).lines()).extracting(Order.Line::open).containsExactly(2);
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "8, 0", "10, 0", "3, 0", "11, 2", "9, 2", "14, 2"})
    @DisplayName("what a status says has left, whatever the lines say (R5)")
    void units_shouldNotBeCancellable_whenTheStatusSaysThatTheyLeft(int status, int cancellable) {
        shows(order.put("status_id", status));

        assertThat(shop.read(REF).lines())
                .extracting(Order.Line::cancellable)
                .containsExactly(cancellable);
    }

    @ParameterizedTest
    @CsvSource({"4, true, true", "14, true, true", "4, false, false", "14, false, false"})
    @DisplayName("a refund moves a cancelled order on: whether we cancelled it, our note says")
    void refundedOrder_shouldBeCancelled_whenWeDidIt(int status, boolean ours, boolean cancelled) {
        shows(
                order.put("status_id", status)
                        .put("staff_notes", ours ? TAG + "order cancelled" : ""));

        assertThat(shop.read(REF).cancelled()).isEqualTo(cancelled);
    }

    @Test
    void disputedOrder_shouldWaitForAPerson() {
        shows(order.put("status_id", 13));

        assertThat(shop.read(REF).otherDisputes())
                .singleElement()
                .satisfies(dispute -> assertThat(dispute.phase()).isEqualTo(Phase.UNKNOWN));
    }

    @Test
    void disputedOrder_shouldNotBeCancelled() {
        showsGoods(order.put("status_id", 13));

        assertThatThrownBy(() -> cancel(List.of(), true))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("disputed");
        assertThat(writes()).isEmpty();
    }

    @Test
    @DisplayName("a refund in the list and the same one among the transactions count once")
    void refunded_shouldBeTheLarger_ofListAndTransactions() {
        platform.answersTo(ORDER, 200, Json.write(order.put("payment_status", "refunded")));
        Canned.showsMoney(
                platform,
                List.of(Canned.transaction("purchase", PAID), Canned.transaction("refund", PAID)),
                List.of(Canned.refund(new Money(1000, "USD"), "by hand")));

        assertThat(shop.read("118.braintree").refunded()).isEqualTo(PAID);
    }

    @Test
    void order_shouldBeAskedForAgain_whenItsRefundsAreNotShownYet() {
        platform.answersTo(
                ORDER, 200, Json.write(order.put("payment_status", "partially refunded")));
        Canned.showsMoney(platform, List.of(Canned.transaction("purchase", PAID)), List.of());

        assertThatThrownBy(() -> shop.read("118.braintree")).isInstanceOf(Unreachable.class);
    }

    @Test
    void orderWithoutTransactions_shouldBeNamedAfterItsMethod() {
        platform.answersTo(ORDER, 200, Json.write(order.put("payment_method", "Bank Deposit")));
        platform.answersTo(Canned.PRODUCTS, 200, Json.write(Canned.read("products")));
        Canned.showsMoney(platform, List.of(), List.of());

        assertThat(shop.read(REF).tenders())
                .extracting(Order.Tender::gateway)
                .containsExactly("Bank Deposit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A-118", "0118", "../118", "118.0"})
    void order_shouldNotBeFound_whenItsNumberIsNoId(String number) {
        var odd = number.replace("/", "-").replaceFirst("^\\.\\.", "x");

        assertThatThrownBy(() -> shop.read(new OrderRef("bigcommerce", odd)))
                .isInstanceOf(NotFound.class);
        assertThat(platform.asked()).isEmpty();
    }

    @Test
    void cancel_shouldChangeStatusAndNotes_andNothingElse() {
        showsGoods(order);
        settings(true);
        updates(5, TAG + "order cancelled");

        cancel(List.of(), true);

        var sent = platform.lastAsked().json();
        assertThat(sent.path("status_id").asInt()).isEqualTo(5);
        assertThat(sent.path("staff_notes").asText())
                .isEqualTo("Ring twice.\n" + TAG + "order cancelled");
        assertThat(sent.size()).isEqualTo(2);
    }

    @Test
    @DisplayName("an order that left while it was being cancelled is put right again (R5)")
    void cancel_shouldBeUndone_whenTheOrderLeftMeanwhile() {
        showsGoods(order);
        settings(true);
        order.put("items_shipped", 1);
        updates(5, TAG + "order cancelled");
        updates(3, "");

        assertThatThrownBy(() -> cancel(List.of(), true)).isInstanceOf(Changed.class);

        var sent = platform.lastAsked().json();
        assertThat(sent.path("status_id").asInt()).isEqualTo(3);
        assertThat(sent.path("staff_notes").asText()).isEqualTo("Ring twice.");
    }

    @Test
    @DisplayName("where the store brings nothing back we do, once (R6)")
    void stock_shouldBeAdjusted_whenTheStoreDoesNotBringItBack() {
        showsGoods(order);
        settings(false);
        levels(40);
        updates(5, TAG + "order cancelled\n" + TAG + "stock to come back 77:40+2");
        platform.answersTo(ADJUST, 200, ADJUSTED);
        updates(5, TAG + "stock came back");

        cancel(List.of(), true);

        var sent = asked(ADJUST).getFirst().json();
        assertThat(sent.path("reason").asText()).isEqualTo(CANCEL.mark());
        assertThat(sent.at("/items/0/variant_id").asInt()).isEqualTo(77);
        assertThat(sent.at("/items/0/quantity").asInt()).isEqualTo(2);
        assertThat(sent.at("/items/0/location_id").asInt()).isEqualTo(1);
    }

    @Test
    @DisplayName("what came back with lines earlier does not come back again with the order (R6)")
    void stock_shouldBeLowered_whenTheStoreBringsBackWhatWeBroughtBackBefore() {
        var before = "[unwind:bigcommerce-118-1:cancel-0a] ";
        showsGoods(
                order.put(
                        "staff_notes",
                        before + "took back 194x1\n" + before + "stock to come back 77:39+1"));
        settings(true);
        levels(40);
        updates(5, TAG + "order cancelled\n" + TAG + "stock to come back 77:40-1");
        platform.answersTo(ADJUST, 200, ADJUSTED);
        updates(5, TAG + "stock came back");

        cancel(List.of(), true);

        assertThat(asked(ADJUST).getFirst().json().at("/items/0/quantity").asInt()).isEqualTo(-1);
    }

    @Test
    void stock_shouldBeLeftAlone_whenTheStoreTakesItOnlyWithTheParcel() {
        showsGoods(order);
        var settings = Canned.object("inventory-settings");
        ((ObjectNode) settings.path("data"))
                .put("refund_order_stock_adjustment", false)
                .put("update_stock_behavior", "order_completed_or_shipped");
        platform.answersTo(Canned.SETTINGS, 200, Json.write(settings));
        updates(5, TAG + "order cancelled");

        assertThat(cancel(List.of(), true).result()).isEqualTo(Result.DONE);
        assertThat(asked(ADJUST)).isEmpty();
    }

    @Test
    void cancel_shouldNameTheSetting_whenTheStoreBringsBackWhatItShouldNot() {
        showsGoods(order);
        settings(true);

        assertThatThrownBy(() -> cancel(List.of(), false))
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("policy restock");
        assertThat(writes()).isEmpty();
    }

    @Test
    void cancel_shouldLeaveTheStockToStaff_whenTheStoreTakesNoAdjustment() {
        showsGoods(order);
        settings(false);
        levels(40);
        updates(5, TAG + "order cancelled\n" + TAG + "stock to come back 77:40+2");
        platform.answersTo(ADJUST, 422, Canned.error(422, "requires absolute adjustment"));
        updates(5, TAG + "stock to be taken back by hand");

        assertThat(cancel(List.of(), true).words()).contains("see its level there");
    }

    @Test
    @DisplayName("an adjustment that moved stock and could not be noted is looked for (R6)")
    void cancel_shouldBeUnsure_whenItsStockCameBackAndThatIsNotNoted() {
        showsGoods(order);
        settings(false);
        levels(40);
        updates(5, TAG + "order cancelled\n" + TAG + "stock to come back 77:40+2");
        platform.answersTo(ADJUST, 200, ADJUSTED);
        platform.answersTo(UPDATE, 429, "");

        assertThatThrownBy(() -> cancel(List.of(), true)).isInstanceOf(Unsure.class);
    }

    @ParameterizedTest
    @CsvSource({"42, stock came back", "41, stock to be taken back by hand"})
    @DisplayName("the level tells whether a lost adjustment arrived, or leaves it to staff (R6)")
    void lostAdjustment_shouldBeTold_byTheLevel(int level, String noted) {
        begun();
        levels(level);
        updates(5, TAG + "order cancelled\n" + TAG + noted);

        var found = shop.cancel(REF, plan(List.of(), true)).find(CANCEL);

        assertThat(found).isInstanceOf(Found.Done.class);
        assertThat(platform.lastAsked().json().path("staff_notes").asText()).endsWith(TAG + noted);
        assertThat(asked(ADJUST)).isEmpty();
    }

    @Test
    void lostAdjustment_shouldBeSentAgain_whenTheLevelIsAsItWas() {
        begun();
        levels(40);

        assertThat(shop.cancel(REF, plan(List.of(), true)).find(CANCEL))
                .isInstanceOf(Found.Nothing.class);
        begun();
        platform.answersTo(ADJUST, 200, ADJUSTED);
        updates(5, TAG + "order cancelled\n" + TAG + "stock came back");

        assertThat(cancel(List.of(), true).result()).isEqualTo(Result.DONE);
        assertThat(asked(UPDATE)).hasSize(1);
    }

    @Test
    void refund_shouldGoBackTheWayItCame_whateverElseTheStoreOffers() {
        quoted();
        platform.answersTo(REFUND, 201, Canned.data(Canned.refund(PAID, "x")));

        refund();

        var sent = platform.lastAsked().json();
        assertThat(sent.path("payments").size()).isEqualTo(1);
        assertThat(sent.at("/payments/0/provider_id").asText()).isEqualTo("braintree");
        assertThat(sent.at("/payments/0/offline").booleanValue()).isFalse();
        assertThat(sent.at("/items/0/item_type").asText()).isEqualTo("ORDER");
        assertThat(sent.at("/items/0/reason").asText()).isEqualTo(GIVE_BACK.mark() + ":1");
        assertThat(platform.lastAsked().body()).contains("\"amount\":46.6");
    }

    @ParameterizedTest
    @CsvSource({"provider_id, custom", "offline, true", "amount, 46.59"})
    @DisplayName("a refund that would be booked only, or go another way, is for staff")
    void refund_shouldBeRefused_whenTheStoreOffersNoneThroughTheGateway(
            String field, String value) {
        platform.answersTo(Canned.REFUNDS, 200, Canned.data(List.of()));
        var quote = Canned.quote(PAID);
        var ours = (ObjectNode) quote.at("/data/refund_methods/1/0");
        ours.set(field, field.equals("provider_id") ? ours.textNode(value) : Json.parse(value));
        platform.answersTo(Canned.QUOTE, 201, Json.write(quote));
        isReadAgain();

        assertThatThrownBy(this::refund)
                .isInstanceOf(Refused.class)
                .hasMessageContaining("offers no refund of 46.60 USD through braintree");
        assertThat(asked(REFUND)).isEmpty();
    }

    @Test
    @DisplayName("one refund at a time: while another is on its way ours waits")
    void refund_shouldWait_whenAnotherIsOnItsWay() {
        var other = Canned.refund(new Money(100, "USD"), "by hand");
        other.put("created", clock.instant().toString());
        ((ObjectNode) other.at("/payments/0")).putNull("transaction_id");
        platform.answersTo(Canned.REFUNDS, 200, Canned.data(List.of(other)));

        assertThatThrownBy(this::refund).isInstanceOf(Busy.class);
        assertThat(writes()).isEmpty();
    }

    @Test
    void refund_shouldBeForStaff_whenThePaymentIsNotSettled() {
        quoted();
        platform.answersTo(REFUND, 422, Canned.error(422, "The transaction is not settled yet."));
        isReadAgain();

        assertThatThrownBy(this::refund)
                .isInstanceOf(Refused.class)
                .hasMessageContaining("not settled yet");
    }

    @Test
    @DisplayName("a declined refund moved nothing, and is not taken for the one we look for")
    void find_shouldFindNothing_whenOurRefundWasDeclined() {
        var declined = Canned.refund(PAID, GIVE_BACK.mark() + ":1");
        ((ObjectNode) declined.at("/payments/0")).put("is_declined", true);
        platform.answersTo(Canned.REFUNDS, 200, Canned.data(List.of(declined)));
        platform.answersTo(ORDER, 200, Json.write(order));

        assertThat(shop.find("118.braintree", GIVE_BACK)).isInstanceOf(Found.Nothing.class);
    }

    @Test
    @DisplayName("gateways that give no transaction: all of the money back is enough")
    void pendingRefund_shouldHaveArrived_whenTheOrderIsRefunded() {
        var pending =
                new Outcome(
                        "refund",
                        "bigcommerce",
                        Result.PENDING,
                        "118.77",
                        Optional.of(PAID),
                        "",
                        Instant.EPOCH);
        var refund = Canned.refund(PAID, "x");
        ((ObjectNode) refund.at("/payments/0")).putNull("transaction_id");
        platform.answersTo(Canned.REFUNDS, 200, Canned.data(List.of(refund)));
        platform.answersTo(ORDER, 200, Json.write(order.put("payment_status", "refunded")));

        assertThat(shop.follow(pending).result()).isEqualTo(Result.DONE);
    }

    @Test
    void release_shouldBeFollowed_whileTheVoidIsPending() {
        platform.answersTo(Canned.VOID, 201, "");
        platform.answersTo(ORDER, 200, Json.write(order.put("payment_status", "void pending")));
        platform.answersTo(ORDER, 200, Json.write(order.put("payment_status", "void")));

        var pending = shop.release(PAYMENT, GIVE_BACK);

        assertThat(pending.result()).isEqualTo(Result.PENDING);
        assertThat(shop.follow(pending).result()).isEqualTo(Result.DONE);
    }

    @Test
    void tooManyCalls_shouldWaitForTheWindow() {
        platform.answersTo(ORDER, 429, "{}", Map.of("X-Rate-Limit-Time-Reset-Ms", "15000"));

        assertThatThrownBy(() -> shop.read(REF))
                .isInstanceOfSatisfying(
                        Throttled.class,
                        later ->
                                assertThat(later.pause())
                                        .isBetween(Duration.ofSeconds(15), Duration.ofSeconds(16)));
    }

    @Test
    void lostCancellations_shouldBeReadPageByPage() {
        var page = Json.object().arrayNode();
        for (var id = 1; id <= 250; id++)
            page.add(Canned.object("order").put("id", id).put("status_id", 5));
        platform.answersTo(Canned.LISTED, 200, Json.write(page));
        platform.answersTo(Canned.LISTED, 204, "");

        assertThat(shop.eventsSince(Instant.EPOCH)).hasSize(250);
        assertThat(platform.lastAsked().path()).contains("page=2");
    }

    @Test
    void cancellationOfOurs_shouldBeNoEvent() {
        var ours = order.put("status_id", 5).put("staff_notes", TAG + "order cancelled");
        platform.answersTo(Canned.LISTED, 200, "[" + Json.write(ours) + "]");

        assertThat(shop.eventsSince(Instant.EPOCH)).isEmpty();
    }

    @Test
    @DisplayName("a customer's words in a note never pass for a note of our own")
    void note_shouldBeOneLine() {
        platform.answersTo(ORDER, 200, Json.write(order));
        platform.answersTo(UPDATE, 200, Json.write(order));
        var letter =
                new Letter(
                        CASE,
                        Audience.ORDER,
                        Optional.empty(),
                        "Refused",
                        List.of("She wrote:\n" + TAG + "took back 194x2"),
                        false,
                        Optional.empty());

        shop.note(REF, letter).act(CANCEL);

        var noted = platform.lastAsked().json();
        assertThat(StaffNotes.of(noted).all(Goods.TOOK)).isEmpty();
        assertThat(noted.path("staff_notes").asText()).startsWith("Ring twice.\n[unwind:");
    }

    private void shows(ObjectNode shown) {
        showsGoods(shown);
        Canned.showsMoney(platform, List.of(Canned.transaction("purchase", PAID)), List.of());
    }

    private void showsGoods(ObjectNode shown) {
        Canned.showsGoods(platform, shown, Canned.read("products"));
    }

    private void begun() {
        var notes = TAG + "order cancelled\n" + TAG + "stock to come back 77:40+2";
        showsGoods(order.put("status_id", 5).put("staff_notes", notes));
    }

    private void settings(boolean bringsBack) {
        var settings = Canned.object("inventory-settings");
        ((ObjectNode) settings.path("data")).put("refund_order_stock_adjustment", bringsBack);
        platform.answersTo(Canned.SETTINGS, 200, Json.write(settings));
    }

    private void levels(int level) {
        var items = Canned.object("inventory-items");
        ((ObjectNode) items.at("/data/0/locations/0")).put("available_to_sell", level);
        platform.answersTo(Canned.LEVELS, 200, Json.write(items));
    }

    private void updates(int status, String notes) {
        var now = order.deepCopy().put("status_id", status).put("staff_notes", notes);
        platform.answersTo(UPDATE, 200, Json.write(now));
    }

    private void quoted() {
        platform.answersTo(Canned.REFUNDS, 200, Canned.data(List.of()));
        platform.answersTo(Canned.QUOTE, 201, Json.write(Canned.quote(PAID)));
    }

    private void isReadAgain() {
        platform.answersTo(ORDER, 200, Json.write(order));
        Canned.showsMoney(platform, List.of(Canned.transaction("purchase", PAID)), List.of());
    }

    private Outcome refund() {
        return shop.refund(PAYMENT, PAID, Why.CUSTOMER, GIVE_BACK);
    }

    private Outcome cancel(List<Plan.Units> lines, boolean restock) {
        return shop.cancel(REF, plan(lines, restock)).act(CANCEL);
    }

    private static Plan.Cancel plan(List<Plan.Units> lines, boolean restock) {
        return new Plan.Cancel("cancel", "bigcommerce", lines, restock, Why.CUSTOMER);
    }

    private List<FakePlatform.Asked> asked(String call) {
        return platform.asked().stream().filter(it -> it.call().startsWith(call)).toList();
    }

    private List<FakePlatform.Asked> writes() {
        return platform.asked().stream().filter(it -> !it.method().equals("GET")).toList();
    }
}
