package shop.unwind.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import shop.unwind.domain.CaseId;
import shop.unwind.domain.Dispute;
import shop.unwind.domain.Dispute.Phase;
import shop.unwind.domain.Money;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Payment;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Plan;
import shop.unwind.domain.Plan.Why;
import shop.unwind.once.Attempt;
import shop.unwind.once.Found;
import shop.unwind.problem.Changed;
import shop.unwind.problem.Paused;
import shop.unwind.testing.TestClock;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

final class RefundOnceTest {
    private static final Attempt ATTEMPT =
            new Attempt(CaseId.parse("shopify-1001-1"), "refund-1", 1);

    private final TestClock clock = new TestClock();
    private final List<String> passed = new ArrayList<>();

    @Test
    void refund_shouldBeWhatWasPlanned_whenThePaymentIsAsItWas() {
        var provider = new Provider(0, 3_000, 500);

        var outcome = refund(provider, plan(1_000, 500, false));

        assertThat(outcome.result()).isEqualTo(Result.DONE);
        assertThat(provider.done).containsExactly("refund 10.00 USD CUSTOMER");
    }

    @Test
    @DisplayName("R1: never more than what is left of the payment")
    void refund_shouldBeWhatIsLeft_whenMoreWasPlanned() {
        var provider = new Provider(0, 3_000, 500);

        refund(provider, plan(3_000, 500, false));

        assertThat(provider.done).containsExactly("refund 25.00 USD CUSTOMER");
    }

    @Test
    void case_shouldDecideAgain_whenSomebodyRefundedMeanwhile() {
        var provider = new Provider(0, 3_000, 501);

        assertThatThrownBy(() -> refund(provider, plan(1_000, 500, true)))
                .isInstanceOf(Changed.class)
                .hasMessageContaining("5.01 USD is refunded by now, not 5.00 USD");
        assertThat(provider.done).isEmpty();
    }

    @Test
    void nothing_shouldMove_whenAllWasRefundedBefore() {
        var provider = new Provider(0, 3_000, 3_000);

        var outcome = refund(provider, plan(3_000, 3_000, false));

        assertThat(outcome)
                .isEqualTo(
                        new Outcome(
                                "refund-1",
                                "stripe",
                                Result.ALREADY,
                                "",
                                Optional.of(usd(3_000)),
                                "had been refunded before",
                                clock.instant()));
        assertThat(provider.done).isEmpty();
        assertThat(passed).isEmpty();
    }

    @Test
    @DisplayName("R1: what was refunded for a part does not pass for the refund of the rest")
    void earlierRefund_shouldBeNoAnswer_whenMoreIsAskedForSince() {
        var done = refund(new Provider(0, 3_000, 0), plan(1_000, 0, false));
        var later = Optional.of(done.at().plusSeconds(1));

        assertThat(more(plan(2_000, 1_000, false), done, later)).isTrue();
        assertThat(more(plan(2_000, 1_000, false), done, Optional.of(done.at()))).isFalse();
        assertThat(more(plan(1_000, 0, false), done, later)).isFalse();
        assertThat(more(plan(0, 1_000, false), done, later)).isFalse();
    }

    @Test
    void case_shouldDecideAgain_whenAHoldWasCapturedMeanwhile() {
        var provider = new Provider(0, 3_000, 0);

        assertThatThrownBy(() -> refund(provider, plan(0, 0, false)))
                .isInstanceOf(Changed.class)
                .hasMessageContaining("30.00 USD is captured by now");
        assertThat(provider.done).isEmpty();
    }

    @Test
    void authorisation_shouldBeReleased_withoutTheBreaker() {
        var provider = new Provider(3_000, 0, 0);

        refund(provider, plan(0, 0, false));

        assertThat(provider.done).containsExactly("release");
        assertThat(passed).isEmpty();
    }

    @Test
    void nothing_shouldMove_whenNothingWasEverCharged() {
        var provider = new Provider(0, 0, 0);

        var outcome = refund(provider, plan(0, 0, false));

        assertThat(outcome.result()).isEqualTo(Result.ALREADY);
        assertThat(outcome.amount()).isEmpty();
        assertThat(provider.done).isEmpty();
    }

