package shop.unwind.local.connectors;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterEach;

import shop.unwind.connector.Storefront;
import shop.unwind.connector.StorefrontContract;
import shop.unwind.domain.OrderRef;
import shop.unwind.testing.FakePlatform;

import java.time.InstantSource;

final class MagentoStorefrontTest extends StorefrontContract {
    private final TestSandbox sandbox = new TestSandbox(clock);
    private final Magento shop = new Magento(sandbox);

    MagentoStorefrontTest() {
        platform.passesOnTo(sandbox.uri("magento"));
    }

    @AfterEach
    void closeSandbox() {
        sandbox.close();
    }

    @Override
    protected Storefront connect(String baseUrl, InstantSource clock) {
        return shop.connect(Storefront.class, baseUrl, clock);
    }

    @Override
    protected OrderRef order() {
        return new OrderRef("magento", "1001");
    }

    @Override
    protected String line() {
        return "7100101";
    }

    @Override
    protected String readCall() {
        return "GET " + Magento.API + "/orders?";
    }

    @Override
    protected String cancelCall() {
        return Magento.OFFLINE;
    }

    @Override
    protected String takeCall() {
        return Magento.OFFLINE;
    }

    @Override
    protected void shows(State state) {
        sells(state, true);
    }

    /** Only what is not invoiced is ever cancelled. */
    @Override
    protected void tellsAsChanged(State state) {
        sells(state, false);
    }

    private void sells(State state, boolean captured) {
        var order = Magento.order(state.paid(), CUSTOMER);
        ((ObjectNode) order.at("/lines/0"))
                .put("quantity", UNITS)
                .put("unitPrice", state.paid().minor())
                .put("discount", state.paid().minor() * (UNITS - 1))
                .put("shipped", state.shipped());
        order.withArray("payments")
                .addObject()
                .put("gateway", "braintree")
                .put("amount", state.paid().minor())
                .put("captured", captured);
        order.put("cancelled", state.cancelled());
        sandbox.sells(order);
    }

    @Override
    protected void showsNothing() {}

    @Override
    protected void cancels() {}

    @Override
    protected void refuses(String words) {
        platform.answersTo(cancelCall(), 400, Magento.error(words));
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
        return Magento.error(words);
    }

    @Override
    protected boolean isWrite(FakePlatform.Asked asked) {
        return !asked.method().equals("GET");
    }

    @Override
    protected boolean restocks(FakePlatform.Asked cancel) {
        return shop.restocked() == UNITS;
    }

    @Override
    protected String key(FakePlatform.Asked cancel) {
        return cancel.json().at("/comment/comment").asText();
    }
}
