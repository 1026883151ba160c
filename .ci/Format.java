import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.JavaFormatterOptions;

import module java.base;

/**
 * Formats every Java source of the project; with the argument {@code check} it changes nothing,
 * names the files that differ and fails. Spotless would run inside Maven's own JVM, which may be
 * too old to parse Java 25.
 */
void main(String... arguments) throws Exception {
    var check = List.of(arguments).contains("check");
    var options = JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.AOSP).build();
    var formatter = new Formatter(options);
    var differing = new ArrayList<Path>();
    for (var source : sources()) {
        var text = Files.readString(source);
        var formatted = formatter.formatSourceAndFixImports(text);
        if (!formatted.equals(text)) {
            differing.add(source);
            if (!check) Files.writeString(source, formatted);
        }
    }
    differing.forEach(file -> IO.println((check ? "not formatted: " : "formatted: ") + file));
    if (check && !differing.isEmpty()) {
        IO.println("Run: mvn -Pformat");
        System.exit(1);
    }
}

List<Path> sources() throws IOException {
    var roots = Stream.of("shared", "functions", "local").map(Path::of);
    try (var files = roots.flatMap(this::walk)) {
        return files.filter(file -> file.toString().endsWith(".java"))
                .filter(file -> !file.toString().contains("/target/"))
                .toList();
    }
}

Stream<Path> walk(Path root) {
    try {
        return Files.walk(root);
    } catch (IOException failure) {
        throw new UncheckedIOException(failure);
    }
}
