package shop.unwind.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import shop.unwind.local.table.TableUse;

import java.math.BigDecimal;

/** The expected sums are those of AWS's price pages, worked out by hand. */
class CostTest {
    private static final TableUse NO_TABLES = new TableUse(BigDecimal.ZERO, BigDecimal.ZERO);

    @Test
    void fortyThousandTransitionsAreADollar() {
        var cost = Cost.of(new Usage(40_000, 0, 0, 0, 0, NO_TABLES, 0));

        assertThat(cost.transitions()).isEqualByComparingTo("1");
        assertThat(cost.sum()).isEqualByComparingTo("1");
    }

    @Test
    void aGigabyteForASecondIsAGigabyteSecond() {
        var cost = Cost.of(new Usage(0, 0, 1024 * 1000, 0, 0, NO_TABLES, 0));

        assertThat(cost.functions()).isEqualByComparingTo("0.0000133334");
    }

    @Test
    void aMillionInvocationsAreTwentyCents() {
        var cost = Cost.of(new Usage(0, 1_000_000, 0, 0, 0, NO_TABLES, 0));

        assertThat(cost.functions()).isEqualByComparingTo("0.20");
    }

    @Test
    void aReadCostsAFifthOfAWriteAndAHalfReadHalfOfThat() {
        var tables = new TableUse(new BigDecimal("0.5"), new BigDecimal("1000000"));

        assertThat(Cost.of(new Usage(0, 0, 0, 0, 0, tables, 0)).tables())
                .isEqualByComparingTo("0.6250000625");
    }

    @Test
    void aBatchIsSentReceivedAndDeleted() {
        var cost = Cost.of(new Usage(0, 0, 0, 1_000_000, 1_000_000, NO_TABLES, 0));

        assertThat(cost.intake()).isEqualByComparingTo("2.20");
    }

    @Test
    void twoGigabytesOfLogAreADollar() {
        var cost = Cost.of(new Usage(0, 0, 0, 0, 0, NO_TABLES, 2L << 30));

        assertThat(cost.logs()).isEqualByComparingTo("1");
    }

    @Test
    void aThousandCasesOfTwentyFiveStepsStayBelowEightyCents() {
        var tables = new TableUse(new BigDecimal(40_000), new BigDecimal(60_000));
        var used = new Usage(25_000, 25_000, 25_000L * 300 * 1024, 1_000, 1_000, tables, 0);
        var cost = Cost.of(used);

        assertThat(cost.transitions()).isEqualByComparingTo("0.625");
        // 25,000 x 0.0000002 + 7,500 GB-s x 0.0000133334
        assertThat(cost.functions()).isEqualByComparingTo("0.1050005");
        // 60,000 x 0.000000625 + 40,000 x 0.000000125
        assertThat(cost.tables()).isEqualByComparingTo("0.0425");
        assertThat(cost.sum()).isLessThan(new BigDecimal("0.80"));
    }

    @Test
    void theCostOfTwentyCasesIsScaledToAThousand() {
        var cost = Cost.of(new Usage(400, 0, 0, 0, 0, NO_TABLES, 0)).perThousand(20);

        assertThat(cost.transitions()).isEqualByComparingTo("0.5");
    }

    @Test
    void aRunIsWhatWasUsedSinceItsBeginning() {
        var before =
                new Usage(10, 20, 30, 40, 50, new TableUse(BigDecimal.TWO, BigDecimal.ONE), 60);
        var after = new Usage(11, 22, 33, 44, 55, new TableUse(BigDecimal.TEN, BigDecimal.TWO), 66);

        assertThat(after.minus(before))
                .isEqualTo(
                        new Usage(
                                1, 2, 3, 4, 5, new TableUse(new BigDecimal(8), BigDecimal.ONE), 6));
    }
}
