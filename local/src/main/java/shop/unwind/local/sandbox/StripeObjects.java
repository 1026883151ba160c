package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Stripe's objects as API version 2026-07-29.dahlia shows them when they are new. */
final class StripeObjects {
    static final String API_VERSION = "2026-07-29.dahlia";
    private static final Optional<String> NULL = Optional.empty();

    private StripeObjects() {}

    static ObjectNode paymentIntent(WorldOrder order, int at) {
        var payment = order.payments().get(at);
        var word = order.payment(at);
        return Json.of(
                "id",
                "pi_" + word,
                "object",
                "payment_intent",
                "amount",
                payment.amount(),
                "amount_capturable",
                payment.captured() ? 0 : payment.amount(),
                "amount_received",
                payment.captured() ? payment.amount() : 0,
                "application",
                NULL,
                "canceled_at",
                NULL,
                "cancellation_reason",
                NULL,
                "capture_method",
                payment.captured() ? "automatic" : "manual",
                "client_secret",
                "pi_" + word + "_secret_sandbox",
                "confirmation_method",
                "automatic",
                "created",
                order.placedAt().getEpochSecond(),
                "currency",
                currency(order),
                "customer",
                NULL,
                "description",
                "Order " + order.number(),
                "last_payment_error",
                NULL,
                "latest_charge",
                "ch_" + word,
                "livemode",
                false,
                "metadata",
                metadata(order),
                "next_action",
                NULL,
                "payment_method",
                "pm_" + word,
                "payment_method_types",
                List.of("card"),
                "processing",
                NULL,
                "receipt_email",
                order.email(),
                "shipping",
                NULL,
                "status",
                payment.captured() ? "succeeded" : "requires_capture");
    }

    static ObjectNode charge(WorldOrder order, int at) {
        var payment = order.payments().get(at);
        var word = order.payment(at);
        return Json.of(
                "id",
                "ch_" + word,
                "object",
                "charge",
                "amount",
                payment.amount(),
                "amount_captured",
                payment.captured() ? payment.amount() : 0,
                "amount_refunded",
                0,
                "application",
                NULL,
                "balance_transaction",
                payment.captured() ? "txn_" + word : NULL,
                "billing_details",
                Json.of("email", order.email(), "name", order.name()),
                "captured",
                payment.captured(),
                "created",
                order.placedAt().getEpochSecond(),
                "currency",
                currency(order),
                "customer",
                NULL,
                "description",
                "Order " + order.number(),
                "disputed",
                false,
                "failure_code",
                NULL,
                "failure_message",
                NULL,
                "fraud_details",
                Json.of(),
                "livemode",
                false,
                "metadata",
                metadata(order),
                "outcome",
                Json.of("network_status", "approved_by_network", "type", "authorized"),
                "paid",
                true,
                "payment_intent",
                "pi_" + word,
                "payment_method",
                "pm_" + word,
                "payment_method_details",
                Json.of("card", Json.of("brand", "visa", "last4", "4242"), "type", "card"),
                "receipt_email",
                order.email(),
                "receipt_url",
                NULL,
                "refunded",
                false,
                "status",
                "succeeded");
    }

    static ObjectNode session(JsonNode intent, String status, Instant now) {
        var word = word(intent);
        return Json.of(
                "id", "cs_test_" + word,
                "object", "checkout.session",
                "amount_total", intent.path("amount"),
                "automatic_tax", Json.of("enabled", false),
                "client_reference_id", intent.at("/metadata/order_id"),
                "created", now.getEpochSecond(),
                "currency", intent.path("currency"),
                "custom_fields", List.of(),
                "custom_text", Json.of(),
                "expires_at", now.plus(Duration.ofHours(24)).getEpochSecond(),
                "livemode", false,
                "metadata", intent.path("metadata"),
                "mode", "payment",
                "payment_intent", intent.path("id"),
                "payment_method_types", List.of("card"),
                "payment_status", status.equals("complete") ? "paid" : "unpaid",
                "shipping_options", List.of(),
                "status", status,
                "url", NULL);
    }

