package shop.unwind.local.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import java.nio.file.Path;
import java.util.List;

/**
 * Random orders and sequences of what may befall them, played on the whole system. The build plays
 * the same few each time, {@code mvn -Prandom} many new ones; a failure prints the seed and the
 * shortest sequence found.
 */
class RandomTest {
    private static final int SIDE_BY_SIDE = Integer.getInteger("random.sideBySide", 50);
    private static final RandomReport REPORT = new RandomReport();

    @SuppressWarnings("NullAway.Init") // Made before all, which NullAway knows of Jupiter only.
    private static RandomCampaign campaign;

    @BeforeContainer
    static void start() {
        campaign = new RandomCampaign(Path.of("..").toAbsolutePath().normalize());
    }

    @AfterContainer
    static void stop() throws Exception {
        campaign.close();
        REPORT.printReasons();
        assertThat(campaign.leaks()).isEmpty();
    }

    @Property(edgeCases = EdgeCasesMode.NONE, tries = 1, seed = "1")
    @Tag("few")
    @Label("R1, R2, R3, R4, R5, R6, R7, R10: the same few sequences break no rule")
    void theseBreakNoRule(@ForAll("sideBySide") List<Sequence> sequences) throws Exception {
        play(sequences);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Tag("many")
    @Label("R1, R2, R3, R4, R5, R6, R7, R10: whatever befalls an order breaks no rule")
    void noSequenceBreaksARule(@ForAll("sideBySide") List<Sequence> sequences) throws Exception {
        play(sequences);
    }

    @Provide
    Arbitrary<List<Sequence>> sideBySide() {
        return Sequences.sideBySide(SIDE_BY_SIDE);
    }

    private static void play(List<Sequence> sequences) throws Exception {
        var played = campaign.play(sequences);
        REPORT.add(played);

        assertThat(played).filteredOn(Played::isWrong).isEmpty();
        assertThat(campaign.leaks()).isEmpty();
    }
}
