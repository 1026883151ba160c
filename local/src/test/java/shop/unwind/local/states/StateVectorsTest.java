package shop.unwind.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;

/** The language reference's numbered examples of states. */
class StateVectorsTest {
    @Test
    void vector01_shouldSwap_whenAssignsShareASnapshot() {
        var run =
                Lab.of(
                                """
                                Set: {Type: Pass, Assign: {x: 3, y: 6}, Next: Swap}
                                Swap: {Type: Pass, Assign: {x: '{% $y %}', y: '{% $x %}'}, Next: Show}
                                Show: {Type: Pass, Output: {x: '{% $x %}', y: '{% $y %}'}, End: true}
                                """)
                        .run("{}");

        assertThat(run.output()).hasToString("{\"x\":6,\"y\":3}");
    }

    @Test
    void vector02_shouldSeeTheOldValue_whenOutputStandsBesideAssign() {
        var run =
                Lab.of(
                                """
                                Set: {Type: Pass, Assign: {x: 1}, Next: Change}
                                Change: {Type: Pass, Assign: {x: 2}, Output: {seen: '{% $x %}'}, Next: Show}
                                Show: {Type: Pass, Output: ['{% $states.input.seen %}', '{% $x %}'], End: true}
                                """)
                        .run("{}");

        assertThat(run.output()).hasToString("[1,2]");
    }

    private static final String SIZES =
            """
            Sort:
              Type: Choice
              Choices:
                - Condition: '{% $states.input.v > 10 %}'
                  Assign: {t: big}
                  Output: {r: '{% $states.input.v - 10 %}'}
                  Next: Show
              Default: Show
              Assign: {t: small}
            Show: {Type: Pass, Output: ['{% $states.input %}', '{% $t %}'], End: true}
            """;

    @Test
    void vector07_shouldTakeTheRulesOwn_whenItMatches() {
        assertThat(Lab.of(SIZES).run("{v: 15}").output()).hasToString("[{\"r\":5},\"big\"]");
    }

    @Test
    void vector07_shouldTakeTheStatesOwn_whenDefault() {
        assertThat(Lab.of(SIZES).run("{v: 5}").output()).hasToString("[{\"v\":5},\"small\"]");
    }

    @Test
    void vector08_shouldTakeTheFirst_whenTwoRulesAreTrue() {
        var run =
                Lab.of(
                                """
                                Choose: {Type: Choice, Choices: [{Condition: false, Next: C}, {Condition: true, Next: A}, {Condition: '{% true %}', Next: B}]}
                                A: {Type: Pass, Output: a, End: true}
                                B: {Type: Pass, Output: b, End: true}
                                C: {Type: Pass, Output: c, End: true}
                                """)
                        .run("{}");

        assertThat(run.output()).hasToString("\"a\"");
    }

    private static Lab.Run choose(String condition) {
        return Lab.of(
                        """
                        Choose: {Type: Choice, Choices: [{Condition: %s, Next: End}]}
                        End: {Type: Succeed}
                        """
                                .formatted(condition))
                .run("{}");
    }

    @Test
    void vector09_shouldFailInRuntime_whenNoRuleIsTrueAndNoDefault() {
        var run = choose("false");

        assertThat(run.error()).isEqualTo("States.Runtime");
        assertThat(run.cause())
                .isEqualTo(
                        "Failed to transition out of the state. The state does not point to a next"
                                + " state.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'{% 1 %}'", "'{% $states.input.nope < 1 %}'"})
    void vector10_shouldFail_whenAConditionIsNotBoolean(String condition) {
        var run = choose(condition);

        assertThat(run.error()).isEqualTo("States.QueryEvaluationError");
        assertThat(run.cause()).contains("'Choices[0]/Condition'");
    }

    @Test
    void vector11_shouldGiveIndexAndValue_whenItemSelector() {
        var run =
                Lab.of(
                                """
                                Each:
                                  Type: Map
                                  Items: '{% $states.input.xs %}'
                                  ItemSelector:
                                    i: '{% $states.context.Map.Item.Index %}'
                                    v: '{% $states.context.Map.Item.Value %}'
                                    k: '{% $states.input.k %}'
                                  ItemProcessor: {StartAt: Same, States: {Same: {Type: Pass, End: true}}}
                                  End: true
                                """)
                        .run("{xs: [a, b], k: 9}");

        assertThat(run.output())
                .hasToString("[{\"i\":0,\"v\":\"a\",\"k\":9},{\"i\":1,\"v\":\"b\",\"k\":9}]");
    }

