package shop.unwind.magento;

import static shop.unwind.magento.Canned.COMMENT;
import static shop.unwind.magento.Canned.OFFLINE;
import static shop.unwind.magento.Canned.SEARCH;

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

/**
 * An order that is paid is invoiced: somebody else moves its money, so a credit memo moves none.
 */
final class MagentoStorefrontContractTest extends StorefrontContract {
    @Override
    protected Storefront connect(String baseUrl, InstantSource clock) {
        return connected(baseUrl, clock);
    }

    static Magento connected(String baseUrl, InstantSource clock) {
        var settings = Json.object().put("baseUrl", baseUrl);
        return new Magento(TestPlatform.of("magento", settings, keys(), clock));
    }

    static Map<String, String> keys() {
        return Map.of(
                "consumerKey",
                "ck",
                "consumerSecret",
                SECRET,
                "accessToken",
                "at",
                "accessTokenSecret",
                SECRET);
    }

    @Override
    protected OrderRef order() {
        return new OrderRef("magento", "000000074");
    }

    @Override
    protected String line() {
        return "3";
    }

    @Override
    protected String readCall() {
        return SEARCH;
    }

    @Override
    protected String cancelCall() {
        return OFFLINE;
    }

    @Override
    protected String takeCall() {
        return OFFLINE;
    }

    @Override
    protected void shows(State state) {
        Canned.isFound(platform, order(state), List.of());
    }

    private static ObjectNode order(State state) {
        var order = Canned.order(state.paid());
        Canned.item(order).put("qty_shipped", state.shipped());
        if (state.cancelled()) order.put("state", "canceled");
        return order;
    }

    @Override
    protected void showsNothing() {
        platform.answersTo(SEARCH, 200, Canned.page(List.of()));
    }

    @Override
    protected void tellsAsChanged(State state) {
        var canceled = Canned.authorised(state.paid()).put("state", "canceled");
        var found = state.cancelled() ? List.of(canceled) : List.<ObjectNode>of();
        platform.answersTo(SEARCH, 200, Canned.page(found));
        platform.answersTo(Canned.MEMOS, 200, Canned.page(List.of()));
    }

    @Override
    protected void cancels() {
        platform.answersTo(OFFLINE, 200, "31");
        showsMemo(UNITS);
    }

    @Override
    protected void refuses(String words) {
        platform.answersTo(OFFLINE, 400, Canned.error(words));
    }

    @Override
    protected void takesLinesBack() {
        platform.answersTo(OFFLINE, 200, "\"31\"");
        showsMemo(1);
    }

    private void showsMemo(int units) {
        Canned.isRead(platform, Canned.order(PAID), List.of(Canned.memo(PAID, units, "unwind")));
    }

    @Override
    protected void hasTakenBack(int units, String mark) {
        var memo = Canned.memo(PAID, units, mark + " 1");
        memo.remove("invoice_id");
        Canned.isFound(platform, Canned.order(PAID), List.of(memo));
    }

    @Override
    protected void notes() {
        platform.answersTo(COMMENT, 200, "true");
    }

    @Override
    protected String error(int status, String words) {
        return Canned.error(words);
    }

    @Override
    protected boolean isWrite(FakePlatform.Asked asked) {
        return !asked.method().equals("GET");
    }

    @Override
    protected boolean restocks(FakePlatform.Asked cancel) {
        var ids = cancel.json().at("/arguments/extension_attributes/return_to_stock_items");
        return ids.size() == 1 && ids.path(0).asText().equals(line());
    }

    @Override
    protected String key(FakePlatform.Asked cancel) {
        return cancel.json().at("/comment/comment").asText();
    }
}
