package shop.unwind.magento;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.connector.Platform;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.Money;
import shop.unwind.domain.Order;
import shop.unwind.domain.OrderRef;
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
import shop.unwind.problem.Refused;
import shop.unwind.problem.Unreachable;
import shop.unwind.problem.Unsure;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestPlatform;
import shop.unwind.testing.TestTables;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is Magento's alone. */
final class MagentoTest {
    private static final OrderRef ORDER = new OrderRef("magento", "000000074");
    private static final CaseId CASE = new CaseId(ORDER, 1);
    private static final Attempt CANCEL = new Attempt(CASE, "cancel", 1);
    private static final Attempt REFUND = new Attempt(CASE, "refund-74.12", 1);
    private static final Money PAID = new Money(4660, "USD");
    private static final Money NONE = Money.zero("USD");

    private final FakePlatform platform = new FakePlatform();
    private final TestClock clock = new TestClock();
    private final ObjectNode settings = Json.object().put("baseUrl", platform.url());
    private final ObjectNode order = Canned.order(PAID);

    @AfterEach
    void close() {
        platform.close();
    }

    // ---- reading

    @Test
    void number_shouldKeepItsZeros_whenAskedFor() {
        Canned.isFound(platform, order, List.of());

        assertThat(shop().read(ORDER).ref().number()).isEqualTo("000000074");
        assertThat(platform.asked().getFirst().path())
                .contains("field%5D=increment_id", "value%5D=000000074", "conditionType%5D=eq");
    }

    @Test
    void order_shouldBeForPeople_whenSeveralStoresHaveItsNumber() {
        platform.answersTo(Canned.SEARCH, 200, Canned.page(List.of(order, order)));

        assertThatThrownBy(() -> shop().read(ORDER))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("platforms.magento.storeId");
    }

    @Test
    void store_shouldBeAskedFor_whenOneIsSet() {
        settings.put("storeId", 2);
        Canned.isFound(platform, order, List.of());

        shop().read(ORDER);

        assertThat(platform.asked().getFirst().path()).contains("field%5D=store_id", "value%5D=2");
    }

    @Test
    void edited_shouldBeForPeople_sinceItsMoneyIsOnAnother() {
        order.put("state", "canceled").put("relation_child_real_id", "000000074-1");
        platform.answersTo(Canned.SEARCH, 200, Canned.page(List.of(order)));

        assertThatThrownBy(() -> shop().read(ORDER)).hasMessageContaining("000000074-1");
    }

    @Test
    @DisplayName(
            "a credit memo that the order does not know of yet, or the other way, is no answer")
    void order_shouldBeReadAgain_whenItsCreditMemosDoNotAgree() {
        order.put("base_total_refunded", 10);
        platform.answersTo(Canned.SEARCH, 200, Canned.page(List.of(order)));
        platform.answersTo(Canned.INVOICES, 200, Canned.page(List.of(Canned.invoice(PAID))));
        platform.answersTo(Canned.MEMOS, 200, Canned.page(List.of()));

        assertThatThrownBy(() -> shop().read(ORDER)).isInstanceOf(Unreachable.class);
    }

    @Test
    void amounts_shouldBeRead_whateverTheirDecimals() {
        order.put("base_total_invoiced", new BigDecimal("46.6000"));
        Canned.isFound(platform, order, List.of());

        assertThat(shop().read(ORDER).tenders())
                .extracting(Order.Tender::id, Order.Tender::captured, Order.Tender::providerId)
                .containsExactly(tuple("74.12", PAID, Optional.of("h3k9x2")));
    }

    @Test
    @DisplayName("C25: gift card and store credit are tenders of their own")
    void tenders_shouldBeSeveral_whenAGiftCardPaidPart() {
        order.putObject("extension_attributes")
                .put("base_gift_cards_invoiced", 10.0)
                .put("base_customer_balance_invoiced", 5.5);
        Canned.isFound(platform, order, List.of());

        assertThat(shop().read(ORDER).tenders())
                .extracting(Order.Tender::gateway)
                .containsExactly("braintree", "gift_card", "store_credit");
    }

