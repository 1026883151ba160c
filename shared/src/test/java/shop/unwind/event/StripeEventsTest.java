package shop.unwind.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.domain.OrderRef;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.json.Json;

import java.time.Instant;
import java.util.Optional;

final class StripeEventsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "charge.dispute.created",
                "charge.dispute.updated",
                "charge.dispute.closed",
                "charge.dispute.funds_withdrawn",
                "charge.dispute.funds_reinstated",
                "radar.early_fraud_warning.created"
            })
    void complaint_shouldBeADispute_whateverItsPhase(String type) {
        var request = request(event(type, about("dp_1")));

        assertThat(request)
                .contains(
                        new Request(
                                "stripe-evt_1",
                                Source.DISPUTE,
                                new Wish.Dispute("dp_1"),
                                Optional.empty(),
                                Optional.of(new PaymentRef("stripe", "pi_1")),
                                Optional.empty(),
                                NOW));
    }

    @Test
    void complaint_shouldNameTheCharge_whenThereIsNoIntent() {
        var about = about("dp_1").putNull("payment_intent");

        assertThat(request(event("charge.dispute.created", about)).flatMap(Request::payment))
                .contains(new PaymentRef("stripe", "ch_1"));
    }

    @ParameterizedTest
    @CsvSource({
        "refund.failed, failed",
        "refund.updated, failed",
        "refund.updated, canceled",
    })
    void ourRefund_shouldReopenItsCaseUnderOneName_whenItFailed(String type, String status) {
        var request = request(event(type, ours().put("status", status))).orElseThrow();

        assertThat(request.id()).isEqualTo("stripe-re_1-failed");
        assertThat(request.wish()).isEqualTo(new Wish.RefundFailed("re_1"));
        assertThat(request.payment()).contains(new PaymentRef("stripe", "pi_1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "requires_action", "succeeded", "teleported"})
    void ourRefund_shouldAskNothing_whenItHasNotFailed(String status) {
        assertThat(request(event("refund.updated", ours().put("status", status)))).isEmpty();
    }

    @Test
    void anothersRefund_shouldAskNothing_whenItFailed() {
        assertThat(request(event("refund.failed", about("re_2").put("status", "failed"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"charge.refunded", "refund.created", "payment_intent.canceled"})
    void otherEvents_shouldAskNothing(String type) {
        assertThat(request(event(type, ours()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | object: an event",
                "{\"object\":\"v2.core.event\",\"id\":\"evt_1\"} | snapshot payload",
                "{\"object\":\"event\",\"type\":\"charge.dispute.created\"} | id: an id",
                "{\"object\":\"event\",\"id\":\"evt_1\"} | type: an event",
                "{\"object\":\"event\",\"id\":\"evt_1\",\"type\":\"charge.dispute.created\"} | id:",
            })
    void event_shouldBeTurnedAway_whenItIsNone(String json, String expected) {
        var event = Json.parse(json);

        assertThatThrownBy(() -> StripeEvents.request(event, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1001",
                "null",
                "{}",
                "\"\"",
                "\"dp_1/../../charges\"",
                "\"dp_1' OR '1'='1\"",
                "\"dp_1\\u0000\"",
                "\"dp_１\"",
                "\"dp_1\\n\""
            })
    void id_shouldBeTurnedAway_whenItCouldBeMoreThanAnId(String id) {
        var about = about("dp_1");
        about.set("id", Json.parse(id));
        var payment = about("dp_1");
        payment.set("payment_intent", Json.parse(id));
        payment.set("charge", Json.parse(id));

        assertThatThrownBy(() -> request(event("charge.dispute.created", about)))
                .hasMessage("id: an id of letters, digits and underscores was expected");
        assertThatThrownBy(() -> request(event("charge.dispute.created", payment)))
                .hasMessageStartingWith("data.object: a payment_intent or charge ");
    }

    @Test
    void id_shouldBeTakenUpTo255Letters_asStripePromises() {
        var longest = "d".repeat(255);

        assertThat(request(event("charge.dispute.created", about(longest)))).isPresent();
        assertThatThrownBy(() -> request(event("charge.dispute.created", about(longest + "d"))))
                .hasMessageStartingWith("id: ");
    }

    @Test
    void payment_shouldBeTurnedAway_whenNoCaseCouldBeNamedAfterIt() {
        var longest = "p".repeat(32);
        var tooLong =
                about("dp_1").put("payment_intent", longest + "p").put("charge", "c".repeat(33));

        var request =
                request(
                        event(
                                "charge.dispute.created",
                                about("dp_1").put("payment_intent", longest)));
        assertThat(OrderRef.ofPayment(request.orElseThrow().payment().orElseThrow()).number())
                .hasSize(40);
        assertThatThrownBy(() -> request(event("charge.dispute.created", tooLong)))
                .hasMessageContaining("at most 32 letters");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | {} | true",
                "{\"account\":\"acct_7\"} | {} | false",
                "{\"account\":\"acct_7\"} | {\"stripeAccount\":\"acct_8\"} | false",
                "{\"account\":\"acct_7\"} | {\"stripeAccount\":\"acct_7\"} | true",
                "{} | {\"stripeAccount\":\"acct_7\"} | true",
                "{\"livemode\":true} | {} | true",
                "{\"livemode\":true} | {\"livemode\":false} | false",
                "{\"livemode\":false} | {\"livemode\":false} | true",
                "{} | {\"livemode\":true} | false",
                "{\"livemode\":true,\"account\":\"acct_7\"} | {\"livemode\":true} | false",
            })
    void event_shouldBeOurs_whenOfOurModeAndAccount(String event, String settings, boolean ours) {
        assertThat(StripeEvents.isOurs(Json.parse(event), Json.parse(settings))).isEqualTo(ours);
    }

    @Test
    void complaint_shouldBeTurnedAway_whenItNamesNoPayment() {
        var event = event("charge.dispute.created", Json.object().put("id", "dp_1"));

        assertThatThrownBy(() -> StripeEvents.request(event, NOW))
                .hasMessageStartingWith("data.object: a payment_intent or charge ");
    }

    private static Optional<Request> request(JsonNode event) {
        return StripeEvents.request(event, NOW);
    }

    private static ObjectNode event(String type, ObjectNode about) {
        var event = Json.object().put("object", "event").put("id", "evt_1").put("type", type);
        event.putObject("data").set("object", about);
        return event;
    }

    private static ObjectNode about(String id) {
        return Json.object().put("id", id).put("payment_intent", "pi_1").put("charge", "ch_1");
    }

    private static ObjectNode ours() {
        var refund = about("re_1");
        refund.putObject("metadata").put("unwind_step", "unwind:shopify-1001-1:refund-pi_1");
        return refund;
    }
}
