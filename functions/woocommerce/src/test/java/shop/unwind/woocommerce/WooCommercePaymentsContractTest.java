package shop.unwind.woocommerce;

import static shop.unwind.woocommerce.Canned.CREATE;

import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.connector.Payments;
import shop.unwind.connector.PaymentsContract;
import shop.unwind.domain.Dispute.Phase;
import shop.unwind.domain.Money;
import shop.unwind.json.Json;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.TestPlatform;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** What the shop's own gateways took. */
final class WooCommercePaymentsContractTest extends PaymentsContract {
    private static final String NO_REFUND = "woocommerce_rest_cannot_create_order_refund";

    private boolean looked;

    @Override
    protected Payments connect(String baseUrl, InstantSource clock) {
        var settings = Json.object().put("baseUrl", baseUrl);
        var keys = Map.of("consumerKey", "ck_contract", "consumerSecret", SECRET);
        return new WooCommerce(TestPlatform.of("woocommerce", settings, keys, clock));
    }

    @Override
    protected String payment() {
        return "727";
    }

    @Override
    protected void shows(State state) {
        var byHand =
                state.refunded().isPositive()
                        ? List.of(Canned.record(800, state.refunded(), "by hand"))
                        : List.<ObjectNode>of();
        Canned.isRead(platform, order(state), byHand);
    }

    private static ObjectNode order(State state) {
        var held = state.authorised().isPositive();
        var paid = held ? state.authorised() : state.captured();
        var order = Canned.object("order");
        order.put("currency", paid.currency()).put("total", paid.decimal());
        ((ObjectNode) order.at("/line_items/0")).put("total", "0").put("total_tax", "0");
        if (!state.captured().isPositive()) order.putNull("date_paid_gmt").put("status", "on-hold");
        if (!paid.isPositive()) order.put("transaction_id", "");
        return order;
    }

    @Override
    protected String refundCall() {
        return CREATE;
    }

    @Override
    protected void answers(Fate fate, Money amount) {
        var made = Canned.record(801, amount, "unwind");
        switch (fate) {
            case SETTLED -> platform.answersTo(CREATE, 201, Json.write(made));
            case UNHEARD_OF ->
                    platform.answersTo(
                            CREATE, 201, Json.write(made.put("refunded_payment", "perhaps")));
            case REFUSED -> refuses("Invalid refund amount.");
            case CAME_BACK -> refuses("The gateway declined the refund.");
            case PENDING -> throw new UnsupportedOperationException("not known here");
        }
    }

    private void refuses(String words) {
        platform.answersTo(CREATE, 500, Canned.error(NO_REFUND, words, 500));
    }

    @Override
    protected void stands(Fate fate) {
        throw new UnsupportedOperationException("not known here");
    }

    @Override
    protected void finds(String mark, Money amount) {
        var order = order(State.captured(amount));
        Canned.isRead(platform, order, List.of(Canned.record(801, amount, mark)));
        looked = true;
    }

    /** Whoever looks sees all records at once: one look is answered one way. */
    @Override
    protected void findsNothing() {
        if (!looked) Canned.isRead(platform, Canned.object("order"), List.of());
    }

    @Override
    protected boolean releasesByCall() {
        return false;
    }

    @Override
    protected void releases() {
        throw new UnsupportedOperationException("the cancel of the order releases, or nothing");
    }

    @Override
    protected void assertReleased() {
        throw new UnsupportedOperationException("the cancel of the order releases, or nothing");
    }

    @Override
    protected String error(int status, String words) {
        return Canned.error("woocommerce_rest_error", words, status);
    }

    @Override
    protected Sent sent(FakePlatform.Asked refund) {
        var sent = refund.json();
        return new Sent(sent.at("/meta_data/0/value").asText(), sent.path("amount").asText());
    }

    @Override
    protected String written(Money amount) {
        return amount.decimal();
    }

    @Override
    protected boolean knowsRefundsOnTheirWay() {
        return false;
    }

    @Override
    protected List<Phase> unknownHere() {
        return List.of(Phase.values());
    }
}
