package shop.unwind.local.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;

/** Two or more things at the same instant, judged by the books. */
class RacesTest {
    private static Site site;
    private static Races races;

    @BeforeAll
    static void start() {
        site = Site.start(Path.of("..").toAbsolutePath().normalize());
        races = new Races(site);
    }

    @AfterAll
    static void stop() {
        try {
            site.calm();
            assertThat(site.tieOut()).isEmpty();
        } finally {
            site.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"WHOLE_ORDER", "WOOCOMMERCE_PART"})
    @DisplayName("C4, C37, C46: the same request 100 times at once from 20 threads is one case")
    void theSameRequestHundredTimesAtOnce(Road road) throws Exception {
        var tally = races.sameRequest(road, 100, 20);

        assertThat(tally.wrong()).isEmpty();
        assertThat(site.caseNames(tally.results().getFirst().judgement().plot())).hasSize(1);
    }

    @Test
    @DisplayName("C8, C9, R5: cancel against ship: what has left is not cancelled")
    void cancelAgainstShip() throws Exception {
        assertThat(races.cancelAgainstShip(6).wrong()).isEmpty();
    }

    @Test
    @DisplayName("C33, C34, R3: refund against dispute: never both")
    void refundAgainstDispute() throws Exception {
        assertThat(races.refundAgainstDispute(5).wrong()).isEmpty();
    }

    @Test
    @DisplayName("C4: Approve and Reject at once: one of them stands")
    void approveAgainstReject() throws Exception {
        assertThat(races.approveAgainstReject(6).wrong()).isEmpty();
    }

    @Test
    @DisplayName("C22, C50: other lines asked for while the first case runs come back once, too")
    void otherLinesMeanwhile() throws Exception {
        assertThat(races.otherLinesMeanwhile(3).wrong()).isEmpty();
    }

    @Test
    void otherLinesAskedForAfterTheFirstCaseClosedAreACaseOfTheirOwn() throws Exception {
        assertThat(races.otherLinesAfterwards().wrong()).isEmpty();
    }
}
