package shop.unwind.square;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static shop.unwind.square.FakeSquare.GET_ORDER;
import static shop.unwind.square.FakeSquare.GET_PAYMENT;
import static shop.unwind.square.FakeSquare.MOVES;
import static shop.unwind.square.FakeSquare.ORDER;
import static shop.unwind.square.FakeSquare.PUT_ORDER;
import static shop.unwind.square.FakeSquare.REFUND;
import static shop.unwind.square.FakeSquare.RESTOCK;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import shop.unwind.domain.CaseId;
import shop.unwind.domain.Dispute.Phase;
import shop.unwind.domain.Money;
import shop.unwind.domain.Order;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Payment;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Plan;
import shop.unwind.domain.Plan.Audience;
import shop.unwind.domain.Plan.Why;
import shop.unwind.json.Json;
import shop.unwind.once.Attempt;
import shop.unwind.once.Found;
import shop.unwind.problem.Changed;
import shop.unwind.problem.Misconfigured;
import shop.unwind.problem.NotFound;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Throttled;
import shop.unwind.problem.Unsure;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestPlatform;
import shop.unwind.testing.TestTables;
import shop.unwind.words.Letter;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is Square's own; the rest is in the contracts. */
final class SquareTest {
    private static final Money PAID = new Money(4660, "USD");
    private static final Money NONE = Money.zero("USD");
    private static final OrderRef REF = new OrderRef("square", ORDER);
    private static final Attempt ATTEMPT = new Attempt(new CaseId(REF, 1), "cancel", 1);
    private static final Payment CAPTURED =
            new Payment(new PaymentRef("square", FakeSquare.PAYMENT), NONE, PAID, NONE, List.of());
    private static final Payment HELD =
            new Payment(new PaymentRef("square", FakeSquare.PAYMENT), PAID, NONE, NONE, List.of());

    private final FakePlatform platform = new FakePlatform();
    private final TestClock clock = new TestClock();
    private final ObjectNode settings = Json.object().put("baseUrl", platform.url());

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void everyCall_shouldNameTheVersion() {
        platform.answers(200, "{}").answers(200, "{}");

        square().probe();

        assertThat(platform.asked())
                .hasSize(2)
                .allSatisfy(
                        asked -> assertThat(asked.header("Square-Version")).contains("2026-05-20"));
    }

    @Test
    void refund_shouldBearMarkAndShortKey_whenSent() {
        var refund = FakeSquare.refund("r_1", PAID, "PENDING", "x");
        platform.answersTo(REFUND, 200, FakeSquare.body("refund", refund));

        var outcome = square().refund(CAPTURED, PAID, Why.CUSTOMER, ATTEMPT);

        var sent = platform.lastAsked().json();
        assertThat(sent.path("idempotency_key").asText())
                .isEqualTo(ATTEMPT.uuid().toString())
                .hasSizeLessThanOrEqualTo(45);
        assertThat(sent.path("reason").asText()).isEqualTo(ATTEMPT.mark());
        assertThat(sent.path("amount_money")).isEqualTo(FakeSquare.money(PAID));
        assertThat(outcome.result()).isEqualTo(Result.PENDING);
    }

    @Test
    void refund_shouldBeRefused_whenErrorsStandBesideOneThatFailed() {
        var refund = FakeSquare.refund("r_1", PAID, "FAILED", "x");
        var answer = Json.object();
        answer.putArray("errors").addObject().put("code", "REFUND_DECLINED");
        platform.answersTo(REFUND, 200, Json.write(answer.set("refund", refund)));
        shows(FakeSquare.payment("COMPLETED", PAID));

        assertThatThrownBy(() -> square().refund(CAPTURED, PAID, Why.CUSTOMER, ATTEMPT))
                .isInstanceOf(Refused.class);
    }

    @Test
    void refund_shouldBeUnsure_whenErrorsStandInA200() {
        platform.answersTo(REFUND, 200, FakeSquare.error("API_ERROR", "SOMETHING", "x"));

        assertThatThrownBy(() -> square().refund(CAPTURED, PAID, Why.CUSTOMER, ATTEMPT))
                .isInstanceOf(Unsure.class);
    }