    @Test
    void vector12_shouldReadOuterAndLoseInner_whenScopesNest() {
        var run =
                Lab.of(
                                """
                                Set: {Type: Pass, Assign: {o: hi}, Output: [1, 2], Next: Each}
                                Each:
                                  Type: Map
                                  ItemProcessor:
                                    StartAt: Join
                                    States:
                                      Join: {Type: Pass, Assign: {inner: '{% $o & $string($states.input) %}'}, Next: Give}
                                      Give: {Type: Pass, Output: '{% $inner %}', End: true}
                                  Next: Show
                                Show: {Type: Pass, Output: ['{% $states.input %}', '{% $exists($inner) %}'], End: true}
                                """)
                        .run("{}");

        assertThat(run.output()).hasToString("[[\"hi1\",\"hi2\"],false]");
    }

    @Test
    void vector13_shouldFailAsTheIteration_whenOneFails() {
        var lab =
                Lab.of(
                        """
                        Each:
                          Type: Map
                          Items: [1, 2, 3]
                          MaxConcurrency: 1
                          ItemProcessor:
                            StartAt: Look
                            States:
                              Look: {Type: Choice, Choices: [{Condition: '{% $states.input = 2 %}', Next: Bad}], Default: Good}
                              Good: {Type: Pass, End: true}
                              Bad: {Type: Fail, Error: Bad, Cause: two}
                          Catch: [{ErrorEquals: [Bad], Next: Caught}]
                          End: true
                        Caught: {Type: Pass, End: true}
                        """);
        var run = lab.run("{}");

        assertThat(run.output()).hasToString("{\"Error\":\"Bad\",\"Cause\":\"two\"}");
        assertThat(run.events("MapIterationStarted")).hasSize(2);
    }

    private static Lab.Run items(String items) {
        return Lab.of(
                        """
                        Each: {Type: Map, Items: %s, ItemProcessor: {StartAt: Same, States: {Same: {Type: Pass, End: true}}}, End: true}
                        """
                                .formatted(items))
                .run("{}");
    }

    @Test
    void vector14_shouldBeEmpty_whenNoItems() {
        assertThat(items("'{% [] %}'").output()).hasToString("[]");
    }

    @Test
    void vector15_shouldFail_whenItemsIsNoArray() {
        var run = items("'{% 1 %}'");

        assertThat(run.error()).isEqualTo("States.QueryEvaluationError");
        assertThat(run.cause())
                .endsWith(
                        "'Items' returned an unexpected result type. Expected 'array', but was"
                                + " 'number' for value: 1");
    }

    @Test
    void items_shouldFailInOtherWords_whenInputIsNoArray() {
        var run =
                Lab.of(
                                "Each: {Type: Map, ItemProcessor: {StartAt: S, States: {S: {Type:"
                                        + " Pass, End: true}}}, End: true}")
                        .run("1");

        assertThat(run.cause()).endsWith("Map state input must be an array but was: 1");
    }

    @Test
    void vector16_shouldSumAndCount_whenMapAssigns() {
        var run =
                Lab.of(
                                """
                                Each:
                                  Type: Map
                                  Items: [3, 4]
                                  ItemProcessor: {StartAt: Ten, States: {Ten: {Type: Pass, Output: '{% $states.input * 10 %}', End: true}}}
                                  Assign: {tot: '{% $sum($states.result) %}'}
                                  Output: '{% $count($states.result) %}'
                                  Next: Show
                                Show: {Type: Pass, Output: ['{% $states.input %}', '{% $tot %}'], End: true}
                                """)
                        .run("{}");

        assertThat(run.output()).hasToString("[2,70]");
    }

    @Test
    void vector17_shouldKeepBranchOrder_whenParallel() {
        var run =
                Lab.of(
                                """
                                Both:
                                  Type: Parallel
                                  Branches:
                                    - {StartAt: A, States: {A: {Type: Pass, Output: {b: 0}, End: true}}}
                                    - {StartAt: B, States: {B: {Type: Pass, Output: {b: 1}, End: true}}}
                                  Output: '{% $states.result.b %}'
                                  End: true
                                """)
                        .run("{}");

        assertThat(run.output()).hasToString("[0,1]");
    }

    private static final String BROKEN_BRANCH =
            """
            Both:
              Type: Parallel
              Branches:
                - {StartAt: Bad, States: {Bad: {Type: Fail, Error: My.E}}}
              Catch: [{ErrorEquals: [My.E], Assign: {e: '{% $states.errorOutput.Error %}'}, Output: '{% $states.input %}', Next: Show}]
              RETRY
              Next: Show
            Show: {Type: Pass, Output: ['{% $states.input %}', '{% $e %}'], End: true}
            """;

