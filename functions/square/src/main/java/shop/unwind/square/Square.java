package shop.unwind.square;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.connector.Payments;
import shop.unwind.connector.Platform;
import shop.unwind.connector.Storefront;
import shop.unwind.domain.Dispute;
import shop.unwind.domain.Money;
import shop.unwind.domain.Order;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Payment;
import shop.unwind.domain.Plan;
import shop.unwind.domain.Plan.Why;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.domain.Wish.Happened.What;
import shop.unwind.function.Together;
import shop.unwind.once.Attempt;
import shop.unwind.once.Effect;
import shop.unwind.once.Found;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Unsure;
import shop.unwind.words.Letter;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Square as storefront, and as mover of what was paid through it, here or at another shop. */
final class Square implements Storefront, Payments {
    /** Behind what is an order's id and stands where a payment's would. */
    private static final String ORDER = ".";

    private final Platform platform;
    private final RestApi api;
    private final Stock stock;
    private final Orders orders;
    private final Charges charges;
    private final Disputes disputes;

    Square(Platform platform) {
        this.platform = platform;
        this.api = new RestApi(platform);
        this.stock = new Stock(api, platform);
        this.orders = new Orders(api, stock, platform);
        this.charges = new Charges(api);
        this.disputes = new Disputes(api);
    }

    /** Asks side by side what does not hang on each other's answer. */
    @Override
    public Order read(OrderRef ref) {
        var order = orders.numbered(ref);
        var payments = new Shown(ref, order, List.of()).payments().keySet();
        Supplier<List<JsonNode>> moves;
        Supplier<List<Dispute>> about;
        List<Supplier<Charge>> paid;
        try (var calls = new Together()) {
            moves = calls.ask(() -> stock.moves(order));
            about = calls.ask(() -> payments.isEmpty() ? List.of() : disputes.about(payments));
            paid =
                    payments.stream()
                            .map(payment -> calls.ask(() -> charges.charge(payment)))
                            .toList();
        }
        var shown = new Shown(ref, order, moves.get());
        return shown.in(paid.stream().map(Supplier::get).toList(), about.get());
    }

    /** Each line says what it is worth: nothing more is to be asked. */
    @Override
    public Order priced(Order order) {
        return order;
    }

    @Override
    public Effect cancel(OrderRef order, Plan.Cancel plan) {
        return new Cancellation(platform, orders, stock, order, plan);
    }

    @Override
    public Effect note(OrderRef order, Letter letter) {
        return new Note(platform, orders, order, letter);
    }

    @Override
    public Payment read(String payment) {
        Supplier<Charge> charge;
        Supplier<List<Dispute>> about;
        try (var calls = new Together()) {
            charge = calls.ask(() -> charges.charge(payment));
            about = calls.ask(() -> disputes.about(Set.of(payment)));
        }
        return charge.get().asPayment(about.get());
    }

    @Override
    public Outcome refund(Payment payment, Money amount, Why why, Attempt attempt) {
        var body =
                Map.of(
                        "idempotency_key", attempt.uuid().toString(),
                        "payment_id", payment.ref().id(),
                        "amount_money", Amounts.written(amount),
                        "reason", Charge.reason(attempt));
        try {
            return refunded(api.create("/v2/refunds", body, "refund"), attempt);
        } catch (Refused no) {
            return judged(payment, no, attempt);
        }
    }

    /** There is no key for it, and none is needed: what was cancelled is refused. */
    @Override
    public Outcome release(Payment payment, Attempt attempt) {
        var id = payment.ref().id();
        try {
            var now = api.create(Charges.at(id) + "/cancel", "payment");
            if (!new Charge(now, List.of()).isReleased())
                throw new Unsure("the payment is " + status(now) + " after its cancel");
            return platform.outcome(attempt, Result.DONE, id, "authorisation released");
        } catch (Refused no) {
            if (charges.charge(id).isReleased())
                return platform.outcome(attempt, Result.ALREADY, id, "had been released before");
            throw lookAgain(payment, no);
        }
    }

