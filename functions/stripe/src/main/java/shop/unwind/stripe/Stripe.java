package shop.unwind.stripe;

import com.stripe.model.Charge;
import com.stripe.model.HasId;
import com.stripe.model.MetadataStore;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.StripeCollection;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.param.DisputeListParams;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundCreateParams.Reason;
import com.stripe.param.RefundListParams;
import com.stripe.param.checkout.SessionListParams;
import com.stripe.param.radar.EarlyFraudWarningListParams;

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
import shop.unwind.problem.Refused;
import shop.unwind.problem.Unsure;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Payments at Stripe. A payment is a payment intent ({@code pi_}) or a charge ({@code ch_}, {@code
 * py_}): older charges have no intent, and disputes about them name none.
 */
final class Stripe implements Payments {
    private static final String CASE = "unwind_case";
    private static final String STEP = "unwind_step";
    private static final List<String> ORDER_KEYS = List.of("order_number", "order_id", "order");
    private static final long PAGE = 100;

    private final Platform platform;
    private final StripeApi api;

    Stripe(Platform platform) {
        this.platform = platform;
        this.api = new StripeApi(platform);
    }

    /** Asks side by side what does not hang on each other's answer. */
    @Override
    public Payment read(String id) {
        Supplier<Standing> standing;
        Supplier<List<Refund>> refunds;
        Supplier<List<Dispute>> disputes;
        Supplier<List<Dispute>> warnings;
        try (var calls = new Together()) {
            standing = calls.ask(() -> standing(id));
            refunds = calls.ask(() -> refunds(id));
            disputes = calls.ask(() -> disputes(id));
            warnings = calls.ask(() -> warnings(id));
        }
        var stands = standing.get();
        var complaints = Stream.of(disputes, warnings).flatMap(it -> it.get().stream()).toList();
        return stands.payment(id, refunds.get(), complaints);
    }

    @Override
    public Outcome refund(Payment payment, Money amount, Why why, Attempt attempt) {
        var number = Amounts.number(amount);
        if (number == 0)
            throw new Refused("amount_too_small", amount + " is less than Stripe moves");
        var params =
                RefundCreateParams.builder()
                        .putExtraParam(kind(id(payment)), id(payment))
                        .setAmount(number)
                        .setReason(reason(why))
                        .putMetadata(CASE, attempt.origin().toString())
                        .putMetadata(STEP, attempt.mark())
                        .build();
        try {
            return refunded(
                    api.change(v1 -> v1.refunds().create(params, key(attempt.key()))), attempt);
        } catch (Refused no) {
            throw lookAgain(payment, no);
        }
    }

    @Override
    public Outcome release(Payment payment, Attempt attempt) {
        if (!isCharge(id(payment))) return cancel(id(payment), payment, attempt);
        var intent = Optional.ofNullable(charge(id(payment)).getPaymentIntent());
        return intent.map(found -> cancel(found, payment, attempt))
                .orElseGet(() -> refund(payment, payment.authorised(), Why.OTHER, attempt));
    }

    @Override
    public Found find(String id, Attempt attempt) {
        var ours =
                refunds(id).stream()
                        .filter(refund -> attempt.mark().equals(metadata(refund).get(STEP)))
                        .filter(Standing::stands)
                        .findFirst();
        if (ours.isPresent()) return new Found.Done(refunded(ours.get(), attempt));
        if (isCharge(id) || !isCanceled(intent(id))) return new Found.Nothing();
        return new Found.Done(platform.outcome(attempt, Result.DONE, id, "authorisation released"));
    }

    @Override
    public Outcome follow(Outcome pending) {
        var refund = api.ask(v1 -> v1.refunds().retrieve(pending.reference()));
        return switch (String.valueOf(refund.getStatus())) {
            case "succeeded" -> pending.now(Result.DONE, "refund arrived", platform.clock());
            case "pending", "requires_action" -> pending;
            case "failed", "canceled" ->
                    pending.now(
                            Result.FAILED,
                            "refund came back: "
                                    + Optional.ofNullable(refund.getFailureReason())
                                            .orElse(refund.getStatus()),
                            platform.clock());
            case String other ->
                    throw new Unsure("refund " + refund.getId() + " has the status " + other);
        };
    }

    @Override
    public Optional<String> orderNumber(String id) {
        var metadata = isCharge(id) ? metadata(charge(id)) : metadata(intent(id));
        var keys = platform.optional("orderKey").map(List::of).orElse(ORDER_KEYS);
        return keys.stream()
                .map(key -> metadata.getOrDefault(key, ""))
                .filter(number -> !number.isBlank())
                .findFirst();
    }

    @Override
    public void probe() {
        api.ask(v1 -> v1.refunds().list(RefundListParams.builder().setLimit(1L).build()));
    }

    private Standing standing(String id) {
        if (!isCharge(id)) return Standing.of(intent(id));
        var charge = charge(id);
        var intent = Optional.ofNullable(charge.getPaymentIntent());
        return intent.map(found -> Standing.of(intent(found))).orElseGet(() -> Standing.of(charge));
    }

    private PaymentIntent intent(String id) {
        var charge = PaymentIntentRetrieveParams.builder().addExpand("latest_charge").build();
        return api.ask(v1 -> v1.paymentIntents().retrieve(id, charge));
    }