    static ObjectNode refund(String id, JsonNode charge, long amount, JsonNode wish, Instant now) {
        return Json.of(
                "id",
                id,
                "object",
                "refund",
                "amount",
                amount,
                "balance_transaction",
                "txn_" + id,
                "charge",
                charge.path("id"),
                "created",
                now.getEpochSecond(),
                "currency",
                charge.path("currency"),
                "destination_details",
                Json.of(
                        "card",
                        Json.of("reference_status", "pending", "type", "refund"),
                        "type",
                        "card"),
                "metadata",
                wish.path("metadata").isObject() ? wish.path("metadata") : Json.of(),
                "payment_intent",
                charge.path("payment_intent"),
                "reason",
                Json.text(wish, "reason"),
                "receipt_number",
                NULL,
                "source_transfer_reversal",
                NULL,
                "status",
                "succeeded",
                "transfer_reversal",
                NULL);
    }

    static ObjectNode dispute(String id, JsonNode charge, boolean inquiry, Instant now) {
        var type = inquiry ? "inquiry" : "chargeback";
        return Json.of(
                "id", id,
                "object", "dispute",
                "amount", charge.path("amount_captured"),
                "balance_transactions", List.of(),
                "charge", charge.path("id"),
                "created", now.getEpochSecond(),
                "currency", charge.path("currency"),
                "evidence", Json.of(),
                "evidence_details",
                        Json.of(
                                "due_by",
                                now.plus(Duration.ofDays(9)).getEpochSecond(),
                                "has_evidence",
                                false,
                                "past_due",
                                false,
                                "submission_count",
                                0),
                "is_charge_refundable", inquiry,
                "livemode", false,
                "metadata", Json.of(),
                "network_reason_code", "13.1",
                "payment_intent", charge.path("payment_intent"),
                "payment_method_details",
                        Json.of(
                                "card",
                                Json.of(
                                        "brand", "visa",
                                        "case_type", type,
                                        "network_reason_code", "13.1"),
                                "type",
                                "card"),
                "reason", "product_not_received",
                "status", inquiry ? "warning_needs_response" : "needs_response");
    }

    static ObjectNode warning(String id, JsonNode charge, boolean actionable, Instant now) {
        return Json.of(
                "id",
                id,
                "object",
                "radar.early_fraud_warning",
                "actionable",
                actionable,
                "charge",
                charge.path("id"),
                "created",
                now.getEpochSecond(),
                "fraud_type",
                "unauthorized_use_of_card",
                "livemode",
                false,
                "payment_intent",
                charge.path("payment_intent"));
    }

    static ObjectNode event(
            String id, String type, JsonNode object, Optional<String> key, Instant now) {
        return Json.of(
                "id",
                id,
                "object",
                "event",
                "api_version",
                API_VERSION,
                "created",
                now.getEpochSecond(),
                "data",
                Json.of("object", object),
                "livemode",
                false,
                "pending_webhooks",
                0,
                "request",
                Json.of("id", NULL, "idempotency_key", key),
                "type",
                type);
    }

    /** The event as it stands on the bus of a partner event source. */
    static ObjectNode envelope(JsonNode event, Instant now) {
        var source = "aws.partner/stripe.com/ed_test_unwind";
        return Json.of(
                "version",
                "0",
                "id",
                "eb-" + event.path("id").asText(),
                "detail-type",
                event.path("type"),
                "source",
                source,
                "account",
                "111122223333",
                "time",
                Instant.ofEpochSecond(now.getEpochSecond()).toString(),
                "region",
                "us-east-1",
                "resources",
                List.of("arn:aws:events:us-east-1::event-source/" + source),
                "detail",
                event);
    }

    /** What the ids of one payment have in common: {@code shopify1001_1}. */
    static String word(JsonNode intentOrCharge) {
        return intentOrCharge.path("id").asText().replaceFirst("^(pi|ch)_", "");
    }

    private static String currency(WorldOrder order) {
        return order.currency().getCurrencyCode().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode metadata(WorldOrder order) {
        return Json.of(
                "order_id", order.storefront() + "-" + order.number(),
                "order_number", order.number(),
                "storefront", order.storefront());
    }
}
