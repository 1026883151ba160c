package shop.unwind.domain;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import shop.unwind.domain.Dispute.Phase;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

final class GateTest {
    @Test
    void gate_shouldBeOpen_whenNobodyComplains() {
        assertThat(Gate.judge(List.of(), false, true, false)).isEqualTo(new Gate.Open());
    }

    /** The rows of the settlement table that move money, and what a person's yes changes. */
    @ParameterizedTest(name = "row {0}: {1}, whole {2}, shipped {3}, approved {4}: {5}")
    @CsvSource({
        "4,  FRAUD_WARNING, true,  false, false, Open",
        "4,  FRAUD_WARNING, false, false, false, Open",
        "5,  FRAUD_WARNING, true,  true,  false, Held",
        "5,  FRAUD_WARNING, true,  true,  true,  Open",
        "7,  INQUIRY,       true,  false, false, Open",
        "7,  INQUIRY,       false, false, false, Held",
        "7,  INQUIRY,       false, false, true,  Held",
        "8,  INQUIRY,       true,  true,  false, Held",
        "8,  INQUIRY,       true,  true,  true,  Open",
        "9,  CLAIM,         true,  false, true,  Blocked",
        "10, CLAIM,         true,  true,  true,  Blocked",
        "11, CHARGEBACK,    true,  false, false, Blocked",
        "11, CHARGEBACK,    true,  false, true,  Blocked",
        "12, CHARGEBACK,    true,  true,  true,  Blocked",
        "15, IN_REVIEW,     true,  false, true,  Blocked",
        "16, CLOSED_LOST,   true,  false, true,  Blocked",
        "17, CLOSED_WON,    true,  false, false, Held",
        "17, CLOSED_WON,    true,  false, true,  Open",
        "17, CLOSED_WON,    false, true,  true,  Open",
        "18, UNKNOWN,       true,  false, false, Held",
        "18, UNKNOWN,       true,  false, true,  Held",
    })
    void gate_shouldFollowTheTable(
            int row, Phase phase, boolean whole, boolean shipped, boolean approved, String gate) {
        var judged = Gate.judge(List.of(new Dispute("d1", phase)), whole, shipped, approved);

        assertThat(judged.getClass().getSimpleName()).as("row %d", row).isEqualTo(gate);
    }

    @ParameterizedTest
    @CsvSource({
        "CHARGEBACK, dispute d1 is open: the bank moves the money",
        "CLOSED_LOST, dispute d1 is lost: the customer has the money",
        "CLAIM, claim d1 is decided by the provider",
    })
    void blockedGate_shouldSayWhoMovesTheMoney(Phase phase, String words) {
        assertThat(Gate.judge(List.of(new Dispute("d1", phase)), true, false, true))
                .isEqualTo(new Gate.Blocked(words));
    }

    @Property
    void gate_shouldBeAsStrictAsTheStrictestDispute_inAnyOrder(
            @ForAll List<Phase> phases,
            @ForAll boolean whole,
            @ForAll boolean shipped,
            @ForAll boolean approved,
            @ForAll Random random) {
        var disputes = phases.stream().map(phase -> new Dispute("d", phase)).toList();
        var shuffled = new ArrayList<>(disputes);
        Collections.shuffle(shuffled, random);
        var strictest =
                disputes.stream()
                        .mapToInt(one -> rank(Gate.judge(List.of(one), whole, shipped, approved)))
                        .max()
                        .orElse(0);

        assertThat(rank(Gate.judge(shuffled, whole, shipped, approved))).isEqualTo(strictest);
    }

    private static int rank(Gate gate) {
        return switch (gate) {
            case Gate.Open() -> 0;
            case Gate.Held _ -> 1;
            case Gate.Blocked _ -> 2;
        };
    }
}