    @Test
    void shipped_shouldBeKnown_whenOnlyAPartOfTheBundleSaysSo() {
        Canned.item(order).put("product_type", "bundle");
        order.withArray("items")
                .addObject()
                .put("item_id", 4)
                .put("parent_item_id", 3)
                .put("qty_ordered", 4)
                .put("qty_shipped", 1);
        Canned.isFound(platform, order, List.of());

        var lines = shop().read(ORDER).lines();

        assertThat(lines).extracting(Order.Line::id).containsExactly("3");
        assertThat(lines).extracting(Order.Line::shipped).containsExactly(1);
    }

    @Test
    void measure_shouldCountAsOneUnit() {
        Canned.item(order).put("qty_ordered", 2.5).put("qty_invoiced", 2.5);
        Canned.isFound(platform, order, List.of());

        assertThat(shop().read(ORDER).lines())
                .extracting(Order.Line::quantity, Order.Line::cancellable)
                .containsExactly(tuple(1, 1));
    }

    // ---- cancelling

    @Test
    void uninvoiced_shouldBeCancelled_andReadBack() {
        Canned.isFound(platform, Canned.authorised(PAID), List.of());
        platform.answersTo(Canned.CANCEL, 200, "true");
        Canned.isRead(platform, canceled(), List.of());

        var outcome = shop().cancel(ORDER, plan()).act(CANCEL);

        assertThat(outcome.result()).isEqualTo(Result.DONE);
        assertThat(outcome.words()).isEqualTo("order cancelled, stock released");
        assertThat(posts()).containsExactly(Canned.CANCEL);
    }

    @Test
    @DisplayName("false and canceled: it had been, by whoever was first")
    void cancel_shouldBeDone_whenMagentoSaysFalseAndItIsCancelled() {
        Canned.isFound(platform, Canned.authorised(PAID), List.of());
        platform.answersTo(Canned.CANCEL, 200, "false");
        Canned.isRead(platform, canceled(), List.of());

        assertThat(shop().cancel(ORDER, plan()).act(CANCEL).result()).isEqualTo(Result.DONE);
    }

    @ParameterizedTest
    @CsvSource({"true, Unsure", "false, Refused"})
    void cancel_shouldNotBeDone_whenTheOrderStands(String said, String problem) {
        Canned.isFound(platform, Canned.authorised(PAID), List.of());
        platform.answersTo(Canned.CANCEL, 200, said);
        Canned.isRead(platform, Canned.authorised(PAID), List.of());

        assertThatThrownBy(() -> shop().cancel(ORDER, plan()).act(CANCEL))
                .extracting(thrown -> thrown.getClass().getSimpleName())
                .isEqualTo(problem);
    }

    @Test
    void hold_shouldBeEndedFirst() {
        Canned.isFound(platform, Canned.authorised(PAID).put("state", "holded"), List.of());
        platform.answersTo(Canned.UNHOLD, 200, "true");
        platform.answersTo(Canned.ORDER, 200, Json.write(Canned.authorised(PAID)));
        platform.answersTo(Canned.CANCEL, 200, "true");
        Canned.isRead(platform, canceled(), List.of());

        shop().cancel(ORDER, plan()).act(CANCEL);

        assertThat(posts()).containsExactly(Canned.UNHOLD, Canned.CANCEL);
    }

    @Test
    void review_shouldBeEndedByPeople() {
        Canned.isFound(platform, Canned.authorised(PAID).put("state", "payment_review"), List.of());

        assertThatThrownBy(() -> shop().cancel(ORDER, plan()).act(CANCEL))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("accept or deny it in Magento");
        assertThat(posts()).isEmpty();
    }

