package shop.unwind.local.connectors;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterEach;

import shop.unwind.connector.Storefront;
import shop.unwind.connector.StorefrontContract;
import shop.unwind.domain.OrderRef;
import shop.unwind.testing.FakePlatform;

import java.time.InstantSource;

final class WooCommerceStorefrontTest extends StorefrontContract {
    private final TestSandbox sandbox = new TestSandbox(clock);
    private final WooCommerce shop = new WooCommerce(sandbox);

    WooCommerceStorefrontTest() {
        platform.passesOnTo(sandbox.uri("woocommerce"));
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
        return new OrderRef("woocommerce", "1001");
    }

    @Override
    protected String line() {
        return "100101";
    }

    @Override
    protected String readCall() {
        return "GET " + WooCommerce.API + "/orders?search=1001";
    }

    @Override
    protected String cancelCall() {
        return "PUT " + WooCommerce.API + "/orders/1001";
    }

    @Override
    protected String takeCall() {
        return WooCommerce.CREATE;
    }

    @Override
    protected void shows(State state) {
        var order = WooCommerce.order(state.paid(), CUSTOMER);
        ((ObjectNode) order.at("/lines/0"))
                .put("quantity", UNITS)
                .put("unitPrice", state.paid().minor())
                .put("discount", state.paid().minor() * (UNITS - 1));
        order.withArray("payments")
                .addObject()
                .put("gateway", "woocommerce_payments")
                .put("amount", state.paid().minor());
        order.put("cancelled", state.cancelled());
        sandbox.sells(order);
        if (state.shipped() > 0) shop.act("ship");
    }

    @Override
    protected void showsNothing() {}

    @Override
    protected void tellsAsChanged(State state) {
        shows(state);
    }

    @Override
    protected void cancels() {}

    @Override
    protected void refuses(String words) {
        platform.answersTo(cancelCall(), 400, WooCommerce.error(400, "rest_invalid_param", words));
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
        return WooCommerce.error(status, "woocommerce_rest_error", words);
    }

    @Override
    protected boolean isWrite(FakePlatform.Asked asked) {
        return !asked.method().equals("GET");
    }

    @Override
    protected boolean restocks(FakePlatform.Asked cancel) {
        var units = sandbox.state("woocommerce").path("inventory").path("ACR-500");
        return units.path("restocked").asInt() == UNITS;
    }

    @Override
    protected String key(FakePlatform.Asked cancel) {
        return cancel.json().at("/meta_data/0/value").asText();
    }

    @Override
    protected boolean looksIntoLists() {
        return true;
    }

    @Override
    protected boolean knowsShippedUnits() {
        return false;
    }

    @Override
    protected boolean canLeaveStock() {
        return false;
    }
}
