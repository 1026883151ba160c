package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules of Slack's Block Kit for messages. */
final class BlockKit {
    private final List<String> complaints = new ArrayList<>();

    private BlockKit() {}

    /** What is wrong with these blocks, in Slack's way; empty when nothing is. */
    static List<String> complaints(JsonNode blocks) {
        var kit = new BlockKit();
        if (blocks.size() > 50) kit.complain("no more than 50 items allowed", "/blocks");
        var ids = new HashSet<String>();
        for (var at = 0; at < blocks.size(); at++) {
            var path = "/blocks/" + at;
            var id = Json.text(blocks.get(at), "block_id");
            if (id.isPresent() && !ids.add(id.get()))
                kit.complain("block_id must be unique", path + "/block_id");
            kit.text(blocks.get(at), "block_id", 255, false, path);
            kit.block(blocks.get(at), path);
        }
        return kit.complaints;
    }

    private void block(JsonNode block, String path) {
        switch (block.path("type").asText()) {
            case "actions" -> elements(block, 25, path);
            case "context" -> context(block, path);
            case "divider" -> {}
            case "header" -> object(block, "text", 150, Set.of("plain_text"), path);
            case "image" -> {
                text(block, "image_url", 3000, true, path);
                text(block, "alt_text", 2000, true, path);
            }
            case "section" -> section(block, path);
            case "rich_text", "input", "file", "video", "markdown" -> {}
            default -> complain("unsupported type: " + block.path("type").asText(), path + "/type");
        }
    }

    private void section(JsonNode block, String path) {
        var either = Set.of("plain_text", "mrkdwn");
        if (!block.has("text") && !block.has("fields"))
            complain("missing required field: text", path);
        if (block.has("text")) object(block, "text", 3000, either, path);
        if (block.path("fields").size() > 10)
            complain("no more than 10 items allowed", path + "/fields");
        for (var at = 0; at < block.path("fields").size(); at++)
            textObject(block.get("fields").get(at), 2000, either, path + "/fields/" + at);
        if (block.has("accessory")) element(block.get("accessory"), path + "/accessory");
    }

    private void context(JsonNode block, String path) {
        if (block.path("elements").isEmpty() || block.path("elements").size() > 10)
            complain("must have 1 to 10 items", path + "/elements");
    }

    private void elements(JsonNode block, int most, String path) {
        var elements = block.path("elements");
        if (elements.isEmpty()) complain("no fewer than 1 items allowed", path + "/elements");
        if (elements.size() > most)
            complain("no more than " + most + " items allowed", path + "/elements");
        var ids = new HashSet<String>();
        for (var at = 0; at < elements.size(); at++) {
            var id = Json.text(elements.get(at), "action_id");
            if (id.isPresent() && !ids.add(id.get()))
                complain("action_id must be unique", path + "/elements/" + at + "/action_id");
            element(elements.get(at), path + "/elements/" + at);
        }
    }

    private void element(JsonNode element, String path) {
        text(element, "action_id", 255, false, path);
        if (!element.path("type").asText().equals("button")) {
            if (!element.path("type").isTextual()) complain("missing required field: type", path);
            return;
        }
        object(element, "text", 75, Set.of("plain_text"), path);
        text(element, "value", 2000, false, path);
        text(element, "url", 3000, false, path);
        var style = Json.text(element, "style");
        if (style.isPresent() && !Set.of("primary", "danger").contains(style.get()))
            complain("must be a valid enum value", path + "/style");
        if (element.has("confirm")) confirm(element.get("confirm"), path + "/confirm");
    }

    private void confirm(JsonNode confirm, String path) {
        var plain = Set.of("plain_text");
        object(confirm, "title", 100, plain, path);
        object(confirm, "text", 300, Set.of("plain_text", "mrkdwn"), path);
        object(confirm, "confirm", 30, plain, path);
        object(confirm, "deny", 30, plain, path);
    }

    private void object(JsonNode holder, String name, int most, Set<String> types, String path) {
        if (holder.path(name).isObject())
            textObject(holder.get(name), most, types, path + "/" + name);
        else complain("missing required field: " + name, path);
    }

    private void textObject(JsonNode object, int most, Set<String> types, String path) {
        if (!types.contains(object.path("type").asText()))
            complain("must be one of " + String.join(", ", types), path + "/type");
        text(object, "text", most, true, path);
    }

    private void text(JsonNode holder, String name, int most, boolean required, String path) {
        var value = Optional.ofNullable(holder.get(name));
        if (value.isEmpty()) {
            if (required) complain("missing required field: " + name, path);
            return;
        }
        if (!value.get().isTextual()) complain("must be a string", path + "/" + name);
        else if (value.get().textValue().isEmpty())
            complain("must be more than 0 characters", path + "/" + name);
        else if (value.get().textValue().length() > most)
            complain("must be less than " + (most + 1) + " characters", path + "/" + name);
    }

    private void complain(String message, String path) {
        complaints.add("[ERROR] " + message + " [json-pointer:" + path + "]");
    }
}
