package shop.unwind.woocommerce;

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
import shop.unwind.event.WooCommerceEvents;
import shop.unwind.once.Attempt;
import shop.unwind.once.Effect;
import shop.unwind.once.Found;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Unsure;
import shop.unwind.words.Letter;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * WooCommerce as storefront, and as mover of what the shop's own gateways took. An order has one
 * payment, so a payment's id is the order's.
 *
 * <p>Goods and money are never in one refund record. Lines are taken back by a record of units
 * whose amount is zero: it brings stock back and leaves the order's refunded sum alone. Money is
 * given back by a record of an amount without lines: it asks the gateway and moves no stock. So the
 * sum of the records is always what the gateway gave back, no unit returns twice (a record that
 * restocks lowers what a later cancel puts back), and where a provider moves the money
 * WooCommerce's sum stays with whatever the shop's own plugin books there.
 */
final class WooCommerce implements Storefront, Payments {
    private static final Duration SETTLES = Duration.ofMinutes(5);

    private final Platform platform;
    private final RestApi api;
    private final Orders orders;

    WooCommerce(Platform platform) {
        this.platform = platform;
        this.api = new RestApi(platform);
        this.orders = new Orders(api, Statuses.of(platform.settings()));
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
        return new Cancellation(platform, api, orders, order, plan, settles());
    }

    @Override
    public Effect note(OrderRef order, Letter letter) {
        return new Note(platform, api, orders, order, letter);
    }

    @Override
    public Payment read(String payment) {
        var shown = orders.shown(payment);
        return new Payment(
                new PaymentRef(platform.name(), payment),
                shown.authorised(),
                shown.captured(),
                shown.refunded(),
                List.of());
    }

    @Override
    public Outcome refund(Payment payment, Money amount, Why why, Attempt attempt) {
        var id = payment.ref().id();
        var content =
                Map.of(
                        "amount", amount.decimal(),
                        "reason", attempt.mark(),
                        "api_refund", true,
                        "api_restock", false,
                        "meta_data", List.of(RestApi.meta(Orders.ATTEMPT, attempt.key())));
        try {
            return moved(id, api.create(Orders.refunds(id), content), amount, attempt);
        } catch (Refused no) {
            throw lookAgain(payment, no);
        }
    }

    /** WooCommerce does not tell whether a gateway lets a hold go when its order is cancelled. */
    @Override
    public Outcome release(Payment payment, Attempt attempt) {
        var shown = orders.shown(payment.ref().id());
        var voids =
                platform.settings()
                        .path("voidsOnCancel")
                        .valueStream()
                        .anyMatch(gateway -> gateway.asText().equals(shown.gateway()));
        if (voids && shown.cancelled())
            return platform.outcome(attempt, Result.DONE, shown.id(), "authorisation released");
        throw new Refused(
                "authorisation",
                "WooCommerce does not say whether "
                        + shown.gateway()
                        + " let the authorisation go: look there, and name the gateway in"
                        + " platforms.woocommerce.voidsOnCancel if it always does");
    }

    /** The record is made before the gateway is asked: one that is not confirmed says nothing. */
    @Override
    public Found find(String payment, Attempt attempt) {
        var shown = orders.shown(payment);
        return shown.marked(attempt)
                .<Found>map(
                        record ->
                                new Found.Done(
                                        moved(payment, record, shown.amount(record), attempt)))
                .orElseGet(Found.Nothing::new);
    }

    /**
     * There are no keys to make a repeat harmless, and a record appears only when the shop's host
     * gets to it: setting {@code settlesWithin}, longer than the host lets PHP run.
     */
    @Override
    public Duration settles() {
        return platform.duration("settlesWithin", SETTLES);
    }

    /** WooCommerce knows nothing of refunds on their way, so a record that stands has arrived. */
    @Override
    public Outcome follow(Outcome pending) {
        var at = pending.reference().split("\\.", 2);
        var record = api.ask(Orders.refunds(at[0]) + "/" + at[1]);
        checkConfirmed(record);
        return pending.now(Result.DONE, "refund arrived", platform.clock());
    }

    @Override
    public Optional<String> orderNumber(String payment) {
        return Optional.of(orders.byId(payment).path("number").asText());
    }

    @Override
    public List<Request> eventsSince(Instant then) {
        var requested = platform.optional("cancelRequestedStatus");
        return orders.changed(then, requested).stream()
                .flatMap(order -> event(order, requested).stream())
                .toList();
    }

    @Override
    public void probe() {
        api.list("/orders?per_page=1");
    }

    /** An order that no case can be named after has no event either: intake turns it away. */
    private Optional<Request> event(JsonNode order, Optional<String> requested) {
        try {
            return WooCommerceEvents.request(order, requested, platform.clock().instant());
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private Outcome moved(String order, JsonNode record, Money amount, Attempt attempt) {
        checkConfirmed(record);
        return platform.outcome(
                attempt, Result.DONE, Orders.reference(order, record), amount, "refunded");
    }

    private static void checkConfirmed(JsonNode record) {
        var confirmed = record.path("refunded_payment");
        if (!confirmed.isBoolean() || !confirmed.booleanValue())
            throw new Unsure(
                    "the gateway has not confirmed refund "
                            + record.path("id").asText()
                            + ": see there whether the money moved");
    }
}
