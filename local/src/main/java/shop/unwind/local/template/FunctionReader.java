package shop.unwind.local.template;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Reads {@code AWS::Serverless::Function}, all but its events. */
final class FunctionReader {
    private static final Set<String> KNOWN =
            Set.of(
                    "Architectures",
                    "AutoPublishAlias",
                    "AutoPublishAliasAllProperties",
                    "CodeUri",
                    "DeploymentPreference",
                    "Description",
                    "Environment",
                    "EphemeralStorage",
                    "EventInvokeConfig",
                    "Events",
                    "FunctionName",
                    "Handler",
                    "LoggingConfig",
                    "MemorySize",
                    "PackageType",
                    "Policies",
                    "ReservedConcurrentExecutions",
                    "Role",
                    "Runtime",
                    "SnapStart",
                    "Tags",
                    "Timeout",
                    "Tracing");

    private FunctionReader() {}

    static Template.Function read(String name, Path folder, Properties function) {
        function.only(KNOWN);
        return new Template.Function(
                name,
                folder.resolve(function.text("CodeUri")),
                function.text("Handler"),
                Duration.ofSeconds(function.integer("Timeout", 3)),
                function.integer("MemorySize", 128),
                function.inner("Environment").inner("Variables").map(),
                asynchronous(function.inner("EventInvokeConfig")));
    }

    private static Template.Asynchronous asynchronous(Properties config) {
        config.only(
                Set.of("MaximumRetryAttempts", "MaximumEventAgeInSeconds", "DestinationConfig"));
        var destinations = config.inner("DestinationConfig").only(Set.of("OnFailure"));
        return new Template.Asynchronous(
                config.integer("MaximumRetryAttempts", 2), queue(destinations.inner("OnFailure")));
    }

    private static Optional<String> queue(Properties destination) {
        var arn = destination.optionalText("Destination");
        if (arn.isPresent() && !Arns.isQueue(arn.get()))
            throw destination.problem("Destination", "expected a queue, found " + arn.get());
        return arn;
    }
}
