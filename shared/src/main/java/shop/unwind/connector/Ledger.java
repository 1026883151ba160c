package shop.unwind.connector;

import shop.unwind.domain.Order;
import shop.unwind.domain.Outcome;
import shop.unwind.once.Effect;

import java.util.List;

/** Stock or books that reflect what happened. */
public interface Ledger extends Connector {

    /** Reflects these outcomes, and only these. */
    Effect reflect(Order order, List<Outcome> outcomes);
}