    @Override
    public Found find(String payment, Attempt attempt) {
        var charge = charges.charge(payment);
        var made = charge.made(attempt);
        if (made.isPresent()) return new Found.Done(refunded(made.get(), attempt));
        return charge.isReleased()
                ? new Found.Done(
                        platform.outcome(attempt, Result.DONE, payment, "authorisation released"))
                : new Found.Nothing();
    }

    @Override
    public Outcome follow(Outcome pending) {
        var refund = charges.refund(pending.reference());
        return switch (status(refund)) {
            case "COMPLETED" -> pending.now(Result.DONE, "refund arrived", platform.clock());
            case "PENDING" -> pending;
            case "FAILED", "REJECTED" ->
                    pending.now(
                            Result.FAILED, "refund came back: " + status(refund), platform.clock());
            default -> throw strange(refund);
        };
    }

    /**
     * With the setting {@code orderKey: reference_id} a payment's own reference names the order of
     * another storefront, {@code woocommerce-1001}; else it belongs to an order of Square's.
     */
    @Override
    public Optional<String> orderNumber(String payment) {
        if (payment.endsWith(ORDER))
            return number(payment.substring(0, payment.length() - ORDER.length()));
        var charge = new Charge(api.ask(Charges.at(payment), "payment"), List.of());
        var named = platform.optional("orderKey").filter("reference_id"::equals).isPresent();
        return named && charge.reference().isPresent()
                ? charge.reference()
                : charge.order().flatMap(this::number);
    }

    @Override
    public List<Request> eventsSince(Instant then) {
        return orders.calledOffSince(then).stream().flatMap(each -> event(each).stream()).toList();
    }

    /** An order that no case can be named after has no event either. */
    private Optional<Request> event(JsonNode order) {
        try {
            var ref = new OrderRef(platform.name(), orders.number(order));
            var shown = new Shown(ref, order, List.of());
            if (!shown.cancelled() || shown.isCancelledByUs()) return Optional.empty();
            return Optional.of(
                    new Request(
                            "square-" + shown.id() + "-canceled",
                            Source.STOREFRONT,
                            new Wish.Happened(What.CANCELLED),
                            Optional.of(ref),
                            Optional.empty(),
                            Optional.empty(),
                            platform.clock().instant()));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    @Override
    public void probe() {
        api.list("/v2/refunds?limit=1");
        api.list("/v2/disputes");
    }

    private Optional<String> number(String order) {
        var number = orders.isByReference() ? orders.number(orders.byId(order)) : order;
        return Optional.of(number)
                .filter(text -> !text.isBlank())
                .map(text -> platform.name() + "-" + text);
    }

    /** A refusal may come of what has happened since the payment was read: decide again then. */
    private Outcome judged(Payment before, Refused no, Attempt attempt) {
        var now = read(before.ref().id());
        var unseen = no.code().equals(SquareProblems.DISPUTED) && now.disputes().isEmpty();
        if (now.equals(before) && unseen)
            return platform.outcome(
                    attempt,
                    Result.SKIPPED,
                    "",
                    "Square says that a dispute is open: the bank moves the money");
        throw Payments.meaning(before, now, no);
    }

    private Outcome refunded(JsonNode refund, Attempt attempt) {
        return switch (status(refund)) {
            case "COMPLETED" -> refunded(refund, attempt, Result.DONE, "refunded");
            case "PENDING" -> refunded(refund, attempt, Result.PENDING, "refund on its way");
            case "FAILED", "REJECTED" ->
                    throw new Refused(status(refund), "refund " + id(refund) + " came to nothing");
            default -> throw strange(refund);
        };
    }

    private Outcome refunded(JsonNode refund, Attempt attempt, Result result, String words) {
        if (!refund.path("amount_money").isObject())
            throw new Unsure("refund " + id(refund) + " names no amount");
        var amount = Amounts.money(refund.path("amount_money"));
        return platform.outcome(attempt, result, id(refund), amount, words + ": " + amount);
    }

    private static Unsure strange(JsonNode refund) {
        return new Unsure("refund " + id(refund) + " has the status " + status(refund));
    }

    private static String status(JsonNode node) {
        return node.path("status").asText();
    }

    private static String id(JsonNode node) {
        return node.path("id").asText();
    }
}
