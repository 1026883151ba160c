package shop.unwind.local.command;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One sample of {@code events/SOURCE/NAME.yaml}: what the world looks like, what is sent, what is
 * to come of it.
 *
 * @param says the sample as staff would tell it
 * @param world orders in the sandbox's neutral form; {@code placedAt} may be a duration ago
 * @param act what people at the platforms do first: sandbox paths with their bodies
 * @param send event files, sent all at once; default the file of the sample's own name
 * @param times how often each is sent
 * @param press what staff answer when asked: {@code approve}, {@code reject} or nothing
 */
record Sample(
        String name,
        String says,
        List<JsonNode> world,
        List<Act> act,
        List<String> send,
        int times,
        String press,
        Expected expect) {

    /** Something a person or bank does at a platform. */
    record Act(String path, JsonNode body) {}

    /**
     * What is to come of it.
     *
     * @param http the answer to what was sent
     * @param cases how each case is to end, by case id; none where nothing may begin
     */
    record Expected(int http, Map<String, Ending> cases) {}

    /**
     * How a case is to end.
     *
     * @param status CLOSED or ATTENTION
     * @param decision such as {@code GO whole-order}
     * @param cancelled whether the storefront shows the order as cancelled
     * @param refunded minor units by payment, by the sandbox's own books
     * @param told audiences
     */
    record Ending(
            String status,
            String decision,
            boolean cancelled,
            Map<String, Long> refunded,
            List<String> told) {}

    private static final ObjectMapper YAML =
            YAMLMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .build();

    /** Every sample below the folder, in the order of their paths. */
    static List<Sample> all(Path events) {
        try (var files = Files.walk(events)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(file -> read(events, file))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + events, failure);
        }
    }

    private static Sample read(Path events, Path file) {
        try {
            var name = events.relativize(file).toString().replace(".yaml", "");
            var tree = (ObjectNode) YAML.readTree(file.toFile());
            tree.put("name", name);
            if (!tree.has("world")) tree.putArray("world");
            if (!tree.has("act")) tree.putArray("act");
            if (!tree.has("send")) tree.putArray("send").add(name + ".json");
            if (!tree.has("times")) tree.put("times", 1);
            if (!tree.has("press")) tree.put("press", "nothing");
            return YAML.treeToValue(tree, Sample.class);
        } catch (IOException malformed) {
            throw new UncheckedIOException(file + ": " + malformed.getMessage(), malformed);
        }
    }
}
