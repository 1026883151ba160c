package shop.unwind.local.states;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** The functions that Step Functions adds to JSONata, and the one that it takes away. */
final class Functions {
    private static final String BAD_ARGUMENT = "D3137";
    private static final String BAD_COUNT = "T0410";
    private static final int LONGEST_RANGE = 360_145;
    private static final Set<String> HASHES =
            Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");
    private static final Random RANDOM = new Random();

    /** A function of the values given, of which an undefined one is null. */
    private interface Body {
        @Nullable Object call(Arguments arguments);
    }

    private static final Map<String, Jsonata.JFunction> ALL = new HashMap<>();

    static {
        define("partition", 2, Functions::partition);
        define("range", 3, Functions::range);
        define("hash", 2, Functions::hash);
        define("random", 1, arguments -> random(arguments.number(0)).nextDouble());
        define("uuid", 0, _ -> UUID.randomUUID().toString());
        define("parse", 1, Functions::parse);
        define("eval", Integer.MAX_VALUE, Functions::refuse);
        StandardFunctions.correct(ALL);
    }

    private Functions() {}

    /** Puts those of these names that are ours into the frame. */
    static void bind(Iterable<String> names, Jsonata.Frame frame) {
        for (var name : names) {
            var function = ALL.get(name);
            if (function != null) frame.bind(name, function);
        }
    }

    private static void define(String name, int most, Body body) {
        ALL.put(name, new Jsonata.JFunction((_, given) -> body.call(arguments(given, most)), null));
    }

    private static Arguments arguments(List<?> given, int most) {
        if (given.size() > most) throw error(BAD_COUNT);
        return new Arguments(given);
    }

    private static JException error(String code) {
        return new JException(code, 0);
    }

    private static Object refuse(Arguments arguments) {
        throw error("T1006");
    }

    private static @Nullable Object partition(Arguments arguments) {
        if (!(arguments.get(0) instanceof List<?> items) || items.isEmpty()) return null;
        var size = arguments.number(1) == null ? items.size() : arguments.integer(1);
        if (size == 0) return null;
        if (size < 0) throw error(BAD_ARGUMENT);
        var chunks = new ArrayList<List<?>>();
        for (var from = 0; from < items.size(); from += (int) size)
            chunks.add(List.copyOf(items.subList(from, (int) Math.min(items.size(), from + size))));
        return chunks;
    }

    private static @Nullable Object range(Arguments arguments) {
        if (arguments.number(0) == null
                || arguments.number(1) == null
                || arguments.number(2) == null) return null;
        var start = arguments.integer(0);
        var end = arguments.integer(1);
        var step = arguments.integer(2);
        if (step == 0 || (step > 0 ? start > end : start < end)) return null;
        if ((end - start) / step >= LONGEST_RANGE) throw error(BAD_ARGUMENT);
        var numbers = new ArrayList<Number>();
        for (var next = start; step > 0 ? next <= end : next >= end; next += step)
            numbers.add(Values.number(next));
        return numbers.size() == 1 ? numbers.getFirst() : numbers;
    }

    private static Object hash(Arguments arguments) {
        if (!(arguments.get(0) instanceof String text)
                || !(arguments.get(1) instanceof String algorithm)
                || !HASHES.contains(algorithm)) throw error(BAD_ARGUMENT);
        try {
            var digest = MessageDigest.getInstance(algorithm);
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException absent) {
            throw new AssertionError(absent);
        }
    }

    private static Random random(@Nullable Number seed) {
        return seed == null ? RANDOM : new Random(seed.longValue());
    }

    private static @Nullable Object parse(Arguments arguments) {
        if (arguments.get(0) == null) return null;
        if (!(arguments.get(0) instanceof String text)) throw error(BAD_ARGUMENT);
        return Json.parse(text)
                .map(JsonNode.class::cast)
                .map(Values::toJsonata)
                .orElseThrow(() -> error(BAD_ARGUMENT));
    }

    /** The values given to a function. */
    record Arguments(List<?> values) {
        @Nullable Object get(int index) {
            return index < values.size() ? values.get(index) : null;
        }

        @Nullable Number number(int index) {
            var value = get(index);
            if (value == null || value instanceof Number) return (Number) value;
            throw error(BAD_ARGUMENT);
        }

        /** The number there without its fraction. */
        long integer(int index) {
            var number = number(index);
            return number == null ? 0 : new BigDecimal(number.toString()).longValue();
        }
    }
}
