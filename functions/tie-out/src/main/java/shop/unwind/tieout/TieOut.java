package shop.unwind.tieout;

import shop.unwind.cases.Cases;
import shop.unwind.cases.Head;
import shop.unwind.cases.Head.Status;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.Decision;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Payment;
import shop.unwind.domain.PaymentRef;
import shop.unwind.tieout.Connectors.Unreadable;
import shop.unwind.tieout.Difference.Kind;
import shop.unwind.tieout.Evidence.Chapter;
import shop.unwind.tieout.Evidence.Given;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Reads the orders of recent cases again and compares them with our record. */
final class TieOut {
    private static final int AT_ONCE = 8;

    private final Cases cases;
    private final Connectors connectors;

    TieOut(Cases cases, Connectors connectors) {
        this.cases = cases;
        this.connectors = connectors;
    }

    /**
     * What was found.
     *
     * @param checked how many orders were compared
     * @param open how many have a case that has not ended; these are not compared
     * @param attention how many of the compared wait for staff
     * @param left how many there was no time for
     */
    record Result(int checked, int open, int attention, int left, List<Difference> differences) {}

    /**
     * Compares all orders whose latest case changed last in these days.
     *
     * @param until when to begin no further order
     */
    Result run(LocalDate last, int days, Instant until) {
        var heads = recent(last, days);
        var ended = heads.stream().filter(head -> head.status() != Status.RUNNING).toList();
        var answers = all(ended, until);
        var checked = answers.stream().flatMap(Optional::stream).toList();
        return new Result(
                checked.size(),
                heads.size() - ended.size(),
                (int) ended.stream().filter(head -> head.status() == Status.ATTENTION).count(),
                answers.size() - checked.size(),
                checked.stream().flatMap(List::stream).toList());
    }

    /** A case that stands for a payment only has handed over to its order's. */
    private List<Head> recent(LocalDate last, int days) {
        return IntStream.range(0, days)
                .mapToObj(last::minusDays)
                .flatMap(day -> cases.changedOn(day).stream())
                .filter(head -> head.order().payment().isEmpty())
                .toList();
    }

    private List<Optional<List<Difference>>> all(List<Head> heads, Instant until) {
        var asked = new ArrayList<Callable<Optional<List<Difference>>>>();
        for (var head : heads)
            asked.add(
                    () ->
                            cases.now().isAfter(until)
                                    ? Optional.empty()
                                    : Optional.of(compared(head)));
        try (var threads = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            return threads.invokeAll(asked).stream().map(Future::resultNow).toList();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", stopped);
        }
    }

    private List<Difference> compared(Head head) {
        try {
            return Comparison.of(evidence(head));
        } catch (RuntimeException failure) {
            var words = failure instanceof Unreadable ? failure.getMessage() : failure.toString();
            return List.of(new Difference(head.order(), Kind.UNREADABLE, String.valueOf(words)));
        }
    }

    private Evidence evidence(Head head) {
        var id = head.id();
        var record = record(head);
        return new Evidence(
                head.order(),
                record,
                connectors.order(id),
                payments(id, record),
                refunds(id, record));
    }

    private List<Chapter> record(Head head) {
        return IntStream.rangeClosed(1, head.generation())
                .mapToObj(generation -> new CaseId(head.order(), generation))
                .flatMap(id -> cases.decision(id).map(decision -> chapter(id, decision)).stream())
                .toList();
    }

    private Chapter chapter(CaseId id, Decision decision) {
        return new Chapter(id.generation(), decision.plan(), cases.outcomes(id));
    }

    private Map<PaymentRef, Optional<Payment>> payments(CaseId id, List<Chapter> record) {
        var payments = new HashMap<PaymentRef, Optional<Payment>>();
        for (var given : Evidence.given(record))
            payments.computeIfAbsent(given.payment(), ref -> connectors.payment(id, ref));
        return payments;
    }

    private Map<String, Optional<Outcome>> refunds(CaseId id, List<Chapter> record) {
        var refunds = new HashMap<String, Optional<Outcome>>();
        Evidence.given(record).stream()
                .filter(given -> given.moved().isPresent())
                .map(Given::outcome)
                .forEach(refund -> refunds.put(refund.reference(), connectors.refund(id, refund)));
        return refunds;
    }
}
