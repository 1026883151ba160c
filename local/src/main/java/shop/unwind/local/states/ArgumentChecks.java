package shop.unwind.local.states;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Set;

/** Whether a Task gives its integration the arguments that it takes. */
final class ArgumentChecks {
    private ArgumentChecks() {}

    private static Set<String> required(Resource resource) {
        return switch (resource) {
            case INVOKE, INVOKE_AND_WAIT -> Set.of("FunctionName", "Payload");
            case SEND_MESSAGE -> Set.of("QueueUrl", "MessageBody");
            case PUT_EVENTS -> Set.of("Entries");
        };
    }

    private static Set<String> optional(Resource resource) {
        return switch (resource) {
            case INVOKE, INVOKE_AND_WAIT -> Set.of("Qualifier");
            case SEND_MESSAGE ->
                    Set.of(
                            "DelaySeconds",
                            "MessageAttributes",
                            "MessageDeduplicationId",
                            "MessageGroupId");
            case PUT_EVENTS -> Set.of();
        };
    }

    static void check(Resource resource, Fields fields) {
        var place = fields.place("Arguments");
        var arguments = fields.required("Arguments");
        if (Template.isExpression(arguments)) return;
        if (!arguments.isObject()) throw place.refusal("Expected an object or an expression");
        arguments.fieldNames().forEachRemaining(name -> requireKnown(name, resource, place));
        requireAll(arguments, resource, place);
    }

    private static void requireKnown(String name, Resource resource, Place place) {
        if (required(resource).contains(name) || optional(resource).contains(name)) return;
        throw place.field(name)
                .refusal(
                        "The field '%s' of %s is not supported here"
                                .formatted(name, resource.arn()));
    }

    private static void requireAll(JsonNode arguments, Resource resource, Place place) {
        var missing =
                required(resource).stream().filter(name -> !arguments.has(name)).sorted().toList();
        if (!missing.isEmpty()) throw place.refusal("These fields are required: " + missing);
    }
}
