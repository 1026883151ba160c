package shop.unwind.bigcommerce;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.once.Attempt;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one text in which staff note what they know of an order, and we beside them, for them to
 * read. It is overwritten as a whole by whoever saves it, so nothing that must be known is kept
 * here.
 *
 * <p>Ours are lines that begin with a tag: {@code [unwind:bigcommerce-118-1:cancel]}.
 */
record StaffNotes(List<String> lines) {

    static StaffNotes of(JsonNode order) {
        return new StaffNotes(order.path("staff_notes").asText("").lines().toList());
    }

    static String tag(Attempt attempt) {
        return "[" + attempt.mark() + "]";
    }

    boolean contain(String tag) {
        return lines.stream().anyMatch(line -> line.startsWith(tag));
    }

    String and(String line) {
        return Stream.concat(lines.stream(), Stream.of(line)).collect(Collectors.joining("\n"));
    }

    String without(String tag) {
        return lines.stream()
                .filter(line -> !line.startsWith(tag))
                .collect(Collectors.joining("\n"));
    }
}
