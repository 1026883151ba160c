package shop.unwind.local.command;

import java.io.Console;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How to run, from the command line, then the environment, then defaults.
 *
 * @param project the folder with template.yaml
 * @param data kept from run to run; in memory when absent
 * @param store the store document
 */
public record Options(
        Path project,
        int port,
        int sandboxPort,
        Optional<Path> data,
        Path store,
        Path policy,
        boolean colour) {

    /** The front door, {@code http://localhost:8080}. */
    public String frontUrl() {
        return "http://localhost:" + port;
    }

    public String sandboxUrl() {
        return "http://localhost:" + sandboxPort;
    }

    static Options of(List<String> arguments) {
        var given = new Given(arguments);
        var project = Path.of("").toAbsolutePath();
        return new Options(
                project,
                given.number("port", 8080),
                given.number("sandbox-port", 8090),
                given.text("data").map(Path::of),
                given.text("store").map(Path::of).orElse(project.resolve("local/store.json")),
                given.text("policy").map(Path::of).orElse(project.resolve("local/policy.json")),
                Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent());
    }

    private record Given(List<String> arguments) {
        /** {@code --data FOLDER} or {@code data=FOLDER}, or environment variable {@code DATA}. */
        Optional<String> text(String name) {
            var at = arguments.indexOf("--" + name);
            if (at >= 0 && at + 1 < arguments.size()) return Optional.of(arguments.get(at + 1));
            for (var argument : arguments)
                if (argument.startsWith(name + "="))
                    return Optional.of(argument.substring(name.length() + 1));
            var variable = name.toUpperCase(Locale.ROOT).replace('-', '_');
            return Optional.ofNullable(System.getenv(variable)).filter(value -> !value.isBlank());
        }

        int number(String name, int otherwise) {
            try {
                return text(name).map(Integer::parseInt).orElse(otherwise);
            } catch (NumberFormatException malformed) {
                throw new IllegalArgumentException(
                        name + ": a port number was expected", malformed);
            }
        }
    }
}
