package shop.unwind.local.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.connector.Payments;
import shop.unwind.connector.Storefront;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.Money;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Plan;
import shop.unwind.domain.Plan.Why;
import shop.unwind.json.Json;
import shop.unwind.once.Attempt;
import shop.unwind.once.Found;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Unsure;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.TestClock;

import java.util.List;

/** Whole ways through the sandbox's Magento, by the connector's own signed calls. */
final class MagentoJourneyTest {
    private static final OrderRef ORDER = new OrderRef("magento", "1001");
    private static final CaseId CASE = new CaseId(ORDER, 1);
    private static final Attempt CANCEL = new Attempt(CASE, "cancel", 1);

    private final TestClock clock = new TestClock();
    private final TestSandbox sandbox = new TestSandbox(clock);
    private final FakePlatform platform = new FakePlatform();
    private final Magento shop = new Magento(sandbox);

    @AfterEach
    void close() {
        platform.close();
        sandbox.close();
    }

    @Test
    void uninvoiced_shouldBeCanceled_andItsHoldLetGo() {
        sells(2, false, 0);

        storefront().cancel(ORDER, whole()).act(CANCEL);

        assertThat(shop.order().path("state").asText()).isEqualTo("canceled");
        assertThat(shop.restocked()).isEqualTo(2);
        assertThat(payments().read(Magento.ID).authorised().isPositive()).isFalse();
    }

    @Test
    @DisplayName(
            "invoiced whole: goods and money go back by one credit memo, and the order is closed")
    void invoiced_shouldBeClosed_afterOneCreditMemo() {
        sells(2, true, 500);

        storefront().cancel(ORDER, whole()).act(CANCEL);
        assertThat(shop.restocked()).isZero();
        var refunded = refund("71001.710011");

        assertThat(refunded.amount()).contains(new Money(4660, "USD"));
        assertThat(shop.order().path("state").asText()).isEqualTo("closed");
        assertThat(shop.order().path("memos")).hasSize(1);
        assertThat(shop.restocked()).isEqualTo(2);
        assertThat(storefront().read(ORDER).cancelled()).isTrue();
    }

    @Test
    @DisplayName(
            "partly invoiced: the credit memo first, then the rest is cancelled; stock comes once")
    void partlyInvoiced_shouldBeRefundedAndCancelled() {
        sells(2, false, 0);
        shop.act("invoice", Json.object().put("line", 0).put("quantity", 1));

        storefront().cancel(ORDER, whole()).act(CANCEL);
        var refunded = refund("71001.710011");

        assertThat(refunded.amount()).contains(new Money(2080, "USD"));
        assertThat(shop.order().at("/lines/0/refunded").asInt()).isEqualTo(1);
        assertThat(shop.order().at("/lines/0/canceled").asInt()).isEqualTo(1);
        assertThat(shop.restocked()).isEqualTo(2);
        assertThat(storefront().read(ORDER).cancelled()).isTrue();
    }

    @Test
    @DisplayName("two invoices are two payments, each refunded by a credit memo of its own")
    void invoices_shouldBeRefundedOneByOne() {
        sells(2, false, 0);
        shop.act("invoice", Json.object().put("line", 0).put("quantity", 1));
        shop.act("invoice", Json.object().put("line", 0).put("quantity", 1));

        storefront().cancel(ORDER, whole()).act(CANCEL);
        refund("71001.710011");
        refund("71001.710012");

        assertThat(shop.order().path("memos")).hasSize(2);
        assertThat(shop.order().path("state").asText()).isEqualTo("closed");
        assertThat(shop.restocked()).isEqualTo(2);
    }

    @Test
    @DisplayName("C21, C22: unit by unit the credit memos add up to what was paid, to the cent")
    void units_shouldAddUp_whenRefundedOneByOne() {
        sells(3, true, 0);
        var before = Money.zero("USD");

        for (var generation = 1; generation <= 3; generation++) {
            var mine = new CaseId(ORDER, generation);
            var line = storefront().read(ORDER).lines().getFirst();
            var worth = line.worth().orElseThrow().share(0, 1, line.open());
            storefront().cancel(ORDER, one()).act(new Attempt(mine, "cancel", 1));
            var payment = payments().read("71001.710011");
            payments().refund(payment, worth, Why.CUSTOMER, new Attempt(mine, "refund", 1));
            before = before.plus(worth);
        }

        assertThat(payments().read("71001.710011").remaining()).isEqualTo(Money.zero("USD"));
        assertThat(before).isEqualTo(new Money(6241, "USD"));
        assertThat(shop.restocked()).isEqualTo(3);
    }

