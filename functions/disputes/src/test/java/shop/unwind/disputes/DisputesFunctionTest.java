package shop.unwind.disputes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.config.Documents;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.json.Json;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestLambda;
import shop.unwind.testing.TestQueue;
import shop.unwind.testing.TestTables;

final class DisputesFunctionTest {
    private static final TestTables TABLES = new TestTables();
    private static final String STORE =
            """
            {"name": "Acme Paints", "platforms": {"stripe": {%s}}, "moneyMovedBy": {},
             "ledgers": [], "customer": [], "staff": ["stripe"], "notes": false}
            """;

    private final TestQueue queue = new TestQueue();
    private final TestClock clock = new TestClock();
    private final TestLambda lambda = new TestLambda();
    private final Documents documents = new Documents(TABLES.client(), TestTables.DOCUMENTS, clock);
    private final DisputesFunction function =
            new DisputesFunction(documents, queue.requests(), clock);

    @BeforeEach
    void putStore() {
        documents.put("store", STORE.formatted(""));
    }

    @AfterAll
    static void closeTables() {
        TABLES.close();
    }

    @ParameterizedTest
    @CsvSource({
        "dispute-created-chargeback, stripe-evt_1001, dp_1001",
        "dispute-created-inquiry, stripe-evt_1002, dp_1002",
        "dispute-closed-won, stripe-evt_1003, dp_1001",
        "early-fraud-warning, stripe-evt_1004, issfr_1001",
    })
    void complaint_shouldBecomeARequest(String sample, String id, String dispute) {
        assertThat(failed(sample("stripe/" + sample))).isEmpty();

        var request = queue.sent().getFirst();
        assertThat(request.id()).isEqualTo(id);
        assertThat(request.source()).isEqualTo(Source.DISPUTE);
        assertThat(request.wish()).isEqualTo(new Wish.Dispute(dispute));
        assertThat(request.payment()).contains(new PaymentRef("stripe", "pi_1001"));
        assertThat(request.receivedAt()).isEqualTo(clock.instant());
    }

    @Test
    void notice_shouldBecomeARequest_whenItIsPayPals() {
        assertThat(failed(sample("paypal/inquiry"))).isEmpty();

        var request = queue.sent().getFirst();
        assertThat(request.wish()).isEqualTo(new Wish.Dispute("PP-R-SHOPIFY1406-1"));
        assertThat(request.payment()).contains(new PaymentRef("paypal", "C10000SHOPIFY1406"));
    }

    @Test
    void notice_shouldBecomeARequest_whenItIsSquares() {
        assertThat(failed(sample("square/chargeback"))).isEmpty();

        var request = queue.sent().getFirst();
        assertThat(request.wish()).isEqualTo(new Wish.Dispute("DSPPAYsquare3108_11"));
        assertThat(request.payment()).contains(new PaymentRef("square", "PAYsquare3108_1"));
    }

    @Test
    void failedRefund_shouldBecomeARequest_soThatTheCaseReopens() {
        assertThat(failed(sample("stripe/refund-failed"))).isEmpty();

        assertThat(queue.sent())
                .extracting(Request::wish)
                .containsExactly(new Wish.RefundFailed("re_1001"));
    }

    @Test
    void repeat_shouldBearTheSameId_soThatItIsRecognised() {
        var sample = sample("stripe/dispute-created-chargeback");

        assertThat(failed(sample, sample)).isEmpty();

        assertThat(queue.sent()).extracting(Request::id).hasSize(2).containsOnly("stripe-evt_1001");
    }

    @Test
    void otherEvent_shouldBePassedOver_andLogged() {
        var other = sample("stripe/refund-failed");
        other.put("detail-type", "charge.refunded");
        ((ObjectNode) other.path("detail")).put("type", "charge.refunded");

        assertThat(failed(other)).isEmpty();

        assertThat(queue.sent()).isEmpty();
        assertThat(lambda.lines()).anyMatch(line -> line.contains("passed over: charge.refunded"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"source\":\"aws.partner/paypal.com/1\",\"detail\":{}}",
                "{\"source\":\"aws.partner/stripe.com/ed_1\",\"detail\":{\"id\":\"evt_1\"}}",
                "{\"source\":\"aws.partner/stripe.com/ed_1\"}",
                "{\"source\":\"aws.partner/stripe.com/ed_1\",\"detail-type\":\"Jo"
                        + " Doe\",\"detail\":{}}",
            })
    void unknownMessage_shouldComeBackAlone_soThatItEndsInTheDeadLetterQueue(String body) {
        assertThat(failed(sample("stripe/dispute-closed-won"), Json.parse(body)))
                .containsExactly("m1");

        assertThat(queue.sent()).hasSize(1);
    }

    @Test
    @DisplayName("R10: an unknown source is not logged, for it may be anything")
    void unknownSource_shouldNotBeLogged_forItMayBeAnything() {
        failed(Json.parse("{\"source\":\"Jo Doe\",\"detail-type\":\"Jo Doe\",\"detail\":{}}"));

        assertThat(lambda.lines())
                .singleElement()
                .asString()
                .contains("source: a provider's was expected")
                .doesNotContain("Jo Doe");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "'\"stripeAccount\": \"acct_8\"', 0",
        "'\"stripeAccount\": \"acct_7\"', 1",
        "'\"stripeAccount\": \"acct_7\", \"livemode\": true', 0"
    })
    void event_shouldBePassedOver_whenOfAnotherAccountOrMode(String settings, int requests) {
        documents.put("store", STORE.formatted(settings));
        documents.forget();
        var foreign = sample("stripe/dispute-created-chargeback");
        ((ObjectNode) foreign.path("detail")).put("account", "acct_7").put("livemode", false);

        assertThat(failed(foreign)).isEmpty();
        assertThat(queue.sent()).hasSize(requests);
    }

    @Test
    void message_shouldComeBack_whenTheQueueIsDown() {
        queue.goDown();

        assertThat(failed(sample("stripe/dispute-closed-won"))).containsExactly("m0");
    }

    private Iterable<String> failed(JsonNode... envelopes) {
        var event = Json.object();
        var records = event.putArray("Records");
        for (var envelope : envelopes)
            records.addObject()
                    .put("messageId", "m" + (records.size() - 1))
                    .put("body", envelope.toString());
        return lambda.invoke(function, event)
                .path("batchItemFailures")
                .findValuesAsText("itemIdentifier");
    }

    private static ObjectNode sample(String name) {
        return (ObjectNode) TestLambda.event(name);
    }
}
