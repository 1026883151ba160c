package shop.unwind.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
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

/** What Shopify's own gateways took. A refund reads its order once more, to see its captures. */
final class ShopifyPaymentsContractTest extends PaymentsContract {
    private static final String GRAPHQL = "POST /admin/api/2026-10/graphql.json ";
    private static final Money PAID = new Money(4599, "USD");

    @Override
    protected Payments connect(String baseUrl, InstantSource clock) {
        var settings = Json.object().put("baseUrl", baseUrl);
        return new Shopify(
                TestPlatform.of("shopify", settings, Map.of("accessToken", SECRET), clock));
    }

    @Override
    protected String payment() {
        return "5001.88";
    }

    @Override
    protected void shows(State state) {
        var reads = state.captured().isPositive() ? 2 : 1;
        for (var times = 0; times < reads; times++) {
            answersTo("OrderById", Canned.byId(order(state)));
            state.disputes().stream()
                    .filter(Phase.INQUIRY::equals)
                    .forEach(_ -> answersTo("Dispute", INQUIRY));
        }
    }

    private static final String INQUIRY =
            """
            {"data":{"dispute":{"type":"INQUIRY","status":"NEEDS_RESPONSE"}}}
            """;

    @Override
    protected String refundCall() {
        return GRAPHQL + "Refund()";
    }

    @Override
    protected void answers(Fate fate, Money amount) {
        answersTo("Refund", fate == Fate.REFUSED ? REFUSAL : Json.write(refund(fate)));
    }

    private static final String REFUSAL =
            """
            {"data":{"refundCreate":{"refund":null,"userErrors":
            [{"field":null,"message":"Refund amount is more than the gateway allows"}]}}}
            """;

    @Override
    protected void stands(Fate fate) {
        var answer = Json.object();
        answer.putObject("data").set("node", refund(fate).at("/data/refundCreate/refund"));
        answersTo("Follow", Json.write(answer));
    }

    @Override
    protected void finds(String mark, Money amount) {
        var answer = Canned.object("refunds");
        var refund = (ObjectNode) answer.at("/data/order/refunds/0");
        refund.put("note", mark);
        money((ObjectNode) refund.at("/transactions/nodes/0"), amount);
        answersTo("Refunds", Json.write(answer));
    }

    @Override
    protected void findsNothing() {
        var answer = Canned.object("refunds");
        ((ObjectNode) answer.at("/data/order")).putArray("refunds");
        answersTo("Refunds", Json.write(answer));
    }

    /** The cancel of the order has voided it. */
    @Override
    protected void releases() {
        var order = order(new State(PAID, Money.zero("USD"), Money.zero("USD"), List.of()));
        follows(order, "VOID", PAID);
        answersTo("OrderById", Canned.byId(order));
    }

    @Override
    protected void assertReleased() {
        assertThat(platform.asked()).allMatch(asked -> asked.call().endsWith("OrderById()"));
    }

    @Override
    protected String error(int status, String words) {
        return Json.write(Json.object().put("errors", words));
    }

    @Override
    protected Sent sent(FakePlatform.Asked refund) {
        var variables = refund.json().path("variables");
        return new Sent(
                variables.path("key").asText(),
                variables.at("/input/transactions/0/amount").asText());
    }

    @Override
    protected String written(Money amount) {
        return amount.decimal();
    }

    @Override
    protected List<Phase> unknownHere() {
        return List.of(Phase.CLAIM, Phase.FRAUD_WARNING);
    }

    private static ObjectNode order(State state) {
        var answer = Canned.object("order");
        var isHeld = state.authorised().isPositive();
        var paid = isHeld ? state.authorised() : state.captured();
        money(Canned.sale(answer), paid).put("kind", isHeld ? "AUTHORIZATION" : "SALE");
        if (!paid.isPositive()) follows(answer, "VOID", paid);
        if (!paid.isPositive()) Canned.sale(answer).put("kind", "AUTHORIZATION");
        if (state.refunded().isPositive()) follows(answer, "REFUND", state.refunded());
        state.disputes().forEach(phase -> disputed(answer, phase));
        return answer;
    }

    private static void follows(ObjectNode answer, String kind, Money amount) {
        var transaction = Canned.sale(answer).deepCopy();
        transaction.put("id", "gid://shopify/OrderTransaction/89").put("kind", kind);
        transaction.putObject("parentTransaction").put("id", "gid://shopify/OrderTransaction/88");
        ((ArrayNode) Canned.node(answer).path("transactions")).add(money(transaction, amount));
    }

    private static ObjectNode money(ObjectNode transaction, Money amount) {
        transaction
                .putObject("amountSet")
                .putObject("presentmentMoney")
                .put("amount", amount.decimal())
                .put("currencyCode", amount.currency());
        return transaction;
    }

    private static void disputed(ObjectNode answer, Phase phase) {
        var disputes = (ArrayNode) Canned.node(answer).path("disputes");
        disputes.addObject()
                .put("id", "gid://shopify/OrderDisputeSummary/" + (31 + disputes.size()))
                .put("initiatedAs", phase == Phase.INQUIRY ? "INQUIRY" : "CHARGEBACK")
                .put("status", status(phase));
    }

    private static String status(Phase phase) {
        return switch (phase) {
            case INQUIRY, CHARGEBACK -> "NEEDS_RESPONSE";
            case IN_REVIEW -> "UNDER_REVIEW";
            case CLOSED_LOST -> "LOST";
            case CLOSED_WON -> "WON";
            case UNKNOWN -> "TELEPORTED";
            case CLAIM, FRAUD_WARNING ->
                    throw new IllegalArgumentException("Shopify shows no " + phase);
        };
    }

    private static ObjectNode refund(Fate fate) {
        var answer = Canned.object("refund");
        ((ObjectNode) answer.at("/data/refundCreate/refund/transactions/nodes/0"))
                .put(
                        "status",
                        switch (fate) {
                            case SETTLED -> "SUCCESS";
                            case PENDING -> "PENDING";
                            case CAME_BACK -> "FAILURE";
                            case UNHEARD_OF -> "TELEPORTED";
                            case REFUSED ->
                                    throw new IllegalArgumentException("a refusal is no refund");
                        });
        return answer;
    }

    private void answersTo(String operation, String body) {
        platform.answersTo(GRAPHQL + operation + "()", 200, body);
    }
}
