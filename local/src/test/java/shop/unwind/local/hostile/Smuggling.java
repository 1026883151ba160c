package shop.unwind.local.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Requests whose ends are doubtful. Behind them stands a sound form: were it taken for a request of
 * its own, it would be written. In AWS the API stands before us; here what plays it has to.
 */
final class Smuggling {
    private static final String FOLDED =
            "X: a\r\n Transfer-Encoding: chunked\r\nContent-Length: %1$d";

    private Smuggling() {}

    /**
     * The rows of one route.
     *
     * @param read the answer to an unsigned request that is read as one after all
     */
    static List<Row> rows(String path, int read) {
        return Stream.concat(
                        Stream.of(
                                row(
                                        path,
                                        "two lengths",
                                        400,
                                        "Content-Length: 5\r\nContent-Length: 0"),
                                row(path, "a list of lengths", 400, "Content-Length: 5, 0"),
                                row(path, "a negative length", 400, "Content-Length: -1"),
                                row(path, "a length with a sign", 400, "Content-Length: +5"),
                                row(
                                        path,
                                        "a length beyond all",
                                        400,
                                        "Content-Length: 99999999999999999999"),
                                row(path, "a length in words", 400, "Content-Length: five"),
                                row(
                                        path,
                                        "two hosts",
                                        400,
                                        "Host: evil.example\r\nContent-Length: 5"),
                                row(
                                        path,
                                        "a header without a colon",
                                        400,
                                        "Nonsense\r\nContent-Length: 5"),
                                row(
                                        path,
                                        "a NUL in a header",
                                        400,
                                        "X-Note: a\0b\r\nContent-Length: 5"),
                                row(path, "a folded header", read, FOLDED)),
                        encodings(path))
                .toList();
    }

    /** RFC 9112, 6.1: what the server cannot decode is a 501. */
    private static Stream<Row> encodings(String path) {
        return Stream.of(
                row(
                        path,
                        "both Content-Length and Transfer-Encoding",
                        400,
                        "Content-Length: 5\r\nTransfer-Encoding: chunked"),
                row(
                        path,
                        "Transfer-Encoding before Content-Length",
                        400,
                        "Transfer-Encoding: chunked\r\nContent-Length: 5"),
                row(path, "a blank before the colon", 400, "Transfer-Encoding : chunked"),
                row(path, "an unknown transfer encoding", 501, "Transfer-Encoding: xchunked"),
                row(path, "two transfer encodings", 501, "Transfer-Encoding: chunked, identity"));
    }

    private static Row row(String path, String name, int status, String lines) {
        return new Row(name, request(path, lines), status, "");
    }

    private static Function<Mark, byte[]> request(String path, String lines) {
        return mark -> {
            var rest = "0\r\n\r\n" + hidden(mark);
            var head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + lines;
            return Message.utf8(head.formatted(rest.length()) + "\r\n\r\n" + rest);
        };
    }

    private static String hidden(Mark mark) {
        var form = PortalForms.sound(mark).json();
        return new String(Message.post("/cancellations", form).json().bytes(), UTF_8);
    }
}
