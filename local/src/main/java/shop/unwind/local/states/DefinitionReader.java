package shop.unwind.local.states;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.local.states.State.Catcher;
import shop.unwind.local.states.State.Choice;
import shop.unwind.local.states.State.Delay;
import shop.unwind.local.states.State.Each;
import shop.unwind.local.states.State.Exit;
import shop.unwind.local.states.State.Fail;
import shop.unwind.local.states.State.Parallel;
import shop.unwind.local.states.State.Pass;
import shop.unwind.local.states.State.Succeed;
import shop.unwind.local.states.State.Task;
import shop.unwind.local.states.State.Wait;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a definition strictly: every field is read by its type's reader or refused. */
final class DefinitionReader {
    private final Set<String> names = new HashSet<>();

    private DefinitionReader() {}

    static StateMachine read(String name, String arn, JsonNode definition) {
        var fields = new Fields(definition, Place.TOP);
        requireBoth(definition);
        fields.text("Version")
                .filter(version -> !version.equals("1.0"))
                .ifPresent(_ -> refuseVersion());
        requireJsonata(fields.text("QueryLanguage").orElse("JSONPath"), Place.TOP);
        var timeout = fields.integer("TimeoutSeconds", 1, Limits.MOST_SECONDS);
        var flow = new DefinitionReader().flow(fields);
        VariableChecks.check(flow);
        var limit =
                timeout.isPresent()
                        ? Optional.of(Duration.ofSeconds(timeout.getAsInt()))
                        : Optional.<Duration>empty();
        var fingerprint = StateMachine.fingerprint(StateMachine.record(name, arn, definition));
        return new StateMachine(name, arn, flow, limit, definition, fingerprint);
    }

    private static void requireBoth(JsonNode definition) {
        var missing =
                List.of("States", "StartAt").stream()
                        .filter(field -> !definition.has(field))
                        .toList();
        if (!missing.isEmpty()) throw Place.TOP.refusal("These fields are required: " + missing);
    }

    private static void refuseVersion() {
        throw Place.TOP.field("Version").refusal("Version must be '1.0'");
    }

    private static void requireJsonata(String language, Place place) {
        if (language.equals("JSONata")) return;
        throw place.field("QueryLanguage")
                .refusal("QueryLanguage '%s' is not supported here".formatted(language));
    }

    private Flow flow(Fields fields) {
        var states = new LinkedHashMap<String, State>();
        var startAt = fields.requiredText("StartAt");
        var declared = fields.required("States");
        if (!declared.isObject() || declared.isEmpty())
            throw fields.place("States").refusal("Expected at least one state");
        for (var state : declared.properties())
            states.put(state.getKey(), state(state.getKey(), state.getValue(), fields.place()));
        fields.done();
        var flow = new Flow(startAt, states);
        FlowChecks.check(flow, fields.place());
        return flow;
    }

    private State state(String name, JsonNode definition, Place parent) {
        var place = parent.state(name);
        if (name.isEmpty() || name.codePointCount(0, name.length()) > Limits.NAME)
            throw place.refusal("State names have 1 to 80 characters");
        if (!names.add(name))
            throw place.refusal("State name '" + name + "' is used twice in this machine");
        var fields = new Fields(definition, place);
        var type = fields.requiredText("Type");
        fields.text("QueryLanguage").ifPresent(language -> requireJsonata(language, place));
        var state = state(name, type, fields);
        fields.done();
        return state;
    }

    private State state(String name, String type, Fields fields) {
        return switch (type) {
            case "Pass" -> new Pass(name, exit(fields));
            case "Task" -> task(name, fields);
            case "Choice" -> choice(name, fields);
            case "Wait" -> new Wait(name, delay(fields), exit(fields));
            case "Succeed" ->
                    new Succeed(
                            name, new Exit(fields.template("Output"), Map.of(), Optional.empty()));
            case "Fail" -> fail(name, fields);
            case "Map" -> each(name, fields);
            case "Parallel" -> parallel(name, fields);
            default -> throw fields.place("Type").refusal("Unknown state type '" + type + "'");
        };
    }

    private Task task(String name, Fields fields) {
        var arn = fields.requiredText("Resource");
        var resource = Resource.of(arn).orElseThrow(() -> unknown(arn, fields));
        ArgumentChecks.check(resource, fields);
        return new Task(
                name,
                resource,
                fields.template("Arguments"),
                fields.integerTemplate("TimeoutSeconds", 1),
                fields.integerTemplate("HeartbeatSeconds", 1),
                RetryReader.retriers(fields),
                catchers(fields),
                exit(fields));
    }

    private static RuntimeException unknown(String arn, Fields fields) {
        return fields.place("Resource").refusal("Resource '" + arn + "' is not supported here");
    }