    @Test
    @DisplayName("invoiced, and somebody else moves the money: a credit memo takes the goods back")
    void invoiced_shouldBeTakenBackOffline_whenAProviderMovesTheMoney() {
        Canned.isFound(platform, order, List.of());
        platform.answersTo(Canned.OFFLINE, 200, "31");
        Canned.isRead(platform, order, List.of(Canned.memo(PAID, 2, CANCEL.mark())));

        var outcome = shop().cancel(ORDER, plan()).act(CANCEL);

        assertThat(outcome.reference()).isEqualTo("31");
        var body = sent(Canned.OFFLINE);
        assertThat(body.at("/items/0/order_item_id").asInt()).isEqualTo(3);
        assertThat(body.at("/items/0/qty").asInt()).isEqualTo(2);
        assertThat(body.has("isOnline")).isFalse();
        assertThat(body.path("arguments").has("shipping_amount")).isFalse();
        assertThat(body.at("/comment/comment").asText())
                .isEqualTo("unwind:magento-000000074-1:cancel 1");
    }

    @Test
    @DisplayName("invoiced, and Magento moves the money: the goods wait for the refund")
    void invoiced_shouldOnlyBeMarked_whenMagentoMovesTheMoney() {
        Canned.isFound(platform, order, List.of());
        platform.answersTo(Canned.COMMENT, 200, "true");

        var outcome = owner().cancel(ORDER, plan()).act(CANCEL);

        assertThat(outcome.result()).isEqualTo(Result.SKIPPED);
        assertThat(outcome.words()).contains("with the money");
        assertThat(posts()).containsExactly(Canned.COMMENT);
        assertThat(platform.lastAsked().json().at("/statusHistory/comment").asText())
                .isEqualTo(
                        "[unwind:magento-000000074-1:cancel] to be taken back by credit memo: 3x2,"
                                + " back to stock");
    }

    @Test
    @DisplayName("partly invoiced: the invoiced units by credit memo, then the rest by cancel")
    void partlyInvoiced_shouldBeRefundedFirst_andThenCancelled() {
        Canned.item(order).put("qty_invoiced", 1);
        Canned.isFound(platform, order, List.of());
        platform.answersTo(Canned.OFFLINE, 200, "31");
        platform.answersTo(Canned.CANCEL, 200, "true");
        var memos = List.of(Canned.memo(PAID, 1, "unwind"));
        Canned.isRead(platform, order.deepCopy(), memos);
        Canned.item(order).put("qty_canceled", 1);
        Canned.isRead(platform, order, memos);

        shop().cancel(ORDER, plan()).act(CANCEL);

        assertThat(posts()).containsExactly(Canned.OFFLINE, Canned.CANCEL);
    }

    @Test
    @DisplayName("R5: a parcel and a credit memo crossed: people see to it before money moves")
    void crossing_shouldBeForPeople_beforeAnybodyPays() {
        Canned.isFound(platform, order.deepCopy(), List.of());
        platform.answersTo(Canned.OFFLINE, 200, "31");
        Canned.item(order).put("qty_shipped", 2);
        var memos = List.of(Canned.memo(PAID, 2, CANCEL.mark()));
        Canned.isRead(platform, order, memos);
        Canned.isFound(platform, order.put("state", "closed"), memos);
        Canned.isFound(platform, order, memos);
        var cancel = shop().cancel(ORDER, plan());

        assertThatThrownBy(() -> cancel.act(CANCEL))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("left the house");
        assertThatThrownBy(() -> cancel.find(CANCEL)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> cancel.act(CANCEL)).isInstanceOf(Refused.class);
    }

    @Test
    @DisplayName("what had been sent and came back before has not crossed")
    void crossing_shouldNotBeSeen_whenOtherUnitsWereSentBefore() {
        Canned.item(order).put("qty_shipped", 1);
        var one = plan(new Plan.Units("3", 1));
        Canned.isFound(platform, order.deepCopy(), List.of());
        platform.answersTo(Canned.OFFLINE, 200, "31");
        Canned.isRead(platform, order, List.of(Canned.memo(PAID, 1, CANCEL.mark())));

        assertThat(shop().cancel(ORDER, one).act(CANCEL).result()).isEqualTo(Result.DONE);
    }

    @Test
    @DisplayName("R2, R6: nobody answers after the credit memo: it is looked for, not made again")
    void creditMemo_shouldBeUnsure_whenItCannotBeLookedAt() {
        Canned.isFound(platform, order, List.of());
        platform.answersTo(Canned.OFFLINE, 200, "31");
        platform.answersTo(Canned.ORDER, 500, Canned.error("Internal Error"));

        assertThatThrownBy(() -> shop().cancel(ORDER, plan()).act(CANCEL))
                .isInstanceOf(Unsure.class)
                .hasMessageContaining("credit memo 31 was made");
    }

