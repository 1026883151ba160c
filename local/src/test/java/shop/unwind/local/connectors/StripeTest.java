package shop.unwind.local.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;

import shop.unwind.connector.Payments;
import shop.unwind.connector.PaymentsContract;
import shop.unwind.domain.Dispute.Phase;
import shop.unwind.domain.Money;
import shop.unwind.json.Json;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.TestPlatform;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

final class StripeTest extends PaymentsContract {
    private static final String PAYMENT = "pi_shopify1001_1";
    private static final Money NONE = Money.zero("USD");
    private static final Map<String, String> SECRETS = TestSandbox.secrets("stripe");

    private final TestSandbox sandbox = new TestSandbox(clock);
    private State shown = new State(NONE, NONE, NONE, List.of());

    StripeTest() {
        platform.passesOnTo(sandbox.uri("stripe"));
    }

    @AfterEach
    void closeSandbox() {
        sandbox.close();
    }

    @Override
    protected Payments connect(String baseUrl, InstantSource clock) {
        var settings = Json.object().put("baseUrl", baseUrl);
        return TestSandbox.connector(
                "stripe.Stripe",
                Payments.class,
                TestPlatform.of("stripe", settings, SECRETS, clock));
    }

    @Override
    protected String payment() {
        return PAYMENT;
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
                .put("gateway", "stripe")
                .put("amount", charged ? paid.minor() : 1)
                .put("captured", state.captured().isPositive())
                .put("refundMode", refundMode);
        sandbox.sells(order);
        if (!charged) call("payment_intents/" + PAYMENT + "/cancel", "");
        state.disputes().forEach(this::disputed);
    }

    private void disputed(Phase phase) {
        switch (phase) {
            case INQUIRY -> act("inquiry");
            case CHARGEBACK -> act("dispute");
            case IN_REVIEW -> {
                act("dispute");
                call("disputes/dp_shopify1001_1_1", "evidence[product_description]=paint");
            }
            case CLOSED_WON -> closed("won");
            case CLOSED_LOST -> closed("lost");
            case FRAUD_WARNING -> act("fraud-warning");
            case UNKNOWN -> {
                act("dispute");
                sandbox.talksStrangely("stripe", "disputes.list");
            }
            case CLAIM -> throw new IllegalArgumentException("Stripe has no claims");
        }
    }

    private void closed(String how) {
        act("dispute");
        sandbox.act("stripe/" + PAYMENT + "/close-dispute", Json.object().put("status", how));
    }

    @Override
    protected String refundCall() {
        return "POST /v1/refunds";
    }

    /** What Stripe's sandbox does not do by itself comes from outside it. */
    @Override
    protected void answers(Fate fate, Money amount) {
        switch (fate) {
            case SETTLED -> {}
            case PENDING -> shows(shown, "pending");
            case UNHEARD_OF -> sandbox.talksStrangely("stripe", "refunds.create");
            case REFUSED -> platform.answersTo(refundCall(), 400, error(400, "No."));
            case CAME_BACK -> platform.answersTo(refundCall(), 200, failed(amount));
        }
    }

    private static String failed(Money amount) {
        return Json.object()
                .put("id", "re_1")
                .put("object", "refund")
                .put("status", "failed")
                .put("amount", amount.minor())
                .put("currency", "usd")
                .toString();
    }

    @Override
    protected void stands(Fate fate) {
        switch (fate) {
            case SETTLED -> act("settle-refund");
            case CAME_BACK -> act("fail-refund");
            case UNHEARD_OF -> sandbox.talksStrangely("stripe", "refunds.retrieve");
            case PENDING, REFUSED -> {}
        }
    }

    /** Ours is the one whose answer was lost; anybody else's was made by hand. */
    @Override
    protected void finds(String mark, Money amount) {
        if (mark.startsWith("unwind:shopify-1001-1:")) platform.letsTheLostArrive();
        else
            sandbox.act(
                    "stripe/" + PAYMENT + "/refund", Json.object().put("amount", amount.minor()));
    }

    @Override
    protected void findsNothing() {}

    @Override
    protected void releases() {}

    @Override
    protected void assertReleased() {
        assertThat(asked("POST /v1/payment_intents/" + PAYMENT + "/cancel")).hasSize(1);
        var intent = sandbox.state("stripe").path("payment_intents").path(PAYMENT);
        assertThat(intent.path("status").asText()).isEqualTo("canceled");
    }

    @Override
    protected String error(int status, String words) {
        var error = Json.object();
        error.putObject("error").put("type", "api_error").put("message", words);
        return error.toString();
    }

    @Override
    protected Sent sent(FakePlatform.Asked refund) {
        var form =
                Arrays.stream(refund.body().split("&"))
                        .map(field -> field.split("=", 2))
                        .collect(Collectors.toMap(field -> field[0], field -> decoded(field[1])));
        return new Sent(
                refund.header("Idempotency-Key").orElseThrow(),
                form.getOrDefault("amount", "none"));
    }

    @Override
    protected String written(Money amount) {
        return Long.toString(amount.minor());
    }

    @Override
    protected List<Phase> unknownHere() {
        return List.of(Phase.CLAIM);
    }

    private void act(String act) {
        sandbox.act("stripe/" + PAYMENT + "/" + act);
    }

    private void call(String path, String form) {
        sandbox.form(
                "/stripe/v1/" + path,
                form,
                "Authorization",
                "Bearer " + SECRETS.get("apiKey"),
                "Stripe-Version",
                "2026-07-29.dahlia");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
