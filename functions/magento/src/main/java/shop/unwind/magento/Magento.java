package shop.unwind.magento;

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
import shop.unwind.once.Attempt;
import shop.unwind.once.Effect;
import shop.unwind.once.Found;
import shop.unwind.problem.Changed;
import shop.unwind.problem.NotFound;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Unreachable;
import shop.unwind.problem.Unsure;
import shop.unwind.words.Letter;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Magento as storefront, and as mover of what its own gateways took. A payment's id is {@code
 * ORDER.INVOICE}, since money goes back invoice by invoice, or {@code ORDER} for what was only
 * authorised.
 *
 * <p>A credit memo is goods and money at once, and an order that is refunded whole is closed to
 * every further one. So where Magento moves the money its goods go back in the refund; see {@link
 * Cancellation}.
 */
final class Magento implements Storefront, Payments {
    private static final Duration SETTLES = Duration.ofMinutes(5);

    private final Platform platform;
    private final RestApi api;
    private final Orders orders;
    private final Comments comments;
    private final Desk desk;

    Magento(Platform platform) {
        this.platform = platform;
        this.api = new RestApi(platform);
        this.orders = new Orders(api, platform);
        this.comments = new Comments(api);
        this.desk = new Desk(api, orders);
    }

    @Override
    public Order read(OrderRef order) {
        return orders.shown(order).in(order);
    }

    /** Each line says what it is worth: nothing more is to be asked. */
    @Override
    public Order priced(Order order) {
        return order;
    }

    @Override
    public Effect cancel(OrderRef order, Plan.Cancel plan) {
        return new Cancellation(platform, api, orders, comments, desk, order, plan, settles());
    }

    @Override
    public Effect note(OrderRef order, Letter letter) {
        return new Note(platform, orders, comments, order, letter);
    }

    @Override
    public Payment read(String payment) {
        var tender = tender(orders.shown(order(payment)), payment);
        return new Payment(
                new PaymentRef(platform.name(), payment),
                tender.authorised(),
                tender.captured(),
                tender.refunded(),
                List.of());
    }

    /**
     * The goods that the cancellation marked go back with the money. Where none are marked they
     * must have gone some other way: an order read too early does not show the mark yet.
     */
    @Override
    public Outcome refund(Payment payment, Money amount, Why why, Attempt attempt) {
        var id = payment.ref().id();
        var shown = orders.shown(order(id));
        var invoice = invoice(shown, id);
        var all = Comments.taking(shown, attempt.origin());
        if (all.isEmpty() && shown.holdsGoods(invoice))
            throw new Unreachable("the order does not show what goes back to stock with the money");
        if (all.filter(taking -> !taking.of(invoice, shown).isOpenIn(shown)).isPresent())
            throw new Changed("goods were shipped or taken back meanwhile");
        desk.open(shown);
        var taking = all.map(each -> each.of(invoice, shown)).orElse(Taking.NOTHING);
        var everything =
                !taking.memo().isEmpty()
                        && taking.isAllOf(shown, item -> shown.left(invoice, item));
        var worth = everything ? payment.remaining() : taking.worth(shown);
        var memo = CreditMemo.online(shown, taking, amount, worth, everything, attempt);
        return completed(id, create(payment, invoice, memo, shown, attempt), attempt);
    }

    private String create(
            Payment payment,
            Invoice invoice,
            Map<String, Object> memo,
            Shown shown,
            Attempt attempt) {
        try {
            return api.create("/invoice/" + invoice.id() + "/refund", memo);
        } catch (Refused no) {
            throw lookAgain(payment, no);
        } catch (Unsure unknown) {
            throw inDoubt(shown, attempt, unknown);
        }
    }

    /**
     * Magento voids an authorisation when its order is cancelled, where the gateway can; one that
     * still stands was not let go.
     */
    @Override
    public Outcome release(Payment payment, Attempt attempt) {
        throw new Refused(
                "authorisation",
                "Magento does not show that "
                        + payment.authorised()
                        + " were let go: look at the gateway");
    }

