package shop.unwind.local.campaign;

import shop.unwind.cases.Head;
import shop.unwind.domain.Decision;
import shop.unwind.domain.Decision.Verdict;
import shop.unwind.local.campaign.Judgement.End;

import java.util.Map;
import java.util.Optional;

/**
 * What our own record says of an order.
 *
 * @param endings of its executions, by name
 * @param decision the latest case's
 * @param rejected whether staff said no
 * @param parked whether a request about it is in the dead-letter queue
 */
record Dossier(
        Optional<Head> head,
        Map<String, Ending> endings,
        Optional<Decision> decision,
        boolean rejected,
        boolean parked) {
    Dossier {
        endings = Map.copyOf(endings);
    }

    /** Whether the latest decision was that all had been done before. */
    boolean foundDone() {
        return decided(Verdict.RECORD);
    }

    boolean decided(Verdict verdict) {
        return decision.filter(last -> last.verdict() == verdict).isPresent();
    }

    /** Whether this rule spoke last. */
    boolean decided(String rule) {
        return decision.filter(last -> last.rule().equals(rule)).isPresent();
    }

    boolean isClosed() {
        return head.filter(last -> last.status() == Head.Status.CLOSED).isPresent();
    }

    boolean needsAttention() {
        return head.filter(last -> last.status() == Head.Status.ATTENTION).isPresent();
    }

    End end() {
        if (isClosed()) return End.DONE;
        if (needsAttention()) return End.ATTENTION;
        return parked ? End.PARKED : End.LOST;
    }

    /** How the latest case's execution ended. */
    Optional<Ending> last() {
        return head.flatMap(last -> Optional.ofNullable(endings.get(last.id().toString())));
    }
}
