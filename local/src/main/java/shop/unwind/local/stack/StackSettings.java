package shop.unwind.local.stack;

import shop.unwind.local.AwsError;
import shop.unwind.local.AwsService;
import shop.unwind.local.template.Template;

import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** How a template is to be run; everything but the template has a default. */
public final class StackSettings {
    final Path template;
    int port;
    String name = "unwind";
    Optional<Path> data = Optional.empty();
    Map<String, String> parameters = Map.of();
    Map<String, String> secrets = Map.of();
    boolean schedules = true;
    Duration retryPause = Duration.ofMinutes(1);
    InstantSource clock = InstantSource.system();
    OutputStream log = OutputStream.nullOutputStream();
    Map<String, String> variables = Map.of();
    Optional<Duration> longestInvocation = Optional.empty();
    BiFunction<String, AwsService, AwsService> disturbance = (_, service) -> service;
    Workflows workflows =
            (machines, _, _) ->
                    (operation, _) -> {
                        throw new AwsError(
                                "UnknownOperationException",
                                "no state machines are played here: " + operation);
                    };

    private StackSettings(Path template) {
        this.template = template;
    }

    public static StackSettings of(Path template) {
        return new StackSettings(template);
    }

    /** The port to listen on; any free one by default. */
    public StackSettings port(int port) {
        this.port = port;
        return this;
    }

    /** The stack's name, {@code unwind} by default; names of resources begin with it. */
    public StackSettings name(String name) {
        this.name = name;
        return this;
    }

    /** The folder that keeps tables and messages from run to run; in memory by default. */
    public StackSettings data(Path folder) {
        this.data = Optional.of(folder);
        return this;
    }

    /** Values for the template's parameters where its defaults will not do. */
    public StackSettings parameters(Map<String, String> parameters) {
        this.parameters = Map.copyOf(parameters);
        return this;
    }

    /** Secrets by name, each with its text. */
    public StackSettings secrets(Map<String, String> secrets) {
        this.secrets = Map.copyOf(secrets);
        return this;
    }

    /** Schedules become due by name only. */
    public StackSettings withoutSchedules() {
        this.schedules = false;
        return this;
    }

    /** The pause before an asynchronous invocation is first tried again; a minute by default. */
    public StackSettings retryPause(Duration pause) {
        this.retryPause = pause;
        return this;
    }

    public StackSettings clock(InstantSource clock) {
        this.clock = clock;
        return this;
    }

    /** Where functions log to, a JSON object a line; nowhere by default. */
    public StackSettings log(OutputStream log) {
        this.log = log;
        return this;
    }

    /** More environment variables for all functions. */
    public StackSettings variables(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
        return this;
    }

    /** A function's time-out, where the template allows it more. */
    public StackSettings longestInvocation(Duration most) {
        this.longestInvocation = Optional.of(most);
        return this;
    }

    /**
     * What comes between functions and a service.
     *
     * @param around makes of a service's name ({@code AmazonSQS}) and itself what is called instead
     */
    public StackSettings disturbance(BiFunction<String, AwsService, AwsService> around) {
        this.disturbance = around;
        return this;
    }

    /** What plays Step Functions; without it all its operations are refused. */
    public StackSettings workflows(Workflows workflows) {
        this.workflows = workflows;
        return this;
    }

    Optional<Path> data(String part) {
        return data.map(folder -> folder.resolve(part));
    }

    List<Template.Function> hurried(List<Template.Function> functions) {
        return longestInvocation
                .map(most -> functions.stream().map(each -> each.within(most)).toList())
                .orElse(functions);
    }

    Path cache() {
        return data.orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), "unwind"))
                .resolve("functions");
    }
}
