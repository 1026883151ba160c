package shop.unwind.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads a SAM template. A resource, event or property that this machine would have to play and
 * cannot is refused by name.
 */
public final class TemplateReader {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Needed in AWS for access, watching or encryption; nothing to do on one machine. */
    private static final Set<String> IDLE =
            Set.of(
                    "AWS::ApplicationAutoScaling::ScalableTarget",
                    "AWS::CloudWatch::Alarm",
                    "AWS::CloudWatch::CompositeAlarm",
                    "AWS::CloudWatch::Dashboard",
                    "AWS::Events::EventBusPolicy",
                    "AWS::IAM::ManagedPolicy",
                    "AWS::IAM::Policy",
                    "AWS::IAM::Role",
                    "AWS::KMS::Alias",
                    "AWS::KMS::Key",
                    "AWS::Lambda::Permission",
                    "AWS::Logs::LogGroup",
                    "AWS::Logs::MetricFilter",
                    "AWS::Logs::QueryDefinition",
                    "AWS::Logs::ResourcePolicy",
                    "AWS::SNS::Subscription",
                    "AWS::SNS::Topic",
                    "AWS::SNS::TopicPolicy",
                    "AWS::SQS::QueuePolicy",
                    "AWS::Scheduler::ScheduleGroup",
                    "AWS::SecretsManager::Secret");

    private static final Set<String> QUEUE_ATTRIBUTES =
            Set.of(
                    "DelaySeconds",
                    "MaximumMessageSize",
                    "MessageRetentionPeriod",
                    "ReceiveMessageWaitTimeSeconds",
                    "VisibilityTimeout");

    private final Path folder;
    private final JsonNode globals;
    private final TemplateScope scope;
    private final Intrinsics intrinsics;

    private final List<Template.Function> functions = new ArrayList<>();
    private final List<Template.Queue> queues = new ArrayList<>();
    private final List<Template.Table> tables = new ArrayList<>();
    private final List<String> buses = new ArrayList<>(List.of("default"));
    private final List<Template.StateMachine> stateMachines = new ArrayList<>();
    private final EventReader events = new EventReader();
    private Optional<Template.Cors> cors = Optional.empty();

    private TemplateReader(Path folder, JsonNode template, Deployment deployment) {
        this.folder = folder;
        this.globals = template.path("Globals");
        this.scope = new TemplateScope(template, deployment);
        this.intrinsics = new Intrinsics(scope);
    }

    /**
     * Reads the template in this file; paths in it are relative to its folder.
     *
     * @throws IllegalArgumentException what is wrong with it, by resource and property
     */
    public static Template read(Path file, Deployment deployment) {
        var template = YamlTree.read(file);
        var folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
        return new TemplateReader(folder, template, deployment).read(template.path("Resources"));
    }

    private Template read(JsonNode resources) {
        for (var resource : resources.properties())
            if (exists(resource.getValue())) read(resource.getKey(), resource.getValue());
        return new Template(
                List.copyOf(functions),
                events.routes(),
                cors,
                events.mappings(),
                List.copyOf(queues),
                List.copyOf(tables),
                List.copyOf(buses),
                events.rules(),
                events.schedules(),
                List.copyOf(stateMachines));
    }

    private boolean exists(JsonNode resource) {
        return !resource.has("Condition") || intrinsics.holds(resource.get("Condition").asText());
    }

    private void read(String id, JsonNode resource) {
        var type = resource.path("Type").asText();
        if (IDLE.contains(type)) return;
        var properties = properties(id, type, resource.path("Properties"));
        switch (type) {
            case "AWS::Serverless::Function" -> function(id, properties);
            case "AWS::Serverless::HttpApi" -> api(properties);
            case "AWS::Serverless::StateMachine" -> stateMachine(id, properties);
            case "AWS::SQS::Queue" -> queue(id, properties);
            case "AWS::DynamoDB::Table" -> table(id, properties);
            case "AWS::Events::EventBus" -> buses.add(name(id));
            case "AWS::Events::Rule" -> events.rule(name(id), properties);
            case "AWS::Scheduler::Schedule" -> events.schedule(name(id), properties);
            default ->
                    throw new IllegalArgumentException(
                            "%s: the type %s is not played on this machine".formatted(id, type));
        }
    }

    private Properties properties(String id, String type, JsonNode own) {
        var section = type.startsWith("AWS::Serverless::") ? type.substring(17) : "none";
        var merged = merge(globals.path(section), own.isMissingNode() ? JSON.objectNode() : own);
        try {
            return new Properties(id, intrinsics.resolve(merged));
        } catch (IllegalArgumentException problem) {
            throw new IllegalArgumentException(id + ": " + problem.getMessage(), problem);
        }
    }

