package shop.unwind.local.states;

import com.dashjoin.jsonata.Parser;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A node of a parsed expression. Dashjoin keeps its tree to itself, hence the reflection. */
record Ast(Parser.Symbol symbol) {
    private static final Set<String> BACK_LINKS =
            Set.of(
                    "slot",
                    "seekingParent",
                    "ancestor",
                    "environment",
                    "nextFunction",
                    "errors",
                    "error");
    private static final List<Field> FIELDS =
            Arrays.stream(Parser.Symbol.class.getDeclaredFields())
                    .filter(
                            field ->
                                    !Modifier.isStatic(field.getModifiers())
                                            && !field.isSynthetic())
                    .filter(field -> !BACK_LINKS.contains(field.getName()))
                    .peek(field -> field.setAccessible(true))
                    .toList();

    /** A child and the name of the field that holds it. */
    record Child(String field, int index, Ast node) {}

    static Ast parse(String text) {
        return new Ast(new Parser().parse(text));
    }

    boolean is(String type) {
        return type.equals(read("type"));
    }

    boolean is(String type, String value) {
        return is(type) && value.equals(value());
    }

    String value() {
        return String.valueOf(read("value"));
    }

    Stream<Child> children() {
        return FIELDS.stream().flatMap(this::children);
    }

    List<Ast> list(String field) {
        return children().filter(child -> child.field().equals(field)).map(Child::node).toList();
    }

    private Stream<Child> children(Field field) {
        var found = flatten(get(field)).toList();
        return Stream.iterate(0, index -> index < found.size(), index -> index + 1)
                .map(index -> new Child(field.getName(), index, found.get(index)));
    }

    private static Stream<Ast> flatten(@Nullable Object value) {
        return switch (value) {
            case Parser.Symbol child -> Stream.of(new Ast(child));
            case List<?> many -> many.stream().flatMap(Ast::flatten);
            case Object[] pair -> Arrays.stream(pair).flatMap(Ast::flatten);
            case null, default -> Stream.empty();
        };
    }

    private @Nullable Object read(String name) {
        for (var field : FIELDS) if (field.getName().equals(name)) return get(field);
        throw new IllegalArgumentException(name);
    }

    private @Nullable Object get(Field field) {
        try {
            return field.get(symbol);
        } catch (IllegalAccessException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
