package shop.unwind.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** What was accepted is still there after the process was killed. */
final class SurvivalTest {
    private static final String DONE = "everything is accepted";

    @Test
    void tablesAndMessages_shouldBeThere_whenProcessWasKilled(@TempDir Path folder)
            throws Exception {
        SampleStack.in(folder);
        kill(folder);

        try (var stack = Stack.start(settings(folder))) {
            assertThat(stack.queues().depth("idle").visible()).isEqualTo(20);
            var items = stack.tables().client().scan(scan -> scan.tableName("unwind-Records"));
            assertThat(items.count()).isEqualTo(20);
        }
    }

    private static void kill(Path folder) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var child =
                new ProcessBuilder(
                                java,
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Writer.class.getName(),
                                folder.toString())
                        .redirectErrorStream(true)
                        .start();
        try (var out =
                new BufferedReader(
                        new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.lines().anyMatch(DONE::equals)).isTrue();
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    private static StackSettings settings(Path folder) {
        return StackSettings.of(folder.resolve("template.yaml")).data(folder.resolve("data"));
    }

    /** Writes items and messages, says so, and waits to be killed. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws Exception {
            var stack = Stack.start(settings(Path.of(arguments[0])));
            for (var count = 0; count < 20; count++) {
                var item = Map.of("pk", AttributeValue.fromS("item-" + count));
                stack.tables().client().putItem(put -> put.tableName("unwind-Records").item(item));
                stack.queues().send("idle", "message " + count);
            }
            System.out.println(DONE);
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
