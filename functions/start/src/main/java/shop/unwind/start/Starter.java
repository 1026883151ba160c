package shop.unwind.start;

import shop.unwind.cases.Cases;
import shop.unwind.cases.Cases.Admission;
import shop.unwind.cases.Lifecycle;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Request;
import shop.unwind.workflow.Executions;

/** Records a request and starts or joins its case; doing so twice changes nothing. */
final class Starter {
    private final Cases cases;
    private final Executions executions;

    Starter(Cases cases, Executions executions) {
        this.cases = cases;
        this.executions = executions;
    }

    /**
     * The execution is ensured for a repeated request too: the first delivery may have died before.
     */
    Admission start(Request request) {
        var order =
                request.order()
                        .orElseGet(() -> OrderRef.ofPayment(request.payment().orElseThrow()));
        var admission =
                cases.admit(
                        order,
                        request,
                        (head, folder) ->
                                Lifecycle.admit(
                                        head,
                                        request,
                                        folder.requests(head),
                                        folder.decision(head.id()),
                                        cases.now()));
        executions.ensure(admission.head());
        return admission;
    }
}
