package shop.unwind.local.states;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** Functions of JSONata's own library where Dashjoin answers otherwise than JSONata 2.0. */
final class StandardFunctions {
    private static final Pattern ISO =
            Pattern.compile(
                    "\\d{4}(-\\d\\d(-\\d\\d(T\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:?\\d\\d)?)?)?)?");
    private static final String KEPT_IN_URL = ";,/?:@&=+$-_.!~*'()#";
    private static final double WRITTEN_OUT = 1e21;

    /** A correction: looks at the arguments and asks the library's function when that is right. */
    private interface Correction {
        @Nullable Object call(List<?> arguments, Library original) throws Throwable;
    }

    private interface Library {
        @Nullable Object call(List<?> arguments) throws Throwable;
    }

    private StandardFunctions() {}

    static void correct(Map<String, Jsonata.JFunction> functions) {
        correct(functions, "base64encode", StandardFunctions::base64encode);
        correct(functions, "count", StandardFunctions::count);
        correct(functions, "distinct", StandardFunctions::distinct);
        correct(functions, "encodeUrl", StandardFunctions::encodeUrl);
        correct(functions, "match", StandardFunctions::match);
        correct(functions, "number", StandardFunctions::number);
        correct(functions, "sort", StandardFunctions::sort);
        correct(functions, "string", StandardFunctions::string);
        correct(functions, "toMillis", StandardFunctions::toMillis);
    }

    private static void correct(
            Map<String, Jsonata.JFunction> functions, String name, Correction correction) {
        var original =
                (Jsonata.JFunction)
                        Objects.requireNonNull(Jsonata.jsonata("$" + name).evaluate(null));
        functions.put(
                name,
                new Jsonata.JFunction(
                        (input, given) ->
                                correction.call(
                                        given, list -> call(original, input, (List<?>) list)),
                        null));
    }

    private static @Nullable Object call(
            Jsonata.JFunction original, @Nullable Object input, List<?> arguments) {
        return original.call(input, (List<?>) original.validate(arguments, input));
    }

    private static @Nullable Object base64encode(List<?> given, Library original) throws Throwable {
        if (!(first(given) instanceof String text)) return original.call(given);
        if (!StandardCharsets.ISO_8859_1.newEncoder().canEncode(text))
            throw new JException("D3137", 0);
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Counts nulls too. */
    private static Object count(List<?> given, Library original) {
        return switch (first(given)) {
            case null -> 0;
            case List<?> items -> items.size();
            default -> 1;
        };
    }

    /** Keeps an array an array, and takes 5 and 5.0 for the same. */
    private static @Nullable Object distinct(List<?> given, Library original) throws Throwable {
        if (!(first(given) instanceof List<?> items)) return original.call(given);
        var distinct = new LinkedHashMap<Object, Object>();
        for (var item : items) distinct.putIfAbsent(Values.toJson(item), item);
        return new ArrayList<>(distinct.values());
    }

    private static @Nullable Object encodeUrl(List<?> given, Library original) {
        if (!(first(given) instanceof String text)) return null;
        var url = new StringBuilder();
        for (var octet : text.getBytes(StandardCharsets.UTF_8))
            url.append(escape((char) (octet & 0xff)));
        return url.toString();
    }

    private static String escape(char octet) {
        var letter = octet < 0x80 && Character.isLetterOrDigit(octet);
        return letter || KEPT_IN_URL.indexOf(octet) >= 0
                ? String.valueOf(octet)
                : "%%%02X".formatted((int) octet);
    }

    private static @Nullable Object match(List<?> given, Library original) throws Throwable {
        var found = original.call(given);
        if (!(found instanceof List<?> all)
                || !(given.size() > 2 && given.get(2) instanceof Number limit)) return found;
        return all.subList(0, Math.min(all.size(), limit.intValue()));
    }

    private static @Nullable Object number(List<?> given, Library original) throws Throwable {
        if (first(given) instanceof String text && !text.equals(text.strip()))
            throw new JException("D3030", 0, text);
        return original.call(given);
    }

    private static @Nullable Object sort(List<?> given, Library original) throws Throwable {
        var numbers =
                first(given) instanceof List<?> items
                        && items.stream().allMatch(Number.class::isInstance);
        if (!numbers || (given.size() > 1 && given.get(1) != null)) return original.call(given);
        return sorted((List<?>) Objects.requireNonNull(first(given)));
    }

    private static List<?> sorted(List<?> numbers) {
        return numbers.stream()
                .sorted(Comparator.comparing(number -> new BigDecimal(number.toString())))
                .toList();
    }

    private static @Nullable Object string(List<?> given, Library original) throws Throwable {
        var large =
                first(given) instanceof Double number
                        && number == Math.rint(number)
                        && Math.abs(number) < WRITTEN_OUT;
        return large
                ? new BigDecimal((Double) Objects.requireNonNull(first(given))).toPlainString()
                : original.call(given);
    }

    private static @Nullable Object toMillis(List<?> given, Library original) throws Throwable {
        var pictured = given.size() > 1 && given.get(1) != null;
        if (!pictured && first(given) instanceof String text && !ISO.matcher(text).matches())
            throw new JException("D3110", 0, text);
        return original.call(given);
    }

    private static @Nullable Object first(List<?> arguments) {
        return arguments.isEmpty() ? null : arguments.getFirst();
    }
}
