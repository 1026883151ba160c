package shop.unwind.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.cases.Head.Status;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.Decision.Verdict;
import shop.unwind.domain.OrderRef;

/** No webhook arrives; the template's own schedules find what they would have told. */
class LostEventsTest {
    private static TestShop shop;

    @BeforeAll
    static void open() {
        shop = new TestShop(7001);
        lose(true);
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    @DisplayName("C39: a cancellation whose webhook was lost is found, once, and paid back")
    void cancellation() {
        var road = shop.sells("portal/full-cancel");
        road.atShopify("cancel");
        road.quietensDown();
        assertThat(shop.cases.head(road.order())).isEmpty();

        sweep("Shopify");
        road.closes(1);

        assertThat(road.decision(1)).isEqualTo("GO whole-order");
        assertThat(road.refunded()).containsExactly(4660L);
        sweep("Shopify");
        road.quietensDown();
        assertThat(road.head().generation()).isEqualTo(1);
        assertThat(road.refunded()).hasSize(1);
    }

    @Test
    @DisplayName("C39, C41: our own cancellation is no news to the sweep")
    void echo() {
        var road = shop.sells("portal/full-cancel");
        road.ask();
        road.closes(1);

        sweep("Shopify");
        road.quietensDown();

        assertThat(road.head().generation()).isEqualTo(1);
        assertThat(road.refunded()).hasSize(1);
        assertThat(road.mails()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancelled", "cancel-request"})
    @DisplayName("C39: WooCommerce sends nothing twice, and what is lost there is found as well")
    void statusAtWooCommerce(String status) {
        var number = shop.sells("woocommerce/full-cancel").number();
        var order = new OrderRef("woocommerce", number);
        shop.web.post(
                shop.machine.sandboxUrl() + "/woocommerce/_act/" + number + "/status",
                TestShop.json().put("status", status));

        sweep("WooCommerce");

        TestShop.await("order " + number + " has its case", () -> isClosed(order));
        assertThat(shop.cases.decision(new CaseId(order, 1)).orElseThrow().verdict())
                .isEqualTo(Verdict.GO);
    }

    @Test
    @DisplayName("C39: a cancellation at BigCommerce whose webhook was lost is found, once")
    void cancellationAtBigCommerce() {
        var number = shop.sells("bigcommerce/full-cancel").number();
        var order = new OrderRef("bigcommerce", number);
        shop.web.post(
                shop.machine.sandboxUrl() + "/bigcommerce/_act/" + number + "/cancel",
                TestShop.json());

        sweep("BigCommerce");

        TestShop.await("order " + number + " has its case", () -> isClosed(order));
        sweep("BigCommerce");
        assertThat(shop.cases.decision(new CaseId(order, 1)).orElseThrow().verdict())
                .isEqualTo(Verdict.GO);
        assertThat(shop.cases.head(order).orElseThrow().generation()).isEqualTo(1);
    }

    @Test
    @DisplayName("C39: a paid order that somebody calls off in Square's dashboard is found")
    void calledOffAtSquare() {
        var number = shop.sells("square/full-cancel").number();
        var order = new OrderRef("square", number);
        shop.web.post(
                shop.machine.sandboxUrl() + "/square/_act/" + number + "/cancel", TestShop.json());

        sweep("Square");

        TestShop.await(
                "staff are asked about order " + number,
                () -> shop.cases.decision(new CaseId(order, 1)).isPresent());
        assertThat(shop.cases.decision(new CaseId(order, 1)).orElseThrow().verdict())
                .isEqualTo(Verdict.HOLD);
    }

    private static boolean isClosed(OrderRef order) {
        return shop.cases.head(order).filter(head -> head.status() == Status.CLOSED).isPresent();
    }

    private static void sweep(String storefront) {
        shop.machine.stack().scheduler().trigger(storefront + "Sweep");
    }

    private static void lose(boolean all) {
        shop.web.put(shop.machine.sandboxUrl() + "/_webhooks", TestShop.json().put("lost", all));
    }
}
