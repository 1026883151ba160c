package shop.unwind.bigcommerce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import shop.unwind.domain.CaseId;
import shop.unwind.domain.Money;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Payment;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Plan;
import shop.unwind.domain.Plan.Why;
import shop.unwind.json.Json;
import shop.unwind.once.Attempt;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.VendorContract;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The contracts of both APIs take every call that the connector makes. */
final class BigCommerceVendorContractTest {
    private static final OrderRef ORDER = new OrderRef("bigcommerce", "118");
    private static final Attempt ATTEMPT = new Attempt(new CaseId(ORDER, 1), "cancel", 1);
    private static final Money PAID = new Money(4660, "USD");

    private final VendorContract orders = VendorContract.of("bigcommerce/orders.v2.json");
    private final VendorContract payments = VendorContract.of("bigcommerce/orders.v3.json");
    private final VendorContract inventory = VendorContract.of("bigcommerce/inventory.v3.json");
    private final VendorContract settings = VendorContract.of("bigcommerce/settings.v3.json");
    private final FakePlatform platform = new FakePlatform();
    private final BigCommerce shop =
            new BigCommerce(Canned.platform(platform.url(), "token", new TestClock()));
    private final ObjectNode order = Canned.object("order");

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void reads_shouldBeWhatTheContractTakes() {
        platform.answersTo(Canned.LISTED, 204, "");
        Canned.showsGoods(platform, order, Canned.read("products"));
        Canned.showsMoney(platform, List.of(Canned.transaction("purchase", PAID)), List.of());
        platform.answersTo(Canned.SETTINGS, 200, Json.write(Canned.object("inventory-settings")));

        shop.read(ORDER);
        shop.probe();
        shop.eventsSince(Instant.EPOCH);

        assertTaken(7);
    }

    @Test
    void takenUnits_shouldBeWhatTheContractTakes() {
        Canned.showsGoods(platform, order, Canned.read("products"));
        platform.answersTo(Canned.SETTINGS, 200, Json.write(Canned.object("inventory-settings")));
        for (var mark = 0; mark < 3; mark++) Canned.takesMark(platform);
        platform.answersTo(Canned.UPDATE, 200, Json.write(order));
        platform.answersTo(Canned.LEVELS, 200, Json.write(Canned.object("inventory-items")));
        platform.answersTo(Canned.ADJUST, 200, Canned.ADJUSTED);
        var units = List.of(new Plan.Units("194", 1));

        shop.cancel(ORDER, new Plan.Cancel("cancel", "bigcommerce", units, true, Why.CUSTOMER))
                .act(ATTEMPT);

        assertTaken(10);
    }

    @Test
    void longMark_shouldBeTurnedAway_soThatTheLimitIsTheContracts() {
        var value = "x".repeat(65_536);
        var asked =
                new FakePlatform.Asked(
                        "POST",
                        "/stores/acr9x/v3/orders/118/metafields",
                        Map.of(
                                "Accept",
                                List.of("application/json"),
                                "Content-Type",
                                List.of("application/json")),
                        Json.write(
                                Map.of(
                                        "permission_set",
                                        "app_only",
                                        "namespace",
                                        "unwind",
                                        "key",
                                        ATTEMPT.key(),
                                        "value",
                                        value)));

        assertThat(complaints(asked)).singleElement().asString().contains("65536");
    }

    @Test
    void refundsAndVoids_shouldBeWhatTheContractTakes() {
        platform.answersTo(Canned.REFUNDS, 200, Canned.data(List.of()));
        platform.answersTo(Canned.QUOTE, 201, Json.write(Canned.quote(PAID)));
        platform.answersTo(Canned.REFUND, 201, Canned.data(Canned.refund(PAID, "x")));
        platform.answersTo(Canned.VOID, 201, "");
        platform.answersTo(
                Canned.ORDER, 200, Json.write(order.deepCopy().put("payment_status", "void")));
        var none = Money.zero("USD");
        var payment =
                new Payment(
                        new PaymentRef("bigcommerce", "118.braintree"),
                        none,
                        PAID,
                        none,
                        List.of());

        shop.refund(payment, PAID, Why.CUSTOMER, ATTEMPT);
        shop.release(payment, ATTEMPT);

        assertTaken(5);
    }

    @Test
    void wrongCall_shouldBeRefused_soThatTheTestsAboveMeanSomething() {
        var asked =
                new FakePlatform.Asked(
                        "POST",
                        "/stores/acr9x/v3/orders/118/payment_actions/refunds",
                        Map.of(
                                "Content-Type", List.of("application/json"),
                                "Accept", List.of("application/json"),
                                "X-Auth-Token", List.of("token")),
                        "{\"items\":\"all\"}");

        assertThat(complaints(asked)).isNotEmpty();
    }

    private void assertTaken(int calls) {
        assertThat(platform.asked()).hasSize(calls);
        for (var asked : platform.asked()) assertThat(complaints(asked)).as(asked.call()).isEmpty();
    }

    private List<String> complaints(FakePlatform.Asked asked) {
        var path = asked.path().replaceFirst("\\?.*", "").substring(Canned.STORE.length());
        return contract(path).complaints(path.substring("/v2".length()), asked);
    }

    private VendorContract contract(String path) {
        if (path.startsWith("/v2")) return orders;
        if (path.startsWith("/v3/orders")) return payments;
        return path.startsWith("/v3/settings") ? settings : inventory;
    }
}