    /** As SAM merges globals: maps key by key, lists one after the other, else the own value. */
    private static JsonNode merge(JsonNode global, JsonNode own) {
        if (global instanceof ArrayNode first && own instanceof ArrayNode last)
            return first.deepCopy().addAll(last);
        if (!(global instanceof ObjectNode base) || !own.isObject()) return own;
        var merged = base.deepCopy();
        for (var field : own.properties())
            merged.set(field.getKey(), merge(base.path(field.getKey()), field.getValue()));
        return merged;
    }

    private String name(String id) {
        return scope.ref(id).orElseThrow().asText();
    }

    private String attribute(String id, String attribute) {
        return scope.attribute(id, attribute).orElseThrow();
    }

    private void api(Properties api) {
        api.only(
                Set.of(
                        "AccessLogSettings",
                        "CorsConfiguration",
                        "DefaultRouteSettings",
                        "Description",
                        "FailOnWarnings",
                        "Name",
                        "RouteSettings",
                        "Tags"));
        if (api.has("CorsConfiguration")) cors = Optional.of(cors(api.inner("CorsConfiguration")));
    }

    private static Template.Cors cors(Properties cors) {
        cors.only(Set.of("AllowHeaders", "AllowMethods", "AllowOrigins", "MaxAge"));
        return new Template.Cors(
                cors.texts("AllowOrigins"),
                cors.texts("AllowMethods"),
                cors.texts("AllowHeaders"),
                Duration.ofSeconds(cors.integer("MaxAge", 0)));
    }

    private void function(String id, Properties function) {
        functions.add(FunctionReader.read(name(id), folder, function));
        for (var event : function.inner("Events").node().properties())
            events.event(
                    id + event.getKey(),
                    attribute(id, "Arn") + ":" + Arns.ALIAS,
                    new Properties(id + ", " + event.getKey(), event.getValue()));
    }

    private void stateMachine(String id, Properties machine) {
        machine.only(
                Set.of(
                        "Definition",
                        "DefinitionSubstitutions",
                        "DefinitionUri",
                        "Logging",
                        "Name",
                        "Policies",
                        "Role",
                        "Tags",
                        "Tracing",
                        "Type"));
        var definition =
                machine.has("Definition")
                        ? machine.node().get("Definition")
                        : YamlTree.read(folder.resolve(machine.text("DefinitionUri")));
        var substitutions = machine.inner("DefinitionSubstitutions").map();
        stateMachines.add(
                new Template.StateMachine(
                        attribute(id, "Name"),
                        attribute(id, "Arn"),
                        substitute(definition, substitutions)));
    }

    private static JsonNode substitute(JsonNode node, Map<String, String> values) {
        if (node.isTextual()) {
            var text = node.asText();
            for (var value : values.entrySet())
                text = text.replace("${" + value.getKey() + "}", value.getValue());
            return TextNode.valueOf(text);
        }
        if (node.isObject()) {
            var object = JSON.objectNode();
            for (var field : node.properties())
                object.set(field.getKey(), substitute(field.getValue(), values));
            return object;
        }
        if (!node.isArray()) return node;
        var array = JSON.arrayNode();
        node.forEach(item -> array.add(substitute(item, values)));
        return array;
    }

    private void queue(String id, Properties queue) {
        var attributes = new TreeMap<String, String>();
        for (var name : QUEUE_ATTRIBUTES)
            queue.optionalText(name).ifPresent(value -> attributes.put(name, value));
        if (queue.has("RedrivePolicy"))
            attributes.put("RedrivePolicy", queue.inner("RedrivePolicy").node().toString());
        if (queue.bool("FifoQueue", false))
            throw queue.problem("FifoQueue", "queues that keep order are not played here");
        queues.add(new Template.Queue(attribute(id, "QueueName"), Map.copyOf(attributes)));
    }

    private void table(String id, Properties table) {
        var definition = JSON.objectNode().put("TableName", name(id));
        definition.put("BillingMode", "PAY_PER_REQUEST");
        for (var part :
                List.of(
                        "AttributeDefinitions",
                        "KeySchema",
                        "GlobalSecondaryIndexes",
                        "LocalSecondaryIndexes"))
            if (table.has(part)) definition.set(part, table.node().get(part));
        tables.add(
                new Template.Table(
                        name(id),
                        definition,
                        table.inner("TimeToLiveSpecification").optionalText("AttributeName")));
    }
}
