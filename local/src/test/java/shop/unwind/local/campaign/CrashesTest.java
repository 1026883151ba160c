package shop.unwind.local.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The crash campaign in its short form; {@code mvn -Pfaults} runs it in full. */
class CrashesTest {

    @Test
    @DisplayName("R2, R4: whatever stops, whenever it stops, each case ends and no rule is broken")
    void noCrashBreaksARule(@TempDir Path folder) throws Exception {
        var project = Path.of("..").toAbsolutePath().normalize();
        try (var campaign = new CrashCampaign(project, folder.resolve("executions.journal"))) {
            var tally = campaign.shortened();

            tally.print(new PrintStream(System.out, true, StandardCharsets.UTF_8));
            assertThat(tally.wrong()).isEmpty();
            assertThat(tally.results()).hasSizeGreaterThan(120);
        }
    }
}
