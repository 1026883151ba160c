package shop.unwind.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;

/** What wakes people: nothing on this machine plays it, so the template itself is looked at. */
final class AlarmsTest {
    private static final JsonNode RESOURCES =
            YamlTree.read(Path.of("../template.yaml")).path("Resources");

    @Test
    @DisplayName("C47: a request that has waited five minutes without a case raises an alarm")
    void alarm_shouldBeRaised_whenARequestHasNoCaseForFiveMinutes() {
        var alarm = RESOURCES.path("RequestsWaiting").path("Properties");

        assertThat(alarm.path("Namespace").asText()).isEqualTo("AWS/SQS");
        assertThat(alarm.path("MetricName").asText()).isEqualTo("ApproximateAgeOfOldestMessage");
        assertThat(alarm.at("/Dimensions/0/Value/Fn::GetAtt").asText())
                .isEqualTo("Requests.QueueName");
        assertThat(alarm.path("Statistic").asText()).isEqualTo("Maximum");
        assertThat(alarm.path("ComparisonOperator").asText()).isEqualTo("GreaterThanThreshold");
        assertThat(alarm.path("Threshold").asInt()).isEqualTo(300);
        assertThat(alarm.path("EvaluationPeriods").asInt()).isEqualTo(1);
    }

    @Test
    @DisplayName("C47: so does a case that ended red, and one that did not end")
    void alarm_shouldBeRaised_whenACaseDidNotEndWell() {
        for (var alarm : new String[] {"CasesNeedAttention", "CasesTimedOut"}) {
            var dimension = RESOURCES.at("/" + alarm + "/Properties/Dimensions/0");
            assertThat(dimension.path("Name").asText()).isEqualTo("StateMachineArn");
            assertThat(dimension.at("/Value/Ref").asText()).isEqualTo("Workflow");
        }
        assertThat(metric("CasesNeedAttention")).isEqualTo("ExecutionsFailed");
        assertThat(metric("CasesTimedOut")).isEqualTo("ExecutionsTimedOut");
    }

    @Test
    void alarm_shouldReachPeople_whicheverItIs() {
        var alarms =
                RESOURCES
                        .valueStream()
                        .filter(one -> one.path("Type").asText().equals("AWS::CloudWatch::Alarm"))
                        .toList();

        assertThat(alarms).hasSizeGreaterThan(5);
        assertThat(alarms)
                .allSatisfy(
                        alarm ->
                                assertThat(alarm.at("/Properties/AlarmActions").toString())
                                        .contains("{\"Ref\":\"AlarmTopic\"}"));
    }

    private static String metric(String alarm) {
        return RESOURCES.at("/" + alarm + "/Properties/MetricName").asText();
    }
}
