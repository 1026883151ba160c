package shop.unwind.shopify;

import static org.assertj.core.api.Assertions.assertThat;

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
import shop.unwind.testing.VendorSchema;
import shop.unwind.words.Letter;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The vendor's schema takes every document and every variable that the connector sends. */
final class ShopifyContractTest {
    private static final OrderRef ORDER = new OrderRef("shopify", "1001");
    private static final CaseId CASE = new CaseId(ORDER, 1);
    private static final Attempt ATTEMPT = new Attempt(CASE, "cancel", 1);
    private static final Money PAID = new Money(4660, "USD");

    private final FakePlatform platform = new FakePlatform();
    private final Shopify shopify =
            new Shopify(
                    TestPlatform.of(
                            "shopify",
                            Json.object().put("baseUrl", platform.url()).put("locationId", "9"),
                            Map.of("accessToken", "shpat_contract"),
                            new TestClock()));
    private final VendorSchema schema = VendorSchema.of("shopify/admin-2026-10.trimmed.graphql");

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void reads_shouldBeWhatTheSchemaTakes() {
        answers("order", "worth");
        platform.answers(200, Canned.byId(Canned.object("order")));
        answers("no-order");
        answers("no-order");

        shopify.priced(shopify.read(ORDER));
        shopify.read("5001.88");
        shopify.probe();
        shopify.eventsSince(Instant.EPOCH);

        assertTaken(5);
    }

    @Test
    void inquiry_shouldBeAskedForAsTheSchemaTakes() {
        var answer = Canned.object("order");
        Canned.node(answer)
                .putArray("disputes")
                .addObject()
                .put("id", "gid://shopify/OrderDisputeSummary/31")
                .put("initiatedAs", "INQUIRY")
                .put("status", "NEEDS_RESPONSE");
        platform.answers(200, Json.write(answer));
        platform.answers(200, "{\"data\":{\"dispute\":null}}");

        shopify.read(ORDER);

        assertTaken(2);
    }

    @Test
    void cancel_shouldBeWhatTheSchemaTakes() {
        for (var why : Why.values()) {
            answers("order", "cancel", "cancelled");
            shopify.cancel(ORDER, plan(List.of(), why)).act(ATTEMPT);
        }

        assertTaken(3 * Why.values().length);
    }

    @Test
    void cancelOfLines_shouldBeWhatTheSchemaTakes() {
        answers("order", "refund");

        shopify.cancel(ORDER, plan(List.of(new Plan.Units("71", 1)), Why.CUSTOMER)).act(ATTEMPT);

        assertTaken(2);
    }

    @Test
    void refund_shouldBeWhatTheSchemaTakes() {
        var none = Money.zero("USD");
        var payment =
                new Payment(new PaymentRef("shopify", "5001.88"), none, PAID, none, List.of());
        platform.answers(200, Canned.byId(Canned.object("order")));
        answers("refund", "refunds");

        shopify.refund(payment, PAID, Why.CUSTOMER, ATTEMPT);
        shopify.find("5001.88", ATTEMPT);

        assertTaken(3);
    }

    @Test
    void followedRefund_shouldBeAskedForAsTheSchemaTakes() {
        platform.answers(
                200,
                """
                {"data":{"node":{"id":"gid://shopify/Refund/61","transactions":{"nodes":
                [{"id":"gid://shopify/OrderTransaction/89","kind":"REFUND","status":"SUCCESS"}]}}}}
                """);

        shopify.follow(
                new Outcome(
                        "refund-p1",
                        "shopify",
                        Result.PENDING,
                        "gid://shopify/Refund/61",
                        Optional.of(PAID),
                        "refund accepted, not settled yet",
                        Instant.EPOCH));

        assertTaken(1);
    }

    @Test
    void note_shouldBeWhatTheSchemaTakes() {
        answers("order", "note");
        var letter =
                new Letter(
                        CASE,
                        Audience.ORDER,
                        Optional.empty(),
                        "Order cancelled",
                        List.of("All of it."),
                        false,
                        Optional.empty());

        shopify.note(ORDER, letter).act(ATTEMPT);

        assertTaken(2);
    }

    @Test
    void wrongDocument_shouldBeRefused_soThatTheTestsAboveMeanSomething() {
        var id = Map.<String, Object>of("id", "gid://shopify/Order/5001");

        assertThat(errors("query Q($id: ID!) { order(id: $id) { cancelled } }", id)).isNotEmpty();
        assertThat(errors("query Q($id: ID!) { order(id: $id) { id } }", Map.of())).isNotEmpty();
        assertThat(errors(Admin.document("cancelled"), id)).isEmpty();
        assertThat(
                        errors(
                                Admin.document("cancel"),
                                Map.of("orderId", "1", "reason", "WHIM", "restock", true)))
                .isNotEmpty();
        assertThat(
                        errors(
                                Admin.document("refund"),
                                Map.of("key", "k", "input", Map.of("order", "1"))))
                .isNotEmpty();
    }

    private void assertTaken(int calls) {
        assertThat(platform.asked()).hasSize(calls);
        for (var asked : platform.asked()) {
            var sent = asked.json();
            var query = sent.path("query").asText();
            assertThat(schema.complaints(query, sent.path("variables"))).as(query).isEmpty();
        }
    }

    private List<String> errors(String document, Map<String, Object> variables) {
        return schema.complaints(document, Json.tree(variables));
    }

    private void answers(String... canned) {
        for (var name : canned) platform.answers(200, Canned.text(name));
    }

    private static Plan.Cancel plan(List<Plan.Units> lines, Why why) {
        return new Plan.Cancel("cancel", "shopify", lines, true, why);
    }
}
