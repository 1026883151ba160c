package shop.unwind.local.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.local.AwsError;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** The API as the AWS CLI sees it. */
class StepFunctionsTest {
    private static final String ASK =
            """
            Ask:
              Type: Task
              Resource: arn:aws:states:::lambda:invoke.waitForTaskToken
              Arguments: {FunctionName: ask, Payload: {token: '{% $states.context.Task.Token %}'}}
              End: true
            """;
    private static final String SAME = "Same: {Type: Pass, End: true}";

    private static JsonNode call(Lab lab, String operation, String request) {
        return lab.service.call(operation, Lab.json(request));
    }

    private static void assertError(Lab lab, String operation, String request, String type) {
        assertThatThrownBy(() -> call(lab, operation, request))
                .isInstanceOfSatisfying(
                        AwsError.class, error -> assertThat(error.type()).isEqualTo(type));
    }

    private static String start(String name, String input) {
        return "{stateMachineArn: '%s', name: '%s', input: '%s'}"
                .formatted(Lab.MACHINE, name, input);
    }

    @Test
    void vector40_shouldJoin_whenStartedAgainWhileRunning() {
        var lab = Lab.of(ASK);
        var first = call(lab, "StartExecution", start("case-1", "{\"a\":1}"));
        lab.time.advance(Duration.ofSeconds(9));

        assertThat(call(lab, "StartExecution", start("case-1", "{\"a\":1}"))).isEqualTo(first);
        assertThat(first.toString())
                .isEqualTo(
                        "{\"executionArn\":\"arn:aws:states:eu-west-1:000000000000:execution:test:case-1\",\"startDate\":1772359200.000}");
    }

    @Test
    void vector40_shouldBeRefused_whenInputDiffersOrItHasEnded() {
        var lab = Lab.of(ASK);
        call(lab, "StartExecution", start("case-1", "{\"a\":1}"));
        assertError(lab, "StartExecution", start("case-1", "{\"a\":2}"), "ExecutionAlreadyExists");

        var ended = Lab.of(SAME);
        ended.run("{}");
        assertError(ended, "StartExecution", start("run-1", "{}"), "ExecutionAlreadyExists");
    }

