package shop.unwind.bigcommerce;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One change of stock that is to follow.
 *
 * @param before the level immediately before
 * @param units how many come back; fewer than none where the store brings back too many
 */
record Adjustment(String variant, int before, int units) {

    /** What has been set out to be done. */
    static List<Adjustment> of(Marks.Levels levels, Marks.Taken taken) {
        return of(levels.before(), taken.stock());
    }

    /** Of what has no level nothing is adjusted. */
    static List<Adjustment> of(Map<String, Integer> levels, Map<String, Integer> units) {
        return units.entrySet().stream()
                .filter(each -> levels.containsKey(each.getKey()))
                .map(each -> of(each, levels.getOrDefault(each.getKey(), 0)))
                .toList();
    }

    private static Adjustment of(Map.Entry<String, Integer> units, int before) {
        return new Adjustment(units.getKey(), before, units.getValue());
    }

    static Marks.Levels levels(List<Adjustment> all) {
        return new Marks.Levels(
                all.stream().collect(Collectors.toMap(Adjustment::variant, Adjustment::before)));
    }

    boolean arrived(Map<String, Integer> levels) {
        return isAt(levels, before + units);
    }

    boolean isToCome(Map<String, Integer> levels) {
        return isAt(levels, before);
    }

    private boolean isAt(Map<String, Integer> levels, int level) {
        return levels.containsKey(variant) && levels.getOrDefault(variant, 0) == level;
    }
}
