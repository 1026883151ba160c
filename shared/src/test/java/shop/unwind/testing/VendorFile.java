package shop.unwind.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a vendor has published, which lies beside the checkout when it is there at all. */
public final class VendorFile {
    private VendorFile() {}

    /** Its text; skips the test when it is absent. */
    public static String text(String name) {
        var file = checkout().resolveSibling("shared").resolve("contracts").resolve(name);
        assumeTrue(Files.exists(file), "no contract at ../shared/contracts/" + name);
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Maven runs tests in the module's folder, one or two below the checkout. */
    private static Path checkout() {
        var above = Path.of("..").toAbsolutePath().normalize();
        return Files.exists(above.resolve("template.yaml"))
                ? above
                : above.resolve("..").normalize();
    }
}