    @Test
    @DisplayName("R3: nothing is refunded into an open chargeback, not even what staff approved")
    void refund_shouldBeLeftUndone_whenAChargebackIsOpen() {
        var provider = new Provider(0, 3_000, 0).disputed(Phase.CHARGEBACK);

        var outcome = refund(provider, plan(3_000, 0, true));

        assertThat(outcome.result()).isEqualTo(Result.SKIPPED);
        assertThat(outcome.words()).contains("dp_1").contains("the bank moves the money");
        assertThat(provider.done).isEmpty();
    }

    @Test
    void inquiry_shouldBeSettledByAWholeRefund_andHoldAPartialOne() {
        var provider = new Provider(0, 3_000, 0).disputed(Phase.INQUIRY);

        assertThatThrownBy(() -> refund(provider, plan(2_999, 0, false)))
                .isInstanceOf(Changed.class);
        assertThat(provider.done).isEmpty();

        refund(provider, plan(3_000, 0, false));
        assertThat(provider.done).containsExactly("refund 30.00 USD CUSTOMER");
    }

    @Test
    void automaticRefund_shouldPassTheBreaker_underItsKeyAndAmount() {
        refund(new Provider(0, 3_000, 0), plan(1_000, 0, false));
        refund(new Provider(0, 3_000, 0), plan(1_000, 0, true));

        assertThat(passed).containsExactly("shopify-1001-1:refund-1:1 10.00 USD");
    }

    @Test
    void nothing_shouldMove_whenTheBreakerHoldsIt() {
        var provider = new Provider(0, 3_000, 0);
        var held =
                new RefundOnce(
                        provider,
                        plan(1_000, 0, false),
                        (_, _) -> {
                            throw new Paused("100 refunds within an hour");
                        },
                        clock);

        assertThatThrownBy(() -> held.act(ATTEMPT)).isInstanceOf(Paused.class);
        assertThat(provider.done).isEmpty();
    }

    @Test
    void look_shouldBeTheProviders() {
        var provider = new Provider(0, 3_000, 0);

        assertThat(of(provider, plan(1_000, 0, false)).find(ATTEMPT))
                .isEqualTo(new Found.Nothing());
        assertThat(provider.done).containsExactly("find pi_1");
    }

    private Outcome refund(Provider provider, Plan.Refund plan) {
        return of(provider, plan).act(ATTEMPT);
    }

    private boolean more(Plan.Refund plan, Outcome done, Optional<Instant> decidedAt) {
        return of(new Provider(0, 3_000, 1_000), plan).asksForMoreThan(done, () -> decidedAt);
    }

    private RefundOnce of(Provider provider, Plan.Refund plan) {
        return new RefundOnce(
                provider, plan, (key, amount) -> passed.add(key + " " + amount), clock);
    }

    private static Plan.Refund plan(long amount, long before, boolean approved) {
        return new Plan.Refund(
                "refund-1",
                "stripe",
                "pi_1",
                usd(amount),
                usd(before),
                false,
                approved,
                Why.CUSTOMER);
    }

    private static Money usd(long cents) {
        return new Money(cents, "USD");
    }

    /** One payment, and what was done to it. */
    private final class Provider implements Payments {
        private final List<String> done = new ArrayList<>();
        private final List<Dispute> disputes = new ArrayList<>();
        private final Money authorised;
        private final Money captured;
        private final Money refunded;

        Provider(long authorised, long captured, long refunded) {
            this.authorised = usd(authorised);
            this.captured = usd(captured);
            this.refunded = usd(refunded);
        }

        Provider disputed(Phase phase) {
            disputes.add(new Dispute("dp_1", phase));
            return this;
        }

        @Override
        public Payment read(String payment) {
            return new Payment(
                    new PaymentRef("stripe", payment), authorised, captured, refunded, disputes);
        }

        @Override
        public Outcome refund(Payment payment, Money amount, Why why, Attempt attempt) {
            done.add("refund " + amount + " " + why);
            return outcome(attempt, Optional.of(amount));
        }

        @Override
        public Outcome release(Payment payment, Attempt attempt) {
            done.add("release");
            return outcome(attempt, Optional.empty());
        }

        @Override
        public Found find(String payment, Attempt attempt) {
            done.add("find " + payment);
            return new Found.Nothing();
        }

        @Override
        public Outcome follow(Outcome pending) {
            return pending;
        }

        @Override
        public Optional<String> orderNumber(String payment) {
            return Optional.empty();
        }

        @Override
        public void probe() {}

        private Outcome outcome(Attempt attempt, Optional<Money> amount) {
            return new Outcome(
                    attempt.step(), "stripe", Result.DONE, "re_1", amount, "", clock.instant());
        }
    }
}
