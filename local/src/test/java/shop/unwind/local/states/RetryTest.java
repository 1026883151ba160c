package shop.unwind.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Arrays;

class RetryTest {
    private static final String TASK =
            """
            Try:
              Type: Task
              Resource: arn:aws:states:::lambda:invoke
              Arguments: {FunctionName: f, Payload: {try: '{% $states.context.State.RetryCount %}'}}
              HANDLERS
              End: true
            Caught: {Type: Pass, End: true}
            """;

    private static Lab lab(String handlers, String error) {
        var states = TASK.replace("HANDLERS", handlers);
        return Lab.of(handlers.contains("Caught") ? states : states.replaceAll("Caught.*\n", ""))
                .function(
                        "f",
                        (_, _) -> {
                            throw new TaskFailure(error, "why");
                        });
    }

    private static Duration[] seconds(double... seconds) {
        return Arrays.stream(seconds)
                .mapToObj(each -> Duration.ofMillis(Math.round(each * 1000)))
                .toArray(Duration[]::new);
    }

    @Test
    void retrier_shouldDoubleFromOneSecondThrice_whenItSaysNothing() {
        var lab = lab("Retry: [{ErrorEquals: [E]}]", "E");
        var run = lab.run("{}");

        assertThat(lab.time.pauses()).containsExactly(seconds(1, 2, 4));
        assertThat(run.error()).isEqualTo("E");
        assertThat(lab.calls).hasSize(4).last().hasToString("{\"try\":3}");
    }

    @Test
    void retrier_shouldCapTheDelay_whenMaxDelay() {
        var lab =
                lab(
                        "Retry: [{ErrorEquals: [E], IntervalSeconds: 2, BackoffRate: 3,"
                                + " MaxAttempts: 4, MaxDelaySeconds: 10}]",
                        "E");
        lab.run("{}");

        assertThat(lab.time.pauses()).containsExactly(seconds(2, 6, 10, 10));
    }

    @Test
    void retrier_shouldDrawBelowTheDelay_whenFullJitter() {
        var lab =
                lab(
                        "Retry: [{ErrorEquals: [E], IntervalSeconds: 8, BackoffRate: 1,"
                                + " MaxAttempts: 20, JitterStrategy: FULL}]",
                        "E");
        lab.run("{}");

        assertThat(lab.time.pauses())
                .hasSize(20)
                .allMatch(pause -> pause.compareTo(Duration.ofSeconds(8)) <= 0);
        assertThat(lab.time.pauses())
                .anyMatch(pause -> pause.toMillis() < 2000)
                .anyMatch(pause -> pause.toMillis() > 6000);
        assertThat(lab.time.pauses()).doesNotHaveDuplicates();
    }

    @Test
    void retrier_shouldNotBeUsed_whenMaxAttemptsIsZero() {
        var lab = lab("Retry: [{ErrorEquals: [E], MaxAttempts: 0}]", "E");
        lab.run("{}");

        assertThat(lab.calls).hasSize(1);
    }

    @Test
    void counters_shouldStartAnew_whenTheStateIsEnteredAgain() {
        var lab =
                Lab.of(
                                """
                                Try:
                                  Type: Task
                                  Resource: arn:aws:states:::lambda:invoke
                                  Arguments: {FunctionName: f, Payload: {round: '{% $states.input %}'}}
                                  Retry: [{ErrorEquals: [E], MaxAttempts: 1}]
                                  Catch: [{ErrorEquals: [E], Output: '{% $states.input + 1 %}', Next: More}]
                                  End: true
                                More: {Type: Choice, Choices: [{Condition: '{% $states.input < 3 %}', Next: Try}], Default: Stop}
                                Stop: {Type: Succeed}
                                """)
                        .function(
                                "f",
                                (_, _) -> {
                                    throw new TaskFailure("E", "why");
                                });
        lab.run("1");

        assertThat(lab.calls)
                .extracting(call -> call.get("round").asInt())
                .containsExactly(1, 1, 2, 2);
    }

    @ParameterizedTest
    @CsvSource({
        "E, E, true",
        "E, e, false",
        "shop.E, E, false",
        "E, States.ALL, true",
        "E, States.TaskFailed, true",
        "Lambda.Unknown, States.TaskFailed, true",
        "States.Timeout, States.TaskFailed, false",
        "States.Timeout, States.ALL, true",
        "States.DataLimitExceeded, States.ALL, false",
        "States.DataLimitExceeded, States.DataLimitExceeded, true",
        "States.Runtime, States.ALL, false",
        "States.Runtime, States.Runtime, false",
        "States.QueryEvaluationError, States.ALL, true",
    })
    void catcher_shouldMatchByName(String error, String name, boolean caught) {
        var run =
                lab("Catch: [{ErrorEquals: [%s], Next: Caught}]".formatted(name), error).run("{}");

        assertThat(run.status()).isEqualTo(caught ? "SUCCEEDED" : "FAILED");
    }

    @Test
    void catcher_shouldWin_whenTheStateEnds() {
        var run = lab("Catch: [{ErrorEquals: [E], Next: Caught}]", "E").run("{}");

        assertThat(run.output()).hasToString("{\"Error\":\"E\",\"Cause\":\"why\"}");
        assertThat(run.chain())
                .contains("TaskFailed=5(4)", "TaskStateExited=6(5)", "PassStateEntered=7(6)");
    }

    @Test
    void queryFailure_shouldBeCaught_whenInArguments() {
        var run =
                Lab.of(
                                """
                                Try:
                                  Type: Task
                                  Resource: arn:aws:states:::lambda:invoke
                                  Arguments: {FunctionName: '{% $states.input.nope %}', Payload: {}}
                                  Catch: [{ErrorEquals: [States.QueryEvaluationError], Next: Caught}]
                                  End: true
                                Caught: {Type: Pass, Output: '{% $states.input.Error %}', End: true}
                                """)
                        .run("{}");

        assertThat(run.output()).hasToString("\"States.QueryEvaluationError\"");
        var details = run.events("EvaluationFailed").getFirst().get("evaluationFailedEventDetails");
        assertThat(details.get("location").asText()).isEqualTo("Arguments/FunctionName");
        assertThat(details.get("state").asText()).isEqualTo("Try");
    }

    @Test
    void queryFailure_shouldNotBeCaughtAgain_whenInACatcher() {
        var run =
                lab(
                                "Catch: [{ErrorEquals: [E], Output: '{% $nope %}', Next: Caught},"
                                        + " {ErrorEquals: [States.ALL], Next: Caught}]",
                                "E")
                        .run("{}");

        assertThat(run.error()).isEqualTo("States.QueryEvaluationError");
        assertThat(run.cause()).contains("'Catch[0]/Output'");
    }

    @Test
    void result_shouldBeTooLarge_whenOverTheLimit() {
        var run =
                Lab.of(
                                TASK.replace(
                                        "HANDLERS",
                                        "Catch: [{ErrorEquals: [States.DataLimitExceeded], Next:"
                                                + " Caught}]"))
                        .function("f", (_, _) -> Details.none().put("text", "x".repeat(Json.LIMIT)))
                        .run("{}");

        assertThat(run.output().get("Cause").asText())
                .isEqualTo(
                        "The state/task 'Try' returned a result with a size exceeding the maximum"
                                + " number of bytes service limit.");
    }
}
