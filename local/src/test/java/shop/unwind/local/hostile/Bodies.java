package shop.unwind.local.hostile;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A body that no route takes, whoever signed it.
 *
 * @param of makes it of a sound one
 */
record Bodies(String name, UnaryOperator<String> of) {
    private static final String XML =
            "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>";
    private static final int TEN_MEGABYTES = 10_000_000;

    /** Bodies that can be written as text. */
    static List<Bodies> all() {
        return List.of(
                new Bodies("no body", _ -> ""),
                new Bodies("a body of blanks", _ -> " \t\r\n "),
                new Bodies("a body that is no JSON", _ -> "hello?"),
                new Bodies("a body cut short", sound -> sound.substring(0, sound.length() - 2)),
                new Bodies("two JSON documents", sound -> sound + sound),
                new Bodies("words after the JSON", sound -> sound + " -- done"),
                new Bodies("a comment in the JSON", sound -> "/* hi */" + sound),
                new Bodies("single quotes", sound -> sound.replace('"', '\'')),
                new Bodies("XML", _ -> XML),
                new Bodies("10,000 arrays in one another", _ -> nested("[", "1", "]")),
                new Bodies("10,000 objects in one another", _ -> nested("{\"a\":", "1", "}")),
                new Bodies("10,000 arrays never closed", _ -> "[".repeat(10_000)),
                new Bodies("a number of 5,000 digits", _ -> "[" + "9".repeat(5_000) + "]"),
                new Bodies("a NUL before the JSON", sound -> "\0" + sound),
                new Bodies("a byte order mark", sound -> "\uFEFF" + sound),
                new Bodies(
                        "a field twice",
                        sound -> sound.replaceFirst("\\{(\"[^\"]+\":)", "{$1null,$1")));
    }

    /**
     * Each of them, well signed all the same.
     *
     * @param sound a body that would be taken
     */
    static Stream<Row> rows(Function<Mark, String> sound, Function<byte[], Message> signed) {
        return all().stream()
                .map(
                        body ->
                                Row.of(
                                        body.name() + ", well signed",
                                        400,
                                        "body: ",
                                        mark ->
                                                signed.apply(
                                                        Message.utf8(
                                                                body.of()
                                                                        .apply(
                                                                                sound.apply(
                                                                                        mark))))));
    }

    static byte[] tenMegabytes(String sound) {
        return Message.utf8(sound + " ".repeat(TEN_MEGABYTES));
    }

    /** A text with a byte in it that is no UTF-8. */
    static byte[] notUtf8(String sound) {
        var bytes = Message.utf8(sound.replaceFirst(":\"", ":\"#"));
        for (var i = 0; i < bytes.length; i++) if (bytes[i] == '#') bytes[i] = (byte) 0xC0;
        return bytes;
    }

    static byte[] utf16(String sound) {
        return sound.getBytes(StandardCharsets.UTF_16);
    }

    /** Looks like UTF-32, and holds a number that is no character. */
    static byte[] notUtf32() {
        return new byte[] {0, 0, 0, '{', 0x7f, 0x7f, 0x7f, 0x7f};
    }

    private static String nested(String open, String core, String close) {
        return open.repeat(10_000) + core + close.repeat(10_000);
    }
}
