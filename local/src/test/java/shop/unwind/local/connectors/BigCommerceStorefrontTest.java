package shop.unwind.local.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import shop.unwind.connector.Storefront;
import shop.unwind.connector.StorefrontContract;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.json.Json;
import shop.unwind.once.Attempt;
import shop.unwind.problem.Changed;
import shop.unwind.problem.Unsure;
import shop.unwind.testing.FakePlatform;

import java.time.InstantSource;

final class BigCommerceStorefrontTest extends StorefrontContract {
    private final TestSandbox sandbox = new TestSandbox(clock);
    private final BigCommerce shop = new BigCommerce(sandbox);

    BigCommerceStorefrontTest() {
        platform.passesOnTo(sandbox.uri("bigcommerce"));
    }

    @AfterEach
    void closeSandbox() {
        sandbox.close();
    }

    @Test
    @DisplayName("stock comes back once though the answer to its adjustment was lost (R6, C1)")
    void stock_shouldComeBackOnce_whenTheAnswerWasLost() {
        sandbox.act("bigcommerce/inventory/leaves-stock");
        shows(new State(PAID, false, 0));
        platform.losesTheAnswerTo(BigCommerce.ADJUST);
        assertThat(problem(whole())).isInstanceOf(Unsure.class);
        platform.letsTheLostArrive();

        assertThat(cancel(whole()).result()).isEqualTo(Result.DONE);

        assertThat(shop.stock().path("restocked").asInt()).isEqualTo(UNITS);
        assertThat(asked(BigCommerce.ADJUST)).hasSize(1);
    }

    @Test
    @DisplayName("stock comes back once though its adjustment was lost on the way (R6, C1)")
    void stock_shouldComeBackOnce_whenTheAdjustmentWasLost() {
        sandbox.act("bigcommerce/inventory/leaves-stock");
        shows(new State(PAID, false, 0));
        platform.losesTheAnswerTo(BigCommerce.ADJUST);
        assertThat(problem(whole())).isInstanceOf(Unsure.class);
        clock.pass(connector().cancel(order(), whole()).settles());

        assertThat(cancel(whole()).result()).isEqualTo(Result.DONE);

        assertThat(shop.stock().path("restocked").asInt()).isEqualTo(UNITS);
    }

    @Test
    @DisplayName("after units were taken back, the whole order brings back only the rest (R6)")
    void stock_shouldComeBackOnce_whenTheOrderFollowsItsUnits() {
        shows(new State(PAID, false, 0));
        cancel(units(1));
        assertThat(shop.stock().path("restocked").asInt()).isEqualTo(1);

        connector().cancel(order(), whole()).act(new Attempt(caseId(), "all", 1));

        assertThat(shop.stock().path("restocked").asInt()).isEqualTo(UNITS);
        assertThat(shop.stock().path("available").asInt()).isEqualTo(100);
    }

    @Test
    @DisplayName("staff overwrite their notes: a later case takes nothing back again (R6, C14)")
    void units_shouldBeTakenBackOnce_whenStaffOverwriteTheirNotes() {
        shows(new State(PAID, false, 0));
        cancel(units(1));
        shop.overwritesTheNotes();
        var later = new Attempt(new CaseId(order(), 2), "cancel", 1);

        assertThat(connector().read(order()).lines().getFirst().open()).isEqualTo(1);
        assertThatThrownBy(() -> connector().cancel(order(), units(UNITS)).act(later))
                .isInstanceOf(Changed.class);

        assertThat(shop.stock().path("restocked").asInt()).isEqualTo(1);
    }

    @Test
    @DisplayName("staff overwrite their notes while an answer is lost: stock comes back once (R6)")
    void stock_shouldComeBackOnce_whenStaffOverwriteTheirNotesMeanwhile() {
        shows(new State(PAID, false, 0));
        platform.losesTheAnswerTo(BigCommerce.ADJUST);
        assertThat(problem(units(1))).isInstanceOf(Unsure.class);
        platform.letsTheLostArrive();
        shop.overwritesTheNotes();

        assertThat(cancel(units(1)).result()).isEqualTo(Result.DONE);

        assertThat(shop.stock().path("restocked").asInt()).isEqualTo(1);
        assertThat(asked(BigCommerce.ADJUST)).hasSize(1);
    }

