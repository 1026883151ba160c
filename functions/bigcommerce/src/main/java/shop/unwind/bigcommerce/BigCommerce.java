package shop.unwind.bigcommerce;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.connector.Payments;
import shop.unwind.connector.Platform;
import shop.unwind.connector.Storefront;
import shop.unwind.domain.Money;
import shop.unwind.domain.Order;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Payment;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Plan;
import shop.unwind.domain.Plan.Why;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.domain.Wish.Happened.What;
import shop.unwind.log.Redaction;
import shop.unwind.once.Attempt;
import shop.unwind.once.Effect;
import shop.unwind.once.Found;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Unsure;
import shop.unwind.words.Letter;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * BigCommerce as storefront, and as mover of what the store's own gateways took. A payment's id is
 * {@code ORDER.GATEWAY}.
 *
 * <p>Goods and money are never in one refund. Its refunds of products move money by their own
 * reckoning; ours are of an amount and touch no unit, and units are taken back by {@link
 * Cancellation}. An order is cancelled before its money goes back; that BigCommerce refunds a
 * cancelled order in every store is not documented, and one that it turns away is for staff.
 */
final class BigCommerce implements Storefront, Payments {
    private static final Duration SETTLES = Duration.ofMinutes(5);

    private final Platform platform;
    private final RestApi api;
    private final Metafields metafields;
    private final Orders orders;
    private final Stock stock;
    private final Refunds refunds;

    BigCommerce(Platform platform) {
        this.platform = platform;
        this.api = new RestApi(platform);
        this.metafields = new Metafields(api);
        this.orders = new Orders(api, metafields);
        this.stock = new Stock(platform, api);
        this.refunds = new Refunds(api, orders, platform.clock());
    }

    @Override
    public Order read(OrderRef order) {
        return orders.shown(order);
    }

    /** Each line says what it is worth: nothing more is to be asked. */
    @Override
    public Order priced(Order order) {
        return order;
    }

    @Override
    public Effect cancel(OrderRef order, Plan.Cancel plan) {
        return new Cancellation(platform, api, orders, metafields, stock, order, plan, settles());
    }

    @Override
    public Effect note(OrderRef order, Letter letter) {
        return new Note(platform, api, orders, order, letter);
    }

    @Override
    public Payment read(String payment) {
        var paid = orders.paid(order(payment));
        var tender = paid.tender(payment);
        return new Payment(
                new PaymentRef(platform.name(), payment),
                tender.authorised(),
                tender.captured(),
                tender.refunded(),
                paid.disputes());
    }

    @Override
    public Outcome refund(Payment payment, Money amount, Why why, Attempt attempt) {
        var id = payment.ref().id();
        try {
            return moved(
                    id, refunds.make(order(id), gateway(id), amount, attempt), amount, attempt);
        } catch (Refused no) {
            throw lookAgain(payment, no);
        }
    }

    /** The hold is let go in the background. */
    @Override
    public Outcome release(Payment payment, Attempt attempt) {
        var id = order(payment.ref().id());
        api.tell("/v3/orders/" + id + "/payment_actions/void");
        return released(id, attempt)
                .orElseThrow(() -> new Unsure("the authorisation still stands after its void"));
    }

    @Override
    public Found find(String payment, Attempt attempt) {
        var id = order(payment);
        return refunds.marked(id, attempt)
                .map(refund -> moved(payment, refund, amount(refund, payment), attempt))
                .or(() -> released(id, attempt))
                .<Found>map(Found.Done::new)
                .orElseGet(Found.Nothing::new);
    }

    /**
     * There are no keys to make a repeat harmless: setting {@code settlesWithin}, longer than a
     * call to the store may be under way.
     */
    @Override
    public Duration settles() {
        return platform.duration("settlesWithin", SETTLES);
    }

