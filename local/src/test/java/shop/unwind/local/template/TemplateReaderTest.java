package shop.unwind.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;

final class TemplateReaderTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void function_shouldMergeGlobals_whenItHasItsOwnValues() throws Exception {
        var template =
                read(
                        """
                        Globals:
                          Function:
                            Timeout: 30
                            MemorySize: 1024
                            Environment: { Variables: { A: global, B: global } }
                        Resources:
                          Intake:
                            Type: AWS::Serverless::Function
                            Properties:
                              CodeUri: intake.zip
                              Handler: a.B::handleRequest
                              Timeout: 5
                              Environment: { Variables: { B: own, C: !Ref AWS::Region } }
                        """);

        var function = template.functions().getFirst();
        assertThat(function.name()).isEqualTo("unwind-Intake");
        assertThat(function.code()).isEqualTo(folder.resolve("intake.zip"));
        assertThat(function.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(function.memoryMegabytes()).isEqualTo(1024);
        assertThat(function.environment())
                .isEqualTo(Map.of("A", "global", "B", "own", "C", "us-east-1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    !Ref Fn                                        | my-fn
                    !Ref Fn.Alias                                  | arn:aws:lambda:us-east-1:000000000000:function:my-fn:live
                    !GetAtt Fn.Arn                                 | arn:aws:lambda:us-east-1:000000000000:function:my-fn
                    !Ref Q                                         | http://localhost:4000/000000000000/unwind-Q
                    !GetAtt Q.Arn                                  | arn:aws:sqs:us-east-1:000000000000:unwind-Q
                    !GetAtt [Q, QueueName]                         | unwind-Q
                    !Ref Machine                                   | arn:aws:states:us-east-1:000000000000:stateMachine:unwind-case
                    !Sub '${Api.ApiEndpoint}/x'                    | http://localhost:4000/x
                    !Sub ['${One}-${AWS::StackName}', {One: 1}]    | 1-unwind
                    !Sub '${!Literal}'                             | ${Literal}
                    !Join ['-', [a, !Ref Stage]]                   | a-test
                    !If [IsTest, yes it is, no]                    | yes it is
                    !If [IsLive, live, !Ref Stage]                 | test
                    !Select [1, !Split [',', 'a,b']]               | b
                    !FindInMap [Sizes, !Ref Stage, size]           | 7
                    Fn::Sub: 'x-${Stage}'                          | x-test
                    !Base64 hi                                     | aGk=
                    """)
    void value_shouldBeResolved_whenWrittenAsFunction(String expression, String value)
            throws Exception {
        var template =
                read(
                        """
                        Parameters: { Stage: { Type: String, Default: dev } }
                        Mappings: { Sizes: { test: { size: 7 } } }
                        Conditions:
                          IsTest: !Equals [ !Ref Stage, test ]
                          IsLive: !And [ !Not [ !Condition IsTest ], !Or [ !Condition IsTest, !Equals [ a, a ] ] ]
                        Resources:
                          Api: { Type: AWS::Serverless::HttpApi }
                          Q: { Type: AWS::SQS::Queue }
                          Machine: { Type: AWS::Serverless::StateMachine, Properties: { Name: !Sub '${AWS::StackName}-case', Definition: {} } }
                          Fn:
                            Type: AWS::Serverless::Function
                            Properties:
                              FunctionName: my-fn
                              CodeUri: f.zip
                              Handler: a.B
                              Environment:
                                Variables:
                                  VALUE:
                                    %s
                        """
                                .formatted(expression),
                        Map.of("Stage", "test"));

        assertThat(template.functions().getFirst().environment()).containsEntry("VALUE", value);
    }

    @Test
    void resource_shouldBeLeftOut_whenItsConditionDoesNotHold() throws Exception {
        var template =
                read(
                        """
                        Conditions: { Never: !Equals [ a, b ] }
                        Resources:
                          Here: { Type: AWS::SQS::Queue, Properties: { KmsMasterKeyId: !If [ Never, k, !Ref AWS::NoValue ] } }
                          Gone: { Type: AWS::SQS::Queue, Condition: Never }
                        """);

        assertThat(template.queues())
                .extracting(Template.Queue::name)
                .containsExactly("unwind-Here");
    }

    @Test
    void events_shouldBecomeRulesAndSchedules_whenWrittenAtFunction() throws Exception {
        var template =
                read(
                        function(
                                """
                                Dispute: { Type: EventBridgeRule, Properties: { EventBusName: b, State: DISABLED, Pattern: { source: [ x ] } } }
                                Poll: { Type: ScheduleV2, Properties: { ScheduleExpression: rate(5 minutes), ScheduleExpressionTimezone: Europe/Berlin } }
                                Any: { Type: HttpApi, Properties: { Path: '/{proxy+}', Method: any } }
                                """));

        var alias = "arn:aws:lambda:us-east-1:000000000000:function:unwind-Fn:live";
        assertThat(template.rules())
                .singleElement()
                .satisfies(
                        rule -> {
                            assertThat(rule.bus()).isEqualTo("b");
                            assertThat(rule.pattern()).isEqualTo("{\"source\":[\"x\"]}");
                            assertThat(rule.enabled()).isFalse();
                            assertThat(rule.targets()).containsExactly(alias);
                        });
        assertThat(template.schedules())
                .singleElement()
                .satisfies(
                        schedule -> {
                            assertThat(schedule.name()).isEqualTo("FnPoll");
                            assertThat(schedule.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
                        });
        assertThat(template.routes().getFirst().key()).isEqualTo("ANY /{proxy+}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Topic: { Type: AWS::ECS::Cluster }                                  | Topic: the type AWS::ECS::Cluster is not played
                    Q: { Type: AWS::SQS::Queue, Properties: { QueueName: !Ref Nope } }  | Nope: the template has nothing of that name
                    Q: { Type: AWS::SQS::Queue, Properties: { FifoQueue: true } }       | FifoQueue: queues that keep order
                    Q: { Type: AWS::SQS::Queue, Properties: { QueueName: !Cidr [] } }   | the function Fn::Cidr is not played
                    Q: { Type: AWS::SQS::Queue, Properties: { QueueName: !Ref Q } }     | refers to itself
                    """)
    void template_shouldBeRefusedByName_whenItCannotBePlayed(String resource, String message) {
        assertThatThrownBy(() -> read("Resources:\n  " + resource)).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    E: { Type: S3, Properties: {} }                                        | the event type S3 is not played
                    E: { Type: HttpApi, Properties: { Path: /x, Auth: { Authorizer: a } } } | Auth: this property is not played
                    E: { Type: SQS, Properties: { Queue: q, BatchSize: many } }            | BatchSize: expected a whole number
                    E: { Type: SQS, Properties: { BatchSize: 1 } }                         | Queue: expected a text
                    """)
    void event_shouldBeRefusedByName_whenItCannotBePlayed(String event, String message) {
        assertThatThrownBy(() -> read(function(event)))
                .hasMessageContaining("Fn, E")
                .hasMessageContaining(message);
    }

    @Test
    void parameter_shouldBeNamed_whenItHasNoValue() {
        var text = "Parameters: { Stage: { Type: String } }\nResources: {}";

        assertThatThrownBy(() -> read(text)).hasMessageContaining("parameter Stage");
        assertThatThrownBy(() -> read(text, Map.of("Stage", "a", "Other", "b")))
                .hasMessageContaining("parameter Other");
    }

    @Test
    void line_shouldBeNamed_whenKeyIsThereTwice() {
        assertThatThrownBy(() -> read("Resources:\n  A: {}\n  A: {}"))
                .hasMessage("template.yaml, line 3: the key A is there twice");
    }

    private static String function(String events) {
        return """
        Resources:
          Fn:
            Type: AWS::Serverless::Function
            Properties:
              CodeUri: f.zip
              Handler: a.B
              Events:
        """
                + events.indent(8);
    }

    private Template read(String text) throws IOException {
        return read(text, Map.of());
    }

    private Template read(String text, Map<String, String> parameters) throws IOException {
        var file = Files.writeString(folder.resolve("template.yaml"), text);
        return TemplateReader.read(file, new Deployment("unwind", 4000, parameters));
    }
}