    @Test
    @DisplayName("R2: nobody answers after the refund: it is looked for, not sent again")
    void refund_shouldBeUnsure_whenItCannotBeLookedAt() {
        marked("3x2, back to stock");
        Canned.isRead(platform, order.deepCopy(), List.of());
        platform.answersTo(Canned.ONLINE, 200, "31");
        platform.answersTo(Canned.ORDER, 500, Canned.error("Internal Error"));

        assertThatThrownBy(() -> owner().refund(payment(), PAID, Why.CUSTOMER, REFUND))
                .isInstanceOf(Unsure.class)
                .hasMessageContaining("credit memo 31 was made");
    }

    @Test
    void lines_shouldBeForPeople_whenOthersThatAreNotInvoicedStay() {
        Canned.isFound(platform, Canned.authorised(PAID), List.of());

        assertThatThrownBy(() -> shop().cancel(ORDER, plan(new Plan.Units("3", 1))).act(CANCEL))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("cancel the whole order, or edit it");
        assertThat(posts()).isEmpty();
    }

    @Test
    void unpaidInvoice_shouldBeForPeople() {
        platform.answersTo(Canned.SEARCH, 200, Canned.page(List.of(order)));
        platform.answersTo(
                Canned.INVOICES, 200, Canned.page(List.of(Canned.invoice(PAID).put("state", 1))));
        platform.answersTo(Canned.MEMOS, 200, Canned.page(List.of()));

        assertThatThrownBy(() -> shop().cancel(ORDER, plan()).act(CANCEL))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("cancel it in Magento");
    }

    @Test
    @DisplayName("closed by a refund without goods: nothing can be taken back any more")
    void closed_shouldBeForPeople_whenItsGoodsAreStillHere() {
        var memo = Canned.memo(PAID, 0, "by hand");
        Canned.isFound(platform, order.put("state", "closed"), List.of(memo));

        assertThatThrownBy(() -> shop().cancel(ORDER, plan()).act(CANCEL))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("its goods did not");
    }

    // ---- refunding

    @Test
    @DisplayName("goods and money go back in one credit memo, with what is left of the shipping")
    void refund_shouldTakeTheGoodsToo_whenTheCaseMarkedThem() {
        marked("3x2, back to stock");
        Canned.isRead(platform, order.deepCopy(), List.of());
        platform.answersTo(Canned.ONLINE, 200, "\"31\"");
        Canned.isRead(platform, order, List.of(Canned.memo(PAID, 2, REFUND.mark())));

        var outcome = owner().refund(payment(), PAID, Why.CUSTOMER, REFUND);

        assertThat(outcome.amount()).contains(PAID);
        assertThat(outcome.words()).isEqualTo("refunded by credit memo 000000031");
        var body = sent(Canned.ONLINE);
        assertThat(body.path("isOnline").asBoolean()).isTrue();
        assertThat(body.at("/items/0/qty").asInt()).isEqualTo(2);
        assertThat(body.path("arguments").has("shipping_amount")).isFalse();
        assertThat(body.path("arguments").has("adjustment_positive")).isFalse();
        assertThat(body.at("/arguments/extension_attributes/return_to_stock_items/0").asInt())
                .isEqualTo(3);
    }

    @Test
    @DisplayName("R6: read too early, before the mark shows, no money goes back without its goods")
    void refund_shouldWait_whenGoodsAreHereAndNoMarkIsShown() {
        Canned.isRead(platform, order, List.of());

        assertThatThrownBy(() -> owner().refund(payment(), PAID, Why.CUSTOMER, REFUND))
                .isInstanceOf(Unreachable.class);
        assertThat(posts()).isEmpty();
    }