    /**
     * A credit memo with our mark is the refund. One of which Magento said that it could not be
     * saved may have reached the gateway all the same: nobody here can tell.
     */
    @Override
    public Found find(String payment, Attempt attempt) {
        var shown = orders.shown(order(payment));
        var memo = shown.marked(attempt);
        if (memo.isPresent())
            return new Found.Done(moved(payment, completed(shown, attempt), memo.get(), attempt));
        if (Comments.isInDoubt(shown, attempt))
            throw new Unsure(
                    "Magento could not save the credit memo: see at the gateway whether the money"
                            + " went back");
        return new Found.Nothing();
    }

    /**
     * There are no keys to make a repeat harmless, and a credit memo appears only when the shop's
     * host gets to it: setting {@code settlesWithin}, longer than the host lets PHP run.
     */
    @Override
    public Duration settles() {
        return platform.duration("settlesWithin", SETTLES);
    }

    /** Magento knows nothing of refunds on their way, so a credit memo that stands has arrived. */
    @Override
    public Outcome follow(Outcome pending) {
        api.ask("/creditmemo/" + pending.reference().replaceFirst("^.*/", ""));
        return pending.now(Result.DONE, "refund arrived", platform.clock());
    }

    @Override
    public Optional<String> orderNumber(String payment) {
        return Optional.of(orders.byId(order(payment)).path("increment_id").asText());
    }

    @Override
    public List<Request> eventsSince(Instant then) {
        return new Changes(platform, api).since(then);
    }

    @Override
    public void probe() {
        api.page("/orders", Search.all(), 1, 1);
    }

    private Outcome completed(String payment, String made, Attempt attempt) {
        return Unsure.unlessSeen(
                "credit memo " + made + " was made",
                () -> {
                    var shown = orders.shown(order(payment));
                    var memo = shown.made(made);
                    return moved(payment, completed(shown, attempt), memo, attempt);
                });
    }

    /** Once the invoices are refunded the rest is cancelled, which may be said twice. */
    private Shown completed(Shown shown, Attempt attempt) {
        var taking = Comments.taking(shown, attempt.origin()).orElse(Taking.NOTHING);
        var several = shown.invoices().size() > 1;
        var waits = several && shown.items().stream().anyMatch(i -> i.refundable().signum() > 0);
        if (!taking.cancel() || waits || !shown.anythingUninvoiced()) return shown;
        try {
            return desk.cancelRest(shown);
        } catch (Refused | Changed not) {
            throw new Unsure("the money went back and the rest stands: " + not.getMessage());
        }
    }

    private Outcome moved(String payment, Shown shown, JsonNode memo, Attempt attempt) {
        var reference = payment + "/" + memo.path("entity_id").asText();
        var words =
                "refunded by credit memo " + memo.path("increment_id").asText() + left(shown, memo);
        return platform.outcome(attempt, Result.DONE, reference, shown.refundedBy(memo), words);
    }

    private static String left(Shown shown, JsonNode memo) {
        return shown.hasCrossed(memo)
                ? "; its goods left the house meanwhile: see to the parcel, and to the stock"
                : "";
    }

    /** Kept on the order, since looking there later shows nothing either way. */
    private Unsure inDoubt(Shown shown, Attempt attempt, Unsure unknown) {
        if (String.valueOf(unknown.getMessage()).contains(MagentoProblems.NOT_SAVED))
            comments.doubt(shown, attempt);
        return unknown;
    }

    private static String order(String payment) {
        return payment.split("\\.", 2)[0];
    }

    private static Order.Tender tender(Shown shown, String payment) {
        return shown.tenders().stream()
                .filter(tender -> tender.id().equals(payment))
                .findFirst()
                .or(() -> shown.tenders().stream().findFirst())
                .filter(tender -> tender.id().equals(payment) || isOrder(payment))
                .orElseThrow(() -> new NotFound("payment " + payment));
    }

    private static boolean isOrder(String payment) {
        return !payment.contains(".");
    }

    private static Invoice invoice(Shown shown, String payment) {
        return shown.invoices().stream()
                .filter(invoice -> payment.equals(shown.id() + "." + invoice.id()))
                .findFirst()
                .orElseThrow(
                        () ->
                                new Refused(
                                        "tender",
                                        "gift cards and store credit are given back in Magento, by"
                                                + " people"));
    }
}
