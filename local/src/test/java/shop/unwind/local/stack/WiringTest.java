package shop.unwind.local.stack;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

final class WiringTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void start_shouldBeRefused_whenMappingLeadsNowhere() throws Exception {
        var queue = "arn:aws:sqs:us-east-1:000000000000:none";
        var template =
                template("Events: { Q: { Type: SQS, Properties: { Queue: '" + queue + "' } } }");

        assertThatThrownBy(() -> Stack.start(StackSettings.of(template)))
                .hasMessageContaining("expected a function or queue of this template")
                .hasMessageContaining(queue);
    }

    @Test
    void start_shouldBeRefused_whenArchiveIsNotBuilt() throws Exception {
        var template = template("Description: not built");

        assertThatThrownBy(() -> Stack.start(StackSettings.of(template)))
                .hasMessageContaining("unwind-Fn: CodeUri: expected a built archive")
                .hasMessageContaining("build the functions");
    }

    private Path template(String property) throws Exception {
        return Files.writeString(
                folder.resolve("template.yaml"),
                """
                Resources:
                  Fn:
                    Type: AWS::Serverless::Function
                    Properties:
                      CodeUri: missing.zip
                      Handler: a.B
                      %s
                """
                        .formatted(property));
    }
}