    @Test
    void hold_shouldBeEnded_beforeTheRefund() {
        sells(2, true, 0);
        shop.act("hold");

        storefront().cancel(ORDER, whole()).act(CANCEL);
        refund("71001.710011");

        assertThat(shop.order().path("state").asText()).isEqualTo("closed");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void review_shouldBeLeftToPeople(boolean paid) {
        sells(2, paid, 0);
        shop.act("review");

        assertThatThrownBy(() -> storefront().cancel(ORDER, whole()).act(CANCEL))
                .isInstanceOf(Refused.class);
        assertThat(shop.order().path("comments")).isEmpty();
    }

    @Test
    @DisplayName("a gateway that says no leaves no credit memo, and nobody sends it again")
    void refusal_shouldStayInDoubt() {
        sells(2, true, 0, "refused");
        storefront().cancel(ORDER, whole()).act(CANCEL);

        assertThatThrownBy(() -> refund("71001.710011")).isInstanceOf(Unsure.class);
        assertThatThrownBy(() -> payments().find("71001.710011", attempt("71001.710011")))
                .isInstanceOf(Unsure.class);
        assertThat(shop.order().path("memos")).isEmpty();
    }

    @Test
    @DisplayName(
            "the answer to the refund was lost: it is found, and the rest is cancelled after all")
    void lostRefund_shouldBeFound_andTheRestCancelled() {
        sells(2, false, 0);
        shop.act("invoice", Json.object().put("line", 0).put("quantity", 1));
        storefront().cancel(ORDER, whole()).act(CANCEL);
        platform.losesTheAnswerTo(Magento.ONLINE);
        assertThatThrownBy(() -> refund("71001.710011")).isInstanceOf(Unsure.class);
        platform.letsTheLostArrive();

        var found = payments().find("71001.710011", attempt("71001.710011"));

        assertThat(found).isInstanceOf(Found.Done.class);
        assertThat(shop.order().at("/lines/0/canceled").asInt()).isEqualTo(1);
        assertThat(shop.restocked()).isEqualTo(2);
    }

    private Outcome refund(String payment) {
        var read = payments().read(payment);
        return payments().refund(read, read.remaining(), Why.CUSTOMER, attempt(payment));
    }

    private static Attempt attempt(String payment) {
        return new Attempt(CASE, "refund-" + payment, 1);
    }

    private void sells(int units, boolean paid, int shipping) {
        sells(units, paid, shipping, "succeeds");
    }

    private void sells(int units, boolean paid, int shipping, String refundMode) {
        platform.passesOnTo(sandbox.uri("magento"));
        var order = Magento.order(new Money(2080, "USD"), "jane.doe@example.com");
        var odd = units == 3 ? 1 : 0;
        ((ObjectNode) order.at("/lines/0")).put("quantity", units).put("tax", odd);
        order.put("shipping", shipping);
        order.withArray("payments")
                .addObject()
                .put("gateway", "braintree")
                .put("amount", 2080L * units + odd + shipping)
                .put("captured", paid)
                .put("refundMode", refundMode);
        sandbox.sells(order);
    }

    private Storefront storefront() {
        return shop.connect(Storefront.class, platform.url(), clock, "braintree");
    }

    private Payments payments() {
        return shop.connect(Payments.class, platform.url(), clock, "braintree");
    }

    private static Plan.Cancel whole() {
        return new Plan.Cancel("cancel", "magento", List.of(), true, Why.CUSTOMER);
    }

    private static Plan.Cancel one() {
        var unit = List.of(new Plan.Units("7100101", 1));
        return new Plan.Cancel("cancel", "magento", unit, true, Why.CUSTOMER);
    }
}
