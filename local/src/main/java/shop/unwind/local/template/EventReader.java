package shop.unwind.local.template;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Gathers what calls functions: events of functions, rules and schedules. */
final class EventReader {
    private static final int MOST_BATCHES = 1_000;

    private final List<Template.Route> routes = new ArrayList<>();
    private final List<Template.Mapping> mappings = new ArrayList<>();
    private final List<Template.Rule> rules = new ArrayList<>();
    private final List<Template.Schedule> schedules = new ArrayList<>();

    List<Template.Route> routes() {
        return List.copyOf(routes);
    }

    List<Template.Mapping> mappings() {
        return List.copyOf(mappings);
    }

    List<Template.Rule> rules() {
        return List.copyOf(rules);
    }

    List<Template.Schedule> schedules() {
        return List.copyOf(schedules);
    }

    /**
     * One event of a function.
     *
     * @param id the function's logical id and the event's, in one word
     */
    void event(String id, String function, Properties event) {
        var type = event.text("Type");
        var properties = event.inner("Properties");
        switch (type) {
            case "HttpApi" -> route(function, properties);
            case "SQS" -> mapping(function, properties);
            case "EventBridgeRule" -> functionRule(id, function, properties);
            case "ScheduleV2" -> functionSchedule(id, function, properties);
            case "Schedule" -> ruleSchedule(id, function, properties);
            default ->
                    throw event.problem(
                            "Type", "the event type " + type + " is not played on this machine");
        }
    }

    void rule(String name, Properties rule) {
        rule.only(
                Set.of("Name", "Description", "EventBusName", "EventPattern", "State", "Targets"));
        rules.add(
                new Template.Rule(
                        name,
                        bus(rule),
                        rule.inner("EventPattern").node().toString(),
                        enabled(rule),
                        rule.list("Targets").stream().map(EventReader::target).toList()));
    }

    void schedule(String name, Properties schedule) {
        var target = schedule.inner("Target");
        target.only(Set.of("Arn", "RoleArn", "Input", "RetryPolicy", "DeadLetterConfig"));
        schedules.add(
                schedule(
                        name,
                        schedule.text("ScheduleExpression"),
                        target.text("Arn"),
                        target.optionalText("Input"),
                        schedule));
    }

    private void route(String function, Properties event) {
        event.only(Set.of("ApiId", "Method", "Path", "PayloadFormatVersion", "TimeoutInMillis"));
        var version = event.optionalText("PayloadFormatVersion").orElse("2.0");
        if (!version.equals("2.0"))
            throw event.problem("PayloadFormatVersion", "expected 2.0, found " + version);
        var route =
                new Template.Route(
                        event.optionalText("Method").orElse("ANY").toUpperCase(Locale.ROOT),
                        event.optionalText("Path").orElse("$default"),
                        function);
        if (routes.stream().anyMatch(other -> other.key().equals(route.key())))
            throw event.problem("Path", "the route " + route.key() + " is there twice");
        routes.add(route);
    }

    private void mapping(String function, Properties event) {
        event.only(
                Set.of(
                        "Queue",
                        "BatchSize",
                        "Enabled",
                        "FunctionResponseTypes",
                        "MaximumBatchingWindowInSeconds",
                        "ScalingConfig"));
        if (event.integer("MaximumBatchingWindowInSeconds", 0) > 0)
            throw event.problem("MaximumBatchingWindowInSeconds", "expected 0");
        var batch = event.integer("BatchSize", 10);
        if (batch < 1 || batch > 10)
            throw event.problem("BatchSize", "expected 1 to 10, found " + batch);
        if (!event.bool("Enabled", true)) return;
        mappings.add(
                new Template.Mapping(
                        event.text("Queue"),
                        function,
                        batch,
                        event.texts("FunctionResponseTypes").contains("ReportBatchItemFailures"),
                        event.inner("ScalingConfig").integer("MaximumConcurrency", MOST_BATCHES)));
    }

    private void functionRule(String id, String function, Properties event) {
        event.only(
                Set.of(
                        "DeadLetterConfig",
                        "EventBusName",
                        "Pattern",
                        "RetryPolicy",
                        "RuleName",
                        "State",
                        "Target"));
        rules.add(
                new Template.Rule(
                        event.optionalText("RuleName").orElse(id),
                        bus(event),
                        event.inner("Pattern").node().toString(),
                        enabled(event),
                        List.of(function)));
    }

    private void functionSchedule(String id, String function, Properties event) {
        schedules.add(
                schedule(
                        event.optionalText("Name").orElse(id),
                        event.text("ScheduleExpression"),
                        function,
                        event.optionalText("Input"),
                        event));
    }

    private void ruleSchedule(String id, String function, Properties event) {
        event.only(
                Set.of(
                        "DeadLetterConfig",
                        "Description",
                        "Enabled",
                        "Input",
                        "Name",
                        "RetryPolicy",
                        "Schedule",
                        "State"));
        schedules.add(
                new Template.Schedule(
                        event.optionalText("Name").orElse(id),
                        event.text("Schedule"),
                        ZoneId.of("UTC"),
                        enabled(event) && event.bool("Enabled", true),
                        function,
                        event.optionalText("Input"),
                        "aws.events"));
    }

    private static Template.Schedule schedule(
            String name,
            String expression,
            String target,
            Optional<String> input,
            Properties schedule) {
        schedule.only(
                Set.of(
                        "DeadLetterConfig",
                        "Description",
                        "FlexibleTimeWindow",
                        "GroupName",
                        "Input",
                        "Name",
                        "OmitName",
                        "RetryPolicy",
                        "RoleArn",
                        "ScheduleExpression",
                        "ScheduleExpressionTimezone",
                        "State",
                        "Target"));
        return new Template.Schedule(
                name,
                expression,
                ZoneId.of(schedule.optionalText("ScheduleExpressionTimezone").orElse("UTC")),
                enabled(schedule),
                target,
                input,
                "aws.scheduler");
    }

    private static String target(Properties target) {
        target.only(Set.of("Arn", "Id", "RoleArn", "RetryPolicy", "DeadLetterConfig"));
        var arn = target.text("Arn");
        if (!Arns.isFunction(arn) && !Arns.isQueue(arn))
            throw target.problem("Arn", "expected a function or a queue, found " + arn);
        return arn;
    }

    // A bus may be named by its ARN.
    private static String bus(Properties rule) {
        var bus = rule.optionalText("EventBusName").orElse("default");
        return bus.startsWith("arn:") ? bus.substring(bus.indexOf('/') + 1) : bus;
    }

    private static boolean enabled(Properties properties) {
        return properties.optionalText("State").orElse("ENABLED").equals("ENABLED");
    }
}
