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
    private static final String KEY = "bigcommerce-118-1:cancel:1";
    private static final String WHOLE = "{\"lines\":{},\"stock\":{}}";
    private static final String PART = "{\"lines\":{\"194\":1},\"stock\":{}}";
    private static final String WITH_STOCK = "{\"lines\":{},\"stock\":{\"77\":2}}";
    private static final String LEVELS = "{\"before\":{\"77\":40}}";
    private static final String TAG = "[unwind:bigcommerce-118-1:cancel] ";
    private static final List<Plan.Units> ONE = List.of(new Plan.Units("194", 1));
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
                .hasSize(5)
                .allSatisfy(
                        asked -> {
                            assertThat(asked.header("X-Auth-Token")).contains("token");
                            assertThat(asked.header("Accept")).contains("application/json");
                        });
    }

    @Test
    @DisplayName("units that we took back stand in our marks, whatever becomes of the notes (R6)")
    void line_shouldBeOpenForTheRest_whenOurMarkSaysThatPartWasTaken() {
        shows(order.put("staff_notes", "Ring twice."), mark(KEY, PART));

        var line = shop.read(REF).lines().getFirst();

        assertThat(line.open()).isEqualTo(1);
        assertThat(line.worth()).contains(new Money(2330, "USD"));
    }

    @Test
    void line_shouldBeOpen_whenOnlyTheStaffNotesSayThatItWasTaken() {
        shows(order.put("staff_notes", TAG + "taken back, not to be packed: 1 x ACR-500"));

        assertThat(shop.read(REF).lines()).extracting(Order.Line::open).containsExactly(2);
    }

    @ParameterizedTest
    @CsvSource({"namespace, other", "permission_set, read", "key, cancelled"})
    void line_shouldBeOpen_whenAnotherAppSaysSo(String field, String value) {
        shows(order, mark(KEY, PART).put(field, value));

        assertThat(shop.read(REF).lines()).extracting(Order.Line::open).containsExactly(2);
    }

    @Test
    void line_shouldBeOpen_whenNothingCameOfIt() {
        shows(order, mark(KEY, PART), mark(KEY + ":undone", "undone"));

        assertThat(shop.read(REF).lines()).extracting(Order.Line::open).containsExactly(2);
    }

    @Test
    @DisplayName("a store that takes two marks of one key does not make us count twice (R6)")
    void line_shouldCountOnce_whenItsMarkStandsThereTwice() {
        shows(order, mark(KEY, PART), mark(KEY, PART).put("id", 7));

        assertThat(shop.read(REF).lines()).extracting(Order.Line::open).containsExactly(1);
    }

    @Test
    void marks_shouldAllBeRead_howeverFewAPageHolds() {
        platform.answersTo(ORDER, 200, Json.write(order));
        platform.answersTo(Canned.PRODUCTS, 200, Json.write(Canned.read("products")));
        platform.answersTo(Canned.MARKS, 200, Canned.page(2, mark("x:cancel:1", PART)));
        platform.answersTo(Canned.MARKS, 200, Canned.page(2, mark(KEY, PART)));
        Canned.showsMoney(platform, List.of(Canned.transaction("purchase", PAID)), List.of());

        assertThat(shop.read(REF).lines()).extracting(Order.Line::open).containsExactly(0);
        assertThat(platform.asked())
                .extracting(FakePlatform.Asked::path)
                .anyMatch(path -> path.contains("metafields") && path.contains("page=2"));
    }

    @Test
    void marks_shouldBeReadToTheEnd_whenTheStoreDoesNotSayHowMany() {
        platform.answersTo(ORDER, 200, Json.write(order));
        platform.answersTo(Canned.PRODUCTS, 200, Json.write(Canned.read("products")));
        platform.answersTo(Canned.MARKS, 200, Canned.data(List.of(mark(KEY, PART))));
        platform.answersTo(Canned.MARKS, 200, Canned.data(List.of()));
        Canned.showsMoney(platform, List.of(Canned.transaction("purchase", PAID)), List.of());

        assertThat(shop.read(REF).lines()).extracting(Order.Line::open).containsExactly(1);
    }

    @Test
    @DisplayName("a mark that cannot be read is not passed over (R6)")
    void order_shouldNotBeRead_whenAMarkIsBroken() {
        showsGoods(order, mark(KEY, "{\"lines\":"));

        assertThatThrownBy(() -> shop.read(REF)).isInstanceOf(Unreachable.class);
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
    @CsvSource({"4, ':ended', true", "14, ':ended', true", "4, ':undone', false", "14, '', false"})
    @DisplayName("a refund moves a cancelled order on: whether we cancelled it, our marks say")
    void refundedOrder_shouldBeCancelled_whenWeDidIt(int status, String last, boolean cancelled) {
        shows(order.put("status_id", status), mark(KEY, WHOLE), mark(KEY + last, "done"));

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
        showsGoods(order.put("payment_method", "Bank Deposit"));
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
    @DisplayName("the mark first, then the status and nothing else, then how it ended")
    void cancel_shouldBeMarked_beforeAndAfter() {
        showsGoods(order);
        settings(true);
        takesMarks(2);
        updates(5, "Ring twice.");

        cancel(List.of(), true);

        assertThat(written())
                .containsExactly(KEY + "=" + WHOLE, "{\"status_id\":5}", ended("done"));
        var mark = asked(Canned.MARK).getFirst().json();
        assertThat(mark.path("permission_set").asText()).isEqualTo("app_only");
        assertThat(mark.path("namespace").asText()).isEqualTo("unwind");
    }

    @Test
    @DisplayName("an order that left while it was being cancelled is put right again (R5)")
    void cancel_shouldBeUndone_whenTheOrderLeftMeanwhile() {
        showsGoods(order);
        settings(true);
        takesMarks(2);
        order.put("items_shipped", 1);
        updates(5, "Ring twice.");
        updates(3, "Ring twice.");

        assertThatThrownBy(() -> cancel(List.of(), true)).isInstanceOf(Changed.class);

        assertThat(written())
                .containsExactly(
                        KEY + "=" + WHOLE,
                        "{\"status_id\":5}",
                        "{\"status_id\":3}",
                        KEY + ":undone=undone");
    }

    @Test
    @DisplayName("a cancel that is turned away leaves no mark that says that it was done (R6)")
    void cancel_shouldBeUndone_whenTheStoreTurnsItAway() {
        showsGoods(order);
        settings(true);
        takesMarks(2);
        platform.answersTo(UPDATE, 400, Canned.error(400, "no"));

        assertThatThrownBy(() -> cancel(List.of(), true)).isInstanceOf(Refused.class);

        assertThat(written()).last().isEqualTo(KEY + ":undone=undone");
    }

    @Test
    void cancel_shouldBeDecidedAgain_whenItWasUndoneAndNobodyHeard() {
        showsGoods(order, mark(KEY, WHOLE), mark(KEY + ":undone", "undone"));
        showsGoods(order, mark(KEY, WHOLE), mark(KEY + ":undone", "undone"));

        assertThat(find(List.of())).isInstanceOf(Found.Nothing.class);
        assertThatThrownBy(() -> cancel(List.of(), true)).isInstanceOf(Changed.class);
        assertThat(writes()).isEmpty();
    }

    @Test
    @DisplayName("a crash between mark and effect: it goes on under the same mark (C1)")
    void cancel_shouldGoOn_whenOnlyItsMarkIsThere() {
        showsGoods(order, mark(KEY, WHOLE));
        showsGoods(order, mark(KEY, WHOLE));
        updates(5, "");
        takesMarks(1);

        assertThat(find(List.of())).isInstanceOf(Found.Nothing.class);
        assertThat(cancel(List.of(), true).result()).isEqualTo(Result.DONE);
        assertThat(written()).containsExactly("{\"status_id\":5}", ended("done"));
    }

    @Test
    @DisplayName("a crash between mark and effect, and the order leaves: it is left alone (R5)")
    void cancel_shouldBeUndone_whenTheOrderLeftAfterItsMark() {
        showsGoods(order.put("items_shipped", 1), mark(KEY, WHOLE));
        takesMarks(1);

        assertThatThrownBy(() -> cancel(List.of(), true)).isInstanceOf(Changed.class);
        assertThat(written()).containsExactly(KEY + ":undone=undone");
    }

    @Test
    @DisplayName("a crash between effect and last mark: nothing is done again (C1)")
    void cancel_shouldBeFound_whenItsEndIsNotMarked() {
        showsGoods(order.put("status_id", 5), mark(KEY, WHOLE));
        takesMarks(1);

        assertThat(find(List.of())).isInstanceOf(Found.Done.class);
        assertThat(written()).containsExactly(ended("done"));
    }

    @Test
    @DisplayName("a cancelled order whose mark is not shown yet is not taken for done (R6)")
    void cancel_shouldNotBeFound_whenItsMarkIsNotShown() {
        showsGoods(order.put("status_id", 5));

        assertThat(find(List.of())).isInstanceOf(Found.Nothing.class);
    }

    @Test
    void packers_shouldReadWhatWasTakenBack() {
        showsGoods(order);
        settings(true);
        takesMarks(2);
        updates(11, "");

        cancel(ONE, false);

        var sent = asked(UPDATE).getFirst().json();
        assertThat(sent.path("staff_notes").asText())
                .isEqualTo(
                        "Ring twice.\n"
                                + TAG
                                + "taken back, not to be packed: 1 x ACR-500 Acrylic paint 500 ml");
        assertThat(sent.size()).isEqualTo(1);
        assertThat(written()).first().isEqualTo(KEY + "=" + PART);
    }

    @Test
    @DisplayName("staff overwrite their notes: the same units are not taken back again (R6)")
    void units_shouldNotBeTakenAgain_whenStaffOverwroteTheNotes() {
        order.put("staff_notes", "Saved from a page that was opened before.");
        showsGoods(order, mark(KEY, PART), mark(KEY + ":ended", "done"));
        showsGoods(order, mark(KEY, PART), mark(KEY + ":ended", "done"));
        var both = List.of(new Plan.Units("194", 2));
        var later = new Attempt(new CaseId(REF, 2), "cancel", 1);

        assertThat(cancel(ONE, true).result()).isEqualTo(Result.DONE);
        assertThatThrownBy(() -> shop.cancel(REF, plan(both, true)).act(later))
                .isInstanceOf(Changed.class);

        assertThat(writes()).isEmpty();
    }

    @Test
    @DisplayName("notes overwritten before the end: packers are told again, stock is left alone")
    void packers_shouldBeToldAgain_whenStaffOverwroteTheNotesMeanwhile() {
        order.put("staff_notes", "Saved from a page that was opened before.");
        showsGoods(order, mark(KEY, PART));
        showsGoods(order, mark(KEY, PART));
        updates(11, "");
        takesMarks(1);

        assertThat(find(ONE)).isInstanceOf(Found.Nothing.class);
        cancel(ONE, true);

        assertThat(asked(UPDATE)).hasSize(1);
        assertThat(asked(ADJUST)).isEmpty();
    }

    @Test
    void units_shouldBeLeft_andTheNotesPutRight_whenTheyLeaveWhileTheyAreTakenBack() {
        showsGoods(order);
        settings(true);
        takesMarks(2);
        var told = TAG + "taken back, not to be packed: 1 x ACR-500\nSaved meanwhile.";
        order.put("items_shipped", 2);
        updates(2, told);
        updates(2, "");

        assertThatThrownBy(() -> cancel(ONE, false)).isInstanceOf(Changed.class);

        assertThat(written())
                .endsWith("{\"staff_notes\":\"Saved meanwhile.\"}", KEY + ":undone=undone");
    }

    @Test
    @DisplayName("409 says that the mark is there: what it says counts, not what we would say")
    void cancel_shouldGoOn_whenItsMarkWasThereAndNotShown() {
        showsGoods(order);
        settings(true);
        platform.answersTo(Canned.MARK, 409, Canned.error(409, "conflict"));
        platform.answersTo(Canned.MARKS, 200, Canned.page(1, mark(KEY, WITH_STOCK)));
        updates(5, "");
        levels(40);
        takesMarks(2);
        platform.answersTo(ADJUST, 200, ADJUSTED);

        assertThat(cancel(List.of(), true).result()).isEqualTo(Result.DONE);
        assertThat(asked(ADJUST)).hasSize(1);
    }

    @Test
    void cancel_shouldBeUnsure_whenItsMarkIsThereAndStillNotShown() {
        showsGoods(order);
        settings(true);
        platform.answersTo(Canned.MARK, 409, Canned.error(409, "conflict"));
        platform.answersTo(Canned.MARKS, 200, Canned.page(0));

        assertThatThrownBy(() -> cancel(List.of(), true)).isInstanceOf(Unsure.class);
        assertThat(asked(UPDATE)).isEmpty();
    }

    @Test
    @DisplayName("409 for the levels: an adjustment may be on its way, so none is sent (R6)")
    void stock_shouldNotBeAdjusted_whenItsLevelsAreMarkedAlready() {
        showsGoods(order.put("status_id", 5), mark(KEY, WITH_STOCK));
        levels(40);
        platform.answersTo(Canned.MARK, 409, Canned.error(409, "conflict"));

        assertThatThrownBy(() -> cancel(List.of(), true)).isInstanceOf(Unsure.class);
        assertThat(asked(ADJUST)).isEmpty();
    }

    @Test
    void cancel_shouldBeDone_whenItsEndIsMarkedAlready() {
        showsGoods(order.put("status_id", 5), mark(KEY, WHOLE));
        platform.answersTo(Canned.MARK, 409, Canned.error(409, "conflict"));
        platform.answersTo(
                Canned.MARKS, 200, Canned.page(2, mark(KEY, WHOLE), mark(KEY + ":ended", "done")));

        assertThat(find(List.of())).isInstanceOf(Found.Done.class);
    }

    @ParameterizedTest
    @CsvSource({"2000, true", "4000, false"})
    @DisplayName("a metafield holds thousands of lines; more are refused before anything is done")
    void order_shouldBeTakenBack_whenItsMarkHoldsItsLines(int lines, boolean fits) {
        var products = Json.object().arrayNode();
        for (var at = 0; at < lines; at++)
            products.add(
                    ((ObjectNode) Canned.read("products").path(0))
                            .put("id", 123_456_789 + at)
                            .put("variant_id", 234_567 + at));
        Canned.showsGoods(platform, order, products);
        settings(false);
        takesMarks(1);
        var units =
                products.valueStream()
                        .map(product -> new Plan.Units(product.path("id").asText(), 2))
                        .toList();

        assertThatThrownBy(() -> cancel(units, true))
                .isInstanceOf(fits ? Unsure.class : Refused.class);

        assertThat(asked(Canned.MARK)).hasSize(fits ? 1 : 0);
        assertThat(asked(UPDATE)).hasSize(fits ? 1 : 0);
    }

    @Test
    @DisplayName("where the store brings nothing back we do, once (R6)")
    void stock_shouldBeAdjusted_whenTheStoreDoesNotBringItBack() {
        showsGoods(order);
        settings(false);
        takesMarks(3);
        updates(5, "");
        levels(40);
        platform.answersTo(ADJUST, 200, ADJUSTED);

        cancel(List.of(), true);

        var sent = asked(ADJUST).getFirst().json();
        assertThat(sent.path("reason").asText()).isEqualTo(CANCEL.mark());
        assertThat(sent.at("/items/0/variant_id").asInt()).isEqualTo(77);
        assertThat(sent.at("/items/0/quantity").asInt()).isEqualTo(2);
        assertThat(sent.at("/items/0/location_id").asInt()).isEqualTo(1);
        assertThat(written())
                .containsExactly(
                        KEY + "=" + WITH_STOCK,
                        "{\"status_id\":5}",
                        KEY + ":levels=" + LEVELS,
                        Json.write(sent),
                        ended("stock came back"));
    }

    @Test
    @DisplayName("what came back with lines earlier does not come back again with the order (R6)")
    void stock_shouldBeLowered_whenTheStoreBringsBackWhatWeBroughtBackBefore() {
        var before = "bigcommerce-118-1:cancel-0a:1";
        var taken = Canned.taken(Map.of("194", 1), Map.of("77", 1));
        showsGoods(order, mark(before, taken), mark(before + ":levels", LEVELS));
        settings(true);
        takesMarks(3);
        updates(5, "");
        levels(42);
        platform.answersTo(ADJUST, 200, ADJUSTED);

        cancel(List.of(), true);

        assertThat(asked(ADJUST).getFirst().json().at("/items/0/quantity").asInt()).isEqualTo(-1);
    }

    @Test
    @DisplayName("stock of which no levels are marked was never brought back, and is not lowered")
    void stock_shouldNotBeLowered_whenItNeverCameBack() {
        var before = "bigcommerce-118-1:cancel-0a:1";
        showsGoods(order, mark(before, Canned.taken(Map.of("194", 1), Map.of("77", 1))));
        settings(true);
        takesMarks(2);
        updates(5, "");

        assertThat(cancel(List.of(), true).result()).isEqualTo(Result.DONE);
        assertThat(asked(ADJUST)).isEmpty();
    }

    @Test
    void stock_shouldBeLeftAlone_whenTheStoreTakesItOnlyWithTheParcel() {
        showsGoods(order);
        var settings = Canned.object("inventory-settings");
        ((ObjectNode) settings.path("data"))
                .put("refund_order_stock_adjustment", false)
                .put("update_stock_behavior", "order_completed_or_shipped");
        platform.answersTo(Canned.SETTINGS, 200, Json.write(settings));
        takesMarks(2);
        updates(5, "");

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
        takesMarks(3);
        updates(5, "");
        levels(40);
        platform.answersTo(ADJUST, 422, Canned.error(422, "requires absolute adjustment"));

        assertThat(cancel(List.of(), true).words()).contains("see its level there");
        assertThat(written()).last().isEqualTo(ended("stock to be taken back by hand"));
    }

    @Test
    @DisplayName("an adjustment that moved stock and could not be marked is looked for (R6)")
    void cancel_shouldBeUnsure_whenItsStockCameBackAndThatIsNotMarked() {
        showsGoods(order);
        settings(false);
        takesMarks(2);
        updates(5, "");
        levels(40);
        platform.answersTo(ADJUST, 200, ADJUSTED);
        platform.answersTo(Canned.MARK, 429, "");

        assertThatThrownBy(() -> cancel(List.of(), true)).isInstanceOf(Unsure.class);
    }

    @ParameterizedTest
    @CsvSource({"42, stock came back", "41, stock to be taken back by hand"})
    @DisplayName("the level tells whether a lost adjustment arrived, or leaves it to staff (R6)")
    void lostAdjustment_shouldBeTold_byTheLevel(int level, String how) {
        begun();
        levels(level);
        takesMarks(1);

        assertThat(find(List.of())).isInstanceOf(Found.Done.class);
        assertThat(written()).containsExactly(ended(how));
    }

    @Test
    void lostAdjustment_shouldBeSentAgain_whenTheLevelIsAsItWas() {
        begun();
        levels(40);

        assertThat(find(List.of())).isInstanceOf(Found.Nothing.class);
        begun();
        levels(40);
        platform.answersTo(ADJUST, 200, ADJUSTED);
        takesMarks(1);

        assertThat(cancel(List.of(), true).result()).isEqualTo(Result.DONE);
        assertThat(asked(ADJUST)).hasSize(1);
        assertThat(asked(UPDATE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {42, 39})
    @DisplayName("an adjustment found wanting is not sent when the level has moved since (R6)")
    void lostAdjustment_shouldBeForStaff_whenTheLevelMovesBeforeItIsSentAgain(int level) {
        begun();
        levels(level);
        takesMarks(1);

        assertThat(cancel(List.of(), true).words()).contains("see its level there");
        assertThat(asked(ADJUST)).isEmpty();
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
                .isInstanceOf(Throttled.class)
                .hasMessage("asked to come back in 15 s");
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
    @DisplayName("a customer's words in a note never pass for a line of our own")
    void note_shouldBeOneLine() {
        platform.answersTo(ORDER, 200, Json.write(order));
        platform.answersTo(UPDATE, 200, Json.write(order));
        var letter =
                new Letter(
                        CASE,
                        Audience.ORDER,
                        Optional.empty(),
                        "Refused",
                        List.of("She wrote:\n" + TAG + "taken back"),
                        false,
                        Optional.empty());

        shop.note(REF, letter).act(CANCEL);

        var noted = platform.lastAsked().json();
        assertThat(StaffNotes.of(noted).contain(TAG)).isFalse();
        assertThat(noted.path("staff_notes").asText()).startsWith("Ring twice.\n[unwind:");
    }

    private void shows(ObjectNode shown, ObjectNode... marks) {
        showsGoods(shown, marks);
        Canned.showsMoney(platform, List.of(Canned.transaction("purchase", PAID)), List.of());
    }

    private void showsGoods(ObjectNode shown, ObjectNode... marks) {
        Canned.showsGoods(platform, shown, Canned.read("products"), marks);
    }

    private static ObjectNode mark(String key, String value) {
        return Canned.mark(key, value);
    }

    private void takesMarks(int marks) {
        for (var mark = 0; mark < marks; mark++) Canned.takesMark(platform);
    }

    /** An order that is cancelled, and whose stock is on its way. */
    private void begun() {
        showsGoods(order.put("status_id", 5), mark(KEY, WITH_STOCK), mark(KEY + ":levels", LEVELS));
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

    private Found find(List<Plan.Units> lines) {
        return shop.cancel(REF, plan(lines, true)).find(CANCEL);
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

    /** What was written, in turn: marks as {@code KEY=VALUE}, the rest as it was sent. */
    private List<String> written() {
        return writes().stream()
                .map(it -> it.call().equals(Canned.MARK) ? marked(it) : it.body())
                .toList();
    }

    private static String marked(FakePlatform.Asked mark) {
        return mark.json().path("key").asText() + "=" + mark.json().path("value").asText();
    }

    private static String ended(String how) {
        return KEY + ":ended=" + how;
    }
}