    @Test
    void vector18_shouldKeepTheInput_whenACatcherSaysSo() {
        assertThat(Lab.of(BROKEN_BRANCH.replace("RETRY", "")).run("{k: 1}").output())
                .hasToString("[{\"k\":1},\"My.E\"]");
    }

    @Test
    void vector19_shouldStartThreeTimes_whenTwoRetries() {
        var run =
                Lab.of(
                                BROKEN_BRANCH.replace(
                                        "RETRY", "Retry: [{ErrorEquals: [My.E], MaxAttempts: 2}]"))
                        .run("{k: 1}");

        assertThat(run.events("ParallelStateStarted")).hasSize(3);
        assertThat(run.output()).hasToString("[{\"k\":1},\"My.E\"]");
    }

    @Test
    void vector20_shouldNotRetry_whenTheFirstMatchingRetrierHasNoAttempts() {
        var retry = "Retry: [{ErrorEquals: [My.E], MaxAttempts: 0}, {ErrorEquals: [States.ALL]}]";

        assertThat(
                        Lab.of(BROKEN_BRANCH.replace("RETRY", retry))
                                .run("{}")
                                .events("ParallelStateStarted"))
                .hasSize(1);
    }

    @Test
    void vector21_shouldCountEachRetrierForItself_whenErrorsDiffer() {
        var errors = new ArrayDeque<>(List.of("A", "B", "C", "B"));
        var lab =
                Lab.of(
                                """
                                Try:
                                  Type: Task
                                  Resource: arn:aws:states:::lambda:invoke
                                  Arguments: {FunctionName: f, Payload: {}}
                                  Retry:
                                    - {ErrorEquals: [A, B], MaxAttempts: 2, IntervalSeconds: 1, BackoffRate: 2}
                                    - {ErrorEquals: [C], IntervalSeconds: 5}
                                  Catch: [{ErrorEquals: [States.ALL], Next: Caught}]
                                  End: true
                                Caught: {Type: Pass, Output: '{% $states.input.Error %}', End: true}
                                """)
                        .function(
                                "f",
                                (_, _) -> {
                                    throw new TaskFailure(errors.remove(), "again");
                                });

        assertThat(lab.run("{}").output()).hasToString("\"B\"");
        assertThat(lab.time.pauses())
                .containsExactly(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(5));
    }

    @Test
    void vector22_shouldFailInTheirWords_whenErrorAndCauseAreExpressions() {
        var run =
                Lab.of(
                                "Bad: {Type: Fail, Error: \"{% 'E.' & $states.input.k %}\", Cause:"
                                        + " '{% $string($states.input) %}'}")
                        .run("{k: x}");

        assertThat(run.error()).isEqualTo("E.x");
        assertThat(run.cause()).isEqualTo("{\"k\":\"x\"}");
    }

    @Test
    void vector23_shouldGoOnAtOnce_whenNoSeconds() {
        var lab =
                Lab.of(
                        """
                        Hold: {Type: Wait, Seconds: '{% $states.input.s %}', Assign: {w: 1}, Next: Show}
                        Show: {Type: Pass, Output: '{% $w %}', End: true}
                        """);

        assertThat(lab.run("{s: 0}").output()).hasToString("1");
        assertThat(lab.time.pauses()).isEmpty();
    }

    private static final String CALLBACK =
            """
            Ask:
              Type: Task
              Resource: arn:aws:states:::lambda:invoke.waitForTaskToken
              Arguments: {FunctionName: ask, Payload: {token: '{% $states.context.Task.Token %}'}}
              TimeoutSeconds: 60
              Catch: [{ErrorEquals: [States.ALL], Next: Caught}]
              End: true
            Caught: {Type: Pass, End: true}
            """;

    @Test
    void vector26_shouldHaveAnEmptyCause_whenATimeOutIsCaught() {
        var lab = Lab.of(CALLBACK);
        var run = lab.start("{}");
        assertThat(run.token()).isNotEmpty();

        lab.time.advance(Duration.ofSeconds(60));
        Lab.await(() -> run.status().equals("SUCCEEDED"));

        assertThat(run.output()).hasToString("{\"Error\":\"States.Timeout\",\"Cause\":\"\"}");
    }

    @Test
    void vector26_shouldBeNull_whenATokenFailsWithoutFields() {
        var lab = Lab.of(CALLBACK);
        var run = lab.start("{}");

        lab.service.call("SendTaskFailure", Details.none().put("taskToken", run.token()));
        Lab.await(() -> run.status().equals("SUCCEEDED"));

        assertThat(run.output()).hasToString("{\"Error\":null,\"Cause\":null}");
    }
}
