package shop.unwind.local.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.local.AwsError;
import shop.unwind.local.AwsService;
import shop.unwind.local.template.Template;

import software.amazon.event.ruler.GenericMachine;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Event buses with their rules. An event for a queue is in that queue before the answer to {@code
 * PutEvents}.
 */
public final class EventBridge implements AwsService {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, GenericMachine<Template.Rule>> buses = new HashMap<>();
    private final Targets targets;
    private final InstantSource clock;

    /**
     * Buses and rules of a template.
     *
     * @throws IllegalArgumentException a rule's bus or pattern is none
     */
    public EventBridge(
            List<String> buses, List<Template.Rule> rules, Targets targets, InstantSource clock) {
        this.targets = targets;
        this.clock = clock;
        buses.forEach(bus -> this.buses.put(bus, GenericMachine.<Template.Rule>builder().build()));
        rules.stream().filter(Template.Rule::enabled).forEach(this::add);
    }

    @Override
    public JsonNode call(String operation, JsonNode request) {
        if (operation.equals("PutEvents")) return putEvents(request.path("Entries"));
        throw new AwsError(
                "UnknownOperationException",
                "events " + operation + " is not played on this machine");
    }

    private void add(Template.Rule rule) {
        var machine = buses.get(rule.bus());
        if (machine == null)
            throw new IllegalArgumentException(
                    "%s: EventBusName: there is no bus %s".formatted(rule.name(), rule.bus()));
        try {
            machine.addRule(rule, rule.pattern());
        } catch (IOException refused) {
            throw new IllegalArgumentException(
                    rule.name() + ": EventPattern: " + refused.getMessage(), refused);
        }
    }

    private ObjectNode putEvents(JsonNode entries) {
        if (entries.isEmpty() || entries.size() > 10)
            throw new AwsError(
                    "ValidationException",
                    "Entries: expected 1 to 10 events, found " + entries.size());
        var answer = JSON.createObjectNode();
        var results = answer.putArray("Entries");
        for (var entry : entries) results.add(put(entry));
        answer.put("FailedEntryCount", results.findValues("ErrorCode").size());
        return answer;
    }

    private ObjectNode put(JsonNode entry) {
        for (var field : List.of("Source", "DetailType", "Detail"))
            if (entry.path(field).asText().isEmpty())
                return refused("InvalidArgument", field + " is not specified.");
        try {
            var event = envelope(entry);
            route(bus(entry), event);
            return JSON.createObjectNode().put("EventId", event.get("id").asText());
        } catch (JsonProcessingException _) {
            return refused("MalformedDetail", "Detail is malformed.");
        }
    }

    private static ObjectNode refused(String code, String message) {
        return JSON.createObjectNode().put("ErrorCode", code).put("ErrorMessage", message);
    }

    private ObjectNode envelope(JsonNode entry) throws JsonProcessingException {
        var detail = JSON.readTree(entry.path("Detail").asText());
        var resources = new ArrayList<String>();
        entry.path("Resources").forEach(resource -> resources.add(resource.asText()));
        var envelope =
                Envelope.of(
                        entry.path("Source").asText(),
                        entry.path("DetailType").asText(),
                        time(entry),
                        resources);
        return envelope.set("detail", detail);
    }

    private Instant time(JsonNode entry) {
        return entry.path("Time").isNumber()
                ? Instant.ofEpochMilli((long) (entry.path("Time").asDouble() * 1000))
                : clock.instant();
    }

    private static String bus(JsonNode entry) {
        var bus = entry.path("EventBusName").asText("default");
        return bus.startsWith("arn:") ? bus.substring(bus.indexOf('/') + 1) : bus;
    }

    // As in AWS, an event for a bus that is not there is taken and goes nowhere.
    private void route(String bus, ObjectNode event) {
        var machine = buses.get(bus);
        if (machine == null) return;
        for (var rule : matching(machine, event.toString()))
            for (var target : rule.targets()) targets.deliver(target, event.toString());
    }

    private static List<Template.Rule> matching(
            GenericMachine<Template.Rule> machine, String event) {
        try {
            return machine.rulesForJSONEvent(event);
        } catch (Exception failure) {
            throw new IllegalStateException("Event Ruler cannot read " + event, failure);
        }
    }
}