    @Test
    void refund_shouldBeLeftToTheBank_whenSquareSpeaksOfADisputeThatItDoesNotShow() {
        refuses("PAYMENT_NOT_REFUNDABLE_DUE_TO_DISPUTE");
        shows(FakeSquare.payment("COMPLETED", PAID));

        var outcome = square().refund(CAPTURED, PAID, Why.CUSTOMER, ATTEMPT);

        assertThat(outcome.result()).isEqualTo(Result.SKIPPED);
    }

    @Test
    void refund_shouldBeDecidedAgain_whenTheDisputeIsNew() {
        refuses("PAYMENT_NOT_REFUNDABLE_DUE_TO_DISPUTE");
        shows(FakeSquare.payment("COMPLETED", PAID), FakeSquare.dispute("DSP1", Phase.CHARGEBACK));

        assertThatThrownBy(() -> square().refund(CAPTURED, PAID, Why.CUSTOMER, ATTEMPT))
                .isInstanceOf(Changed.class);
    }

    @Test
    void refund_shouldComeBackLater_whenAnotherIsOnItsWay() {
        refuses("REFUND_ALREADY_PENDING");

        assertThatThrownBy(() -> square().refund(CAPTURED, PAID, Why.CUSTOMER, ATTEMPT))
                .isInstanceOf(Throttled.class);
    }

    @Test
    void refundsOnTheirWay_shouldCount_whetherOrNotThePaymentCountsThem() {
        var payment = FakeSquare.payment("COMPLETED", PAID);
        payment.putArray("refund_ids").add("r_1").add("r_2");
        refund("r_1", new Money(1000, "USD"), "PENDING");
        refund("r_2", new Money(500, "USD"), "FAILED");
        shows(payment);

        assertThat(square().read(FakeSquare.PAYMENT).refunded()).isEqualTo(new Money(1000, "USD"));
    }

    @Test
    void disputes_shouldBePaged_andThoseOfOtherPaymentsPassedOver() {
        var other = FakeSquare.dispute("DSP1", Phase.CHARGEBACK);
        ((ObjectNode) other.path("disputed_payment")).put("payment_id", "another");
        var first = Json.object().put("cursor", "next&page");
        first.putArray("disputes").add(other);
        platform.answersTo(FakeSquare.DISPUTES, 200, Json.write(first));
        shows(FakeSquare.payment("COMPLETED", PAID), FakeSquare.dispute("DSP2", Phase.INQUIRY));

        var disputes = square().read(FakeSquare.PAYMENT).disputes();

        assertThat(disputes)
                .singleElement()
                .satisfies(one -> assertThat(one.id()).isEqualTo("DSP2"));
        assertThat(platform.asked())
                .extracting(FakePlatform.Asked::path)
                .contains("/v2/disputes?cursor=next%26page");
    }

    @Test
    void payment_shouldBeLeftAlone_whileItsMoneyHasNotArrived() {
        shows(FakeSquare.payment("PENDING", PAID));

        assertThatThrownBy(() -> square().read(FakeSquare.PAYMENT)).isInstanceOf(Refused.class);
    }

    @Test
    void hold_shouldBeAlreadyReleased_whenSquareHasCancelledItMeanwhile() {
        platform.answersTo(FakeSquare.VOID, 400, FakeSquare.error(400, "not APPROVED"));
        answersPayment(FakeSquare.payment("CANCELED", PAID));

        assertThat(square().release(HELD, ATTEMPT).result()).isEqualTo(Result.ALREADY);
    }

    @Test
    void hold_shouldBeDecidedAgain_whenItWasCapturedMeanwhile() {
        platform.answersTo(FakeSquare.VOID, 400, FakeSquare.error(400, "not APPROVED"));
        answersPayment(FakeSquare.payment("COMPLETED", PAID));
        shows(FakeSquare.payment("COMPLETED", PAID));

        assertThatThrownBy(() -> square().release(HELD, ATTEMPT)).isInstanceOf(Changed.class);
    }

    @Test
    void hold_shouldBeFoundReleased_whenTheAnswerWasLost() {
        answersPayment(FakeSquare.payment("CANCELED", PAID));

        assertThat(square().find(FakeSquare.PAYMENT, ATTEMPT)).isInstanceOf(Found.Done.class);
    }

