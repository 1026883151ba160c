package shop.unwind.start;

import shop.unwind.cases.Cases;
import shop.unwind.cases.Cases.Admission;
import shop.unwind.cases.Folder;
import shop.unwind.cases.Lifecycle;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Request;
import shop.unwind.workflow.Executions;

import java.time.Duration;

/** Records a request and starts or joins its case; doing so twice changes nothing. */
final class Starter {
    /** More requests about one order than these within a minute, and something goes in circles. */
    private static final int MOST = 120;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Cases cases;
    private final Executions executions;

    Starter(Cases cases, Executions executions) {
        this.cases = cases;
        this.executions = executions;
    }

    /**
     * The execution is ensured for a repeated request too: the first delivery may have died before.
     *
     * @throws Flood when the order gets too many requests; this one is to wait
     */
    Admission start(Request request) {
        var order =
                request.order()
                        .orElseGet(() -> OrderRef.ofPayment(request.payment().orElseThrow()));
        var admission =
                cases.admit(
                        order,
                        request,
                        (head, folder) -> {
                            checkNoFlood(order, folder);
                            return Lifecycle.admit(
                                    head,
                                    request,
                                    folder.requests(head),
                                    folder.decision(head.id()),
                                    cases.now());
                        });
        executions.ensure(admission.head());
        return admission;
    }

    private void checkNoFlood(OrderRef order, Folder folder) {
        var since = cases.now().minus(MINUTE);
        var lately =
                folder.requests().stream()
                        .filter(recorded -> recorded.request().receivedAt().isAfter(since))
                        .count();
        if (lately >= MOST) throw new Flood(order, MOST);
    }
}
