package shop.unwind.local.campaign;

import shop.unwind.cases.Head;

import java.util.Map;
import java.util.Optional;

/**
 * What our own record says of an order.
 *
 * @param endings of its executions, by name
 * @param foundDone whether the latest decision was that all had been done before
 * @param rejected whether staff said no
 * @param parked whether a request about it is in the dead-letter queue
 */
record Dossier(
        Optional<Head> head,
        Map<String, Ending> endings,
        boolean foundDone,
        boolean rejected,
        boolean parked) {
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
        return head.flatMap(last -> Optional.ofNullable(endings.get(last.id().toString())));
    }
}