    @Test
    void refund_shouldLeaveTheShipping_whenItIsOfOneUnit() {
        marked("3x1, back to stock");
        Canned.isRead(platform, order.deepCopy(), List.of());
        platform.answersTo(Canned.ONLINE, 200, "31");
        var half = new Money(2330, "USD");
        Canned.isRead(platform, order, List.of(Canned.memo(half, 1, REFUND.mark())));

        owner().refund(payment(), half, Why.CUSTOMER, REFUND);

        var arguments = sent(Canned.ONLINE).path("arguments");
        assertThat(arguments.path("shipping_amount").asInt()).isZero();
        assertThat(arguments.has("adjustment_positive")).isFalse();
        assertThat(arguments.has("adjustment_negative")).isFalse();
    }

    @Test
    @DisplayName("R5: what has shipped since it was marked is not taken back")
    void refund_shouldBeDecidedAgain_whenMarkedGoodsHaveShipped() {
        marked("3x2, back to stock");
        Canned.item(order).put("qty_shipped", 1);
        Canned.isRead(platform, order, List.of());

        assertThatThrownBy(() -> owner().refund(payment(), PAID, Why.CUSTOMER, REFUND))
                .isInstanceOf(Changed.class);
        assertThat(posts()).isEmpty();
    }

    @Test
    @DisplayName("once the invoices are refunded, what is not invoiced is cancelled")
    void rest_shouldBeCancelled_afterTheRefund() {
        Canned.item(order).put("qty_invoiced", 1);
        marked("3x1, cancels the rest, back to stock");
        Canned.isRead(platform, order.deepCopy(), List.of());
        platform.answersTo(Canned.ONLINE, 200, "31");
        var memos = List.of(Canned.memo(PAID, 1, REFUND.mark()));
        Canned.isRead(platform, order.deepCopy(), memos);
        platform.answersTo(Canned.CANCEL, 200, "true");
        Canned.item(order).put("qty_canceled", 1);
        Canned.isRead(platform, order, memos);

        owner().refund(payment(), PAID, Why.CUSTOMER, REFUND);

        assertThat(posts()).containsExactly(Canned.ONLINE, Canned.CANCEL);
    }

    @Test
    @DisplayName(
            "\"Could not save a Creditmemo\" leaves the money's way open, and the order says so")
    void refund_shouldStayInDoubt_whenTheCreditMemoCouldNotBeSaved() {
        marked("3x2, back to stock");
        Canned.isRead(platform, order.deepCopy(), List.of());
        platform.answersTo(
                Canned.ONLINE, 400, Canned.error("Could not save a Creditmemo, see error log"));
        platform.answersTo(Canned.COMMENT, 200, "true");

        assertThatThrownBy(() -> owner().refund(payment(), PAID, Why.CUSTOMER, REFUND))
                .isInstanceOf(Unsure.class);

        Canned.comments(order, platform.lastAsked().json().at("/statusHistory/comment").asText());
        Canned.isRead(platform, order, List.of());
        assertThatThrownBy(() -> owner().find("74.12", REFUND))
                .isInstanceOf(Unsure.class)
                .hasMessageContaining("see at the gateway");
    }

    @Test
    void find_shouldFindNothing_whenOnlyAnotherAttemptsMarkBeginsLikeOurs() {
        Canned.isRead(platform, order, List.of(Canned.memo(PAID, 2, REFUND.mark() + "0 1")));

        assertThat(owner().find("74.12", REFUND)).isInstanceOf(Found.Nothing.class);
    }

    @Test
    void hold_shouldNotPassForReleased_whenNoVoidIsShown() {
        Canned.isRead(platform, canceled(), List.of());
        var payment = owner().read("74");

        assertThat(payment.authorised()).isEqualTo(PAID);
        assertThatThrownBy(() -> owner().release(payment, REFUND)).isInstanceOf(Refused.class);
    }

    @Test
    void hold_shouldBeGone_whenItsVoidIsShown() {
        platform.answersTo(Canned.ORDER, 200, Json.write(canceled()));
        var voided = Json.object().put("txn_type", "void");
        platform.answersTo(Canned.TRANSACTIONS, 200, Canned.page(List.of(voided)));

        assertThat(owner().read("74").authorised()).isEqualTo(NONE);
    }

    // ---- errors and access

