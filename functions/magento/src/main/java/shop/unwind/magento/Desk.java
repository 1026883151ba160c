package shop.unwind.magento;

import shop.unwind.problem.Changed;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Unsure;

/** What the state of an order allows, and the two calls that change it. */
final class Desk {
    private final RestApi api;
    private final Orders orders;

    Desk(RestApi api, Orders orders) {
        this.api = api;
        this.orders = orders;
    }

    /**
     * Makes ready to cancel or refund.
     *
     * @throws Refused while the payment is under review: only people can end that
     */
    void open(Shown shown) {
        switch (shown.state()) {
            case "payment_review" ->
                    throw new Refused(
                            "payment_review",
                            "the payment is under review: accept or deny it in Magento, then run"
                                    + " again");
            case "holded" -> unhold(shown);
            default -> {}
        }
    }

    private void unhold(Shown shown) {
        api.change(Orders.at(shown.id()) + "/unhold");
        if (orders.byId(shown.id()).path("state").asText().equals("holded"))
            throw new Unsure("the order is still on hold after it was let go");
    }

    /** Magento answers {@code false} for what was cancelled and for what cannot be: so look. */
    Shown cancelRest(Shown shown) {
        var said = api.change(Orders.at(shown.id()) + "/cancel");
        var now = orders.shown(shown.id());
        if (!now.anythingUninvoiced()) return now;
        if (said) throw new Unsure("the order is " + now.state() + " after its cancel");
        throw now.state().equals(shown.state())
                ? new Refused(now.state(), "Magento does not cancel an order in this state")
                : new Changed("the order is " + now.state() + " by now");
    }
}
