package shop.unwind.local.hostile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A plain socket, since no HTTP client would send what is sent here. */
final class Wire {
    /** An answer that takes longer never comes. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /**
     * What came back before the connection was closed.
     *
     * @param status 0 when it was closed without a word
     */
    record Answer(int status, String head, String body) {
        private static final Answer NONE = new Answer(0, "", "");

        private static Answer of(String text) {
            var end = text.indexOf("\r\n\r\n");
            if (end < 0) return NONE;
            var status = Integer.parseInt(text.substring(9, 12));
            return new Answer(status, text.substring(0, end), text.substring(end + 4));
        }

        Optional<String> header(String name) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }
    }

    private final int port;

    Wire(int port) {
        this.port = port;
    }

    /**
     * Sends bytes and no more, and reads until the connection is closed.
     *
     * @throws IOException no end came within a minute
     */
    Answer send(byte[] request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            var answer = socket.getInputStream().readAllBytes();
            return Answer.of(new String(answer, StandardCharsets.UTF_8));
        }
    }
}
