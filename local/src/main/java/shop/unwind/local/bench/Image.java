package shop.unwind.local.bench;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * A function's archive on disk, as Lambda unpacks it and once more as jars only: an AOT cache takes
 * no folder of classes.
 */
record Image(String handler, Path folder) {
    private static final String CLASSES = "classes.jar";

    /** Unpacks an archive into this folder. */
    static Image unpack(Path archive, String handler, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var zip = new ZipFile(archive.toFile());
                var jar = classes(folder)) {
            for (var entry : zip.stream().filter(it -> !it.isDirectory()).toList()) {
                copy(zip.getInputStream(entry), task(folder).resolve(entry.getName()));
                if (!entry.getName().startsWith("lib/"))
                    add(jar, entry.getName(), zip.getInputStream(entry));
            }
        }
        return new Image(handler, folder);
    }

    /** A function of one class without any library. */
    static Image of(Class<?> handler, Path folder) throws IOException {
        Files.createDirectories(folder);
        var name = handler.getName().replace('.', '/') + ".class";
        try (var jar = classes(folder)) {
            copy(resource(name), task(folder).resolve(name));
            add(jar, name, resource(name));
        }
        return new Image(handler.getName() + "::handleRequest", folder);
    }

    /** What Lambda's runtime has for its working directory. */
    Path task() {
        return task(folder);
    }

    /** All of the function as a class path of jars. */
    String classPath() throws IOException {
        var lib = task().resolve("lib");
        try (var jars = Files.isDirectory(lib) ? Files.list(lib) : Stream.<Path>empty()) {
            var all = Stream.concat(Stream.of(folder.resolve(CLASSES)), jars.sorted());
            return String.join(File.pathSeparator, all.map(Path::toString).toList());
        }
    }

    /** Where an AOT cache of it is kept. */
    Path cache() {
        return folder.resolve("function.aot");
    }

    private static Path task(Path folder) {
        return folder.resolve("task");
    }

    private static JarOutputStream classes(Path folder) throws IOException {
        return new JarOutputStream(Files.newOutputStream(folder.resolve(CLASSES)));
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(Image.class.getClassLoader().getResourceAsStream(name));
    }

    private static void copy(InputStream from, Path to) throws IOException {
        try (from) {
            Files.createDirectories(to.getParent());
            Files.copy(from, to);
        }
    }

    private static void add(JarOutputStream jar, String name, InputStream from) throws IOException {
        try (from) {
            jar.putNextEntry(new JarEntry(name));
            from.transferTo(jar);
            jar.closeEntry();
        }
    }
}
