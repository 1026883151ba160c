package shop.unwind.magento;

import static shop.unwind.magento.Canned.ONLINE;

import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.connector.Payments;
import shop.unwind.connector.PaymentsContract;
import shop.unwind.domain.Dispute.Phase;
import shop.unwind.domain.Money;
import shop.unwind.json.Json;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.TestPlatform;

import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the shop's own gateways took. A refund looks at the order once more, before and after. */
final class MagentoPaymentsContractTest extends PaymentsContract {
    private State shown = State.captured(new Money(4599, "USD"));
    private boolean looked;

    /** After a refusal one look is enough to tell whether somebody else was at it. */
    private boolean refused;

    @Override
    protected Payments connect(String baseUrl, InstantSource clock) {
        var settings = Json.object().put("baseUrl", baseUrl);
        var keys =
                Map.of(
                        "consumerKey",
                        "ck",
                        "consumerSecret",
                        SECRET,
                        "accessToken",
                        "at",
                        "accessTokenSecret",
                        SECRET);
        return new Magento(TestPlatform.of("magento", settings, keys, clock));
    }

    @Override
    protected String payment() {
        return "74.12";
    }

    @Override
    protected void shows(State state) {
        shown = state;
        for (var looks = refused ? 1 : 2; looks > 0; looks--)
            Canned.isRead(platform, order(state), byHand(state));
        refused = false;
    }

    private static List<ObjectNode> byHand(State state) {
        return state.refunded().isPositive()
                ? List.of(Canned.memo(state.refunded(), 0, "by hand").put("entity_id", 30))
                : List.of();
    }

    /** Its goods are on their way: money alone goes back. */
    private static ObjectNode order(State state) {
        var order = Canned.order(state.captured());
        Canned.item(order).put("qty_shipped", 2);
        return order;
    }

    @Override
    protected String refundCall() {
        return ONLINE;
    }

    @Override
    protected void answers(Fate fate, Money amount) {
        switch (fate) {
            case SETTLED -> {
                platform.answersTo(ONLINE, 200, "31");
                Canned.isRead(platform, order(shown), memos(amount, "unwind"));
            }
            case UNHEARD_OF -> platform.answersTo(ONLINE, 200, "\"perhaps\"");
            case REFUSED -> refuses("The most money available to refund is less.");
            case CAME_BACK -> refuses("We can't create creditmemo for the invoice.");
            case PENDING -> throw new UnsupportedOperationException("not known here");
        }
    }

    private List<ObjectNode> memos(Money amount, String mark) {
        var memos = new ArrayList<>(byHand(shown));
        memos.add(Canned.memo(amount, 0, mark));
        return memos;
    }

    private void refuses(String words) {
        platform.answersTo(ONLINE, 400, Canned.error(words));
        refused = true;
    }

    @Override
    protected void stands(Fate fate) {
        throw new UnsupportedOperationException("not known here");
    }

    @Override
    protected void finds(String mark, Money amount) {
        Canned.isRead(platform, order(shown), memos(amount, mark + " 1"));
        looked = true;
    }

    /** Whoever looks sees all credit memos at once: one look is answered one way. */
    @Override
    protected void findsNothing() {
        if (!looked) Canned.isRead(platform, order(shown), List.of());
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
        return Canned.error(words);
    }

    @Override
    protected Sent sent(FakePlatform.Asked refund) {
        var sent = refund.json();
        return new Sent(
                sent.at("/comment/comment").asText(),
                sent.at("/arguments/adjustment_positive").asText());
    }

    /** A JSON number, whose last zeros are nobody's business. */
    @Override
    protected String written(Money amount) {
        var number = new BigDecimal(amount.decimal());
        return Json.parse(number.toPlainString()).asText();
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
