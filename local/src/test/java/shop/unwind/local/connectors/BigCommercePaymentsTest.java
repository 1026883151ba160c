package shop.unwind.local.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterEach;

import shop.unwind.connector.Payments;
import shop.unwind.connector.PaymentsContract;
import shop.unwind.domain.Dispute.Phase;
import shop.unwind.domain.Money;
import shop.unwind.json.Json;
import shop.unwind.testing.FakePlatform;

import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;

final class BigCommercePaymentsTest extends PaymentsContract {
    private final TestSandbox sandbox = new TestSandbox(clock);
    private final BigCommerce shop = new BigCommerce(sandbox);
    private State shown = State.captured(new Money(4599, "USD"));

    BigCommercePaymentsTest() {
        platform.passesOnTo(sandbox.uri("bigcommerce"));
        shop.hurries();
        shows(shown);
    }

    @AfterEach
    void closeSandbox() {
        sandbox.close();
    }

    @Override
    protected Payments connect(String baseUrl, InstantSource clock) {
        return shop.connect(Payments.class, baseUrl, clock);
    }

    @Override
    protected String payment() {
        return "1001.braintree";
    }

    @Override
    protected void shows(State state) {
        shown = state;
        sandbox.sells(order(state, "succeeds"));
        if (!state.disputes().isEmpty()) shop.act("status", Json.object().put("status", 13));
    }

    private static ObjectNode order(State state, String refundMode) {
        var held = state.authorised().isPositive();
        var paid = held ? state.authorised() : state.captured();
        var order = BigCommerce.order(paid, CUSTOMER);
        order.put("refundedByHand", state.refunded().minor());
        order.withArray("payments")
                .addObject()
                .put("gateway", "braintree")
                .put("amount", paid.minor())
                .put("captured", !held)
                .put("refundMode", refundMode);
        return order;
    }

    @Override
    protected String refundCall() {
        return BigCommerce.CREATE;
    }

    /** What the sandbox's BigCommerce does not do by itself comes from outside it. */
    @Override
    protected void answers(Fate fate, Money amount) {
        switch (fate) {
            case SETTLED -> {}
            case PENDING -> sandbox.sells(order(shown, "pending"));
            case UNHEARD_OF -> platform.answersTo(refundCall(), 201, refund(amount, "\"perhaps\""));
            case REFUSED ->
                    platform.answersTo(
                            refundCall(), 422, BigCommerce.error(422, "It is not settled."));
            case CAME_BACK -> platform.answersTo(refundCall(), 201, refund(amount, "true"));
        }
    }

    private static String refund(Money amount, String declined) {
        return """
        {"data":{"id":77,"items":[],"payments":[{"id":5,"provider_id":"braintree",
        "amount":%s,"offline":false,"is_declined":%s,"declined_message":"No."}]}}
        """
                .formatted(amount.decimal(), declined);
    }

    @Override
    protected void stands(Fate fate) {
        switch (fate) {
            case SETTLED -> shop.act("settle");
            case CAME_BACK -> shop.act("decline");
            case UNHEARD_OF -> {
                var refunds = "GET " + BigCommerce.CREATE.substring("POST ".length());
                platform.answersTo(refunds, 200, strange(shop.order()));
            }
            case PENDING, REFUSED -> {}
        }
    }

    private static String strange(JsonNode order) {
        var id = order.at("/refunds/0/id").asText();
        return "{\"data\":[{\"id\":" + id + ",\"payments\":[{\"is_declined\":\"perhaps\"}]}]}";
    }

    /** Ours is the one whose answer was lost; anybody else's was made by hand. */
    @Override
    protected void finds(String mark, Money amount) {
        if (mark.startsWith("unwind:shopify-1001-1:")) platform.letsTheLostArrive();
        else shop.act("refund", Json.object().put("amount", amount.minor()).put("note", mark));
    }

    @Override
    protected void findsNothing() {}

    @Override
    protected void releases() {}

    @Override
    protected void assertReleased() {
        assertThat(shop.order().path("void").asText()).isEqualTo("done");
    }

    @Override
    protected String error(int status, String words) {
        return BigCommerce.error(status, words);
    }

    @Override
    protected Sent sent(FakePlatform.Asked refund) {
        var sent = refund.json();
        return new Sent(
                sent.at("/items/0/reason").asText(), sent.at("/payments/0/amount").asText());
    }

    /** A JSON number, which needs no zeros behind. */
    @Override
    protected String written(Money amount) {
        return Json.parse(new BigDecimal(amount.decimal()).toString()).asText();
    }

    @Override
    protected List<Phase> unknownHere() {
        return Arrays.stream(Phase.values()).filter(phase -> phase != Phase.UNKNOWN).toList();
    }
}
