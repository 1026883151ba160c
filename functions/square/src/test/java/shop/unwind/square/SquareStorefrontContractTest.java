package shop.unwind.square;

import static shop.unwind.square.FakeSquare.GET_ORDER;
import static shop.unwind.square.FakeSquare.ORDER;
import static shop.unwind.square.FakeSquare.PUT_ORDER;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.connector.Storefront;
import shop.unwind.connector.StorefrontContract;
import shop.unwind.domain.OrderRef;
import shop.unwind.json.Json;
import shop.unwind.once.Attempt;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.TestPlatform;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** A paid order, which Square calls off and keeps as completed. */
final class SquareStorefrontContractTest extends StorefrontContract {
    @Override
    protected Storefront connect(String baseUrl, InstantSource clock) {
        var settings = Json.object().put("baseUrl", baseUrl);
        settings.putArray("locations").add("L88917AVBK2S5");
        return new Square(
                TestPlatform.of("square", settings, Map.of("accessToken", SECRET), clock));
    }

    @Override
    protected OrderRef order() {
        return new OrderRef("square", ORDER);
    }

    @Override
    protected String line() {
        return FakeSquare.LINE;
    }

    @Override
    protected String readCall() {
        return GET_ORDER;
    }

    @Override
    protected String cancelCall() {
        return PUT_ORDER;
    }

    @Override
    protected String takeCall() {
        return PUT_ORDER;
    }

    @Override
    protected void shows(State state) {
        var order = order(state);
        answersOrder(order);
        var payment = FakeSquare.payment("COMPLETED", state.paid());
        platform.answersTo(FakeSquare.GET_PAYMENT, 200, FakeSquare.body("payment", payment));
        platform.answersTo(FakeSquare.DISPUTES, 200, FakeSquare.disputes(List.of()));
        if (order.path("state").asText().equals("COMPLETED"))
            platform.answersTo(FakeSquare.MOVES, 200, "{}");
    }

    private static ObjectNode order(State state) {
        var order = FakeSquare.order(state.paid(), UNITS, CUSTOMER);
        var fulfilments = (ArrayNode) order.path("fulfillments");
        var first = (ObjectNode) fulfilments.path(0);
        if (state.shipped() == UNITS) order.put("state", "COMPLETED");
        if (state.shipped() > 0) first.put("state", "COMPLETED");
        if (state.shipped() > 0 && state.shipped() < UNITS) {
            FakeSquare.sends(first, state.shipped());
            FakeSquare.sends(
                    FakeSquare.fulfilment(fulfilments, "VWJ2", "PROPOSED"),
                    UNITS - state.shipped());
        }
        return state.cancelled() ? FakeSquare.calledOff(order) : order;
    }

    private void answersOrder(ObjectNode order) {
        platform.answersTo(GET_ORDER, 200, FakeSquare.body("order", order));
    }

    @Override
    protected void showsNothing() {
        platform.answersTo(GET_ORDER, 404, error(404, "Order not found for id " + ORDER));
    }

    @Override
    protected void tellsAsChanged(State state) {
        var found = Json.object();
        if (state.cancelled())
            found.putArray("orders")
                    .add(FakeSquare.order(state.paid(), UNITS, CUSTOMER).put("state", "CANCELED"));
        for (var search = 1; search <= 2; search++)
            platform.answersTo("POST /v2/orders/search", 200, Json.write(found));
    }

    @Override
    protected void cancels() {
        var order = FakeSquare.calledOff(FakeSquare.order(PAID, UNITS, CUSTOMER));
        platform.answersTo(PUT_ORDER, 200, FakeSquare.body("order", order));
        platform.answersTo(
                FakeSquare.MOVES, 200, FakeSquare.moves(FakeSquare.move("SOLD", UNITS, ORDER, "")));
        platform.answersTo(FakeSquare.RESTOCK, 200, FakeSquare.counts());
    }

    @Override
    protected void refuses(String words) {
        platform.answersTo(PUT_ORDER, 400, error(400, words));
    }

    @Override
    protected void takesLinesBack() {
        var mark = new Attempt(caseId(), "cancel", 1).mark();
        platform.answersTo(PUT_ORDER, 200, FakeSquare.body("order", taken(1, mark)));
    }

    @Override
    protected void hasTakenBack(int units, String mark) {
        answersOrder(taken(units, mark));
    }

    private static ObjectNode taken(int units, String mark) {
        var order = FakeSquare.order(PAID, UNITS, CUSTOMER);
        order.putObject("metadata")
                .put(Taken.key(mark), mark + " " + FakeSquare.LINE + "*" + units);
        return order;
    }

    @Override
    protected void notes() {
        var order = FakeSquare.order(PAID, UNITS, CUSTOMER);
        platform.answersTo(PUT_ORDER, 200, FakeSquare.body("order", order));
    }

    @Override
    protected String error(int status, String words) {
        return FakeSquare.error(status, words);
    }

    @Override
    protected boolean isWrite(FakePlatform.Asked asked) {
        return !asked.method().equals("GET") && !asked.call().equals(FakeSquare.MOVES);
    }

    @Override
    protected boolean restocks(FakePlatform.Asked cancel) {
        return asked(FakeSquare.RESTOCK).size() == 1;
    }

    @Override
    protected String key(FakePlatform.Asked cancel) {
        return cancel.json().path("idempotency_key").asText();
    }
}
