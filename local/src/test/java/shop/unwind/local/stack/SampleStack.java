package shop.unwind.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import javax.tools.ToolProvider;

/** The sample template in a folder of its own, its functions compiled and packed. */
final class SampleStack {
    private SampleStack() {}

    /** Copies and packs everything into this folder; returns the template. */
    static Path in(Path folder) {
        try {
            for (var file : List.of("template.yaml", "case.asl.yaml"))
                Files.copy(resource("stack").resolve(file), folder.resolve(file));
            pack(compiled(folder.resolve("classes")), folder.resolve("functions.zip"));
            return folder.resolve("template.yaml");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path compiled(Path classes) throws IOException {
        try (var sources = Files.list(resource("stack/handlers"))) {
            var arguments = new ArrayList<>(List.of("-proc:none", "-d", classes.toString()));
            sources.map(Path::toString).forEach(arguments::add);
            var compiler = ToolProvider.getSystemJavaCompiler();
            var result = compiler.run(null, null, null, arguments.toArray(String[]::new));
            if (result != 0) throw new IllegalStateException("the sample handlers do not compile");
            return classes;
        }
    }

    private static void pack(Path classes, Path archive) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(archive));
                var files = Files.walk(classes)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                Files.copy(file, zip);
            }
        }
    }

    private static Path resource(String name) {
        try {
            var found = SampleStack.class.getResource("/" + name);
            if (found == null) throw new IllegalStateException("no resource " + name);
            return Path.of(found.toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
