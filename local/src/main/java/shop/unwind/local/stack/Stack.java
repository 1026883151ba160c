package shop.unwind.local.stack;

import shop.unwind.local.AwsService;
import shop.unwind.local.event.EventBridge;
import shop.unwind.local.event.Scheduler;
import shop.unwind.local.event.Targets;
import shop.unwind.local.http.FrontDoor;
import shop.unwind.local.http.HttpApi;
import shop.unwind.local.http.LambdaApi;
import shop.unwind.local.lambda.AsynchronousInvoker;
import shop.unwind.local.lambda.Lambda;
import shop.unwind.local.lambda.RunLog;
import shop.unwind.local.lambda.Variables;
import shop.unwind.local.queue.EventSource;
import shop.unwind.local.queue.Queues;
import shop.unwind.local.secret.SecretsManager;
import shop.unwind.local.table.DynamoDb;
import shop.unwind.local.template.Deployment;
import shop.unwind.local.template.Template;
import shop.unwind.local.template.TemplateReader;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A template running in this process, behind one port. One at a time in a process. */
public final class Stack implements AutoCloseable {
    private static final List<String> ENDPOINTS =
            List.of("DynamoDb", "EventBridge", "Lambda", "SecretsManager", "Sfn", "Sqs");

    private final Parts parts;
    private final Deployment deployment;
    private final Template template;
    private final Lambda lambda;
    private final Queues queues;
    private final DynamoDb tables;
    private final Scheduler scheduler;
    private final Map<String, AwsService> services;

    /**
     * Starts everything that the template says.
     *
     * @throws IllegalArgumentException what is wrong with the template, by resource and property
     */
    public static Stack start(StackSettings settings) {
        var parts = new Parts();
        try {
            return new Stack(settings, parts);
        } catch (RuntimeException failure) {
            parts.close();
            throw failure;
        }
    }

    private Stack(StackSettings settings, Parts parts) {
        this.parts = parts;
        var clock = settings.clock;
        var door = parts.add(FrontDoor.bind(settings.port));
        deployment = new Deployment(settings.name, door.port(), settings.parameters);
        template = TemplateReader.read(settings.template, deployment);
        Wiring.check(template);
        environment(settings);

        var log = new RunLog(settings.log, clock);
        var queuesBegun =
                parts.begin(
                        () ->
                                Queues.start(
                                        template.queues(), door.port(), settings.data("queues")));
        var tablesBegun =
                parts.begin(() -> DynamoDb.start(template.tables(), settings.data("tables")));
        lambda =
                parts.add(Lambda.of(settings.hurried(template.functions()), settings.cache(), log));
        queues = Parts.await(queuesBegun);
        tables = Parts.await(tablesBegun);

        var invoker =
                parts.add(
                        new AsynchronousInvoker(lambda, queues::send, settings.retryPause, clock));
        var targets = new Targets(invoker, queues);
        scheduler = parts.add(new Scheduler(template.schedules(), targets, clock));
        services = services(settings, targets);
        door.open(
                services,
                queues,
                new LambdaApi(lambda),
                new HttpApi(template.routes(), template.cors(), lambda, clock));
        for (var mapping : template.mappings())
            parts.add(EventSource.start(mapping, queues, lambda));
        if (settings.schedules) scheduler.start();
    }

    /** Where AWS clients and browsers find this stack, such as {@code http://localhost:4000}. */
    public String endpoint() {
        return deployment.endpoint();
    }

    public Template template() {
        return template;
    }

    /** The functions: to invoke them, and what they have used. */
    public Lambda lambda() {
        return lambda;
    }

    /** The queues: to send, and to see their depth. */
    public Queues queues() {
        return queues;
    }

    /** The tables: their client without HTTP between. */
    public DynamoDb tables() {
        return tables;
    }

    /** The schedules: to make one due by its name. */
    public Scheduler scheduler() {
        return scheduler;
    }

    /**
     * A service by the part of {@code X-Amz-Target} before the dot, such as {@code
     * AWSStepFunctions}.
     */
    public AwsService service(String name) {
        var service = services.get(name);
        if (service == null)
            throw new IllegalArgumentException(
                    "expected one of %s, found %s".formatted(services.keySet(), name));
        return service;
    }

    /** The name of the resource with this logical id, when the template gives it none. */
    public String name(String logicalId) {
        return deployment.stack() + "-" + logicalId;
    }

    @Override
    public void close() {
        parts.close();
    }

    private void environment(StackSettings settings) {
        var variables = parts.add(Variables.of(template.functions()));
        for (var service : ENDPOINTS)
            variables.set("aws.endpointUrl" + service, deployment.endpoint());
        Map.of(
                        "AWS_REGION", "us-east-1",
                        "aws.region", "us-east-1",
                        "aws.accessKeyId", "local",
                        "aws.secretAccessKey", "local",
                        "software.amazon.awssdk.http.service.impl",
                                "software.amazon.awssdk.http.urlconnection.UrlConnectionSdkHttpService")
                .forEach(variables::set);
        settings.variables.forEach(variables::set);
    }

    private Map<String, AwsService> services(StackSettings settings, Targets targets) {
        var all = new HashMap<String, AwsService>();
        all.put("AmazonSQS", queues);
        all.put("DynamoDB_20120810", tables);
        all.put(
                "AWSEvents",
                new EventBridge(template.buses(), template.rules(), targets, settings.clock));
        all.put("secretsmanager", new SecretsManager(settings.secrets));
        all.replaceAll(settings.disturbance);
        var workflows = settings.workflows.start(template.stateMachines(), lambda, Map.copyOf(all));
        if (workflows instanceof AutoCloseable closeable) parts.add(closeable);
        all.put("AWSStepFunctions", settings.disturbance.apply("AWSStepFunctions", workflows));
        return Map.copyOf(all);
    }
}
