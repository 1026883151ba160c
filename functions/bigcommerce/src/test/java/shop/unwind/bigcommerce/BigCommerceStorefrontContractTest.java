package shop.unwind.bigcommerce;

import static shop.unwind.bigcommerce.Canned.ORDER;
import static shop.unwind.bigcommerce.Canned.UPDATE;

import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.connector.Storefront;
import shop.unwind.connector.StorefrontContract;
import shop.unwind.domain.OrderRef;
import shop.unwind.json.Json;
import shop.unwind.once.Attempt;
import shop.unwind.testing.FakePlatform;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** A store that takes stock when an order is placed and brings it back when it is cancelled. */
final class BigCommerceStorefrontContractTest extends StorefrontContract {

    @Override
    protected Storefront connect(String baseUrl, InstantSource clock) {
        return new BigCommerce(Canned.platform(baseUrl, SECRET, clock));
    }

    @Override
    protected OrderRef order() {
        return new OrderRef("bigcommerce", "118");
    }

    @Override
    protected String line() {
        return "194";
    }

    @Override
    protected String readCall() {
        return ORDER;
    }

    @Override
    protected String cancelCall() {
        return UPDATE;
    }

    @Override
    protected String takeCall() {
        return UPDATE;
    }

    @Override
    protected void shows(State state) {
        Canned.takesMark(platform);
        Canned.showsGoods(
                platform,
                order(state),
                Canned.products(state.paid(), state.shipped()),
                asked(Canned.MARK).stream().map(Canned::made).toArray(ObjectNode[]::new));
        Canned.showsMoney(
                platform, List.of(Canned.transaction("purchase", state.paid())), List.of());
        platform.answersTo(Canned.SETTINGS, 200, Json.write(Canned.object("inventory-settings")));
        platform.answersTo(Canned.LEVELS, 200, Json.write(Canned.object("inventory-items")));
    }

    private static ObjectNode order(State state) {
        var order = Canned.order(state.paid()).put("items_shipped", state.shipped());
        if (state.shipped() > 0) order.put("status_id", state.shipped() == UNITS ? 2 : 3);
        return state.cancelled() ? order.put("status_id", 5) : order;
    }

    @Override
    protected void showsNothing() {
        platform.answersTo(ORDER, 404, "[{\"status\":404,\"message\":\"Not found.\"}]");
    }

    @Override
    protected void tellsAsChanged(State state) {
        var since = "&min_date_modified=2026-10-24T10%3A00%3A00Z&";
        if (state.cancelled())
            platform.answersTo(Canned.LISTED + since, 200, "[" + Json.write(order(state)) + "]");
        else platform.answersTo(Canned.LISTED + since, 204, "");
    }

    @Override
    protected void cancels() {
        platform.answersTo(UPDATE, 200, Json.write(Canned.object("order").put("status_id", 5)));
        Canned.takesMark(platform);
    }

    @Override
    protected void refuses(String words) {
        platform.answersTo(UPDATE, 400, Canned.error(400, words));
        Canned.takesMark(platform);
    }

    @Override
    protected void takesLinesBack() {
        platform.answersTo(UPDATE, 200, Json.write(Canned.object("order")));
        Canned.takesMark(platform);
        platform.answersTo(Canned.ADJUST, 200, Canned.ADJUSTED);
        Canned.takesMark(platform);
    }

    /** Where nothing is to come back into stock, the line for whoever packs is the last of it. */
    @Override
    protected void hasTakenBack(int units, String mark) {
        var order = Canned.object("order").put("staff_notes", "[" + mark + "] taken back");
        var taken = Canned.taken(Map.of(line(), units), Map.of());
        var marked = Canned.mark(new Attempt(caseId(), "cancel", 1).key(), taken);
        Canned.showsGoods(platform, order, Canned.read("products"), marked);
        Canned.takesMark(platform);
    }

    @Override
    protected void notes() {
        platform.answersTo(UPDATE, 200, Json.write(Canned.object("order")));
    }

    @Override
    protected String error(int status, String words) {
        return Canned.error(status, words);
    }

    @Override
    protected boolean isWrite(FakePlatform.Asked asked) {
        return !asked.method().equals("GET");
    }

    @Override
    protected boolean restocks(FakePlatform.Asked cancel) {
        return cancel.json().path("status_id").asInt() == 5;
    }

    /** A change of status bears none: the mark before it does. */
    @Override
    protected String key(FakePlatform.Asked cancel) {
        var asked = platform.asked();
        return asked.subList(0, asked.indexOf(cancel)).stream()
                .filter(each -> each.call().equals(Canned.MARK))
                .reduce((_, later) -> later)
                .map(mark -> mark.json().path("key").asText())
                .orElse("");
    }

    @Override
    protected boolean canLeaveStock() {
        return false;
    }
}
