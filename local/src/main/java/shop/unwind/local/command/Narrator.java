package shop.unwind.local.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import shop.unwind.domain.Money;
import shop.unwind.local.states.Event;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** Prints each case as it moves, one line a step. */
final class Narrator implements BiConsumer<String, Event> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GREY = "\u001b[90m";
    private static final String RED = "\u001b[31m";
    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String PLAIN = "\u001b[0m";

    private final PrintStream out;
    private final boolean colour;
    private final Map<String, Long> started = new ConcurrentHashMap<>();

    Narrator(PrintStream out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    @Override
    public void accept(String executionArn, Event event) {
        var id = executionArn.substring(executionArn.lastIndexOf(':') + 1);
        switch (event.type()) {
            case "ExecutionStarted" -> started.put(id, event.time());
            case "TaskStateExited" -> say(id, event, GREY, step(event.details()));
            case "TaskFailed", "TaskTimedOut" -> say(id, event, YELLOW, failure(event.details()));
            case "ExecutionSucceeded" -> say(id, event, GREEN, "closed");
            case "ExecutionFailed" ->
                    say(
                            id,
                            event,
                            RED,
                            "NEEDS ATTENTION: " + event.details().path("cause").asText());
            case "ExecutionAborted", "ExecutionTimedOut" -> say(id, event, RED, event.type());
            default -> {}
        }
    }

    private void say(String id, Event event, String paint, String words) {
        var since = Duration.ofMillis(event.time() - started.getOrDefault(id, event.time()));
        var line = "%-22s %6d ms  %s".formatted(id, since.toMillis(), words);
        out.println(colour ? paint + line + PLAIN : line);
    }

    private static String step(JsonNode details) {
        var name = details.path("name").asText();
        var output = parsed(details.path("output").asText("null"));
        var payload = output.has("Payload") ? output.path("Payload") : output;
        return name + detail(payload);
    }

    /** The few fields that tell a reader most. */
    private static String detail(JsonNode payload) {
        if (payload.has("verdict"))
            return ": " + payload.path("verdict").asText() + ", " + payload.path("reason").asText();
        if (payload.has("words"))
            return ": " + payload.path("platform").asText() + ", " + words(payload);
        if (payload.has("found")) return payload.path("found").asBoolean() ? "" : ": not found";
        return "";
    }

    /** Some words name the sum that moved. */
    private static String words(JsonNode outcome) {
        var words = outcome.path("words").asText();
        var amount = outcome.path("amount");
        if (!amount.has("minor")) return words;
        var sum = new Money(amount.path("minor").asLong(), amount.path("currency").asText());
        return words.contains(sum.toString()) ? words : words + " (" + sum + ")";
    }

    private static String failure(JsonNode details) {
        var error = details.path("error").asText(details.path("resource").asText());
        var cause = parsed(details.path("cause").asText("")).path("errorMessage").asText("");
        return "not yet: "
                + error.substring(error.lastIndexOf('.') + 1)
                + (cause.isEmpty() ? "" : ", " + cause);
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text.isBlank() ? "null" : text);
        } catch (JsonProcessingException notJson) {
            return JSON.nullNode();
        }
    }
}
