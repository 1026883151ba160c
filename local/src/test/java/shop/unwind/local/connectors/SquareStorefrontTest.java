package shop.unwind.local.connectors;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterEach;

import shop.unwind.connector.Storefront;
import shop.unwind.connector.StorefrontContract;
import shop.unwind.domain.OrderRef;
import shop.unwind.testing.FakePlatform;

import java.time.InstantSource;

final class SquareStorefrontTest extends StorefrontContract {
    private final TestSandbox sandbox = new TestSandbox(clock);
    private final Square square = new Square(sandbox);

    SquareStorefrontTest() {
        platform.passesOnTo(sandbox.uri("square"));
    }

    @AfterEach
    void closeSandbox() {
        sandbox.close();
    }

    @Override
    protected Storefront connect(String baseUrl, InstantSource clock) {
        return square.connect(Storefront.class, baseUrl, clock);
    }

    @Override
    protected OrderRef order() {
        return new OrderRef("square", "1001");
    }

    @Override
    protected String line() {
        return "line-ACR-500";
    }

    @Override
    protected String readCall() {
        return "GET /v2/orders/1001";
    }

    @Override
    protected String cancelCall() {
        return "PUT /v2/orders/1001";
    }

    @Override
    protected String takeCall() {
        return cancelCall();
    }

    @Override
    protected void shows(State state) {
        // A cancel whose answer was lost shows by itself.
        if (state.cancelled() && !square.order().isMissingNode()) {
            square.act("1001", "cancel");
            return;
        }
        sells(state, true);
    }

    /** A paid order is never cancelled at Square, only called off. */
    @Override
    protected void tellsAsChanged(State state) {
        sells(state, false);
    }

    private void sells(State state, boolean captured) {
        var order = Square.order(state.paid(), CUSTOMER);
        ((ObjectNode) order.at("/lines/0"))
                .put("quantity", UNITS)
                .put("unitPrice", state.paid().minor())
                .put("discount", state.paid().minor() * (UNITS - 1))
                .put("shipped", state.shipped());
        order.withArray("payments")
                .addObject()
                .put("gateway", "card")
                .put("captured", captured)
                .put("amount", state.paid().minor());
        order.put("cancelled", state.cancelled());
        sandbox.sells(order);
    }

    @Override
    protected void showsNothing() {}

    @Override
    protected void cancels() {}

    @Override
    protected void refuses(String words) {
        platform.answersTo(cancelCall(), 400, Square.error(400, words));
    }

    @Override
    protected void takesLinesBack() {}

    @Override
    protected void hasTakenBack(int units, String mark) {
        platform.letsTheLostArrive();
    }

    @Override
    protected void notes() {}

    @Override
    protected String error(int status, String words) {
        return Square.error(status, words);
    }

    @Override
    protected boolean isWrite(FakePlatform.Asked asked) {
        return !asked.method().equals("GET") && !asked.call().equals(Square.RETRIEVE);
    }

    @Override
    protected boolean restocks(FakePlatform.Asked cancel) {
        var units = sandbox.state("square").path("inventory").path("ACR-500");
        return units.path("restocked").asInt() == UNITS;
    }

    @Override
    protected String key(FakePlatform.Asked cancel) {
        return cancel.json().path("idempotency_key").asText();
    }
}
