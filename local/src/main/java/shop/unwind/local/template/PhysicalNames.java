package shop.unwind.local.template;

import java.util.Map;
import java.util.function.Function;

/** What {@code Ref} and {@code GetAtt} of a resource give, by its type. */
final class PhysicalNames {
    /**
     * A resource's identity.
     *
     * @param ref what {@code Ref} gives
     */
    record Identity(String ref, Map<String, String> attributes) {}

    private final Deployment deployment;

    PhysicalNames(Deployment deployment) {
        this.deployment = deployment;
    }

    /**
     * The identity of one resource.
     *
     * @param property gives a property's text, or the default name if the resource has none
     */
    Identity of(String type, String id, Function<String, String> property) {
        return switch (type) {
            case "AWS::Serverless::Function" ->
                    named(property.apply("FunctionName"), "lambda", "function:");
            case "AWS::Serverless::HttpApi" ->
                    new Identity(id, Map.of("ApiEndpoint", deployment.endpoint()));
            case "AWS::Serverless::StateMachine" -> stateMachine(property.apply("Name"));
            case "AWS::SQS::Queue" -> queue(property.apply("QueueName"));
            case "AWS::DynamoDB::Table" -> table(property.apply("TableName"));
            case "AWS::Events::EventBus" -> bus(property.apply("Name"));
            case "AWS::Events::Rule" -> named(property.apply("Name"), "events", "rule/");
            case "AWS::Scheduler::Schedule" ->
                    named(property.apply("Name"), "scheduler", "schedule/default/");
            case "AWS::Logs::LogGroup" ->
                    named(property.apply("LogGroupName"), "logs", "log-group:");
            case "AWS::KMS::Key" -> named(property.apply(""), "kms", "key/");
            case "AWS::SNS::Topic" -> topic(property.apply("TopicName"));
            case "AWS::SecretsManager::Secret" -> secret(property.apply("Name"));
            case "AWS::CloudWatch::Alarm" ->
                    named(property.apply("AlarmName"), "cloudwatch", "alarm:");
            case "AWS::IAM::Role" -> named(property.apply("RoleName"), "iam", "role/");
            default -> named(property.apply(""), "cloudformation", "resource/");
        };
    }

    private static Identity named(String name, String service, String prefix) {
        return new Identity(name, Map.of("Arn", Arns.of(service, prefix + name)));
    }

    private static Identity stateMachine(String name) {
        var arn = Arns.of("states", "stateMachine:" + name);
        return new Identity(arn, Map.of("Arn", arn, "Name", name));
    }

    private Identity queue(String name) {
        var url = deployment.endpoint() + "/" + Arns.ACCOUNT + "/" + name;
        var arn = Arns.of("sqs", name);
        return new Identity(url, Map.of("Arn", arn, "QueueName", name, "QueueUrl", url));
    }

    private static Identity table(String name) {
        var arn = Arns.of("dynamodb", "table/" + name);
        return new Identity(name, Map.of("Arn", arn, "StreamArn", arn + "/stream/latest"));
    }

    private static Identity bus(String name) {
        return new Identity(
                name, Map.of("Arn", Arns.of("events", "event-bus/" + name), "Name", name));
    }

    private static Identity topic(String name) {
        var arn = Arns.of("sns", name);
        return new Identity(arn, Map.of("TopicArn", arn, "TopicName", name));
    }

    private static Identity secret(String name) {
        var arn = Arns.of("secretsmanager", "secret:" + name);
        return new Identity(arn, Map.of("Id", arn));
    }
}