    @Test
    void unpaidOrder_shouldBeCancelled_afterItsFulfilments() {
        answersOrder(unpaid());
        var calledOff = FakeSquare.unpaid(FakeSquare.calledOff(order())).put("state", "OPEN");
        answersChange(calledOff);
        answersChange(FakeSquare.unpaid(FakeSquare.calledOff(order())).put("state", "CANCELED"));

        var outcome = square().cancel(REF, whole(true)).act(ATTEMPT);

        var changes = changes();
        assertThat(outcome.words()).isEqualTo("order cancelled");
        assertThat(changes.getFirst().path("order"))
                .isEqualTo(
                        Json.parse(
                                """
                                {"fulfillments": [{"uid": "VWJ1N9", "state": "CANCELED"}],
                                 "metadata": {"unwind_cancel": "%s"},
                                 "location_id": "L88917AVBK2S5", "version": 4}
                                """
                                        .formatted(ATTEMPT.mark())));
        assertThat(changes.getLast().at("/order/state").asText()).isEqualTo("CANCELED");
        assertThat(changes.getLast().at("/order/version").asInt()).isEqualTo(5);
    }

    @Test
    void heldOrder_shouldCountAsCancelled_whenSquareKeepsItOpen() {
        answersOrder(order());
        answersChange(FakeSquare.calledOff(order()).put("state", "OPEN"));
        platform.answersTo(PUT_ORDER, 400, FakeSquare.error(400, "order has payments"));

        var outcome = square().cancel(REF, whole(true)).act(ATTEMPT);

        assertThat(outcome.result()).isEqualTo(Result.DONE);
        assertThat(outcome.words()).contains("keeps it open");
    }

    @Test
    void completedOrder_shouldGiveItsStockBack_andStayAsItIs() {
        var completed = withoutFulfilments().put("state", "COMPLETED");
        answersOrder(completed);
        sold(2);
        platform.answersTo(RESTOCK, 200, FakeSquare.counts());

        var outcome = square().cancel(REF, whole(true)).act(ATTEMPT);

        var adjustment = platform.lastAsked().json().at("/changes/0/adjustment");
        assertThat(outcome.words()).contains("does not cancel a paid order", "stock taken back");
        assertThat(changes()).isEmpty();
        assertThat(adjustment.path("quantity").asText()).isEqualTo("2");
        assertThat(adjustment.path("from_state").asText()).isEqualTo("UNLINKED_RETURN");
        assertThat(adjustment.path("reference_id").asText())
                .isEqualTo(ATTEMPT.mark() + " " + FakeSquare.LINE);
    }

    @Test
    @DisplayName("R6: completion takes what was taken back before, too, and all of it comes back")
    void completedOrder_shouldGiveBackTheStockOfUnitsThatWereTakenBackBefore() {
        var completed = withoutFulfilments().put("state", "COMPLETED");
        completed
                .putObject("metadata")
                .put(
                        "unwind_take_1",
                        "unwind:" + REF.key() + "-9:cancel " + FakeSquare.LINE + "*1");
        answersOrder(completed);
        sold(2);
        platform.answersTo(RESTOCK, 200, FakeSquare.counts());

        square().cancel(REF, whole(true)).act(ATTEMPT);

        assertThat(platform.lastAsked().json().at("/changes/0/adjustment/quantity").asText())
                .isEqualTo("2");
    }

    @Test
    void stock_shouldStay_whenSquareHadTakenNoneForTheOrder() {
        answersOrder(withoutFulfilments().put("state", "COMPLETED"));
        platform.answersTo(MOVES, 200, FakeSquare.moves(FakeSquare.move("SOLD", 2, "another", "")));

        var outcome = square().cancel(REF, whole(true)).act(ATTEMPT);

        assertThat(outcome.words()).doesNotContain("stock taken back");
        assertThat(platform.lastAsked().call()).isEqualTo(MOVES);
    }

    @Test
    void stock_shouldComeBackUnproved_whenTheStoreSaysSo() {
        settings.put("stockProof", false);
        answersOrder(withoutFulfilments().put("state", "COMPLETED"));
        platform.answersTo(MOVES, 200, "{}");
        platform.answersTo(RESTOCK, 200, FakeSquare.counts());

        assertThat(square().cancel(REF, whole(true)).act(ATTEMPT).words())
                .contains("stock taken back");
    }

