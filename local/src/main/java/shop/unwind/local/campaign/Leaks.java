package shop.unwind.local.campaign;

import shop.unwind.local.states.Event;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Looks for what must stand in no history and in no log: customers and secrets. */
final class Leaks implements BiConsumer<String, Event> {
    /** Every customer's. */
    static final String NAME = "Annabel Leeuwenhoek";

    private static final List<String> SECRET =
            List.of(
                    NAME,
                    "@example.com",
                    "shpss_",
                    "shpat_",
                    "sk_test_",
                    "whsec_",
                    "SG.unwind",
                    "xoxb-");

    private final Queue<Broken> found = new ConcurrentLinkedQueue<>();

    @Override
    public void accept(String executionArn, Event event) {
        seek(event.details().toString(), "the history of " + executionArn);
    }

    /** Looks through a file, beginning behind so many bytes. */
    void seekIn(Path file, long from) throws IOException {
        try (var channel = Files.newByteChannel(file).position(from);
                var text =
                        new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
            text.lines().forEach(line -> seek(line, "the functions' log"));
        }
    }

    private void seek(String text, String where) {
        secretsIn(text).forEach(each -> found.add(new Broken("R10", each + " stands in " + where)));
    }

    private static Stream<String> secretsIn(String text) {
        return SECRET.stream().filter(text::contains);
    }

    List<Broken> found() {
        return List.copyOf(found);
    }
}
