package shop.unwind.paypal;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.connector.Payments;
import shop.unwind.connector.Platform;
import shop.unwind.domain.Dispute;
import shop.unwind.domain.Money;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Payment;
import shop.unwind.domain.Plan.Why;
import shop.unwind.function.Together;
import shop.unwind.once.Attempt;
import shop.unwind.once.Found;
import shop.unwind.problem.NotFound;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Unsure;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Payments at PayPal. A payment is a capture or an authorisation, each by its id; a capture that
 * was made of an authorisation is known by both. Claims are left to PayPal's resolution centre:
 * accepting one pays the buyer, and so would a refund.
 */
final class PayPal implements Payments {
    private static final String CAPTURES = "/v2/payments/captures/";
    private static final String AUTHORIZATIONS = "/v2/payments/authorizations/";
    private static final String REFUNDS = "/v2/payments/refunds/";
    private static final String DISPUTES = "/v1/customer/disputes";
    private static final List<String> ORDER_KEYS = List.of("invoice_id", "custom_id");
    private static final int PAGE = 50;

    /** How long after its capture, by PayPal's help pages; setting {@code refundableFor}. */
    private static final Duration REFUNDABLE = Duration.ofDays(180);

    private final Platform platform;
    private final RestApi api;

    PayPal(Platform platform) {
        this.platform = platform;
        this.api = new RestApi(platform);
    }

    /** Asks side by side what does not hang on each other's answer. */
    @Override
    public Payment read(String id) {
        Supplier<Standing> standing;
        Supplier<List<JsonNode>> about;
        try (var calls = new Together()) {
            standing = calls.ask(() -> standing(id));
            about = calls.ask(() -> disputes(id));
        }
        var stands = standing.get();
        var captures = stands.taken().stream().map(Standing.Taken::id).toList();
        var disputes =
                captures.equals(List.of(id))
                        ? about.get()
                        : captures.stream().flatMap(each -> disputes(each).stream()).toList();
        return stands.payment(
                id,
                phases(disputes, stands.isRepaid()),
                platform.duration("refundableFor", REFUNDABLE));
    }

    @Override
    public Outcome refund(Payment payment, Money amount, Why why, Attempt attempt) {
        var body =
                Map.of(
                        "amount",
                        Amounts.amount(amount),
                        "custom_id",
                        Mark.of(attempt),
                        "note_to_payer",
                        "Refund for order " + attempt.origin().order().number());
        try {
            return refunded(refund(id(payment), amount, body, attempt), attempt);
        } catch (Refused no) {
            throw lookAgain(payment, no);
        }
    }

    @Override
    public Outcome release(Payment payment, Attempt attempt) {
        try {
            var path = AUTHORIZATIONS + encoded(id(payment)) + "/void";
            return released(api.change(path, attempt.uuid().toString()), payment, attempt);
        } catch (Refused no) {
            if (no.code().equals("PREVIOUSLY_VOIDED"))
                return platform.outcome(
                        attempt, Result.ALREADY, id(payment), "had been released before");
            throw lookAgain(payment, no);
        }
    }

    /** Within 45 days a repeat under the same key is none, so that it may be sent blindly once. */
    @Override
    public Found find(String id, Attempt attempt) {
        var standing = standing(id);
        var ours =
                standing.refunds().stream()
                        .filter(refund -> Mark.isOn(refund, attempt))
                        .filter(Standing::stands)
                        .findFirst();
        if (ours.isPresent()) return new Found.Done(refunded(ours.get(), attempt));
        if (standing.released())
            return new Found.Done(
                    platform.outcome(attempt, Result.DONE, id, "authorisation released"));
        return standing.complete() ? new Found.Nothing() : new Found.CannotTell();
    }

    @Override
    public Outcome follow(Outcome pending) {
        var refund = api.ask(REFUNDS + encoded(pending.reference()), "id");
        return switch (refund.path("status").asText()) {
            case "COMPLETED" -> pending.now(Result.DONE, "refund arrived", platform.clock());
            case "PENDING" -> pending;
            case "FAILED", "CANCELLED" ->
                    pending.now(
                            Result.FAILED, "refund came back: " + reason(refund), platform.clock());
            case String other -> throw strange(refund, other);
        };
    }

    /**
     * Shops write their order's number into one of two fields, some behind a prefix: settings
     * {@code orderKey} and {@code orderPrefix}.
     */
    @Override
    public Optional<String> orderNumber(String id) {
        var payment = captureOrHold(id);
        var keys = platform.optional("orderKey").map(List::of).orElse(ORDER_KEYS);
        var prefix = platform.optional("orderPrefix").orElse("");
        return keys.stream()
                .map(key -> payment.path(key).asText(""))
                .filter(number -> !number.isBlank())
                .map(number -> number.startsWith(prefix) ? cut(number, prefix) : number)
                .findFirst();
    }

