package shop.unwind.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import shop.unwind.local.template.Template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

final class FunctionCodeTest {
    private static final int THREADS = 16;
    private static final int ENTRIES = 50;

    @Test
    void archive_shouldBeUnpackedOnce_whenManyWantItAtOnce(@TempDir Path folder) throws Exception {
        var function = function(archive(folder.resolve("functions.zip")));
        var cache = folder.resolve("cache");
        var start = new CyclicBarrier(THREADS);
        Callable<FunctionCode> unpack =
                () -> {
                    start.await();
                    return FunctionCode.of(function, cache);
                };

        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var all = new ArrayList<Callable<FunctionCode>>();
            for (var n = 0; n < THREADS; n++) all.add(unpack);
            for (var code : threads.invokeAll(all)) code.get().close();
        }

        try (var unpacked = Files.list(cache)) {
            assertThat(unpacked.toList())
                    .singleElement()
                    .satisfies(only -> assertThat(only.toFile().list()).hasSize(ENTRIES));
        }
    }

    private static Path archive(Path path) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(path))) {
            for (var n = 0; n < ENTRIES; n++) {
                zip.putNextEntry(new ZipEntry("Class" + n + ".class"));
                zip.closeEntry();
            }
        }
        return path;
    }

    private static Template.Function function(Path code) {
        return new Template.Function(
                "one",
                code,
                "a.B",
                Duration.ofSeconds(3),
                128,
                Map.of(),
                new Template.Asynchronous(2, Optional.empty()));
    }
}