    private static Choice choice(String name, Fields fields) {
        fields.required("Choices");
        var rules = fields.objects("Choices").stream().map(DefinitionReader::rule).toList();
        var otherwise = fields.text("Default");
        var output = fields.template("Output");
        var assign = assign(fields);
        return new Choice(
                name, rules, otherwise.map(next -> new Exit(output, assign, Optional.of(next))));
    }

    private static Choice.Rule rule(Fields fields) {
        var condition = fields.required("Condition");
        if (!condition.isBoolean() && !Template.isExpression(condition))
            throw fields.place("Condition").refusal("Expected a boolean or an expression");
        var exit =
                new Exit(
                        fields.template("Output"),
                        assign(fields),
                        Optional.of(fields.requiredText("Next")));
        var place = fields.place("Condition");
        fields.done();
        return new Choice.Rule(Template.parse(condition, place), place, exit);
    }

    private static Delay delay(Fields fields) {
        var seconds = fields.integerTemplate("Seconds", 0);
        var timestamp = fields.text("Timestamp");
        if (seconds.isPresent() == timestamp.isPresent())
            throw fields.place()
                    .refusal("Exactly one of these fields is required: [Seconds, Timestamp]");
        timestamp.ifPresent(text -> requireTimestamp(text, fields));
        return seconds.<Delay>map(Delay.Seconds::new)
                .orElseGet(() -> new Delay.Timestamp(fields.template("Timestamp").orElseThrow()));
    }

    private static void requireTimestamp(String text, Fields fields) {
        if (Template.isExpression(fields.required("Timestamp"))) return;
        try {
            var _ = OffsetDateTime.parse(text);
        } catch (DateTimeParseException _) {
            throw fields.place("Timestamp").refusal("Expected an RFC 3339 timestamp");
        }
    }

    private static Fail fail(String name, Fields fields) {
        var reserved = fields.text("Error").filter(error -> error.startsWith("States."));
        if (reserved.isPresent())
            throw fields.place("Error").refusal("Error names must not begin with 'States.'");
        fields.text("Cause");
        return new Fail(name, fields.template("Error"), fields.template("Cause"));
    }

    private Each each(String name, Fields fields) {
        return new Each(
                name,
                items(fields),
                fields.template("ItemSelector"),
                processor(fields),
                fields.integerTemplate("MaxConcurrency", 0),
                RetryReader.retriers(fields),
                catchers(fields),
                exit(fields));
    }

    private static Optional<Template> items(Fields fields) {
        var unfit =
                fields.get("Items")
                        .filter(items -> !items.isArray() && !Template.isExpression(items));
        if (unfit.isPresent())
            throw fields.place("Items").refusal("Expected an array or an expression");
        return fields.template("Items");
    }

    private Flow processor(Fields fields) {
        var processor = new Fields(fields.required("ItemProcessor"), fields.place("ItemProcessor"));
        processor.get("ProcessorConfig").ifPresent(config -> requireInline(config, processor));
        return flow(processor);
    }

    private static void requireInline(JsonNode config, Fields processor) {
        var fields = new Fields(config, processor.place("ProcessorConfig"));
        var mode = fields.text("Mode").orElse("INLINE");
        if (!mode.equals("INLINE"))
            throw fields.place("Mode").refusal("Mode '" + mode + "' is not supported here");
        fields.done();
    }

    private Parallel parallel(String name, Fields fields) {
        fields.required("Branches");
        return new Parallel(
                name,
                fields.objects("Branches").stream().map(this::flow).toList(),
                fields.template("Arguments"),
                RetryReader.retriers(fields),
                catchers(fields),
                exit(fields));
    }

    private static List<Catcher> catchers(Fields fields) {
        var catchers = fields.objects("Catch").stream().map(DefinitionReader::catcher).toList();
        RetryReader.requireAllLast(
                catchers.stream().map(Catcher::errors).toList(), fields.place("Catch"));
        return catchers;
    }

    private static Catcher catcher(Fields given) {
        var fields = given.inCatcher();
        var errors = RetryReader.errors(fields);
        var exit =
                new Exit(
                        fields.template("Output"),
                        assign(fields),
                        Optional.of(fields.requiredText("Next")));
        fields.done();
        return new Catcher(errors, exit);
    }

    /** The Output, Assign and exactly one of Next and End of most states. */
    private static Exit exit(Fields fields) {
        var next = fields.text("Next");
        var end = fields.get("End");
        var ends = end.filter(JsonNode::isBoolean).map(JsonNode::booleanValue);
        if (end.isPresent() && ends.isEmpty())
            throw fields.place("End").refusal("Expected a boolean");
        if (next.isPresent() == ends.orElse(false))
            throw fields.place().refusal("Exactly one of these fields is required: [Next, End]");
        return new Exit(fields.template("Output"), assign(fields), next);
    }

    private static Map<String, Template> assign(Fields fields) {
        return fields.get("Assign")
                .map(assign -> VariableChecks.assign(assign, fields.place("Assign")))
                .orElse(Map.of());
    }
}
