package shop.unwind.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A file of JSON lines that only grows. A line appended survives a killed process, though not a
 * power cut; a line torn by the kill is dropped when the journal is read again.
 */
public final class Journal implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Optional<Path> file;
    private final Optional<FileChannel> channel;

    private Journal(Optional<Path> file) {
        this.file = file;
        this.channel = file.map(Journal::open);
    }

    /** Keeps nothing: replays nothing after a restart. */
    public static Journal inMemory() {
        return new Journal(Optional.empty());
    }

    /** Keeps every line in this file, which is created with its folders when absent. */
    public static Journal in(Path file) {
        return new Journal(Optional.of(file));
    }

    /** Hands every whole line to the reader, oldest first. Call before the first append. */
    public void replay(Consumer<JsonNode> reader) {
        if (file.isEmpty()) return;
        try {
            var bytes = Files.readAllBytes(file.get());
            var start = 0;
            for (var end = 0; end < bytes.length; end++) {
                if (bytes[end] != '\n') continue;
                reader.accept(JSON.readTree(bytes, start, end - start));
                start = end + 1;
            }
            channel.orElseThrow().truncate(start).position(start);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + file.get(), failure);
        }
    }

    /** Writes a line; false when the journal is closed and keeps it no more. */
    public synchronized boolean append(JsonNode line) {
        if (channel.isEmpty()) return true;
        if (!channel.get().isOpen()) return false;
        try {
            var text = JSON.writeValueAsBytes(line);
            var buffer = ByteBuffer.allocate(text.length + 1).put(text).put((byte) '\n').flip();
            while (buffer.hasRemaining()) channel.get().write(buffer);
            return true;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write " + file.orElseThrow(), failure);
        }
    }

    @Override
    public synchronized void close() {
        channel.ifPresent(
                open -> {
                    try {
                        open.close();
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                });
    }

    private static FileChannel open(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return FileChannel.open(
                    file,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot open " + file, failure);
        }
    }
}
