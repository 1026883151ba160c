package shop.unwind.bigcommerce;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.json.Json;
import shop.unwind.once.Attempt;
import shop.unwind.problem.Unreachable;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What our steps have done to an order. Each step has up to four marks, written in this order and
 * never changed: what it takes back, the levels of stock before they are adjusted, and how it
 * ended; or, where it was turned away after its first mark, that nothing came of it.
 *
 * @param values by key: {@code bigcommerce-118-1:cancel:1}, and the same with what follows
 */
record Marks(Map<String, String> values) {
    static final String NAMESPACE = "unwind";
    static final String OURS_ALONE = "app_only";

    private static final String LEVELS = ":levels";
    private static final String ENDED = ":ended";
    private static final String UNDONE = ":undone";
    private static final Pattern STEP = Pattern.compile("[^:]+:[^:]+:\\d+");

    /**
     * What a step takes back.
     *
     * @param lines units by line; none when it is the whole order
     * @param stock units that are to come back, by variant; fewer than none where the store brings
     *     back too many
     */
    record Taken(Map<String, Integer> lines, Map<String, Integer> stock) {
        Taken {
            lines = sorted(lines);
            stock = sorted(stock);
        }

        boolean isWhole() {
            return lines.isEmpty();
        }
    }

    /** The levels of stock, by variant, immediately before they are adjusted. */
    record Levels(Map<String, Integer> before) {
        Levels {
            before = sorted(before);
        }
    }

    /** Of two with one key, which no store should take, the first counts. */
    static Marks of(List<JsonNode> metafields) {
        var values = new LinkedHashMap<String, String>();
        metafields.stream()
                .filter(Marks::isOurs)
                .sorted(Comparator.comparingLong(field -> field.path("id").asLong()))
                .forEach(
                        field ->
                                values.putIfAbsent(
                                        field.path("key").asText(), field.path("value").asText()));
        return new Marks(Collections.unmodifiableMap(values));
    }

    /** What other apps share with everybody may bear any name. */
    private static boolean isOurs(JsonNode field) {
        return field.path("namespace").asText().equals(NAMESPACE)
                && field.path("permission_set").asText().equals(OURS_ALONE);
    }

    static String taken(Attempt attempt) {
        return attempt.key();
    }

    static String levels(Attempt attempt) {
        return attempt.key() + LEVELS;
    }

    static String ended(Attempt attempt) {
        return attempt.key() + ENDED;
    }

    static String undone(Attempt attempt) {
        return attempt.key() + UNDONE;
    }

    Optional<Taken> takenBy(Attempt attempt) {
        return of(taken(attempt)).map(value -> read(value, Taken.class));
    }

    Optional<Levels> levelsBefore(Attempt attempt) {
        return of(levels(attempt)).map(value -> read(value, Levels.class));
    }

    Optional<String> endOf(Attempt attempt) {
        return of(ended(attempt));
    }

    boolean isUndone(Attempt attempt) {
        return isUndone(taken(attempt));
    }

    /** Whether a step of ours has cancelled the order. */
    boolean cancelled() {
        return steps(step -> has(step + ENDED)).anyMatch(Taken::isWhole);
    }

    /** What was taken back, or is about to be. */
    Stream<Taken> taken() {
        return steps(step -> !isUndone(step));
    }

    /** What has been adjusted, or may have been. */
    Stream<Taken> adjusted() {
        return steps(step -> has(step + LEVELS));
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    Marks and(String key, String value) {
        var more = new LinkedHashMap<>(values);
        more.put(key, value);
        return new Marks(Collections.unmodifiableMap(more));
    }

    /** As if this attempt had not begun. */
    Marks without(Attempt attempt) {
        var fewer = new LinkedHashMap<>(values);
        fewer.remove(taken(attempt));
        return new Marks(Collections.unmodifiableMap(fewer));
    }

    private Optional<String> of(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** Once it has ended, that it was undone is a word that arrived late. */
    private boolean isUndone(String step) {
        return has(step + UNDONE) && !has(step + ENDED);
    }

    private Stream<Taken> steps(Predicate<String> which) {
        return values.entrySet().stream()
                .filter(mark -> STEP.matcher(mark.getKey()).matches())
                .filter(mark -> which.test(mark.getKey()))
                .map(mark -> read(mark.getValue(), Taken.class));
    }

    /** Passed over, it would be taken back again. */
    private static <T> T read(String value, Class<T> type) {
        try {
            return Json.read(value, type);
        } catch (Json.Malformed unreadable) {
            throw new Unreachable("a metafield of ours cannot be read");
        }
    }

    private static Map<String, Integer> sorted(Map<String, Integer> units) {
        return Collections.unmodifiableMap(new TreeMap<>(units));
    }
}
