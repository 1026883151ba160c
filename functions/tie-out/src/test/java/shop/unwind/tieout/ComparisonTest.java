package shop.unwind.tieout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import shop.unwind.domain.Dispute.Phase;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.tieout.Difference.Kind;

import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;

final class ComparisonTest {
    private static final int SOUND = 1_000;

    /** One way to each difference that a comparison can find. */
    private static final Map<Kind, Supplier<TestHistory>> PLANTED =
            Map.ofEntries(
                    Map.entry(Kind.ORDER_GONE, () -> cancelled().orderForgotten()),
                    Map.entry(Kind.NOT_CANCELLED, () -> cancelled().reopened(0)),
                    Map.entry(Kind.UNITS_STILL_OPEN, () -> partly().reopened(1)),
                    Map.entry(Kind.PAYMENT_GONE, () -> cancelled().paymentForgotten()),
                    Map.entry(
                            Kind.CAPTURE_DIFFERS, () -> cancelled().storefrontSaysCaptured(2_999)),
                    Map.entry(
                            Kind.STILL_HELD,
                            () -> TestHistory.authorised(500).releases().stillHeld(500)),
                    Map.entry(
                            Kind.REFUND_GONE,
                            () -> cancelled().refundForgotten().refundedByHand(3_000)),
                    Map.entry(
                            Kind.REFUND_RETURNED,
                            () ->
                                    new TestHistory(3, 3_000)
                                            .cancels(3_000, Result.PENDING)
                                            .becomes(Result.FAILED)),
                    Map.entry(Kind.REFUNDED_LESS, () -> partly().refundedByHand(-1)),
                    Map.entry(Kind.REFUNDED_MORE, () -> partly().refundedByHand(1)),
                    Map.entry(
                            Kind.REFUNDED_AND_CHARGED_BACK,
                            () -> cancelled().disputed(Phase.CHARGEBACK)));

    private static TestHistory cancelled() {
        return new TestHistory(3, 3_000).cancels(3_000, Result.DONE);
    }

    private static TestHistory partly() {
        return new TestHistory(3, 3_000).takesBack(1, 1_000, Result.DONE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"OVER_REFUNDED", "UNREADABLE"})
    void difference_shouldBeNamed_andNoOtherWithIt(Kind kind) {
        var planted = Objects.requireNonNull(PLANTED.get(kind), "planted for " + kind);

        assertThat(Comparison.of(planted.get().evidence()))
                .extracting(Difference::kind)
                .containsExactly(kind);
    }

    @Test
    void refundBeyondTheCapture_shouldBeNamedBesideTheOneTooMany() {
        var twice = cancelled().refundedByHand(3_000);

        assertThat(Comparison.of(twice.evidence()))
                .extracting(Difference::kind)
                .containsExactlyInAnyOrder(Kind.REFUNDED_MORE, Kind.OVER_REFUNDED);
    }

    @Test
    void words_shouldNameWhoSaysWhat() {
        assertThat(Comparison.of(partly().refundedByHand(500).evidence()))
                .singleElement()
                .extracting(Difference::sentence)
                .isEqualTo(
                        "Order 1001 (shopify): stripe has refunded 15.00 USD of payment pi_1, our"
                                + " cases say 10.00 USD");
    }

    @Test
    void lostDispute_shouldBeNamed_onlyWhereWeRefundedToo() {
        for (var phase : EnumSet.allOf(Phase.class)) {
            var takes = EnumSet.of(Phase.CHARGEBACK, Phase.IN_REVIEW, Phase.CLOSED_LOST);
            assertThat(Comparison.of(cancelled().disputed(phase).evidence()))
                    .as(phase.name())
                    .hasSize(takes.contains(phase) ? 1 : 0);
        }
        assertThat(
                        Comparison.of(
                                new TestHistory(1, 900)
                                        .refuses()
                                        .disputed(Phase.CHARGEBACK)
                                        .evidence()))
                .isEmpty();
    }

    @Test
    void returnedRefund_shouldBeNoDifference_whenALaterCaseHasIt() {
        var history =
                new TestHistory(3, 3_000)
                        .cancels(3_000, Result.PENDING)
                        .becomes(Result.FAILED)
                        .refuses();

        assertThat(Comparison.of(history.evidence())).isEmpty();
    }

    @Test
    @DisplayName("R6: where the refund takes the goods back, they are looked for as well")
    void goodsLeftToTheRefund_shouldBeLookedFor() {
        var left = partly().leavesGoodsToRefund();

        assertThat(Comparison.of(left.evidence())).isEmpty();
        assertThat(Comparison.of(left.reopened(1).evidence()))
                .extracting(Difference::kind)
                .containsExactly(Kind.UNITS_STILL_OPEN);
    }

    @Test
    void orderThatIsGone_shouldBeNoDifference_whenNothingWasTakenBack() {
        var history = new TestHistory(1, 900).refuses().orderForgotten();

        assertThat(Comparison.of(history.evidence())).isEmpty();
    }

    @Test
    void thousandSoundOrders_shouldGiveNoAlarm() {
        for (var seed = 1L; seed <= SOUND; seed++)
            assertThat(Comparison.of(sound(new Random(seed)).evidence()))
                    .as("seed " + seed)
                    .isEmpty();
    }

    /** Cases after cases, with refunds by hand between them, runs again and slow refunds. */
    private static TestHistory sound(Random random) {
        if (random.nextInt(10) == 0)
            return TestHistory.authorised(1 + random.nextInt(900)).releases();
        var units = 1 + random.nextInt(6);
        var history = new TestHistory(units, 100L * units + random.nextInt(1_000));
        var left = units;
        for (var turn = random.nextInt(4); turn > 0 && left > 1; turn--, left--) {
            if (random.nextInt(4) == 0) history.refundedByHand(random.nextInt(10));
            history.takesBack(
                    1, 1 + random.nextInt(90), random.nextBoolean() ? Result.DONE : Result.PENDING);
            if (random.nextInt(3) == 0) history.becomes(Result.DONE);
            if (random.nextInt(4) == 0) history.runsAgain();
            if (random.nextInt(6) == 0) history.refuses();
        }
        return random.nextBoolean()
                ? history.cancels(1 + random.nextInt(90), Result.DONE)
                : history.refuses();
    }
}