    private Charge charge(String id) {
        return api.ask(v1 -> v1.charges().retrieve(id));
    }

    private List<Refund> refunds(String id) {
        var about = RefundListParams.builder().putExtraParam(kind(id), id).setLimit(PAGE).build();
        return whole(api.ask(v1 -> v1.refunds().list(about)));
    }

    private List<Dispute> disputes(String id) {
        var about = DisputeListParams.builder().putExtraParam(kind(id), id).setLimit(PAGE).build();
        return whole(api.ask(v1 -> v1.disputes().list(about))).stream()
                .map(Disputes::dispute)
                .toList();
    }

    private List<Dispute> warnings(String id) {
        var about =
                EarlyFraudWarningListParams.builder()
                        .putExtraParam(kind(id), id)
                        .setLimit(PAGE)
                        .build();
        return whole(api.ask(v1 -> v1.radar().earlyFraudWarnings().list(about))).stream()
                .flatMap(warning -> Disputes.warning(warning).stream())
                .toList();
    }

    private Outcome cancel(String intent, Payment payment, Attempt attempt) {
        try {
            var cancelled =
                    api.change(v1 -> v1.paymentIntents().cancel(intent, key(attempt.key())));
            if (isCanceled(cancelled))
                return platform.outcome(attempt, Result.DONE, intent, "authorisation released");
            throw new Unsure("payment intent is " + cancelled.getStatus() + " after its cancel");
        } catch (Refused no) {
            return expire(intent, attempt).orElseGet(() -> released(payment, attempt, no));
        }
    }

    /** An intent of Checkout that is not authorised yet ends with its session only. */
    private Optional<Outcome> expire(String intent, Attempt attempt) {
        var about = SessionListParams.builder().setPaymentIntent(intent).setLimit(PAGE).build();
        var sessions = whole(api.ask(v1 -> v1.checkout().sessions().list(about)));
        return sessions.stream()
                .filter(session -> "open".equals(session.getStatus()))
                .findFirst()
                .flatMap(open -> expire(open, attempt));
    }

    /** Empty when it is open no longer: how it ended is then read from the payment. */
    private Optional<Outcome> expire(Session open, Attempt attempt) {
        var options = key(attempt.key() + ":session");
        try {
            var session = api.change(v1 -> v1.checkout().sessions().expire(open.getId(), options));
            if ("expired".equals(session.getStatus()))
                return Optional.of(
                        platform.outcome(
                                attempt, Result.DONE, session.getId(), "checkout closed unpaid"));
            throw new Unsure("checkout session is " + session.getStatus() + " after its expiry");
        } catch (Refused completed) {
            return Optional.empty();
        }
    }

    private Outcome released(Payment before, Attempt attempt, Refused no) {
        var now = read(id(before));
        if (now.captured().isPositive() || now.authorised().isPositive())
            throw Payments.meaning(before, now, no);
        return platform.outcome(attempt, Result.ALREADY, "", "had been released before");
    }

    private Outcome refunded(Refund refund, Attempt attempt) {
        return switch (String.valueOf(refund.getStatus())) {
            case "succeeded" -> refunded(refund, attempt, Result.DONE, "refunded");
            case "pending", "requires_action" ->
                    refunded(refund, attempt, Result.PENDING, "refund on its way");
            case "failed", "canceled" ->
                    throw new Refused(
                            Optional.ofNullable(refund.getFailureReason())
                                    .orElse(refund.getStatus()),
                            "refund " + refund.getId() + " came to nothing");
            case String other ->
                    throw new Unsure("refund " + refund.getId() + " has the status " + other);
        };
    }

    private Outcome refunded(Refund refund, Attempt attempt, Result result, String words) {
        var amount = Amounts.money(refund.getAmount(), refund.getCurrency());
        return platform.outcome(attempt, result, refund.getId(), amount, words + ": " + amount);
    }

    /** A list that goes on could hide a dispute or a refund. */
    private static <T extends HasId> List<T> whole(StripeCollection<T> page) {
        if (Boolean.TRUE.equals(page.getHasMore()))
            throw new Refused("has_more", "more than " + PAGE + " entries about one payment");
        return page.getData();
    }

    private static Map<String, String> metadata(MetadataStore<?> object) {
        return Optional.ofNullable(object.getMetadata()).orElse(Map.of());
    }

    private static RequestOptions key(String key) {
        return RequestOptions.builder().setIdempotencyKey(key).build();
    }

    private static boolean isCanceled(PaymentIntent intent) {
        return "canceled".equals(intent.getStatus());
    }

    private static Reason reason(Why why) {
        return switch (why) {
            case FRAUD -> Reason.FRAUDULENT;
            case CUSTOMER, INVENTORY, STAFF, OTHER -> Reason.REQUESTED_BY_CUSTOMER;
        };
    }

    private static String id(Payment payment) {
        return payment.ref().id();
    }

    /** The field and filter that a payment's id goes into. */
    private static String kind(String id) {
        return isCharge(id) ? "charge" : "payment_intent";
    }

    private static boolean isCharge(String id) {
        return id.startsWith("ch_") || id.startsWith("py_");
    }
}