    @Test
    void brokenOffCancel_shouldBeFinished_whenOnlyTheStockIsMissing() {
        var calledOff = FakeSquare.calledOff(order());
        calledOff.putObject("metadata").put("unwind_cancel", ATTEMPT.mark());
        answersOrder(calledOff);
        sold(2);
        answersOrder(calledOff);
        sold(2);
        platform.answersTo(RESTOCK, 200, FakeSquare.counts());
        var cancel = square().cancel(REF, whole(true));

        assertThat(cancel.find(ATTEMPT)).isInstanceOf(Found.Nothing.class);
        assertThat(cancel.act(ATTEMPT).result()).isEqualTo(Result.DONE);

        answersOrder(calledOff);
        var back = FakeSquare.move("IN_STOCK", 2, "", ATTEMPT.mark() + " " + FakeSquare.LINE);
        platform.answersTo(
                MOVES, 200, FakeSquare.moves(FakeSquare.move("SOLD", 2, ORDER, ""), back));
        assertThat(cancel.find(ATTEMPT)).isInstanceOf(Found.Done.class);
    }

    @Test
    @DisplayName(
            "R6: what the completion took may be booked later: it is waited for, not passed over")
    void stock_shouldBeWaitedFor_whenSquareHasNotBookedWhatTheOrderTook() {
        var calledOff = FakeSquare.calledOff(order());
        calledOff.putObject("metadata").put("unwind_cancel", ATTEMPT.mark());
        var cancel = square().cancel(REF, whole(true));

        answersOrder(calledOff);
        platform.answersTo(MOVES, 200, "{}");
        platform.answersTo(FakeSquare.COUNTS, 200, FakeSquare.counts());
        assertThatThrownBy(() -> cancel.find(ATTEMPT)).isInstanceOf(Unsure.class);

        answersOrder(calledOff);
        platform.answersTo(MOVES, 200, "{}");
        platform.answersTo(FakeSquare.COUNTS, 200, FakeSquare.counts());
        platform.answersTo(FakeSquare.COUNTS, 200, FakeSquare.counts());
        assertThatThrownBy(() -> cancel.act(ATTEMPT)).isInstanceOf(Unsure.class);
    }

    @Test
    void stock_shouldNotBeWaitedFor_whenSquareDoesNotCountTheGoods() {
        var calledOff = FakeSquare.calledOff(order());
        calledOff.putObject("metadata").put("unwind_cancel", ATTEMPT.mark());
        answersOrder(calledOff);
        platform.answersTo(MOVES, 200, "{}");
        platform.answersTo(FakeSquare.COUNTS, 200, "{}");

        assertThat(square().cancel(REF, whole(true)).find(ATTEMPT)).isInstanceOf(Found.Done.class);
    }

    @Test
    void stockUnderAUsedKey_shouldBeLookedUp() {
        answersOrder(withoutFulfilments().put("state", "COMPLETED"));
        sold(2);
        platform.answersTo(
                RESTOCK,
                400,
                FakeSquare.error("INVALID_REQUEST_ERROR", "IDEMPOTENCY_KEY_REUSED", "x"));

        assertThatThrownBy(() -> square().cancel(REF, whole(true)).act(ATTEMPT))
                .isInstanceOf(Unsure.class);
    }

