package shop.unwind.connector;

import shop.unwind.domain.Order;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Plan;
import shop.unwind.domain.Request;
import shop.unwind.once.Effect;
import shop.unwind.words.Letter;

import java.time.Instant;
import java.util.List;

/** Where the order was placed. */
public interface Storefront extends Connector {

    /**
     * The order as it is now.
     *
     * @throws shop.unwind.problem.NotFound when the storefront does not know it
     */
    Order read(OrderRef order);

    /**
     * The same order with the worth of each line that can still be cancelled, as the storefront
     * reckons it.
     */
    Order priced(Order order);

    /**
     * Takes the order or some of its lines back, and its stock where asked; moves no money. Looks
     * at the fulfilment in the same breath and throws {@code Changed} when something has left
     * meanwhile.
     */
    Effect cancel(OrderRef order, Plan.Cancel plan);

    /** Notes on the order's own page what happened. */
    Effect note(OrderRef order, Letter letter);

    /**
     * What the storefront's events since then ask of us, so that a lost one is found. What has been
     * taken in already may be among it: the same request again changes nothing.
     */
    List<Request> eventsSince(Instant then);
}
