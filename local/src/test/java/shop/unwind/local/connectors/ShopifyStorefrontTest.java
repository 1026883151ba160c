package shop.unwind.local.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import shop.unwind.connector.Storefront;
import shop.unwind.connector.StorefrontContract;
import shop.unwind.domain.OrderRef;
import shop.unwind.json.Json;
import shop.unwind.problem.Refused;
import shop.unwind.testing.FakePlatform;

import java.time.InstantSource;

final class ShopifyStorefrontTest extends StorefrontContract {
    private final TestSandbox sandbox = new TestSandbox(clock);
    private final Shopify shopify = new Shopify(sandbox);

    ShopifyStorefrontTest() {
        platform.passesOnTo(sandbox.uri("shopify"));
    }

    @AfterEach
    void closeSandbox() {
        sandbox.close();
    }

    /** The test's clock stands: who does not see the failure would wait for ever. */
    @Test
    @Timeout(20)
    @DisplayName("C30: the words in which Shopify's job failed are told")
    void cancel_shouldBeRefused_whenItsJobFails() {
        shows(new State(PAID, false, 0));
        shopify.act("fail-cancel", Json.object().put("words", "Payments are still in process"));

        assertThat(problem(whole()))
                .isInstanceOf(Refused.class)
                .hasMessage("INVALID: Payments are still in process");
    }

    @Override
    protected Storefront connect(String baseUrl, InstantSource clock) {
        return shopify.connect(Storefront.class, baseUrl, clock);
    }

    @Override
    protected OrderRef order() {
        return new OrderRef("shopify", "1001");
    }

    /** The sandbox numbers an order's lines from its own id on. */
    @Override
    protected String line() {
        return "500000000100101";
    }

    @Override
    protected String readCall() {
        return Shopify.GRAPHQL + "OrderByName";
    }

    @Override
    protected String cancelCall() {
        return Shopify.GRAPHQL + "Cancel";
    }

    @Override
    protected String takeCall() {
        return Shopify.GRAPHQL + "Refund";
    }

    @Override
    protected void shows(State state) {
        var order = Orders.of(state.paid(), CUSTOMER);
        ((ObjectNode) order.at("/lines/0"))
                .put("quantity", UNITS)
                .put("unitPrice", state.paid().minor())
                .put("discount", state.paid().minor() * (UNITS - 1))
                .put("shipped", state.shipped());
        order.withArray("payments")
                .addObject()
                .put("gateway", "shopify_payments")
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
        var answer = Json.object();
        var cancel = answer.putObject("data").putObject("orderCancel");
        cancel.putNull("jobResult");
        cancel.putArray("orderCancelUserErrors").addObject().put("message", words);
        platform.answersTo(cancelCall(), 200, Json.write(answer));
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
        return Shopify.error(words);
    }

    @Override
    protected boolean isWrite(FakePlatform.Asked asked) {
        return asked.json().path("query").asText().startsWith("mutation");
    }

    @Override
    protected boolean restocks(FakePlatform.Asked cancel) {
        var units = sandbox.state("shopify").path("inventory").path("ACR-500");
        return units.path("restocked").asInt() == UNITS;
    }

    @Override
    protected String key(FakePlatform.Asked cancel) {
        return cancel.json().at("/variables/staffNote").asText();
    }
}
