package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Reads an object that somebody wrote by hand. Every complaint names the field by its path and says
 * what was expected there.
 */
final class Fields {
    /** A field that is missing, unknown or of the wrong type. */
    static final class Invalid extends RuntimeException {
        private static final long serialVersionUID = 1;

        Invalid(String message) {
            super(message);
        }
    }

    private final JsonNode object;
    private final String path;
    private final Set<String> asked = new HashSet<>();

    Fields(JsonNode object, String path) {
        if (!object.isObject()) throw new Invalid(path + ": expected an object");
        this.object = object;
        this.path = path;
    }

    boolean has(String name) {
        asked.add(name);
        return object.hasNonNull(name);
    }

    String text(String name) {
        return optionalText(name).orElseThrow(() -> expected(name, "a text"));
    }

    String text(String name, String otherwise) {
        return optionalText(name).orElse(otherwise);
    }

    Optional<String> optionalText(String name) {
        if (!has(name)) return Optional.empty();
        var value = object.get(name);
        if (!value.isTextual()) throw expected(name, "a text");
        return Optional.of(value.textValue());
    }

    String word(String name, String otherwise, String... allowed) {
        var word = text(name, otherwise);
        if (!List.of(allowed).contains(word))
            throw expected(name, "one of " + String.join(", ", allowed));
        return word;
    }

    long number(String name) {
        if (!has(name)) throw expected(name, "a whole number");
        return number(name, 0);
    }

    /** A whole number, never negative. */
    long number(String name, long otherwise) {
        if (!has(name)) return otherwise;
        var value = object.get(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0)
            throw expected(name, "a whole number of 0 or more");
        return value.longValue();
    }

    boolean flag(String name, boolean otherwise) {
        if (!has(name)) return otherwise;
        if (!object.get(name).isBoolean()) throw expected(name, "true or false");
        return object.get(name).booleanValue();
    }

    List<String> texts(String name) {
        return list(name).stream()
                .map(
                        item -> {
                            if (!item.isTextual()) throw expected(name, "a list of texts");
                            return item.textValue();
                        })
                .toList();
    }

    List<Fields> objects(String name) {
        var items = list(name);
        return IntStream.range(0, items.size())
                .mapToObj(at -> new Fields(items.get(at), path(name) + "[" + at + "]"))
                .toList();
    }

    /** Complains of every field that was not asked for. */
    void nothingElse() {
        object.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!asked.contains(name))
                                throw new Invalid(path(name) + ": no such field");
                        });
    }

    Invalid expected(String name, String what) {
        return new Invalid(path(name) + ": expected " + what);
    }

    private List<JsonNode> list(String name) {
        if (!has(name)) return List.of();
        if (!object.get(name).isArray()) throw expected(name, "a list");
        return Json.stream(object.get(name)).toList();
    }

    private String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
