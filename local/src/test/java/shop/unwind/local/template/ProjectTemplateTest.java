package shop.unwind.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the project's own template promises that no run on this machine would show. */
final class ProjectTemplateTest {
    private static final Path FILE = Path.of("../template.yaml");
    private static final JsonNode TEMPLATE = YamlTree.read(FILE);
    private static final String FUNCTION = "AWS::Serverless::Function";

    /** What a transaction takes beyond reading and putting. */
    private static final List<String> CHANGING =
            List.of("BatchGetItem", "ConditionCheckItem", "DeleteItem", "UpdateItem");

    @Test
    void functions_shouldStandInTheOrderOfTheirFolders() {
        assertThat(resources(FUNCTION).map(id -> properties(id).path("CodeUri").asText()))
                .hasSizeGreaterThan(20)
                .isSorted();
    }

    @Test
    void variables_shouldHangOnNoParameter_forItsNewValueWouldPublishNoVersion() {
        var variables = TEMPLATE.at("/Globals/Function/Environment").toString();

        assertThat(variables).contains("CASES_TABLE");
        for (var parameter : TEMPLATE.path("Parameters").properties())
            assertThat(variables)
                    .doesNotContain("{\"Ref\":\"" + parameter.getKey() + "\"}")
                    .doesNotContain("${" + parameter.getKey() + "}");
        assertThat(resources(FUNCTION)).noneMatch(id -> properties(id).has("Environment"));
    }

    @Test
    void names_shouldBeTheStacksOwn_forASecondOneInTheRegion() {
        assertThat(names("one")).hasSizeGreaterThan(30).doesNotContainAnyElementsOf(names("two"));
        assertThat(events("ScheduleV2"))
                .isNotEmpty()
                .allMatch(schedule -> schedule.path("OmitName").asBoolean())
                .noneMatch(schedule -> schedule.has("Name"));
    }

    @Test
    void pages_shouldBeAllowedThePortal_whenTheOperatorNamesTheirOrigins() {
        var origins = Map.of("PortalOrigins", "https://a.example,https://b.example");

        assertThat(read("one", origins).cors())
                .contains(
                        new Template.Cors(
                                List.of("https://a.example", "https://b.example"),
                                List.of("GET", "POST"),
                                List.of("content-type", "idempotency-key", "x-status-token"),
                                Duration.ofHours(1)));
        assertThat(read("one", Map.of()).cors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BigCommerce",
                "Magento",
                "PayPal",
                "Shopify",
                "Square",
                "Stripe",
                "WooCommerce"
            })
    void moneyMover_shouldCountForTheBreaker_andReadAndPutCases(String function) {
        for (var action : CHANGING)
            assertThat(partitions(function, action)).as(action).containsExactly("breaker");
        for (var action : List.of("GetItem", "PutItem", "Query"))
            assertThat(partitions(function, action)).as(action).containsExactly("any");
    }

    @Test
    void cases_shouldBeChangedByNobody_outsideTheBreakersPartition() {
        assertThat(resources(FUNCTION))
                .allSatisfy(
                        function ->
                                assertThat(CHANGING)
                                        .flatMap(action -> partitions(function, action))
                                        .as(function)
                                        .doesNotContain("any"));
    }

    @Test
    void everyQueue_shouldHaveAnAlarm_whenMessagesWaitOrAreLost() {
        var fed = events("SQS").map(event -> id(event.path("Queue"))).toList();
        var lost =
                resources("AWS::SQS::Queue")
                        .map(id -> properties(id).path("RedrivePolicy"))
                        .filter(JsonNode::isObject)
                        .map(redrive -> id(redrive.path("deadLetterTargetArn")))
                        .toList();

        assertThat(fed).hasSize(2);
        assertThat(lost).hasSize(2);
        for (var queue : fed)
            assertThat(watched()).contains("ApproximateAgeOfOldestMessage " + queue);
        for (var queue : lost)
            assertThat(watched()).contains("ApproximateNumberOfMessagesVisible " + queue);
    }

    @Test
    void everyOtherFailure_shouldHaveAnAlarm_whereNobodyIsTold() {
        assertThat(watched())
                .contains(
                        "ExecutionsFailed Workflow",
                        "ExecutionsTimedOut Workflow",
                        "ExecutionsAborted Workflow",
                        "5xx Api");
        assertThat(resources(FUNCTION).filter(ProjectTemplateTest::isScheduled))
                .hasSize(6)
                .allMatch(
                        id ->
                                watched().contains("Errors " + id)
                                        || watched().contains("AsyncEventsDropped " + id));
    }

    private static Template read(String stack, Map<String, String> parameters) {
        return TemplateReader.read(FILE, new Deployment(stack, 4000, parameters));
    }

    private static Set<String> names(String stack) {
        var template = read(stack, Map.of());
        return Stream.of(
                        template.functions().stream().map(Template.Function::name),
                        template.queues().stream().map(Template.Queue::name),
                        template.tables().stream().map(Template.Table::name),
                        template.buses().stream().filter(bus -> !bus.equals("default")),
                        template.rules().stream().map(Template.Rule::name),
                        template.stateMachines().stream().map(Template.StateMachine::name))
                .flatMap(each -> each)
                .collect(Collectors.toSet());
    }

    /** Whose items of the cases table a function may treat so: partitions, or any. */
    private static List<String> partitions(String function, String action) {
        return properties(function)
                .at("/Policies/0/Statement")
                .valueStream()
                .filter(statement -> statement.path("Resource").toString().contains("Cases.Arn\""))
                .filter(statement -> statement.path("Action").toString().contains(":" + action))
                .flatMap(ProjectTemplateTest::leadingKeys)
                .toList();
    }

    private static Stream<String> leadingKeys(JsonNode statement) {
        if (!statement.has("Condition")) return Stream.of("any");
        return statement
                .at("/Condition/ForAllValues:StringEquals/dynamodb:LeadingKeys")
                .valueStream()
                .map(JsonNode::asText);
    }

    /** What has an alarm: metric and resource. */
    private static Set<String> watched() {
        return resources("AWS::CloudWatch::Alarm")
                .map(ProjectTemplateTest::properties)
                .flatMap(
                        alarm ->
                                Stream.concat(
                                        Stream.of(alarm),
                                        alarm.path("Metrics")
                                                .valueStream()
                                                .map(one -> one.at("/MetricStat/Metric"))))
                .map(
                        one ->
                                one.path("MetricName").asText()
                                        + " "
                                        + id(one.at("/Dimensions/0/Value")))
                .collect(Collectors.toSet());
    }

    private static Stream<JsonNode> events(String type) {
        return resources(FUNCTION)
                .flatMap(id -> properties(id).path("Events").valueStream())
                .filter(event -> event.path("Type").asText().equals(type))
                .map(event -> event.path("Properties"));
    }

    private static boolean isScheduled(String function) {
        return properties(function)
                .path("Events")
                .valueStream()
                .anyMatch(event -> event.path("Type").asText().equals("ScheduleV2"));
    }

    private static Stream<String> resources(String type) {
        return TEMPLATE.path("Resources")
                .propertyStream()
                .filter(resource -> resource.getValue().path("Type").asText().equals(type))
                .map(Map.Entry::getKey);
    }

    private static JsonNode properties(String id) {
        return TEMPLATE.at("/Resources/" + id + "/Properties");
    }

    /** Which resource is meant. */
    private static String id(JsonNode reference) {
        return reference.has("Ref")
                ? reference.path("Ref").asText()
                : reference.path("Fn::GetAtt").asText().replaceFirst("\\..*", "");
    }
}
