package shop.unwind.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;

import shop.unwind.local.template.Template;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A function's archive, unpacked once for each content, and its classes. A jar that is on this
 * application's own class path already is not loaded a second time, so that what functions share is
 * compiled once.
 */
final class FunctionCode implements AutoCloseable {
    private static final Set<String> OWN_JARS =
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                    .map(entry -> Path.of(entry).getFileName())
                    .filter(name -> name != null)
                    .map(Path::toString)
                    .collect(Collectors.toUnmodifiableSet());

    private final String handler;
    private final URLClassLoader classes;

    private FunctionCode(String handler, URLClassLoader classes) {
        this.handler = handler;
        this.classes = classes;
    }

    /**
     * Unpacks the function's archive below the cache folder, unless that has been done.
     *
     * @throws IllegalArgumentException the archive is not there
     */
    static FunctionCode of(Template.Function function, Path cache) {
        if (!Files.isRegularFile(function.code()))
            throw new IllegalArgumentException(
                    "%s: CodeUri: expected a built archive at %s, found none; build the functions"
                            .formatted(function.name(), function.code()));
        try {
            var folder = unpacked(function.code(), cache);
            var loader = new URLClassLoader(classPath(folder), FunctionCode.class.getClassLoader());
            return new FunctionCode(className(function.handler()), loader);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot unpack " + function.code(), failure);
        }
    }

    ClassLoader loader() {
        return classes;
    }

    /** A new handler, made by its public constructor. */
    RequestStreamHandler create() throws ReflectiveOperationException {
        var type = Class.forName(handler, true, classes);
        var made = type.getConstructor().newInstance();
        if (made instanceof RequestStreamHandler streams) return streams;
        throw new ClassCastException(handler + ": expected a RequestStreamHandler");
    }

    @Override
    public void close() {
        try {
            classes.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String className(String handler) {
        var method = handler.indexOf("::");
        return method < 0 ? handler : handler.substring(0, method);
    }

    private static URL[] classPath(Path folder) throws IOException {
        var urls = new ArrayList<URL>(List.of(url(folder)));
        var lib = folder.resolve("lib");
        if (Files.isDirectory(lib))
            try (var jars = Files.list(lib)) {
                jars.sorted().map(FunctionCode::url).forEach(urls::add);
            }
        return urls.toArray(URL[]::new);
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    // Moved into place at once: two runs at a time, or one killed half-way, leave no half folder.
    private static Path unpacked(Path archive, Path cache) throws IOException {
        var folder = cache.resolve(hash(archive));
        if (Files.isDirectory(folder)) return folder;
        Files.createDirectories(cache);
        var half = Files.createTempDirectory(cache, "half");
        unpack(archive, half);
        try {
            Files.move(half, folder);
        } catch (FileSystemException taken) {
            // Somebody else unpacked the same content meanwhile; Linux has several errors for it.
            if (!Files.isDirectory(folder)) throw taken;
            delete(half);
        }
        return folder;
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }

    private static void unpack(Path archive, Path folder) throws IOException {
        try (var zip = new ZipFile(archive.toFile())) {
            for (var entry : zip.stream().filter(FunctionCode::isWanted).toList()) {
                var target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder))
                    throw new IOException(archive + " has an entry outside itself: " + entry);
                Files.createDirectories(target.getParent());
                try (var in = zip.getInputStream(entry)) {
                    Files.copy(in, target);
                }
            }
        }
    }

    private static boolean isWanted(ZipEntry entry) {
        var name = entry.getName();
        return !entry.isDirectory()
                && !(name.startsWith("lib/") && OWN_JARS.contains(name.substring(4)));
    }

    // What is left out depends on this application's jars, so these belong to the key.
    private static String hash(Path archive) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(Files.readAllBytes(archive));
            var jars = String.join(File.pathSeparator, OWN_JARS.stream().sorted().toList());
            digest.update(jars.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
