package shop.unwind.bigcommerce;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.once.Attempt;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The one text in which staff note what they know of an order, and we beside them. It is
 * overwritten as a whole, so what a person saves in the same second may be lost, or ours may: it is
 * read immediately before.
 *
 * <p>Ours are lines that begin with a tag: {@code [unwind:bigcommerce-118-1:cancel] order
 * cancelled}.
 */
record StaffNotes(List<String> lines) {
    private static final Pattern OURS = Pattern.compile("\\[unwind:[^\\]]*] (.*)");

    static StaffNotes of(JsonNode order) {
        return new StaffNotes(order.path("staff_notes").asText("").lines().toList());
    }

    static String tag(Attempt attempt) {
        return "[" + attempt.mark() + "]";
    }

    boolean contain(String tag) {
        return lines.stream().anyMatch(line -> line.startsWith(tag));
    }

    /** What the last line with this tag and this word says behind it. */
    Optional<String> last(String tag, String word) {
        return behind(tag + " " + word).reduce((_, later) -> later);
    }

    /** What lines of ours with this word say behind it, whichever step wrote them. */
    Stream<String> all(String word) {
        return lines.stream()
                .map(OURS::matcher)
                .filter(line -> line.matches() && line.group(1).startsWith(word))
                .map(line -> line.group(1).substring(word.length()).strip());
    }

    String and(String line) {
        return String.join("\n", Stream.concat(lines.stream(), Stream.of(line)).toList());
    }

    private Stream<String> behind(String beginning) {
        return lines.stream()
                .filter(line -> line.startsWith(beginning))
                .map(line -> line.substring(beginning.length()).strip());
    }
}