    @Override
    public Outcome follow(Outcome pending) {
        var at = pending.reference().split("\\.", 2);
        if (at.length == 1) return followRelease(pending);
        var refund = refunds.byId(at[0], at[1]);
        return switch (Refunds.standing(refund)) {
            case DONE -> pending.now(Result.DONE, "refund arrived", platform.clock());
            case FAILED ->
                    pending.now(
                            Result.FAILED, "refund declined: " + words(refund), platform.clock());
            default -> isAllBack(at[0]) ? arrived(pending) : pending;
        };
    }

    private boolean isAllBack(String order) {
        return paymentStatus(order).equals("refunded");
    }

    private Outcome arrived(Outcome pending) {
        return pending.now(Result.DONE, "refund arrived", platform.clock());
    }

    private Outcome followRelease(Outcome pending) {
        return switch (paymentStatus(pending.reference())) {
            case "void" -> pending.now(Result.DONE, "authorisation released", platform.clock());
            case "void pending" -> pending;
            case String other -> throw new Unsure("the payment is " + other + " after its void");
        };
    }

    @Override
    public Optional<String> orderNumber(String payment) {
        return Optional.of(orders.byId(order(payment)).path("id").asText());
    }

    /**
     * Named after the order alone: its date changes with every note on it. Ours are among them, as
     * they are among the webhooks, and ask for nothing more.
     */
    @Override
    public List<Request> eventsSince(Instant then) {
        return orders.cancelledSince(then).stream()
                .map(order -> new OrderRef(platform.name(), order.path("id").asText()))
                .map(this::cancelled)
                .toList();
    }

    private Request cancelled(OrderRef order) {
        return new Request(
                order.key() + "-cancelled",
                Source.STOREFRONT,
                new Wish.Happened(What.CANCELLED),
                Optional.of(order),
                Optional.empty(),
                Optional.empty(),
                platform.clock().instant());
    }

    @Override
    public void probe() {
        api.datum("/v3/settings/inventory");
    }

    private Outcome moved(String payment, JsonNode refund, Money amount, Attempt attempt) {
        if (!refund.path("id").isIntegralNumber())
            throw new Unsure("BigCommerce answered with something that is no refund");
        return switch (Refunds.standing(refund)) {
            case FAILED -> throw new Refused("declined", words(refund));
            case DONE -> outcome(attempt, Result.DONE, payment, refund, amount, "refunded");
            default ->
                    outcome(attempt, Result.PENDING, payment, refund, amount, "refund scheduled");
        };
    }

    /** A gateway may repeat what it was sent, and these words reach the log. */
    private static String words(JsonNode refund) {
        return Redaction.clean(
                Refunds.part(refund).path("declined_message").asText("without a reason"));
    }

    private Money amount(JsonNode refund, String payment) {
        var currency = orders.byId(order(payment)).path("default_currency_code").asText();
        return Amounts.read(Refunds.part(refund), "amount", currency);
    }

    private Optional<Outcome> released(String order, Attempt attempt) {
        return switch (paymentStatus(order)) {
            case "void" ->
                    Optional.of(
                            platform.outcome(
                                    attempt, Result.DONE, order, "authorisation released"));
            case "void pending" ->
                    Optional.of(
                            platform.outcome(
                                    attempt,
                                    Result.PENDING,
                                    order,
                                    "authorisation is being released"));
            default -> Optional.empty();
        };
    }

    private String paymentStatus(String order) {
        return orders.byId(order).path("payment_status").asText("");
    }

    private Outcome outcome(
            Attempt attempt,
            Result result,
            String payment,
            JsonNode refund,
            Money amount,
            String words) {
        var reference = order(payment) + "." + refund.path("id").asText();
        return platform.outcome(attempt, result, reference, amount, words);
    }

    private static String order(String payment) {
        return payment.split("\\.", 2)[0];
    }

    private static String gateway(String payment) {
        return payment.contains(".") ? payment.split("\\.", 2)[1] : "";
    }
}
