package shop.unwind.square;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestPlatform;
import shop.unwind.testing.TestTables;
import shop.unwind.testing.VendorContract;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Square's own document takes every call that the connector makes. */
final class SquareVendorContractTest {
    private static final Money PAID = new Money(4660, "USD");
    private static final OrderRef ORDER = new OrderRef("square", FakeSquare.ORDER);
    private static final Attempt ATTEMPT = new Attempt(new CaseId(ORDER, 1), "cancel", 1);

    private final VendorContract contract = VendorContract.of("square/square-openapi.json");
    private final FakePlatform platform = new FakePlatform();
    private final TestTables tables = new TestTables();
    private final ObjectNode settings = Json.object().put("baseUrl", platform.url());

    @AfterEach
    void close() {
        platform.close();
        tables.close();
    }

    @Test
    void calls_shouldBeWhatTheContractTakes() {
        everyOperation();

        assertThat(platform.asked())
                .extracting(asked -> asked.method() + " " + asked.path().replaceAll("\\?.*", ""))
                .contains(
                        "POST /oauth2/token",
                        "PUT /v2/orders/" + FakeSquare.ORDER,
                        "POST /v2/orders/search",
                        "POST /v2/refunds",
                        "POST /v2/inventory/changes/batch-create",
                        "POST /v2/inventory/changes/batch-retrieve",
                        "POST /v2/inventory/counts/batch-retrieve",
                        "GET /v2/disputes");
        assertThat(platform.asked())
                .allSatisfy(
                        asked ->
                                assertThat(
                                                contract.complaints(
                                                        asked.path().replaceAll("\\?.*", ""),
                                                        asked))
                                        .as(asked.call() + asked.body())
                                        .isEmpty());
    }

    @Test
    void wrongCall_shouldBeRefused_soThatTheTestAboveMeansSomething() {
        everyOperation();
        var right =
                platform.asked().stream()
                        .filter(asked -> asked.call().equals(FakeSquare.REFUND))
                        .findFirst()
                        .orElseThrow();

        for (var body :
                List.of(
                        right.body().replace("4660", "\"46.60\""),
                        right.body().replace("\"idempotency_key\"", "\"key\""))) {
            var wrong = new FakePlatform.Asked(right.method(), right.path(), right.headers(), body);
            assertThat(contract.complaints(right.path(), wrong)).as(body).isNotEmpty();
        }
    }

    private void everyOperation() {
        var keys = Map.of("clientId", "sq0idp", "clientSecret", "sq0csp", "refreshToken", "EQAA");
        var clock = new TestClock();
        var square = new Square(TestPlatform.of("square", settings, keys, tables, clock));
        platform.answersTo("POST /oauth2/token", 200, "{\"access_token\":\"EAAA\"}");
        reads();
        square.probe();
        square.read(ORDER);
        cancels();
        var cancel =
                square.cancel(
                        ORDER, new Plan.Cancel("cancel", "square", List.of(), true, Why.CUSTOMER));
        cancel.act(ATTEMPT);
        cancel.act(ATTEMPT);
        var unbooked = FakeSquare.calledOff(order());
        unbooked.putObject("metadata").put("unwind_cancel", ATTEMPT.mark());
        answersOrder(unbooked);
        platform.answersTo(FakeSquare.MOVES, 200, "{}");
        platform.answersTo(FakeSquare.COUNTS, 200, FakeSquare.counts());
        assertThatThrownBy(() -> cancel.find(ATTEMPT)).hasMessageContaining("not booked");
        refunds();
        square.refund(payment(), PAID, Why.CUSTOMER, ATTEMPT);
        square.follow(pending());
        square.release(payment(), ATTEMPT);
        searches();
        var searching = new Square(TestPlatform.of("square", settings, keys, tables, clock));
        searching.read(new OrderRef("square", "1001"));
        platform.answersTo("POST /v2/orders/search", 200, "{}");
        platform.answersTo("POST /v2/orders/search", 200, "{}");
        searching.eventsSince(clock.instant());
    }

    private void reads() {
        platform.answersTo("GET /v2/refunds?", 200, "{}");
        platform.answersTo(FakeSquare.DISPUTES, 200, "{}");
        answersOrder(order());
        answersPayment();
    }

    private void cancels() {
        answersOrder(order());
        platform.answersTo(
                FakeSquare.PUT_ORDER,
                200,
                FakeSquare.body("order", FakeSquare.calledOff(order()).put("state", "OPEN")));
        platform.answersTo(
                FakeSquare.PUT_ORDER,
                200,
                FakeSquare.body("order", FakeSquare.calledOff(order()).put("state", "CANCELED")));
        var completed = order().put("state", "COMPLETED");
        completed.remove("fulfillments");
        answersOrder(completed);
        platform.answersTo(
                FakeSquare.MOVES,
                200,
                FakeSquare.moves(FakeSquare.move("SOLD", 2, FakeSquare.ORDER, "")));
        platform.answersTo(FakeSquare.RESTOCK, 200, FakeSquare.counts());
    }

    private void refunds() {
        var refund = FakeSquare.body("refund", FakeSquare.refund("r", PAID, "PENDING", "x"));
        platform.answersTo(FakeSquare.REFUND, 200, refund);
        platform.answersTo(FakeSquare.GET_REFUND, 200, refund);
        platform.answersTo(
                FakeSquare.VOID,
                200,
                FakeSquare.body("payment", FakeSquare.payment("CANCELED", PAID)));
    }

    private void searches() {
        settings.put("orderNumbers", "reference_id").putArray("locations").add("L1");
        var list = Json.object();
        list.putArray("orders").add(order().put("reference_id", "1001"));
        platform.answersTo("POST /v2/orders/search", 200, Json.write(list));
        platform.answersTo(FakeSquare.DISPUTES, 200, "{}");
        answersPayment();
    }

    private void answersOrder(ObjectNode order) {
        platform.answersTo(FakeSquare.GET_ORDER, 200, FakeSquare.body("order", order));
    }

    private void answersPayment() {
        platform.answersTo(
                FakeSquare.GET_PAYMENT,
                200,
                FakeSquare.body("payment", FakeSquare.payment("COMPLETED", PAID)));
        platform.answersTo(FakeSquare.DISPUTES, 200, "{}");
    }

    private static ObjectNode order() {
        return FakeSquare.order(PAID, 2, "ann@example.com");
    }

    private static Payment payment() {
        var none = Money.zero("USD");
        return new Payment(
                new PaymentRef("square", FakeSquare.PAYMENT), none, PAID, none, List.of());
    }

    private static Outcome pending() {
        return new Outcome(
                "refund", "square", Result.PENDING, "r", Optional.of(PAID), "x", Instant.EPOCH);
    }
}