    @Test
    void parameters_shouldBePut_whenTheErrorHasSome() {
        platform.answersTo(
                Canned.SEARCH,
                401,
                "{\"message\":\"The consumer isn't authorized to access %resources.\","
                        + "\"parameters\":{\"resources\":\"Magento_Sales::cancel\"}}");

        assertThatThrownBy(() -> shop().read(ORDER))
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("access Magento_Sales::cancel");
    }

    @Test
    @DisplayName("a question that somebody on the way sent twice is asked again under a new nonce")
    void usedNonce_shouldNotPassForAWrongSecret() {
        platform.answersTo(Canned.SEARCH, 401, Canned.error("oauth_problem=nonce_used"));

        assertThatThrownBy(() -> shop().read(ORDER)).isInstanceOf(Unreachable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp", "password"})
    void access_shouldBeOneWeKnow(String auth) {
        settings.put("auth", auth);

        assertThatThrownBy(this::shop).isInstanceOf(Misconfigured.class);
    }

    @Test
    void address_shouldBeSafe() {
        settings.put("baseUrl", "http://shop.example");

        assertThatThrownBy(() -> shop().read(ORDER))
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("https://");
    }

    @Test
    void bearer_shouldBeSent_whenTheShopTakesIt() {
        settings.put("auth", "bearer");
        Canned.isFound(platform, order, List.of());

        shop().read(ORDER);

        assertThat(platform.lastAsked().header("Authorization")).contains("Bearer at");
    }

    @Test
    @DisplayName("Adobe's token is kept, and renewed once when it is turned away")
    void token_shouldBeRenewedOnce_whenItIsTurnedAway() {
        settings.put("auth", "ims").put("imsUrl", platform.url()).put("imsOrg", "1234@AdobeOrg");
        platform.answersTo("POST /ims/token/v3", 200, token("first"));
        platform.answersTo("GET /V1/orders?", 401, Canned.error("The token has expired."));
        platform.answersTo("POST /ims/token/v3", 200, token("second"));
        platform.answersTo("GET /V1/orders?", 200, Canned.page(List.of()));
        platform.answersTo("GET /V1/orders?", 200, Canned.page(List.of()));
        try (var tables = new TestTables()) {
            var keys = Map.of("clientId", "id", "clientSecret", "secret");
            var cloud = new Magento(TestPlatform.of("magento", settings, keys, tables, clock));

            cloud.probe();
            cloud.probe();
        }

        assertThat(platform.lastAsked().header("Authorization")).contains("Bearer second");
        assertThat(platform.lastAsked().header("x-api-key")).contains("id");
        assertThat(platform.lastAsked().header("x-gw-ims-org-id")).contains("1234@AdobeOrg");
        assertThat(platform.asked()).hasSize(5);
    }

    private static String token(String name) {
        return "{\"access_token\":\"" + name + "\",\"expires_in\":86399}";
    }

    private Magento shop() {
        return new Magento(connected());
    }

    /** The shop whose own gateway gives the money back. */
    private Magento owner() {
        return new Magento(connected().withOwners(Map.of("braintree", "magento")));
    }

    private Platform connected() {
        return TestPlatform.of("magento", settings, MagentoStorefrontContractTest.keys(), clock);
    }

    private void marked(String taking) {
        Canned.comments(
                order, "[" + CANCEL.mark() + "] to be taken back by credit memo: " + taking);
    }

    private static ObjectNode canceled() {
        var order = Canned.authorised(PAID).put("state", "canceled");
        Canned.item(order).put("qty_canceled", 2);
        return order;
    }

    private static Payment payment() {
        return new Payment(new PaymentRef("magento", "74.12"), NONE, PAID, NONE, List.of());
    }

    private static Plan.Cancel plan(Plan.Units... lines) {
        return new Plan.Cancel("cancel", "magento", List.of(lines), true, Why.CUSTOMER);
    }

    private List<String> posts() {
        return platform.asked().stream()
                .map(FakePlatform.Asked::call)
                .filter(call -> call.startsWith("POST"))
                .toList();
    }

    private JsonNode sent(String call) {
        return platform.asked().stream()
                .filter(asked -> asked.call().equals(call))
                .findFirst()
                .orElseThrow()
                .json();
    }
}
