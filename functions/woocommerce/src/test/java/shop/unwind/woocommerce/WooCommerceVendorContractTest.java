package shop.unwind.woocommerce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import shop.unwind.domain.CaseId;
import shop.unwind.domain.Money;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
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

/** The contract of wc/v3 takes every call that the connector makes. */
final class WooCommerceVendorContractTest {
    private static final OrderRef ORDER = new OrderRef("woocommerce", "727");
    private static final CaseId CASE = new CaseId(ORDER, 1);
    private static final Attempt ATTEMPT = new Attempt(CASE, "cancel", 1);
    private static final Money PAID = new Money(4660, "USD");

    private final VendorContract contract = VendorContract.of("woocommerce/wc-v3.json");
    private final FakePlatform platform = new FakePlatform();
    private final WooCommerce shop =
            new WooCommerce(
                    TestPlatform.of(
                            "woocommerce",
                            Json.object().put("baseUrl", platform.url()),
                            Map.of("consumerKey", "ck_1", "consumerSecret", "cs_1"),
                            new TestClock()));
    private final ObjectNode order = Canned.object("order");

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void reads_shouldBeWhatTheContractTakes() {
        Canned.isFound(platform, order, List.of());
        Canned.isRead(platform, order, List.of());
        for (var list = 0; list < 3; list++) platform.answersTo("GET", 200, "[]");

        shop.read(ORDER);
        shop.read("727");
        shop.probe();
        shop.eventsSince(Instant.EPOCH);

        assertTaken(7);
    }

    @Test
    void cancels_shouldBeWhatTheContractTakes() {
        Canned.isFound(platform, order, List.of());
        platform.answersTo(
                Canned.UPDATE, 200, Json.write(order.deepCopy().put("status", "cancelled")));
        Canned.isFound(platform, order, List.of());
        platform.answersTo(Canned.CREATE, 201, Json.write(Canned.object("lines-taken")));

        shop.cancel(ORDER, plan(List.of())).act(ATTEMPT);
        shop.cancel(ORDER, plan(List.of(new Plan.Units("315", 1)))).act(ATTEMPT);

        assertTaken(6);
    }

    @Test
    void refundsAndNotes_shouldBeWhatTheContractTakes() {
        platform.answersTo(Canned.CREATE, 201, Json.write(Canned.object("refund")));
        platform.answersTo(Canned.RECORDS + "/801", 200, Json.write(Canned.object("refund")));
        platform.answersTo(Canned.SEARCH, 200, "[" + Json.write(order) + "]");
        platform.answersTo(Canned.NOTES, 200, "[]");
        platform.answersTo(Canned.NOTE, 201, "{\"id\":281}");
        var none = Money.zero("USD");
        var payment =
                new Payment(new PaymentRef("woocommerce", "727"), none, PAID, none, List.of());

        var made = shop.refund(payment, PAID, Why.CUSTOMER, ATTEMPT);
        shop.follow(pending(made.reference()));
        shop.note(ORDER, letter()).act(ATTEMPT);

        assertTaken(5);
    }

    @Test
    void wrongCall_shouldBeRefused_soThatTheTestsAboveMeanSomething() {
        var asked =
                new FakePlatform.Asked(
                        "PUT",
                        Canned.API + "/orders/727",
                        Map.of("Content-Type", List.of("application/json")),
                        "{\"status\":\"gone\"}");

        assertThat(contract.complaints("/orders/727", asked)).isNotEmpty();
    }

    private void assertTaken(int calls) {
        assertThat(platform.asked()).hasSize(calls);
        for (var asked : platform.asked()) {
            var path = asked.path().replaceFirst("\\?.*", "").substring(Canned.API.length());
            assertThat(contract.complaints(path, asked)).as(asked.call()).isEmpty();
        }
    }

    private static Outcome pending(String reference) {
        return new Outcome(
                "refund-727",
                "woocommerce",
                Result.PENDING,
                reference,
                Optional.of(PAID),
                "refunded",
                Instant.EPOCH);
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
        return new Plan.Cancel("cancel", "woocommerce", lines, true, Why.CUSTOMER);
    }
}
