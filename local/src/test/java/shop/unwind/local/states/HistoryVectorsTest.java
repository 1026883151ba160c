package shop.unwind.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The language reference's numbered examples of event chains, as {@code Type=id(previous)}. */
class HistoryVectorsTest {
    private static final String FAILING_MAP =
            """
            Items: {Type: Pass, Output: [1], Next: Each}
            Each:
              Type: Map
              ItemProcessor: {StartAt: Bad, States: {Bad: {Type: Fail, Error: Bad}}}
              %s
              Next: After
            After: {Type: Pass, End: true}
            """;

    @Test
    void vector35_shouldFollowTheFailingEvent_whenAMapCatches() {
        var run =
                Lab.of(FAILING_MAP.formatted("Catch: [{ErrorEquals: [Bad], Next: After}]"))
                        .run("{}");

        assertThat(run.chain())
                .containsExactly(
                        "ExecutionStarted=1(0)",
                        "PassStateEntered=2(0)",
                        "PassStateExited=3(2)",
                        "MapStateEntered=4(3)",
                        "MapStateStarted=5(4)",
                        "MapIterationStarted=6(5)",
                        "FailStateEntered=7(6)",
                        "MapIterationFailed=8(7)",
                        "MapStateFailed=9(7)",
                        "MapStateExited=10(9)",
                        "PassStateEntered=11(10)",
                        "PassStateExited=12(11)",
                        "ExecutionSucceeded=13(12)");
    }

    @Test
    void vector36_shouldStartAgainAfterTheFailingEvent_whenAMapRetries() {
        var run =
                Lab.of(FAILING_MAP.formatted("Retry: [{ErrorEquals: [Bad], MaxAttempts: 2}]"))
                        .run("{}");

        assertThat(run.chain().subList(4, 18))
                .containsExactly(
                        "MapStateStarted=5(4)",
                        "MapIterationStarted=6(5)",
                        "FailStateEntered=7(6)",
                        "MapIterationFailed=8(7)",
                        "MapStateStarted=9(7)",
                        "MapIterationStarted=10(9)",
                        "FailStateEntered=11(10)",
                        "MapIterationFailed=12(11)",
                        "MapStateStarted=13(11)",
                        "MapIterationStarted=14(13)",
                        "FailStateEntered=15(14)",
                        "MapIterationFailed=16(15)",
                        "MapStateFailed=17(15)",
                        "ExecutionFailed=18(17)");
    }

    @Test
    void vector37_shouldChainIterations_whenOneAtATime() {
        var run =
                Lab.of(
                                """
                                Items: {Type: Pass, Output: [1, 2], Next: Each}
                                Each:
                                  Type: Map
                                  MaxConcurrency: 1
                                  ItemProcessor:
                                    StartAt: A
                                    States: {A: {Type: Pass, Next: B}, B: {Type: Pass, End: true}}
                                  End: true
                                """)
                        .run("{}");

        assertThat(run.chain().subList(4, 20))
                .containsExactly(
                        "MapStateStarted=5(4)",
                        "MapIterationStarted=6(5)",
                        "PassStateEntered=7(6)",
                        "PassStateExited=8(7)",
                        "PassStateEntered=9(8)",
                        "PassStateExited=10(9)",
                        "MapIterationSucceeded=11(10)",
                        "MapIterationStarted=12(11)",
                        "PassStateEntered=13(12)",
                        "PassStateExited=14(13)",
                        "PassStateEntered=15(14)",
                        "PassStateExited=16(15)",
                        "MapIterationSucceeded=17(16)",
                        "MapStateSucceeded=18(17)",
                        "MapStateExited=19(17)",
                        "ExecutionSucceeded=20(19)");
    }

    @Test
    void vector38_shouldAbortTheTask_whenABranchsTokenFails() {
        var lab =
                Lab.of(
                        """
                        Both:
                          Type: Parallel
                          Branches:
                            - StartAt: Ask
                              States:
                                Ask:
                                  Type: Task
                                  Resource: arn:aws:states:::lambda:invoke.waitForTaskToken
                                  Arguments: {FunctionName: ask, Payload: {token: '{% $states.context.Task.Token %}'}}
                                  End: true
                          Catch: [{ErrorEquals: [States.ALL], Next: After}]
                          End: true
                        After: {Type: Pass, End: true}
                        """);
        var run = lab.start("{}");
        lab.service.call(
                "SendTaskFailure", Details.none().put("taskToken", run.token()).put("error", "No"));
        Lab.await(() -> run.status().equals("SUCCEEDED"));

        assertThat(run.chain().subList(2, 11))
                .containsExactly(
                        "ParallelStateStarted=3(2)",
                        "TaskStateEntered=4(3)",
                        "TaskScheduled=5(4)",
                        "TaskStarted=6(5)",
                        "TaskSubmitted=7(6)",
                        "TaskFailed=8(7)",
                        "TaskStateAborted=9(8)",
                        "ParallelStateFailed=10(8)",
                        "ParallelStateExited=11(10)");
    }
}