    @Override
    public void probe() {
        api.prove();
        api.list(DISPUTES + "?page_size=1");
    }

    private Standing standing(String id) {
        try {
            var capture = api.ask(CAPTURES + encoded(id), "amount");
            return Standing.ofCapture(capture, order(capture));
        } catch (NotFound noCapture) {
            var hold = api.ask(AUTHORIZATIONS + encoded(id), "amount");
            return Standing.ofAuthorization(hold, order(hold));
        }
    }

    private JsonNode captureOrHold(String id) {
        try {
            return api.ask(CAPTURES + encoded(id), "amount");
        } catch (NotFound noCapture) {
            return api.ask(AUTHORIZATIONS + encoded(id), "amount");
        }
    }

    /** Empty when the payment was made without an order, or PayPal has forgotten it. */
    private Optional<JsonNode> order(JsonNode payment) {
        var id = payment.at("/supplementary_data/related_ids/order_id").asText("");
        if (id.isEmpty()) return Optional.empty();
        try {
            return Optional.of(api.ask("/v2/checkout/orders/" + encoded(id), "purchase_units"));
        } catch (NotFound purged) {
            return Optional.empty();
        }
    }

    /** Lists are summaries: each dispute is read by itself. */
    private List<JsonNode> disputes(String capture) {
        var about = "?disputed_transaction_id=" + encoded(capture) + "&page_size=" + PAGE;
        var page = api.list(DISPUTES + about);
        var goesOn = page.path("links").valueStream().anyMatch(link -> isNext(link));
        // A list that goes on could hide a dispute.
        if (goesOn) throw new Refused("next_page", "more than " + PAGE + " disputes on " + capture);
        return page.path("items")
                .valueStream()
                .map(item -> item.path("dispute_id").asText())
                .map(dispute -> api.ask(DISPUTES + "/" + encoded(dispute), "dispute_id"))
                .toList();
    }

    private static boolean isNext(JsonNode link) {
        return link.path("rel").asText().equals("next");
    }

    private static List<Dispute> phases(List<JsonNode> disputes, boolean repaid) {
        return disputes.stream().map(dispute -> Disputes.dispute(dispute, repaid)).toList();
    }

    /** What PayPal does not know as a capture may be an authorisation that was captured. */
    private JsonNode refund(String id, Money amount, Object body, Attempt attempt) {
        try {
            return refund(id, body, attempt);
        } catch (NotFound noCapture) {
            var capture = standing(id).captureWith(amount);
            if (capture.equals(id)) throw noCapture;
            return refund(capture, body, attempt);
        }
    }

    private JsonNode refund(String capture, Object body, Attempt attempt) {
        return api.change(CAPTURES + encoded(capture) + "/refund", body, attempt.uuid().toString());
    }

    private Outcome refunded(JsonNode refund, Attempt attempt) {
        return switch (refund.path("status").asText()) {
            case "COMPLETED" -> refunded(refund, attempt, Result.DONE, "refunded");
            case "PENDING" -> refunded(refund, attempt, Result.PENDING, "refund on its way");
            case "FAILED", "CANCELLED" ->
                    throw new Refused(
                            reason(refund),
                            "refund " + refund.path("id").asText() + " came to nothing");
            case String other -> throw strange(refund, other);
        };
    }

    private Outcome refunded(JsonNode refund, Attempt attempt, Result result, String words) {
        if (!refund.path("amount").isObject())
            throw new Unsure("refund " + refund.path("id").asText() + " names no amount");
        var amount = Amounts.money(refund.path("amount"));
        return platform.outcome(
                attempt, result, refund.path("id").asText(), amount, words + ": " + amount);
    }

    /** PayPal may answer a void without a word. */
    private Outcome released(JsonNode hold, Payment payment, Attempt attempt) {
        var status = hold.path("status").asText(hold.isEmpty() ? "VOIDED" : "");
        if (status.equals("VOIDED"))
            return platform.outcome(attempt, Result.DONE, id(payment), "authorisation released");
        throw new Unsure("authorisation is " + status + " after its void");
    }

    private static Unsure strange(JsonNode refund, String status) {
        return new Unsure("refund " + refund.path("id").asText() + " has the status " + status);
    }

    private static String reason(JsonNode refund) {
        return Stream.of(refund.at("/status_details/reason"), refund.path("status"))
                .map(JsonNode::asText)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("no reason");
    }

    private static String cut(String number, String prefix) {
        return number.substring(prefix.length());
    }

    private static String id(Payment payment) {
        return payment.ref().id();
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8);
    }
}
