package shop.unwind.local.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.local.AwsError;

/** What a definition is refused for, by name and place. */
class DefinitionTest {
    private static StateMachine read(JsonNode definition) {
        return StateMachine.read("test", Lab.MACHINE, definition);
    }

    private static void assertRefused(JsonNode definition, String... words) {
        assertThatThrownBy(() -> read(definition))
                .isInstanceOfSatisfying(
                        AwsError.class,
                        error -> assertThat(error.type()).isEqualTo("InvalidDefinition"))
                .hasMessageContainingAll(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | [States, StartAt]",
                "{QueryLanguage: JSONata, States: {A: {Type: Succeed}}} | [StartAt]",
                "{StartAt: A, States: {A: {Type: Succeed}}} | QueryLanguage 'JSONPath' is not"
                        + " supported here",
                "{QueryLanguage: JSONata, Version: '2.0', StartAt: A, States: {A: {Type: Succeed}}}"
                        + " | /Version",
                "{QueryLanguage: JSONata, Timeout: 1, StartAt: A, States: {A: {Type: Succeed}}} |"
                        + " Field 'Timeout'",
                "{QueryLanguage: JSONata, TimeoutSeconds: '{% 1 %}', StartAt: A, States: {A: {Type:"
                        + " Succeed}}} | /TimeoutSeconds",
                "{QueryLanguage: JSONata, StartAt: B, States: {A: {Type: Succeed}}} | State 'B'"
                        + " does not exist at /StartAt",
                "{QueryLanguage: JSONata, StartAt: A, States: {}} | /States",
            })
    void machine_shouldBeRefused_when(String definition, String words) {
        assertRefused(Lab.json(definition), words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "A: {Type: Task2} | Unknown state type 'Task2' at /States/A/Type",
                "A: {Type: Pass, TimeoutSeconds: 5, End: true} | Field 'TimeoutSeconds' is not"
                        + " supported at /States/A",
                "A: {Type: Pass, Retry: [], End: true} | Field 'Retry'",
                "A: {Type: Pass, Result: 1, End: true} | field 'Result' is only supported for the"
                        + " 'JSONPath'",
                "A: {Type: Pass, InputPath: $, End: true} | field 'InputPath' is only supported for"
                        + " the 'JSONPath'",
                "A: {Type: Pass, QueryLanguage: JSONPath, End: true} | QueryLanguage 'JSONPath'",
                "A: {Type: Pass} | [Next, End]",
                "A: {Type: Pass, Next: A, End: true} | [Next, End]",
                "A: {Type: Pass, Next: A} | No terminal state",
                "A: {Type: Pass, Next: B} | State 'B' does not exist",
                "{A: {Type: Succeed}, B: {Type: Succeed}} | State 'B' is not reachable",
                "A: {Type: Succeed, Assign: {x: 1}} | Field 'Assign'",
                "A: {Type: Fail, Error: States.TaskFailed} | must not begin with 'States.'",
                "A: {Type: Fail, ErrorPath: $.e} | ErrorPath",
                "A: {Type: Choice, Choices: [], Default: B} | /States/A/Choices",
                "{A: {Type: Choice, Choices: [{Condition: 1, Next: B}]}, B: {Type: Succeed}} |"
                        + " Choices[0]/Condition",
                "{A: {Type: Choice, Choices: [{Variable: $.x, Next: B}]}, B: {Type: Succeed}} |"
                        + " Condition",
                "A: {Type: Wait, End: true} | [Seconds, Timestamp]",
                "A: {Type: Wait, Seconds: 1, Timestamp: '2026-01-01T00:00:00Z', End: true} |"
                        + " [Seconds, Timestamp]",
                "A: {Type: Wait, Seconds: -1, End: true} | Minimum value is 0",
                "A: {Type: Wait, Seconds: 1.5, End: true} | Expected an integer",
                "A: {Type: Wait, Timestamp: tomorrow, End: true} | RFC 3339",
                "A: {Type: Parallel, Branches: [], End: true} | /States/A/Branches",
                "A: {Type: Pass, Assign: {states: 1}, End: true} | 'states' is reserved",
                "A: {Type: Pass, Assign: {a.b: 1}, End: true} | 'a.b' is not legal",
            })
    void state_shouldBeRefused_when(String states, String words) {
        assertRefused(Lab.definition(states), words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Resource: arn:aws:states:::aws-sdk:s3:getObject | is not supported here at"
                        + " /States/A/Resource",
                "Resource: arn:aws:states:eu-west-1:000000000000:activity:x | is not supported"
                        + " here",
                "Resource: arn:aws:states:::lambda:invoke | [Arguments]",
                "{Resource: arn:aws:states:::lambda:invoke, Arguments: {FunctionName: f}} |"
                        + " [Payload]",
                "{Resource: arn:aws:states:::lambda:invoke, Arguments: {FunctionName: f, Payload:"
                        + " 1, LogType: Tail}} | LogType",
                "{Resource: arn:aws:states:::sqs:sendMessage, Arguments: {MessageBody: 1}} |"
                        + " [QueueUrl]",
                "{TimeoutSeconds: 0} | Minimum value is 1",
                "{HeartbeatSeconds: 100000000} | Maximum value is 99999999",
                "{Credentials: {RoleArn: x}} | Field 'Credentials'",
                "{Retry: [{ErrorEquals: []}]} | /Retry[0]/ErrorEquals",
                "{Retry: [{ErrorEquals: [A, States.ALL]}]} | States.ALL must stand alone",
                "{Retry: [{ErrorEquals: [States.ALL]}, {ErrorEquals: [A]}]} | States.ALL must come"
                        + " last",
                "{Retry: [{ErrorEquals: [States.BranchFailed]}]} | 'States.BranchFailed' is not"
                        + " supported here",
                "{Retry: [{ErrorEquals: [A], IntervalSeconds: 0}]} | Minimum value is 1",
                "{Retry: [{ErrorEquals: [A], IntervalSeconds: 5, MaxDelaySeconds: 5}]} | Minimum"
                        + " value is 6",
                "{Retry: [{ErrorEquals: [A], BackoffRate: 0.5}]} | BackoffRate",
                "{Retry: [{ErrorEquals: [A], JitterStrategy: HALF}]} | JitterStrategy",
                "{Retry: [{ErrorEquals: [A], Interval: 5}]} | Field 'Interval' is not supported at"
                        + " /States/A/Retry[0]",
                "{Catch: [{ErrorEquals: [A]}]} | [Next]",
                "{Catch: [{ErrorEquals: [A], Next: Z}]} | State 'Z' does not exist",
                "{Catch: [{ErrorEquals: [A], ResultPath: $, Next: A}]} | ResultPath",
            })
    void task_shouldBeRefused_when(String fields, String words) {
        var task =
                Details.none()
                        .put("Type", "Task")
                        .put("Resource", "arn:aws:states:::lambda:invoke")
                        .put("End", true);
        task.putObject("Arguments").put("FunctionName", "f").put("Payload", 1);
        var changed = Lab.json(fields);
        if (changed.has("Resource")) task.remove("Arguments");
        changed.properties().forEach(field -> task.set(field.getKey(), field.getValue()));

        assertRefused(Lab.definition("A: " + task), words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "MaxConcurrency: -1 | Minimum value is 0",
                "ToleratedFailureCount: 1 | Field 'ToleratedFailureCount'",
                "ItemReader: {} | Field 'ItemReader'",
                "Iterator: {} | Field 'Iterator'",
                "Items: text | /States/A/Items",
                "ItemProcessor: {ProcessorConfig: {Mode: DISTRIBUTED}, StartAt: B, States: {B:"
                        + " {Type: Succeed}}} | Mode 'DISTRIBUTED'",
                "ItemProcessor: {QueryLanguage: JSONata, StartAt: B, States: {B: {Type: Succeed}}}"
                        + " | Field 'QueryLanguage'",
                "ItemProcessor: {StartAt: A, States: {A: {Type: Succeed}}} | State name 'A' is used"
                        + " twice",
                "ItemProcessor: {StartAt: B, States: {B: {Type: Pass, Assign: {outer: 1}, End:"
                        + " true}}} | Variable 'outer' exists in an outer scope at"
                        + " /States/A/States/B/Assign",
            })
    void map_shouldBeRefused_when(String field, String words) {
        var map =
                (ObjectNode)
                        Lab.json(
                                "{Type: Map, Assign: {outer: 1}, ItemProcessor: {StartAt: P,"
                                        + " States: {P: {Type: Succeed}}}, End: true}");
        Lab.json("{" + field + "}")
                .properties()
                .forEach(entry -> map.set(entry.getKey(), entry.getValue()));

        assertRefused(Lab.definition("A: " + map), words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1 + | INVALID_JSONATA_EXPRESSION",
                "$x ?? 1 | S0211",
                "$x ?: 1 | S0211",
                "phone | UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'phone' at the top level is"
                        + " not supported. at /States/A/Output/v",
                "$ | Reference to '$' at the top level",
                "$$.a | Reference to '$$'",
                "*.a | at the top level",
                "$sum(prices) | Reference to 'prices'",
                "$map([1], function($i){ $i + price }) | Reference to 'price'",
                "$states.errorOutput.Error | $states.errorOutput is only available",
            })
    void expression_shouldBeRefused_when(String expression, String words) {
        var state = Details.none().put("Type", "Pass").put("End", true);
        state.putObject("Output").put("v", "{% " + expression + " %}");

        assertRefused(Lab.definition("A: " + state), words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$states.input.a.b[c > 1 and $.d]",
                "$states.input.items.(price * $)",
                "$states.input.items^(>price){sku: $sum(n)}",
                "$states.input ~> | items | {'n': n + 1}, 'old' |",
                "'what??' & \"so?:\" & $replace('a', /(?:x)??/, '')",
                "$map($states.input.xs, function($x, $i){ $x.price })",
            })
    void expression_shouldBeTaken_when(String expression) {
        var state =
                Details.none()
                        .put("Type", "Pass")
                        .put("Output", "{% " + expression + " %}")
                        .put("End", true);

        assertThat(read(Lab.definition("A: " + state)).name()).isEqualTo("test");
    }

    @Test
    void catcher_shouldReadErrorOutput_whenItsFields() {
        var states =
                """
                A:
                  Type: Task
                  Resource: arn:aws:states:::lambda:invoke
                  Arguments: {FunctionName: f, Payload: 1}
                  Catch: [{ErrorEquals: [X], Assign: {e: '{% $states.errorOutput %}'}, Next: B}]
                  End: true
                B: {Type: Succeed}
                """;

        assertThat(read(Lab.definition(states)).arn()).isEqualTo(Lab.MACHINE);
    }
}