    @Test
    void name_shouldBeFreeAgain_whenNinetyDaysHavePassed() {
        var lab = Lab.of(SAME);
        lab.run("1");
        lab.time.advance(Duration.ofDays(90));

        assertThat(lab.run("2").output()).hasToString("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "shopify:1001", "a/b", "a*", "a#b", "a|b", "", "a`b"})
    void name_shouldBeRefused_whenIllegal(String name) {
        assertError(Lab.of(SAME), "StartExecution", start(name, "{}"), "InvalidName");
    }

    @Test
    void name_shouldBeRefused_whenLongerThanEighty() {
        assertError(Lab.of(SAME), "StartExecution", start("x".repeat(81), "{}"), "InvalidName");
    }

    @Test
    void start_shouldDefaultNameAndInput_whenAbsent() {
        var lab = Lab.of(SAME);
        var arn =
                call(lab, "StartExecution", "{stateMachineArn: '" + Lab.MACHINE + "'}")
                        .get("executionArn")
                        .asText();
        var run = lab.new Run(arn);
        Lab.await(() -> run.status().equals("SUCCEEDED"));

        assertThat(arn).matches(".*:execution:test:[0-9a-f-]{36}");
        assertThat(run.output()).hasToString("{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "StartExecution | {stateMachineArn: 'MACHINE', input: ''} | InvalidExecutionInput",
                "StartExecution | {stateMachineArn: 'MACHINE', input: '{'} | InvalidExecutionInput",
                "StartExecution | {stateMachineArn: 'MACHINE2'} | StateMachineDoesNotExist",
                "StartExecution | {stateMachineArn: test} | InvalidArn",
                "StartExecution | {} | ValidationException",
                "DescribeExecution | {executionArn:"
                    + " 'arn:aws:states:eu-west-1:0:execution:test:none'} | ExecutionDoesNotExist",
                "DescribeExecution | {executionArn: none} | InvalidArn",
                "GetExecutionHistory | {executionArn:"
                    + " 'arn:aws:states:eu-west-1:0:execution:test:none'} | ExecutionDoesNotExist",
                "ListExecutions | {stateMachineArn: 'MACHINE', statusFilter: running} |"
                        + " ValidationException",
                "ListExecutions | {stateMachineArn: 'MACHINE', maxResults: 1001} |"
                        + " ValidationException",
                "ListExecutions | {stateMachineArn: 'MACHINE', nextToken: '?'} | InvalidToken",
                "SendTaskSuccess | {taskToken: short, output: '1'} | InvalidToken",
                "SendTaskSuccess | {taskToken:"
                    + " AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, output:"
                    + " '1'} | TaskDoesNotExist",
                "SendTaskSuccess | {taskToken: x, output: '{'} | InvalidOutput",
                "SendTaskHeartbeat | {} | InvalidToken",
                "DescribeStateMachine | {stateMachineArn: 'MACHINE2'} | StateMachineDoesNotExist",
                "StopExecution | {executionArn: 'arn:aws:states:eu-west-1:0:execution:test:none'} |"
                        + " ExecutionDoesNotExist",
                "CreateActivity | {} | UnknownOperationException",
            })
    void operation_shouldBeRefusedByName(String operation, String request, String error) {
        assertError(Lab.of(SAME), operation, request.replace("MACHINE", Lab.MACHINE), error);
    }

    @Test
    void describe_shouldShowOutput_whenSucceeded() {
        var lab = Lab.of(SAME);
        var run = lab.run("{a: 1}");

        assertThat(call(lab, "DescribeExecution", "{executionArn: '" + run.arn + "'}").toString())
                .isEqualTo(
                        "{\"executionArn\":\""
                                + run.arn
                                + "\",\"stateMachineArn\":\""
                                + Lab.MACHINE
                                + "\",\"name\":\"run-1\","
                                + "\"status\":\"SUCCEEDED\",\"startDate\":1772359200.000,\"redriveCount\":0,\"stopDate\":1772359200.000,"
                                + "\"input\":\"{\\\"a\\\":1}\",\"inputDetails\":{\"included\":true},"
                                + "\"output\":\"{\\\"a\\\":1}\",\"outputDetails\":{\"included\":true},"
                                + "\"redriveStatus\":\"NOT_REDRIVABLE\",\"redriveStatusReason\":\"Execution"
                                + " is SUCCEEDED and cannot be redriven\"}");
    }

    @Test
    void stop_shouldAbortWithoutCatch_whenRunning() {
        var lab = Lab.of(ASK);
        var run = lab.start("{}");
        var token = run.token();
        var stopped =
                call(
                        lab,
                        "StopExecution",
                        "{executionArn: '%s', error: Enough, cause: asked}".formatted(run.arn));

        assertThat(stopped.get("stopDate").isNumber()).isTrue();
        assertThat(run.status()).isEqualTo("ABORTED");
        assertThat(run.error()).isEqualTo("Enough");
        assertThat(run.chain().getLast()).isEqualTo("ExecutionAborted=6(0)");
        assertError(
                lab,
                "SendTaskSuccess",
                "{taskToken: '" + token + "', output: '1'}",
                "TaskTimedOut");
    }

    @Test
    void executions_shouldComeNewestFirstInPages_whenListed() {
        var lab = Lab.of(SAME);
        var names = IntStream.range(0, 5).mapToObj(number -> "case-" + number).toList();
        names.forEach(name -> lab.start(name, "{}"));
        names.forEach(
                name ->
                        Lab.await(
                                () ->
                                        lab
                                                .new Run(
                                                        Lab.MACHINE.replace(
                                                                        "stateMachine", "execution")
                                                                + ":"
                                                                + name)
                                                .status()
                                                .equals("SUCCEEDED")));
        var first =
                call(
                        lab,
                        "ListExecutions",
                        "{stateMachineArn: '%s', maxResults: 3}".formatted(Lab.MACHINE));
        lab.start("case-9", "{}");
        var second =
                call(
                        lab,
                        "ListExecutions",
                        "{stateMachineArn: '%s', nextToken: %s}"
                                .formatted(Lab.MACHINE, first.get("nextToken").asText()));

        assertThat(names(first)).containsExactly("case-4", "case-3", "case-2");
        assertThat(names(second)).containsExactly("case-1", "case-0");
        assertThat(second.has("nextToken")).isFalse();
        assertThat(
                        names(
                                call(
                                        lab,
                                        "ListExecutions",
                                        "{stateMachineArn: '%s', statusFilter: FAILED}"
                                                .formatted(Lab.MACHINE))))
                .isEmpty();
    }

    private static List<String> names(JsonNode page) {
        return Lab.elements(page.get("executions")).stream()
                .map(execution -> execution.get("name").asText())
                .toList();
    }

    @Test
    void history_shouldTurnAndPage_whenAsked() {
        var lab = Lab.of(SAME);
        var run = lab.run("{}");
        var first =
                call(
                        lab,
                        "GetExecutionHistory",
                        "{executionArn: '%s', maxResults: 3, reverseOrder: true}"
                                .formatted(run.arn));
        var rest =
                call(
                        lab,
                        "GetExecutionHistory",
                        "{executionArn: '%s', reverseOrder: true, nextToken: %s}"
                                .formatted(run.arn, first.get("nextToken").asText()));

        assertThat(Lab.elements(first.get("events")))
                .extracting(event -> event.get("id").asInt())
                .containsExactly(4, 3, 2);
        assertThat(rest.get("events").toString())
                .isEqualTo(
                        "[{\"timestamp\":1772359200.000,\"type\":\"ExecutionStarted\",\"id\":1,\"previousEventId\":0,"
                            + "\"executionStartedEventDetails\":{\"input\":\"{}\",\"inputDetails\":{\"truncated\":false},"
                            + "\"roleArn\":\"arn:aws:iam::000000000000:role/test\"}}]");
    }

    @Test
    void history_shouldKeepPayloadsBack_whenNotAskedFor() {
        var lab = Lab.of(SAME);
        var request =
                "{executionArn: '%s', includeExecutionData: false}".formatted(lab.run("{}").arn);

        assertThat(
                        call(lab, "GetExecutionHistory", request)
                                .at("/events/0/executionStartedEventDetails")
                                .has("input"))
                .isFalse();
    }

    @Test
    void exit_shouldShowAssignedVariables_whenAssigned() {
        var run = Lab.of("Set: {Type: Pass, Assign: {x: {a: 1}}, End: true}").run("{}");

        assertThat(
                        run.events("PassStateExited")
                                .getFirst()
                                .get("stateExitedEventDetails")
                                .toString())
                .isEqualTo(
                        "{\"name\":\"Set\",\"output\":\"{}\",\"outputDetails\":{\"truncated\":false},"
                            + "\"assignedVariables\":{\"x\":\"{\\\"a\\\":1}\"},\"assignedVariablesDetails\":{\"truncated\":false}}");
    }

    @Test
    void machine_shouldBeShown_whenDescribedOrListed() {
        var lab = Lab.of(SAME);
        var described =
                call(lab, "DescribeStateMachine", "{stateMachineArn: '%s'}".formatted(Lab.MACHINE));

        assertThat(described.get("status").asText()).isEqualTo("ACTIVE");
        assertThat(Lab.json(described.get("definition").asText()).at("/States/Same/Type").asText())
                .isEqualTo("Pass");
        assertThat(
                        call(lab, "ListStateMachines", "{}")
                                .at("/stateMachines/0/stateMachineArn")
                                .asText())
                .isEqualTo(Lab.MACHINE);
    }

    @Test
    void redrive_shouldGoOnWithWhatFailed_whenAMapHadFinishedTheRest() {
        var lab =
                Lab.of(
                                """
                                Each:
                                  Type: Map
                                  MaxConcurrency: 1
                                  Items: [1, 2]
                                  ItemProcessor:
                                    StartAt: Work
                                    States:
                                      Work:
                                        Type: Task
                                        Resource: arn:aws:states:::lambda:invoke
                                        Arguments: {FunctionName: work, Payload: '{% $states.input %}'}
                                        Output: '{% $states.result.Payload %}'
                                        End: true
                                  End: true
                                """)
                        .function(
                                "work",
                                (_, payload) -> {
                                    if (payload.asInt() == 2)
                                        throw new TaskFailure("Down", "today");
                                    return payload;
                                });
        var run = lab.run("{}");
        assertThat(run.error()).isEqualTo("Down");
        var request = "{executionArn: '%s'}".formatted(run.arn);

        lab.function("work", (_, payload) -> payload);
        assertThat(call(lab, "RedriveExecution", request).get("redriveDate").isNumber()).isTrue();
        Lab.await(() -> run.status().equals("SUCCEEDED"));

        assertThat(run.output()).hasToString("[1,2]");
        assertThat(lab.calls).extracting(JsonNode::asInt).containsExactly(1, 2, 2);
        assertThat(call(lab, "DescribeExecution", request).get("redriveCount").asInt())
                .isEqualTo(1);
        assertError(lab, "RedriveExecution", request, "ExecutionNotRedrivable");
    }
}