    @Test
    @DisplayName("each mark's answer is lost once: it goes on where the marks stop (R6, C1)")
    void stock_shouldComeBackOnce_whenNoMarkIsAnswered() {
        sandbox.act("bigcommerce/inventory/leaves-stock");
        shows(new State(PAID, false, 0));
        for (var mark = 0; mark < 3; mark++) {
            platform.losesTheAnswerTo(BigCommerce.MARK);
            assertThat(problem(whole())).isInstanceOf(Unsure.class);
            platform.letsTheLostArrive();
            clock.pass(connector().cancel(order(), whole()).settles());
        }

        assertThat(cancel(whole()).result()).isEqualTo(Result.DONE);

        assertThat(asked(BigCommerce.MARK)).hasSize(3);
        assertThat(asked(BigCommerce.ADJUST)).hasSize(1);
        assertThat(shop.stock().path("restocked").asInt()).isEqualTo(UNITS);
    }

    @Test
    @DisplayName("a mark that was lost on its way has announced nothing, and is made again")
    void cancel_shouldBegin_whenItsMarkWasLost() {
        shows(new State(PAID, false, 0));
        platform.losesTheAnswerTo(BigCommerce.MARK);
        assertThat(problem(whole())).isInstanceOf(Unsure.class);
        clock.pass(connector().cancel(order(), whole()).settles());

        assertThat(cancel(whole()).result()).isEqualTo(Result.DONE);

        assertThat(asked(cancelCall())).hasSize(1);
        assertThat(shop.order().path("status").asInt()).isEqualTo(5);
    }

    @Test
    @DisplayName("what another app calls by our names is not ours")
    void units_shouldBeOpen_whenAnotherAppHasMarksOfOurNames() {
        shows(new State(PAID, false, 0));
        shop.act(
                "metafield",
                Json.object()
                        .put("namespace", "unwind")
                        .put("key", new Attempt(caseId(), "cancel", 1).key())
                        .put("value", "{\"lines\":{\"100101\":2},\"stock\":{}}"));

        assertThat(connector().read(order()).lines().getFirst().open()).isEqualTo(UNITS);
        assertThat(cancel(units(1)).result()).isEqualTo(Result.DONE);
    }

    @Override
    protected Storefront connect(String baseUrl, InstantSource clock) {
        return shop.connect(Storefront.class, baseUrl, clock);
    }

    @Override
    protected OrderRef order() {
        return new OrderRef("bigcommerce", "1001");
    }

    @Override
    protected String line() {
        return "100101";
    }

    @Override
    protected String readCall() {
        return "GET " + BigCommerce.STORE + "/v2/orders/1001";
    }

    @Override
    protected String cancelCall() {
        return "PUT " + BigCommerce.STORE + "/v2/orders/1001";
    }

    /** The one of its calls that cannot be looked up. */
    @Override
    protected String takeCall() {
        return BigCommerce.ADJUST;
    }

    @Override
    protected void shows(State state) {
        var order = BigCommerce.order(state.paid(), CUSTOMER);
        ((ObjectNode) order.at("/lines/0"))
                .put("quantity", UNITS)
                .put("shipped", state.shipped())
                .put("unitPrice", state.paid().minor())
                .put("discount", state.paid().minor() * (UNITS - 1));
        order.withArray("payments")
                .addObject()
                .put("gateway", "braintree")
                .put("amount", state.paid().minor());
        order.put("cancelled", state.cancelled());
        sandbox.sells(order);
    }

    @Override
    protected void showsNothing() {}

    @Override
    protected void tellsAsChanged(State state) {
        shows(state);
    }

    @Override
    protected void cancels() {}

    @Override
    protected void refuses(String words) {
        platform.answersTo(cancelCall(), 400, BigCommerce.error(400, words));
    }

    @Override
    protected void takesLinesBack() {}

    @Override
    protected void hasTakenBack(int units, String mark) {
        platform.letsTheLostArrive();
    }

    @Override
    protected void notes() {}

    @Override
    protected String error(int status, String words) {
        return BigCommerce.error(status, words);
    }

    @Override
    protected boolean isWrite(FakePlatform.Asked asked) {
        return !asked.method().equals("GET");
    }

    @Override
    protected boolean restocks(FakePlatform.Asked cancel) {
        return shop.stock().path("restocked").asInt() == UNITS;
    }

    /** A change of status bears none: the mark before it does. */
    @Override
    protected String key(FakePlatform.Asked cancel) {
        return asked(BigCommerce.MARK).getFirst().json().path("key").asText();
    }

    @Override
    protected boolean canLeaveStock() {
        return false;
    }
}
