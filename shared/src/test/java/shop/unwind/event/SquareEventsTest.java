package shop.unwind.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.domain.OrderRef;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.domain.Wish.Happened.What;
import shop.unwind.json.Json;

import java.time.Instant;

final class SquareEventsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:05Z");
    private static final String PAYMENT = "R2B3Z8WMVt3EAmzYWLZvz7Y69EbZY";
    private static final String ORDER = "CAISENgvlJ6jLWAzERDzjyHVybY";
    private static final String EVENT = "0f0c3c1e-1111-4a6e-9d2b-aaaabbbbcccc";

    @ParameterizedTest
    @CsvSource({
        "dispute.created, dispute",
        "dispute.state.updated, dispute",
        "dispute.created, object"
    })
    void dispute_shouldBecomeARequest(String type, String name) {
        var event = event(type);
        event.withObject("/data/object/" + name)
                .put("id", "DSP1")
                .withObject("/disputed_payment")
                .put("payment_id", PAYMENT);

        var request = request(event, Json.object());

        assertThat(request.id()).isEqualTo("square-" + EVENT);
        assertThat(request.source()).isEqualTo(Source.DISPUTE);
        assertThat(request.wish()).isEqualTo(new Wish.Dispute("DSP1"));
        assertThat(request.payment()).contains(new PaymentRef("square", PAYMENT));
    }

    @Test
    void cancelledOrder_shouldBecomeARequest_byItsId() {
        var request = request(order("CANCELED"), Json.object());

        assertThat(request.order()).contains(new OrderRef("square", ORDER));
        assertThat(request.wish()).isEqualTo(new Wish.Happened(What.CANCELLED));
        assertThat(request.source()).isEqualTo(Source.STOREFRONT);
    }

    @Test
    void cancelledOrder_shouldBeAskedForItsNumber_whenThatIsItsReference() {
        var request = request(order("CANCELED"), Json.object().put("orderNumbers", "reference_id"));

        assertThat(request.order()).isEmpty();
        assertThat(request.payment()).contains(new PaymentRef("square", ORDER + "."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPEN", "COMPLETED", "DRAFT", ""})
    void order_shouldBePassedOver_whenItIsNotCancelled(String state) {
        assertThat(SquareEvents.notice(order(state))).isEmpty();
    }

    @Test
    void paidOrder_shouldBecomeARequest_whenItIsCalledOff() {
        var request = request(fulfilment("CANCELED"), Json.object());

        assertThat(request.id()).isEqualTo("square-" + EVENT);
        assertThat(request.order()).contains(new OrderRef("square", ORDER));
        assertThat(request.wish()).isEqualTo(new Wish.Happened(What.CANCELLED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMPLETED", "PREPARED", "FAILED", ""})
    void fulfilment_shouldBePassedOver_whenItIsNotCalledOff(String state) {
        assertThat(SquareEvents.notice(fulfilment(state))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"refund.created", "refund.updated"})
    void refundByHand_shouldBecomeOneRequest_whicheverEventTellsOfIt(String type) {
        var request = request(refund(type, "COMPLETED", "changed their mind"), Json.object());

        assertThat(request.id()).isEqualTo("square-" + PAYMENT + "_1-refunded");
        assertThat(request.wish()).isEqualTo(new Wish.Happened(What.REFUNDED));
        assertThat(request.payment()).contains(new PaymentRef("square", PAYMENT));
    }

    @ParameterizedTest
    @CsvSource({
        "unwind:square-1-1:refund, COMPLETED",
        "unwind:square-1-1:refund, PENDING",
        "by hand, PENDING",
        "by hand, FAILED",
        "by hand, REJECTED"
    })
    @DisplayName("C3, C41: our own refunds and those that moved nothing start nothing")
    void refund_shouldBePassedOver(String reason, String status) {
        assertThat(SquareEvents.notice(refund("refund.updated", status, reason))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAILED", "REJECTED"})
    @DisplayName("C27: a refund of ours that came back is told once")
    void failedRefund_shouldBecomeARequest_whenItIsOurs(String status) {
        var event = refund("refund.updated", status, "unwind:square-1-1:refund-p");

        var request = request(event, Json.object());

        assertThat(request.id()).isEqualTo("square-" + PAYMENT + "_1-failed");
        assertThat(request.wish()).isEqualTo(new Wish.RefundFailed(PAYMENT + "_1"));
    }

    @Test
    void otherEvents_shouldBePassedOver() {
        assertThat(SquareEvents.notice(event("payment.updated"))).isEmpty();
        assertThat(SquareEvents.notice(event("inventory.count.updated"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', true", "M1, true", "M2, false"})
    void notice_shouldBeOurs_whenTheStoreNamesTheAccount(String merchant, boolean ours) {
        var notice = SquareEvents.notice(order("CANCELED")).orElseThrow();

        assertThat(SquareEvents.isOurs(notice, Json.object().put("merchantId", merchant)))
                .isEqualTo(ours);
    }

    @ParameterizedTest
    @CsvSource({
        "/event_id, ''",
        "/event_id, a b",
        "/merchant_id, ''",
        "/type, 'Order.Updated'",
        "/data/object/order_updated/order_id, ''",
        "/data/object/order_updated/order_id, ../../refunds",
        "/data/object/order_updated/order_id, 1234567890123456789012345678901234567890"
    })
    void event_shouldBeRefused_whenAnIdIsNone(String field, String value) {
        var event = order("CANCELED");
        var slash = field.lastIndexOf('/');
        ((ObjectNode) event.at(field.substring(0, slash))).put(field.substring(slash + 1), value);

        assertThatThrownBy(() -> SquareEvents.notice(event))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was expected");
    }

    @Test
    void notice_shouldPassTheBusUnchanged() {
        var notice = SquareEvents.notice(order("CANCELED")).orElseThrow();

        assertThat(SquareEvents.read(Json.parse(Json.write(notice)))).isEqualTo(notice);
    }

    private static Request request(ObjectNode event, ObjectNode settings) {
        return SquareEvents.request(SquareEvents.notice(event).orElseThrow(), settings, NOW);
    }

    private static ObjectNode order(String state) {
        var event = event("order.updated");
        event.withObject("/data/object/order_updated").put("order_id", ORDER).put("state", state);
        return event;
    }

    private static ObjectNode fulfilment(String state) {
        var event = event("order.fulfillment.updated");
        event.withObject("/data/object/order_fulfillment_updated")
                .put("order_id", ORDER)
                .withArray("fulfillment_update")
                .addObject()
                .put("new_state", state);
        return event;
    }

    private static ObjectNode refund(String type, String status, String reason) {
        var event = event(type);
        event.withObject("/data/object/refund")
                .put("id", PAYMENT + "_1")
                .put("status", status)
                .put("payment_id", PAYMENT)
                .put("reason", reason);
        return event;
    }

    private static ObjectNode event(String type) {
        return Json.object().put("merchant_id", "M1").put("type", type).put("event_id", EVENT);
    }
}
