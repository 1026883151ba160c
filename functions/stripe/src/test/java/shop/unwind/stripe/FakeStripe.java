package shop.unwind.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.domain.Dispute.Phase;
import shop.unwind.domain.Money;
import shop.unwind.testing.FakePlatform;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Plays what Stripe answers to one read or one look. */
final class FakeStripe {
    static final String INTENT = "GET /v1/payment_intents/pi_1";
    static final String REFUNDS = "GET /v1/refunds";
    static final String DISPUTES = "GET /v1/disputes";
    static final String WARNINGS = "GET /v1/radar/early_fraud_warnings";
    static final String SESSIONS = "GET /v1/checkout/sessions";
    static final String REFUND = "POST /v1/refunds";
    static final String CANCEL = "POST /v1/payment_intents/pi_1/cancel";
    static final String EXPIRE = "POST /v1/checkout/sessions/cs_1/expire";

    private final FakePlatform platform;

    FakeStripe(FakePlatform platform) {
        this.platform = platform;
    }

    /** A read of an intent about which nobody complains. */
    FakeStripe shows(ObjectNode intent) {
        return shows(intent, List.of(), List.of());
    }

    FakeStripe shows(ObjectNode intent, List<ObjectNode> refunds, List<ObjectNode> disputes) {
        platform.answersTo(INTENT, 200, intent.toString());
        return surroundings(refunds, disputes, List.of());
    }

    /** What is asked beside the payment itself. */
    FakeStripe surroundings(
            List<ObjectNode> refunds, List<ObjectNode> disputes, List<ObjectNode> warnings) {
        platform.answersTo(REFUNDS, 200, list(refunds));
        platform.answersTo(DISPUTES, 200, list(disputes));
        platform.answersTo(WARNINGS, 200, list(warnings));
        return this;
    }

    static ObjectNode captured(Money amount, Money refunded) {
        var intent = in(amount, Canned.object("payment_captured"));
        intent.put("amount", amount.minor()).put("amount_received", amount.minor());
        in(amount, (ObjectNode) intent.path("latest_charge"))
                .put("amount", amount.minor())
                .put("amount_captured", amount.minor())
                .put("amount_refunded", refunded.minor());
        return intent;
    }

    static ObjectNode refund(String name, Money amount) {
        return in(amount, Canned.object(name)).put("amount", amount.minor());
    }

    static ObjectNode dispute(Phase phase) {
        return Canned.object(
                switch (phase) {
                    case INQUIRY -> "dispute_inquiry";
                    case CHARGEBACK -> "dispute_chargeback";
                    case IN_REVIEW -> "dispute_in_review";
                    case CLOSED_LOST -> "dispute_lost";
                    case CLOSED_WON -> "dispute_won";
                    case UNKNOWN -> "dispute_prevented";
                    case FRAUD_WARNING -> "fraud_warning";
                    case CLAIM -> throw new IllegalArgumentException("Stripe has no claims");
                });
    }

    static String list(List<ObjectNode> entries) {
        return Canned.list(entries.toArray(ObjectNode[]::new));
    }

    static Map<String, String> form(FakePlatform.Asked asked) {
        return Arrays.stream(asked.body().split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(field -> decode(field[0]), field -> decode(field[1])));
    }

    private static ObjectNode in(Money amount, ObjectNode object) {
        return object.put("currency", amount.currency().toLowerCase(Locale.ROOT));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