    @Test
    void changedOrder_shouldBeReadAgain_andItsNewVersionGetANewKey() {
        answersOrder(order());
        platform.answersTo(
                PUT_ORDER,
                409,
                FakeSquare.error("INVALID_REQUEST_ERROR", "VERSION_MISMATCH", "is 9"));
        answersOrder(order().put("version", 9));
        answersChange(FakeSquare.calledOff(order()));
        platform.answersTo(MOVES, 200, "{}");

        square().cancel(REF, whole(true)).act(ATTEMPT);

        assertThat(changes())
                .extracting(change -> change.path("idempotency_key").asText())
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void changedOrder_shouldBeDecidedAgain_whenItHasShipped() {
        answersOrder(order());
        platform.answersTo(
                PUT_ORDER,
                409,
                FakeSquare.error("INVALID_REQUEST_ERROR", "VERSION_MISMATCH", "is 9"));
        var shipped = order();
        ((ObjectNode) shipped.at("/fulfillments/0")).put("state", "COMPLETED");
        answersOrder(shipped);

        assertThatThrownBy(() -> square().cancel(REF, whole(true)).act(ATTEMPT))
                .isInstanceOf(Changed.class);
    }

    @Test
    void fulfilment_shouldLeaveUsUnsure_whenItStillStands() {
        answersOrder(order());
        answersChange(order());

        assertThatThrownBy(() -> square().cancel(REF, whole(true)).act(ATTEMPT))
                .isInstanceOf(Unsure.class);
    }

    @Test
    void counterSale_shouldHaveLeft() {
        var sold = withoutFulfilments().put("state", "COMPLETED");
        sold.remove("version");

        assertThat(readLines(sold)).extracting(Order.Line::shipped).containsExactly(2);
    }

    @Test
    void unitsTaken_shouldCountOnce_whenTheyStandInMetadataAndStock() {
        var order = FakeSquare.calledOff(order());
        ((ObjectNode) order.at("/fulfillments/0")).put("state", "COMPLETED");
        order.putObject("metadata")
                .put(Taken.key(ATTEMPT.mark()), ATTEMPT.mark() + " " + FakeSquare.LINE + "*1");
        var back = FakeSquare.move("IN_STOCK", 1, "", ATTEMPT.mark() + " " + FakeSquare.LINE);
        platform.answersTo(MOVES, 200, FakeSquare.moves(back));

        assertThat(readLines(order)).extracting(Order.Line::open).containsExactly(1);
    }

    @Test
    void partOfACompletedOrder_shouldBeRefused_whenNothingCanRecordIt() {
        answersOrder(withoutFulfilments().put("state", "COMPLETED"));
        platform.answersTo(MOVES, 200, "{}");

        assertThatThrownBy(() -> square().cancel(REF, some(1)).act(ATTEMPT))
                .isInstanceOf(Refused.class);
    }

    @Test
    void partOfACompletedOrder_shouldStandInStock() {
        answersOrder(withoutFulfilments().put("state", "COMPLETED"));
        sold(2);
        platform.answersTo(RESTOCK, 200, FakeSquare.counts());

        square().cancel(REF, some(1)).act(ATTEMPT);

        assertThat(platform.lastAsked().json().at("/changes/0/adjustment/quantity").asText())
                .isEqualTo("1");
    }

    @Test
    void note_shouldBeLeftOut_whenTheOrderIsOver() {
        answersOrder(FakeSquare.calledOff(order()));

        assertThat(square().note(REF, letter()).act(ATTEMPT).result()).isEqualTo(Result.SKIPPED);
        assertThat(changes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"id, square-CAISENgvlJ6jLWAzERDzjyHVybY", "reference_id, woocommerce-1001"})
    void orderOfAPayment_shouldBeTheOneThatTheStoreSays(String key, String number) {
        settings.put("orderKey", key);
        answersPayment(
                FakeSquare.payment("COMPLETED", PAID).put("reference_id", "woocommerce-1001"));

        assertThat(square().orderNumber(FakeSquare.PAYMENT)).contains(number);
    }

    @Test
    void order_shouldBeFoundByItsReference_whenTheStoreSaysSo() {
        byReference();
        var list = Json.object().put("cursor", "more");
        list.putArray("orders").add(order().put("reference_id", "10011"));
        platform.answersTo("POST /v2/orders/search", 200, Json.write(list));
        var rest = Json.object();
        rest.putArray("orders").add(order().put("reference_id", "1001"));
        platform.answersTo("POST /v2/orders/search", 200, Json.write(rest));
        shows(FakeSquare.payment("COMPLETED", PAID));

        assertThat(square().read(new OrderRef("square", "1001")).id()).isEqualTo(ORDER);
    }

    @Test
    void order_shouldNotBeFound_whenNoneHasTheReference() {
        byReference();
        platform.answersTo("POST /v2/orders/search", 200, "{}");

        assertThatThrownBy(() -> square().read(new OrderRef("square", "1001")))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void numberOfAnOrder_shouldBeItsReference_whenTheStoreSaysSo() {
        byReference();
        answersOrder(order().put("reference_id", "1001"));

        assertThat(square().orderNumber(ORDER + ".")).contains("square-1001");
    }

    @Test
    void token_shouldBeRenewed_whenSquareTurnsItAway() {
        try (var tables = new TestTables()) {
            var keys = Map.of("clientId", "sq0idp-1", "clientSecret", "s", "refreshToken", "EQAA1");
            var square = new Square(TestPlatform.of("square", settings, keys, tables, clock));
            platform.answersTo("POST /oauth2/token", 200, token("EAAA1", "EQAA2"));
            answersPayment(FakeSquare.payment("COMPLETED", PAID));
            platform.answersTo(GET_PAYMENT, 401, FakeSquare.error(401, "expired"));
            platform.answersTo("POST /oauth2/token", 200, token("EAAA3", "EQAA3"));
            answersPayment(FakeSquare.payment("COMPLETED", PAID));

            square.find(FakeSquare.PAYMENT, ATTEMPT);
            square.find(FakeSquare.PAYMENT, ATTEMPT);

            var grants =
                    platform.asked().stream()
                            .filter(asked -> asked.path().equals("/oauth2/token"))
                            .map(asked -> asked.json().path("refresh_token").asText())
                            .toList();
            assertThat(grants).containsExactly("EQAA1", "EQAA2");
            assertThat(platform.lastAsked().header("Authorization")).contains("Bearer EAAA3");
        }
    }

    @Test
    void refreshToken_shouldBeNamed_whenItIsTurnedAway() {
        try (var tables = new TestTables()) {
            var keys = Map.of("clientId", "a", "clientSecret", "b", "refreshToken", "c");
            var square = new Square(TestPlatform.of("square", settings, keys, tables, clock));
            platform.answersTo("POST /oauth2/token", 401, FakeSquare.error(401, "no"));

            assertThatThrownBy(square::probe)
                    .isInstanceOf(Misconfigured.class)
                    .hasMessageContaining("refreshToken");
        }
    }

    private String token(String access, String refresh) {
        return Json.write(
                Json.object()
                        .put("access_token", access)
                        .put("refresh_token", refresh)
                        .put("token_type", "bearer")
                        .put("expires_at", clock.instant().plus(Duration.ofDays(30)).toString()));
    }

    private void byReference() {
        settings.put("orderNumbers", "reference_id").putArray("locations").add("L88917AVBK2S5");
    }

    private List<Order.Line> readLines(ObjectNode order) {
        answersOrder(order);
        platform.answersTo(MOVES, 200, "{}");
        shows(FakeSquare.payment("COMPLETED", PAID));
        return square().read(REF).lines();
    }

    private void shows(ObjectNode payment, ObjectNode... disputes) {
        answersPayment(payment);
        platform.answersTo(FakeSquare.DISPUTES, 200, FakeSquare.disputes(List.of(disputes)));
    }

    private void answersPayment(ObjectNode payment) {
        platform.answersTo(GET_PAYMENT, 200, FakeSquare.body("payment", payment));
    }

    private void refund(String id, Money amount, String status) {
        var refund = FakeSquare.refund(id, amount, status, "x");
        platform.answersTo(FakeSquare.GET_REFUND + id, 200, FakeSquare.body("refund", refund));
    }

    private void refuses(String code) {
        platform.answersTo(REFUND, 400, FakeSquare.error("REFUND_ERROR", code, "No."));
    }

    private void answersOrder(ObjectNode order) {
        platform.answersTo(GET_ORDER, 200, FakeSquare.body("order", order));
    }

    private void answersChange(ObjectNode order) {
        platform.answersTo(PUT_ORDER, 200, FakeSquare.body("order", order));
    }

    private void sold(int units) {
        platform.answersTo(MOVES, 200, FakeSquare.moves(FakeSquare.move("SOLD", units, ORDER, "")));
    }

    private List<JsonNode> changes() {
        return platform.asked().stream()
                .filter(asked -> asked.call().equals(PUT_ORDER))
                .map(FakePlatform.Asked::json)
                .toList();
    }

    private static ObjectNode order() {
        return FakeSquare.order(PAID, 2, "ann@example.com");
    }

    private static ObjectNode unpaid() {
        return FakeSquare.unpaid(order());
    }

    private static ObjectNode withoutFulfilments() {
        var order = order();
        order.remove("fulfillments");
        return order;
    }

    private static Plan.Cancel whole(boolean restock) {
        return new Plan.Cancel("cancel", "square", List.of(), restock, Why.CUSTOMER);
    }

    private static Plan.Cancel some(int units) {
        var lines = List.of(new Plan.Units(FakeSquare.LINE, units));
        return new Plan.Cancel("cancel", "square", lines, true, Why.CUSTOMER);
    }

    private static Letter letter() {
        return new Letter(
                new CaseId(REF, 1),
                Audience.ORDER,
                Optional.empty(),
                "Order cancelled",
                List.of("All of it."),
                false,
                Optional.empty());
    }

    private Square square() {
        return new Square(
                TestPlatform.of("square", settings, Map.of("accessToken", "EAAA"), clock));
    }
}
