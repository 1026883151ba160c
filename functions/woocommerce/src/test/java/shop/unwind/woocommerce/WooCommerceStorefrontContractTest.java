package shop.unwind.woocommerce;

import static shop.unwind.woocommerce.Canned.CREATE;
import static shop.unwind.woocommerce.Canned.NOTE;
import static shop.unwind.woocommerce.Canned.NOTES;
import static shop.unwind.woocommerce.Canned.SEARCH;
import static shop.unwind.woocommerce.Canned.UPDATE;

import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.connector.Storefront;
import shop.unwind.connector.StorefrontContract;
import shop.unwind.domain.OrderRef;
import shop.unwind.json.Json;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.TestPlatform;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** WooCommerce knows shipped orders, not shipped units. */
final class WooCommerceStorefrontContractTest extends StorefrontContract {
    private static final String LISTED = "GET " + Canned.API + "/orders?status=";

    @Override
    protected Storefront connect(String baseUrl, InstantSource clock) {
        var settings = Json.object().put("baseUrl", baseUrl);
        var keys = Map.of("consumerKey", "ck_contract", "consumerSecret", SECRET);
        return new WooCommerce(TestPlatform.of("woocommerce", settings, keys, clock));
    }

    @Override
    protected OrderRef order() {
        return new OrderRef("woocommerce", "727");
    }

    @Override
    protected String line() {
        return "315";
    }

    @Override
    protected String readCall() {
        return SEARCH;
    }

    @Override
    protected String cancelCall() {
        return UPDATE;
    }

    @Override
    protected String takeCall() {
        return CREATE;
    }

    @Override
    protected void shows(State state) {
        Canned.isFound(platform, order(state), List.of());
    }

    private static ObjectNode order(State state) {
        var order = Canned.object("order");
        order.put("currency", state.paid().currency()).put("total", state.paid().decimal());
        ((ObjectNode) order.at("/line_items/0"))
                .put("total", state.paid().decimal())
                .put("total_tax", "0");
        if (state.shipped() > 0)
            order.put("status", "completed").put("date_completed_gmt", "2026-11-23T09:00:00");
        if (state.cancelled()) order.put("status", "cancelled");
        return order;
    }

    @Override
    protected void showsNothing() {
        platform.answersTo(SEARCH, 200, "[]");
        platform.answersTo(
                Canned.ORDER,
                404,
                Canned.error("woocommerce_rest_shop_order_invalid_id", "Invalid ID.", 404));
    }

    @Override
    protected void tellsAsChanged(State state) {
        var changed = Json.object().arrayNode();
        if (state.cancelled()) changed.add(order(state));
        var since = "&modified_after=2026-10-24T10%3A00%3A00&";
        platform.answersTo(LISTED + "cancelled" + since, 200, Json.write(changed));
        platform.answersTo(LISTED + "refunded" + since, 200, "[]");
    }

    @Override
    protected void cancels() {
        var order = Canned.object("order").put("status", "cancelled");
        platform.answersTo(UPDATE, 200, Json.write(order));
    }

    @Override
    protected void refuses(String words) {
        platform.answersTo(UPDATE, 400, Canned.error("rest_invalid_param", words, 400));
    }

    @Override
    protected void takesLinesBack() {
        platform.answersTo(CREATE, 201, Json.write(Canned.object("lines-taken")));
    }

    @Override
    protected void hasTakenBack(int units, String mark) {
        var record = Canned.object("lines-taken").put("reason", mark);
        ((ObjectNode) record.at("/line_items/0")).put("quantity", -units);
        Canned.isFound(platform, Canned.object("order"), List.of(record));
    }

    @Override
    protected void notes() {
        platform.answersTo(NOTES, 200, "[]");
        platform.answersTo(NOTE, 201, "{\"id\":281,\"note\":\"x\"}");
    }

    @Override
    protected String error(int status, String words) {
        return Canned.error("woocommerce_rest_error", words, status);
    }

    @Override
    protected boolean isWrite(FakePlatform.Asked asked) {
        return !asked.method().equals("GET");
    }

    @Override
    protected boolean restocks(FakePlatform.Asked cancel) {
        return cancel.json().path("status").asText().equals("cancelled");
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
