package shop.unwind.paypal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import shop.unwind.domain.CaseId;
import shop.unwind.domain.Dispute.Phase;
import shop.unwind.domain.Money;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Payment;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Plan.Why;
import shop.unwind.json.Json;
import shop.unwind.once.Attempt;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestPlatform;
import shop.unwind.testing.TestTables;
import shop.unwind.testing.VendorContract;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every request of the connector is one that the vendor's own documents take. */
final class PayPalContractTest {
    private static final Money PAID = new Money(4599, "USD");
    private static final Attempt ATTEMPT =
            new Attempt(CaseId.parse("shopify-1001-1"), "refund-p1", 1);
    private static final Payment PAYMENT =
            new Payment(
                    new PaymentRef("paypal", FakePayPal.ID),
                    Money.zero("USD"),
                    PAID,
                    Money.zero("USD"),
                    List.of());

    private final FakePlatform platform = new FakePlatform();
    private final FakePayPal fake = new FakePayPal(platform);
    private final TestClock clock = new TestClock();
    private final TestTables tables = new TestTables();

    @AfterEach
    void close() {
        platform.close();
        tables.close();
    }

    @Test
    void requests_shouldBeAsPayPalDescribesThem() {
        var contracts =
                Map.of(
                        "/v1/oauth2", VendorContract.of("paypal/oauth2-token.json"),
                        "/v1/customer", VendorContract.of("paypal/disputes-v1.json"),
                        "/v2/checkout", VendorContract.of("paypal/orders-v2.json"),
                        "/v2/payments", VendorContract.of("paypal/payments-v2.json"));

        everyOperation();

        assertThat(platform.asked())
                .extracting(asked -> asked.path().split("/", -1)[2] + " " + asked.method())
                .contains("oauth2 POST", "customer GET", "checkout GET", "payments POST");
        assertThat(platform.asked())
                .allSatisfy(asked -> assertThat(complaints(contracts, asked)).isEmpty());
    }

    @Test
    void request_shouldBeFoundWrong_whenAFieldIs() {
        var contract = VendorContract.of("paypal/payments-v2.json");
        everyOperation();
        var right =
                platform.asked().stream()
                        .filter(asked -> asked.path().endsWith("/refund"))
                        .findFirst()
                        .orElseThrow();

        for (var body :
                List.of(
                        right.body().replace("\"45.99\"", "45.99"),
                        right.body().replace("\"value\"", "\"amount\""),
                        right.body().replace("Refund for", "x".repeat(256)))) {
            var wrong = new FakePlatform.Asked(right.method(), right.path(), right.headers(), body);
            assertThat(contract.complaints(right.path(), wrong)).as(body).isNotEmpty();
        }
    }

    private static List<String> complaints(
            Map<String, VendorContract> contracts, FakePlatform.Asked asked) {
        var path = asked.path().replaceAll("\\?.*", "");
        return contracts.entrySet().stream()
                .filter(contract -> path.startsWith(contract.getKey()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no document describes " + path))
                .getValue()
                .complaints(path, asked);
    }

    private void everyOperation() {
        var payPal = payPal();
        platform.answersTo(FakePayPal.TOKEN, 200, FakePayPal.token("A21"));
        platform.answersTo(FakePayPal.TOKEN, 200, FakePayPal.token("A21.probe"));
        fake.complains(List.of());
        payPal.probe();
        fake.shows(
                FakePayPal.capture(PAID, "COMPLETED"),
                List.of(),
                List.of(FakePayPal.dispute(1, Phase.INQUIRY)));
        payPal.read(FakePayPal.ID);
        fake.holds(FakePayPal.hold(PAID, "CREATED"));
        payPal.find(FakePayPal.ID, ATTEMPT);
        var refund = FakePayPal.refund("1JU08902781691411", PAID, "PENDING", "x").toString();
        platform.answersTo(FakePayPal.REFUND, 201, refund);
        platform.answersTo("GET /v2/payments/refunds/", 200, refund);
        payPal.refund(PAYMENT, PAID, Why.CUSTOMER, ATTEMPT);
        payPal.follow(pending());
        platform.answersTo(FakePayPal.VOID, 204, "");
        payPal.release(PAYMENT, ATTEMPT);
    }

    private static Outcome pending() {
        return new Outcome(
                "refund-p1",
                "paypal",
                Result.PENDING,
                "1JU08902781691411",
                Optional.of(PAID),
                "refund on its way",
                Instant.EPOCH);
    }

    private PayPal payPal() {
        var settings = Json.object().put("baseUrl", platform.url());
        var secrets = Map.of("clientId", "client", "clientSecret", "secret");
        return new PayPal(TestPlatform.of("paypal", settings, secrets, tables, clock));
    }
}
