package shop.unwind.bigcommerce;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One change of stock that is to follow.
 *
 * @param before the level as it was when this was decided
 * @param units how many come back; fewer than none where the store brings back too many
 */
record Adjustment(String variant, int before, int units) {
    private static final String NOTED = "stock to come back";
    private static final Pattern ONE = Pattern.compile("(\\d{1,18}):(-?\\d{1,9})([+-]\\d{1,6})");

    /** As it stands in the staff notes, {@code 77:40+2}: variant, level before, units. */
    static String text(List<Adjustment> all) {
        return all.stream()
                .map(each -> "%s:%d%+d".formatted(each.variant, each.before, each.units))
                .collect(Collectors.joining(" ", NOTED + " ", ""));
    }

    /** What the step with this tag set out to do. */
    static List<Adjustment> noted(StaffNotes notes, String tag) {
        return parse(notes.last(tag, NOTED).stream());
    }

    /** What all steps so far set out to do. */
    static List<Adjustment> noted(StaffNotes notes) {
        return parse(notes.all(NOTED));
    }

    private static List<Adjustment> parse(Stream<String> texts) {
        return texts.flatMap(text -> ONE.matcher(text).results()).map(Adjustment::of).toList();
    }

    private static Adjustment of(MatchResult found) {
        return new Adjustment(
                found.group(1), Integer.parseInt(found.group(2)), Integer.parseInt(found.group(3)));
    }
}
