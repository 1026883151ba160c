package shop.unwind.local.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import shop.unwind.connector.Payments;
import shop.unwind.connector.PaymentsContract;
import shop.unwind.domain.Dispute;
import shop.unwind.domain.Dispute.Phase;
import shop.unwind.domain.Money;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.json.Json;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.TestPlatform;
import shop.unwind.testing.TestTables;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;

final class PayPalTest extends PaymentsContract {
    private static final String CAPTURE = "C10000SHOPIFY1001";
    private static final String HOLD = "A10000SHOPIFY1001";
    private static final Money PAID = new Money(4599, "USD");
    private static final Money NONE = Money.zero("USD");
    private static final Map<String, String> SECRETS = TestSandbox.secrets("paypal");

    private final TestTables tables = new TestTables();
    private final TestSandbox sandbox = new TestSandbox(clock);
    private State shown = new State(NONE, NONE, NONE, List.of());

    PayPalTest() {
        platform.passesOnTo(sandbox.uri("paypal"));
    }

    @AfterEach
    void closeSandbox() {
        sandbox.close();
        tables.close();
    }

    @Test
    void capture_shouldBeRefunded_whenThePaymentIsItsAuthorisation() {
        shows(new State(PAID, NONE, NONE, List.of()));
        act("capture");

        assertThat(connector().read(HOLD).captured()).isEqualTo(PAID);
        assertThat(refund(plan(PAID)).result()).isEqualTo(Result.DONE);
        assertThat(connector().read(HOLD).refunded()).isEqualTo(PAID);
    }

    @Test
    void inquiry_shouldBeOver_whenThePaymentWasRefundedInFull() {
        shows(new State(NONE, PAID, NONE, List.of(Phase.INQUIRY)));

        assertThat(refund(plan(PAID)).result()).isEqualTo(Result.DONE);

        assertThat(connector().read(CAPTURE).disputes())
                .containsExactly(new Dispute("PP-R-SHOPIFY1001-1", Phase.CLOSED_WON));
    }

    @Test
    void claim_shouldComeOfAnInquiry_whenTheBuyerEscalates() {
        shows(new State(NONE, PAID, NONE, List.of(Phase.INQUIRY)));
        act("escalate");

        assertThat(refund(plan(PAID)).result()).isEqualTo(Result.SKIPPED);
    }

    @Test
    void token_shouldBeRenewed_whenItWasRevoked() {
        shows(State.captured(PAID));
        connector().read(CAPTURE);
        sandbox.act("paypal/tokens/revoke");

        assertThat(connector().read(CAPTURE).captured()).isEqualTo(PAID);
    }

    @Test
    void probe_shouldPass() {
        connector().probe();

        assertThat(asked("GET /v1/customer/disputes")).hasSize(1);
    }

    @Test
    void orderNumber_shouldBeTheInvoices() {
        shows(State.captured(PAID));

        assertThat(connector().orderNumber(CAPTURE)).contains("1001");
    }

    @Override
    protected Payments connect(String baseUrl, InstantSource clock) {
        var settings = Json.object().put("baseUrl", baseUrl);
        return TestSandbox.connector(
                "paypal.PayPal",
                Payments.class,
                TestPlatform.of("paypal", settings, SECRETS, tables, clock));
    }

    @Override
    protected String payment() {
        return shown.captured().isPositive() ? CAPTURE : HOLD;
    }

    @Override
    protected void shows(State state) {
        shows(state, "succeeds");
    }

    private void shows(State state, String refundMode) {
        shown = state;
        var charged = state.captured().isPositive() || state.authorised().isPositive();
        var paid = state.captured().isPositive() ? state.captured() : state.authorised();
        var order = Orders.of(charged ? paid : new Money(1, "USD"), CUSTOMER);
        order.put("refundedByHand", state.refunded().minor());
        order.withArray("payments")
                .addObject()
                .put("gateway", "paypal")
                .put("amount", charged ? paid.minor() : 1)
                .put("captured", state.captured().isPositive())
                .put("refundMode", refundMode);
        sandbox.sells(order);
        if (!charged) act("void");
        state.disputes().forEach(this::disputed);
    }

    private void disputed(Phase phase) {
        switch (phase) {
            case INQUIRY -> act("inquiry");
            case CLAIM -> act("claim");
            case CHARGEBACK -> act("dispute");
            case FRAUD_WARNING -> act("alert");
            case IN_REVIEW -> {
                act("claim");
                act("review");
            }
            case CLOSED_WON -> closed("RESOLVED_SELLER_FAVOUR");
            case CLOSED_LOST -> closed("RESOLVED_BUYER_FAVOUR");
            case UNKNOWN -> {
                act("dispute");
                sandbox.talksStrangely("paypal", "disputes.get");
            }
        }
    }

    private void closed(String outcome) {
        act("claim");
        sandbox.act("paypal/" + payment() + "/resolve", Json.object().put("outcome", outcome));
    }

    @Override
    protected String refundCall() {
        return "POST /v2/payments/captures/" + CAPTURE + "/refund";
    }

    /** What PayPal's sandbox does not do by itself comes from outside it. */
    @Override
    protected void answers(Fate fate, Money amount) {
        switch (fate) {
            case SETTLED -> {}
            case PENDING -> shows(shown, "pending");
            case UNHEARD_OF -> sandbox.talksStrangely("paypal", "captures.refund");
            case REFUSED -> platform.answersTo(refundCall(), 422, error(422, "No."));
            case CAME_BACK -> platform.answersTo(refundCall(), 201, failed(amount));
        }
    }

    private static String failed(Money amount) {
        var refund = Json.object().put("id", "1JU08902781691411").put("status", "FAILED");
        refund.putObject("amount")
                .put("currency_code", amount.currency())
                .put("value", amount.decimal());
        return refund.toString();
    }

    @Override
    protected void stands(Fate fate) {
        switch (fate) {
            case SETTLED -> act("settle-refund");
            case CAME_BACK -> act("fail-refund");
            case UNHEARD_OF -> sandbox.talksStrangely("paypal", "refunds.get");
            case PENDING, REFUSED -> {}
        }
    }

    /** Ours is the one whose answer was lost; anybody else's was made by hand. */
    @Override
    protected void finds(String mark, Money amount) {
        if (mark.startsWith("unwind:shopify-1001-1:")) platform.letsTheLostArrive();
        else
            sandbox.act(
                    "paypal/" + payment() + "/refund", Json.object().put("amount", amount.minor()));
    }

    @Override
    protected void findsNothing() {}

    @Override
    protected void releases() {}

    @Override
    protected void assertReleased() {
        assertThat(asked("POST /v2/payments/authorizations/" + HOLD + "/void")).hasSize(1);
        var hold = sandbox.state("paypal").path("authorizations").path(HOLD);
        assertThat(hold.path("status").asText()).isEqualTo("VOIDED");
    }

    /** The sandbox issues another token, which is turned away as well. */
    @Override
    protected String error(int status, String words) {
        var error =
                Json.object()
                        .put("name", "SOME_NAME")
                        .put("message", words)
                        .put("debug_id", "f1a2b3")
                        .toString();
        if (status == 401) platform.answersTo(refundCall(), status, error);
        return error;
    }

    @Override
    protected Sent sent(FakePlatform.Asked refund) {
        return new Sent(
                refund.header("PayPal-Request-Id").orElseThrow(),
                refund.json().at("/amount/value").asText());
    }

    @Override
    protected String written(Money amount) {
        return amount.decimal();
    }

    private void act(String act) {
        sandbox.act("paypal/" + payment() + "/" + act);
    }
}
