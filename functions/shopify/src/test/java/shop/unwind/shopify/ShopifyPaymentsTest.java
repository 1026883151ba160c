package shop.unwind.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import shop.unwind.domain.CaseId;
import shop.unwind.domain.Money;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Plan.Why;
import shop.unwind.json.Json;
import shop.unwind.once.Attempt;
import shop.unwind.problem.Changed;
import shop.unwind.problem.NotFound;
import shop.unwind.problem.Unsure;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestPlatform;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Money that was authorised first: one payment from the hold to the last capture. */
final class ShopifyPaymentsTest {
    private static final String PAYMENT = "5001.88";
    private static final Attempt ATTEMPT =
            new Attempt(new CaseId(new OrderRef("shopify", "1001"), 1), "refund-p1", 1);

    private static final Outcome PENDING =
            new Outcome(
                    "refund-p1",
                    "shopify",
                    Result.PENDING,
                    "gid://shopify/Refund/61",
                    Optional.of(usd(4660)),
                    "refund accepted, not settled yet",
                    Instant.EPOCH);

    private final FakePlatform platform = new FakePlatform();
    private final Shopify shopify =
            new Shopify(
                    TestPlatform.of(
                            "shopify",
                            Json.object().put("baseUrl", platform.url()),
                            Map.of("accessToken", "shpat_payments"),
                            new TestClock()));
    private final ObjectNode order = Canned.object("order");

    @BeforeEach
    void authorise() {
        Canned.sale(order).put("kind", "AUTHORIZATION");
    }

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void payment_shouldBeHeld_whenItIsOnlyAuthorised() {
        shows();

        var payment = shopify.read(PAYMENT);

        assertThat(payment.authorised()).isEqualTo(usd(4660));
        assertThat(payment.captured()).isEqualTo(usd(0));
    }

    @Test
    void payment_shouldKeepItsId_whenItIsCapturedMeanwhile() {
        follows(89, "CAPTURE", 88, "30");
        follows(90, "CAPTURE", 88, "16.6");
        follows(91, "REFUND", 89, "10");
        shows();

        var payment = shopify.read(PAYMENT);

        assertThat(payment.authorised()).isEqualTo(usd(0));
        assertThat(payment.captured()).isEqualTo(usd(4660));
        assertThat(payment.refunded()).isEqualTo(usd(1000));
    }

    @Test
    void payment_shouldBeNothing_whenItWasVoided() {
        follows(89, "VOID", 88, "46.6");
        shows();

        var payment = shopify.read(PAYMENT);

        assertThat(payment.authorised()).isEqualTo(usd(0));
        assertThat(payment.captured()).isEqualTo(usd(0));
    }

    @Test
    void refund_shouldComeFromTheCaptures_eachWhatItHasLeft() {
        follows(89, "CAPTURE", 88, "30");
        follows(90, "CAPTURE", 88, "16.6");
        follows(91, "REFUND", 89, "10");
        shows();
        shows();
        platform.answers(200, Canned.text("refund"));

        var outcome = shopify.refund(shopify.read(PAYMENT), usd(3660), Why.CUSTOMER, ATTEMPT);

        assertThat(outcome.result()).isEqualTo(Result.DONE);
        var sent = platform.lastAsked().json().at("/variables/input/transactions");
        assertThat(sent)
                .extracting(part -> part.path("parentId").asText() + " " + part.path("amount"))
                .containsExactly(
                        "gid://shopify/OrderTransaction/89 \"20.00\"",
                        "gid://shopify/OrderTransaction/90 \"16.60\"");
    }

    @Test
    void refund_shouldBeDecidedAgain_whenLessIsLeft() {
        follows(89, "CAPTURE", 88, "30");
        shows();
        shows();
        var payment = shopify.read(PAYMENT);

        assertThatThrownBy(() -> shopify.refund(payment, usd(4660), Why.CUSTOMER, ATTEMPT))
                .isInstanceOf(Changed.class);
        assertThat(platform.asked()).hasSize(2);
    }

    @Test
    void refund_shouldBeUnsure_whenTheSameIsStillUnderWay() {
        follows(89, "CAPTURE", 88, "46.6");
        shows();
        shows();
        platform.answers(
                200,
                """
                {"data":{"refundCreate":{"refund":null,"userErrors":
                [{"field":null,"message":"A refund is currently in progress, try again"}]}}}
                """);
        var payment = shopify.read(PAYMENT);

        assertThatThrownBy(() -> shopify.refund(payment, usd(4660), Why.CUSTOMER, ATTEMPT))
                .isInstanceOf(Unsure.class);
    }

    @ParameterizedTest
    @CsvSource({"SUCCESS, DONE", "PENDING, PENDING", "FAILURE, FAILED", "ERROR, FAILED"})
    void refund_shouldBeFollowed_untilItHasArrivedOrComeBack(String status, Result result) {
        platform.answers(200, standing(status));

        var outcome = shopify.follow(PENDING);

        assertThat(outcome.result()).isEqualTo(result);
        assertThat(platform.lastAsked().json().at("/variables/id").asText())
                .isEqualTo("gid://shopify/Refund/61");
    }

    @Test
    void followedRefund_shouldStayUnclear_whenItsStatusIsNewToUs() {
        platform.answers(200, standing("TELEPORTED"));

        assertThatThrownBy(() -> shopify.follow(PENDING)).isInstanceOf(Unsure.class);
    }

    @Test
    void followedRefund_shouldBeMissed_whenShopifyKnowsItNoMore() {
        platform.answers(200, "{\"data\":{\"node\":null}}");

        assertThatThrownBy(() -> shopify.follow(PENDING)).isInstanceOf(NotFound.class);
    }

    private static String standing(String status) {
        return """
        {"data":{"node":{"id":"gid://shopify/Refund/61","transactions":{"nodes":
        [{"id":"gid://shopify/OrderTransaction/89","kind":"REFUND","status":"%s"}]}}}}
        """
                .formatted(status);
    }

    private void shows() {
        platform.answers(200, Canned.byId(order.deepCopy()));
    }

    private void follows(int id, String kind, int parent, String amount) {
        var transaction = Canned.sale(order).deepCopy();
        transaction.put("id", "gid://shopify/OrderTransaction/" + id).put("kind", kind);
        transaction
                .putObject("parentTransaction")
                .put("id", "gid://shopify/OrderTransaction/" + parent);
        ((ObjectNode) transaction.at("/amountSet/presentmentMoney")).put("amount", amount);
        ((ArrayNode) Canned.node(order).path("transactions")).add(transaction);
    }

    private static Money usd(long cents) {
        return new Money(cents, "USD");
    }
}
