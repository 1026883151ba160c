package shop.unwind.workflow;

import shop.unwind.cases.Cases;
import shop.unwind.cases.Head;
import shop.unwind.json.Json;

import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.SfnException;

/**
 * Runs each case as one execution under the case's id, with nothing but ids as input: starting it
 * again while it runs joins it.
 */
public final class Executions {
    private final SfnClient sfn;
    private final String stateMachineArn;
    private final Cases cases;

    /** What an execution is given. */
    private record Input(String caseId, String origin) {}

    public Executions(SfnClient sfn, String stateMachineArn, Cases cases) {
        this.sfn = sfn;
        this.stateMachineArn = stateMachineArn;
        this.cases = cases;
    }

    /** Sees to it that the case runs, if it is to run. */
    public void ensure(Head head) {
        if (head.status() != Head.Status.RUNNING) return;
        try {
            var input = new Input(head.id().toString(), head.originId().toString());
            sfn.startExecution(
                    start ->
                            start.stateMachineArn(stateMachineArn)
                                    .name(head.id().toString())
                                    .input(Json.write(input)));
        } catch (ExecutionAlreadyExistsException ended) {
            revive(cases.head(head.id()), head);
        }
    }

    /** Goes the way to the workflow without starting anything. */
    public void rehearse() {
        try {
            describe("none");
        } catch (SfnException unknown) {
            // It has been asked and has answered: that is all that was wanted.
        }
    }

    /**
     * The execution of this name is over. Either its case has moved on meanwhile, or it died
     * without closing it, stopped by hand or by a fault; then the case runs again.
     */
    private void revive(Head now, Head expected) {
        if (now.generation() != expected.generation() || now.status() != Head.Status.RUNNING)
            return;
        if (isRunning(now)) return;
        var again = now.again(cases.now());
        if (cases.move(now, again)) ensure(again);
    }

    private boolean isRunning(Head head) {
        return describe(head.id().toString()).status() == ExecutionStatus.RUNNING;
    }

    private DescribeExecutionResponse describe(String name) {
        var arn = stateMachineArn.replace(":stateMachine:", ":execution:") + ":" + name;
        return sfn.describeExecution(describe -> describe.executionArn(arn));
    }
}
