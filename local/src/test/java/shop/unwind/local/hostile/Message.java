package shop.unwind.local.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An HTTP request that is sound as such; what is sent in it need not be.
 *
 * @param lines of the header, as they are to stand
 */
@SuppressWarnings("ArrayRecordComponent") // Sent and forgotten, never compared.
record Message(String method, String path, List<String> lines, byte[] body) {
    Message {
        lines = List.copyOf(lines);
    }

    static Message post(String path, byte[] body) {
        return new Message("POST", path, List.of(), body);
    }

    static Message post(String path, String body) {
        return post(path, utf8(body));
    }

    static Message get(String path) {
        return new Message("GET", path, List.of(), new byte[0]);
    }

    Message by(String other) {
        return new Message(other, path, lines, body);
    }

    Message header(String name, String value) {
        var more = new ArrayList<>(lines);
        more.add(name + ": " + value);
        return new Message(method, path, more, body);
    }

    Message json() {
        return header("Content-Type", "application/json");
    }

    /** As bytes, with the length of the body, for a connection that ends with the answer. */
    byte[] bytes() {
        var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        lines.forEach(line -> head.append(line).append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\n");
        head.append("Connection: close\r\n\r\n");
        var all = new ByteArrayOutputStream();
        all.writeBytes(utf8(head.toString()));
        all.writeBytes(body);
        return all.toByteArray();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
