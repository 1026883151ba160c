package shop.unwind.local.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the operating system says of a process. */
final class Memory {
    private Memory() {}

    /** Resident memory in MB. */
    static double resident(long pid) throws IOException {
        var status = Path.of("/proc/%d/status".formatted(pid));
        return kilobytes(Files.exists(status) ? status(status) : ps(pid)) * 1024 / 1e6;
    }

    private static String status(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("VmRSS:")).findFirst().orElseThrow();
        }
    }

    private static String ps(long pid) throws IOException {
        var process = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            return out.readAllAsString();
        }
    }

    private static long kilobytes(String text) {
        return Long.parseLong(text.replaceAll("\\D", ""));
    }
}
