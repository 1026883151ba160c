package shop.unwind.local.campaign;

import shop.unwind.cases.Head;

import java.util.Map;
import java.util.Optional;

/**
 * What our own record says of an order.
 *
 * @param endings of its executions, by name
 */
record Dossier(Optional<Head> head, Map<String, Ending> endings) {
    Dossier {
        endings = Map.copyOf(endings);
    }

    boolean isClosed() {
        return head.filter(last -> last.status() == Head.Status.CLOSED).isPresent();
    }

    boolean needsAttention() {
        return head.filter(last -> last.status() == Head.Status.ATTENTION).isPresent();
    }

    /** How the latest case's execution ended. */
    Optional<Ending> last() {
        return head.map(last -> endings.get(last.id().toString()));
    }
}
