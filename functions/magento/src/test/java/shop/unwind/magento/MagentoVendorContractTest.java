package shop.unwind.magento;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import shop.unwind.connector.Platform;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.Money;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Payment;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Plan;
import shop.unwind.domain.Plan.Audience;
import shop.unwind.domain.Plan.Why;
import shop.unwind.json.Json;
import shop.unwind.once.Attempt;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestPlatform;
import shop.unwind.testing.VendorContract;
import shop.unwind.words.Letter;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The contract of REST V1 takes every call that the connector makes. */
final class MagentoVendorContractTest {
    private static final OrderRef ORDER = new OrderRef("magento", "000000074");
    private static final CaseId CASE = new CaseId(ORDER, 1);
    private static final Attempt ATTEMPT = new Attempt(CASE, "cancel", 1);
    private static final Money PAID = new Money(4660, "USD");

    private final VendorContract contract = VendorContract.of("magento/admin-2.4.9.json");
    private final FakePlatform platform = new FakePlatform();
    private final Magento shop = new Magento(connected());

    private Platform connected() {
        return TestPlatform.of(
                "magento",
                Json.object().put("baseUrl", platform.url()),
                MagentoStorefrontContractTest.keys(),
                new TestClock());
    }

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void reads_shouldBeWhatTheContractTakes() {
        Canned.isFound(platform, Canned.order(PAID), List.of());
        Canned.isRead(platform, Canned.authorised(PAID), List.of());
        platform.answersTo("GET", 200, Canned.page(List.of()));

        shop.read(ORDER);
        shop.read("74");
        shop.probe();

        assertTaken(6);
    }

    @Test
    void cancels_shouldBeWhatTheContractTakes() {
        var held = Canned.authorised(PAID).put("state", "holded");
        Canned.isFound(platform, held, List.of());
        platform.answersTo(Canned.UNHOLD, 200, "true");
        platform.answersTo(Canned.ORDER, 200, Json.write(Canned.authorised(PAID)));
        platform.answersTo(Canned.CANCEL, 200, "true");
        var canceled = Canned.authorised(PAID).put("state", "canceled");
        Canned.item(canceled).put("qty_canceled", 2);
        Canned.isRead(platform, canceled, List.of());
        Canned.isFound(platform, Canned.order(PAID), List.of());
        platform.answersTo(Canned.OFFLINE, 200, "31");
        Canned.isRead(platform, Canned.order(PAID), List.of(Canned.memo(PAID, 1, "unwind")));

        shop.cancel(ORDER, plan(List.of())).act(ATTEMPT);
        shop.cancel(ORDER, plan(List.of(new Plan.Units("3", 1)))).act(ATTEMPT);

        assertTaken(14);
    }

    @Test
    void refundsAndComments_shouldBeWhatTheContractTakes() {
        var order = Canned.order(PAID);
        Canned.comments(order, "[unwind:" + CASE + ":cancel] to be taken back 3x2, back to stock");
        Canned.isRead(platform, order.deepCopy(), List.of());
        platform.answersTo(Canned.ONLINE, 200, "31");
        Canned.isRead(platform, order, List.of(Canned.memo(PAID, 2, "unwind")));
        Canned.isFound(platform, Canned.order(PAID), List.of());
        platform.answersTo(Canned.COMMENT, 200, "true");
        var none = Money.zero("USD");
        var payment = new Payment(new PaymentRef("magento", "74.12"), none, PAID, none, List.of());

        shop.refund(payment, PAID, Why.CUSTOMER, new Attempt(CASE, "refund-74.12", 1));
        shop.note(ORDER, letter()).act(ATTEMPT);

        assertTaken(11);
    }

    @Test
    void changes_shouldBeWhatTheContractTakes() {
        platform.answers(200, Canned.page(List.of())).answers(200, Canned.page(List.of()));

        shop.eventsSince(Instant.EPOCH);

        assertTaken(2);
    }

    @Test
    void wrongCall_shouldBeRefused_soThatTheTestsAboveMeanSomething() {
        var asked =
                new FakePlatform.Asked(
                        "POST",
                        Canned.API + "/invoice/12/refund",
                        Map.of("Content-Type", List.of("application/json")),
                        "{\"isOnline\":\"yes\"}");

        assertThat(contract.complaints(asked.path(), asked)).isNotEmpty();
    }

    private void assertTaken(int calls) {
        assertThat(platform.asked()).hasSize(calls);
        for (var asked : platform.asked()) {
            var path = asked.path().replaceFirst("\\?.*", "");
            assertThat(contract.complaints(path, asked)).as(asked.call()).isEmpty();
        }
    }

    private static Letter letter() {
        return new Letter(
                CASE,
                Audience.ORDER,
                Optional.empty(),
                "Order cancelled",
                List.of("All of it."),
                false,
                Optional.empty());
    }

    private static Plan.Cancel plan(List<Plan.Units> lines) {
        return new Plan.Cancel("cancel", "magento", lines, true, Why.CUSTOMER);
    }
}
