package shop.unwind.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.event.PayPalEvents.Notice;
import shop.unwind.json.Json;

import java.time.Instant;

final class PayPalEventsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:05Z");
    private static final String CAPTURE = "2GG279541U471931P";
    private static final Notice NOTICE =
            new Notice("WH-1", "CUSTOMER.DISPUTE.CREATED", "PP-D-90001", CAPTURE, "M000TEST");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUSTOMER.DISPUTE.CREATED",
                "CUSTOMER.DISPUTE.UPDATED",
                "CUSTOMER.DISPUTE.RESOLVED",
                "RISK.DISPUTE.CREATED"
            })
    void dispute_shouldBecomeARequest(String type) {
        var notice = PayPalEvents.notices(dispute().put("event_type", type)).getFirst();

        var request = PayPalEvents.request(notice, NOW);

        assertThat(request.id()).isEqualTo("paypal-WH-1");
        assertThat(request.source()).isEqualTo(Source.DISPUTE);
        assertThat(request.wish()).isEqualTo(new Wish.Dispute("PP-D-90001"));
        assertThat(request.payment()).contains(new PaymentRef("paypal", CAPTURE));
        assertThat(request.receivedAt()).isEqualTo(NOW);
    }

    @Test
    void dispute_shouldMakeANoticeOfEachPayment() {
        var event = dispute();
        event.withObject("/resource")
                .withArray("disputed_transactions")
                .addObject()
                .put("seller_transaction_id", "3GG279541U471931P");

        assertThat(PayPalEvents.notices(event))
                .extracting(Notice::id, Notice::payment, Notice::merchant)
                .containsExactly(
                        tuple("WH-1", CAPTURE, "M000TEST"),
                        tuple("WH-1-2", "3GG279541U471931P", ""));
    }

    @Test
    @DisplayName("C5: an event about a refund that arrived, ours or anybody's, adds nothing")
    void refund_shouldBePassedOver_whenItArrived() {
        assertThat(PayPalEvents.notices(refund("COMPLETED", "unwind.shopify-1001-1.refund")))
                .isEmpty();
        assertThat(PayPalEvents.notices(refund("COMPLETED", "by-hand"))).isEmpty();
    }

    @Test
    void refund_shouldReopenItsCase_whenItCameBack() {
        var event = refund("FAILED", "unwind.shopify-1001-1.refund");

        var request = PayPalEvents.request(PayPalEvents.notices(event).getFirst(), NOW);

        assertThat(request.id()).isEqualTo("paypal-1JU08902781691411-failed");
        assertThat(request.wish()).isEqualTo(new Wish.RefundFailed("1JU08902781691411"));
        assertThat(request.payment()).contains(new PaymentRef("paypal", CAPTURE));
        assertThat(PayPalEvents.notices(refund("FAILED", "by-hand"))).isEmpty();
    }

    @Test
    void otherEvent_shouldMakeNoNotice() {
        var event = dispute().put("event_type", "CHECKOUT.ORDER.APPROVED");

        assertThat(PayPalEvents.notices(event)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "jo@doe.example", "WH 1", "WH-1\n2"})
    void event_shouldBeRefused_whenItsIdCouldBeAnything(String id) {
        assertThatThrownBy(() -> PayPalEvents.notices(dispute().put("id", id)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("id: ");
    }

    @Test
    void dispute_shouldBeRefused_whenItNamesNoPayment() {
        var event = dispute();
        event.withObject("/resource").putArray("disputed_transactions");

        assertThatThrownBy(() -> PayPalEvents.notices(event))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("disputed_transactions");
    }

    @Test
    void notice_shouldBeOurs_unlessItNamesAnotherAccount() {
        var ours = Json.object().put("merchantId", "M000TEST");
        var others = Json.object().put("merchantId", "M999OTHER");

        assertThat(PayPalEvents.isOurs(NOTICE, ours)).isTrue();
        assertThat(PayPalEvents.isOurs(NOTICE, Json.object())).isTrue();
        assertThat(PayPalEvents.isOurs(NOTICE, others)).isFalse();
    }

    @Test
    void notice_shouldBeReadAsItWasWritten() {
        assertThat(PayPalEvents.read(Json.tree(NOTICE))).isEqualTo(NOTICE);
        assertThatThrownBy(() -> PayPalEvents.read(Json.object().put("id", "WH-1")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ObjectNode dispute() {
        return (ObjectNode)
                Json.parse(
                        """
                        {"id": "WH-1", "resource_type": "dispute",
                         "event_type": "CUSTOMER.DISPUTE.CREATED",
                         "resource": {"dispute_id": "PP-D-90001",
                           "disputed_transactions": [
                             {"seller_transaction_id": "2GG279541U471931P",
                              "seller": {"merchant_id": "M000TEST"}}]}}
                        """);
    }

    private static ObjectNode refund(String status, String mark) {
        var event =
                (ObjectNode)
                        Json.parse(
                                """
                                {"id": "WH-2", "resource_type": "refund",
                                 "event_type": "PAYMENT.CAPTURE.REFUNDED",
                                 "resource": {"id": "1JU08902781691411", "links": [
                                   {"rel": "self", "href": "https://api.paypal.com/v2/payments/refunds/1JU"},
                                   {"rel": "up", "href": "https://api.paypal.com/v2/payments/captures/2GG279541U471931P"}]}}
                                """);
        event.withObject("/resource").put("status", status).put("custom_id", mark);
        return event;
    }
}
