package shop.unwind.square;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Plan;
import shop.unwind.once.Attempt;
import shop.unwind.problem.Refused;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Which units we took back. Square takes no line off a paid order, so it stands in the order's
 * metadata, one entry for each step, and where stock came back in the adjustments' references.
 */
final class Taken {
    private static final String KEY = "unwind_take_";
    private static final int LONGEST = 255;

    private Taken() {}

    /** What the marks of all our steps on this order begin with. */
    static String prefix(OrderRef ref) {
        return "unwind:" + ref.key() + "-";
    }

    static String key(String mark) {
        var id = UUID.nameUUIDFromBytes(mark.getBytes(StandardCharsets.UTF_8)).toString();
        return KEY + id.substring(0, 13);
    }

    /**
     * The metadata of one step.
     *
     * @throws Refused when Square does not keep so much
     */
    static String written(Attempt attempt, List<Plan.Units> lines) {
        var text =
                attempt.mark()
                        + lines.stream()
                                .map(units -> " " + units.line() + "*" + units.quantity())
                                .collect(Collectors.joining());
        if (text.length() > LONGEST)
            throw new Refused(
                    "too many", "Square's metadata do not hold so many lines: do it by hand");
        return text;
    }

    /** An adjustment's reference. */
    static String reference(Attempt attempt, String line) {
        return attempt.mark() + " " + line;
    }

    /** Units by line. A step that stands in both places counts once. */
    static Map<String, Integer> units(OrderRef ref, JsonNode metadata, List<JsonNode> moves) {
        var steps = new HashMap<String, Map<String, Integer>>();
        for (var move : moves) {
            var words = move.path("reference_id").asText().split(" ", -1);
            if (words[0].startsWith(prefix(ref)) && words.length == 2)
                steps.computeIfAbsent(words[0], _ -> new HashMap<>())
                        .merge(words[1], Shown.quantity(move), Integer::sum);
        }
        for (var entry : metadata.properties()) {
            var words = entry.getValue().asText().split(" ", -1);
            if (entry.getKey().startsWith(KEY) && words[0].startsWith(prefix(ref)))
                steps.put(words[0], lines(words));
        }
        var units = new HashMap<String, Integer>();
        for (var step : steps.values())
            step.forEach((line, quantity) -> units.merge(line, quantity, Integer::sum));
        return units;
    }

    private static Map<String, Integer> lines(String[] words) {
        var lines = new HashMap<String, Integer>();
        for (var at = 1; at < words.length; at++) {
            var star = words[at].lastIndexOf('*');
            if (star > 0 && words[at].substring(star + 1).matches("\\d{1,9}"))
                lines.put(
                        words[at].substring(0, star),
                        Integer.parseInt(words[at].substring(star + 1)));
        }
        return lines;
    }
}
