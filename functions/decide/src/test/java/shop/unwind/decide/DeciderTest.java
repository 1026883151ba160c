package shop.unwind.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import static shop.unwind.decide.Situation.usd;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import shop.unwind.cases.Approval.Answer;
import shop.unwind.domain.Decision;
import shop.unwind.domain.Decision.Verdict;
import shop.unwind.domain.Dispute.Phase;
import shop.unwind.domain.Money;
import shop.unwind.domain.Personal;
import shop.unwind.domain.Plan;
import shop.unwind.domain.Plan.Audience;
import shop.unwind.domain.Plan.Units;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.domain.Wish.Happened.What;
import shop.unwind.domain.Wish.LineWish;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

class DeciderTest {

    @Test
    @DisplayName("an unshipped order is cancelled, refunded in full, and everybody is told")
    void wholeOrder() {
        var decision = unshipped().asks().decide();

        assertDecided(decision, Verdict.GO, "whole-order");
        assertThat(decision.plan().cancel())
                .get()
                .extracting(Plan.Cancel::lines)
                .isEqualTo(List.of());
        assertThat(decision.plan().refunds())
                .extracting(Plan.Refund::amount)
                .containsExactly(usd(4660));
        assertThat(decision.plan().tell())
                .extracting(Plan.Tell::audience)
                .containsExactly(Audience.CUSTOMER, Audience.STAFF, Audience.ORDER);
        assertThat(decision.policyVersion()).isEqualTo("v000007");
        assertThat(decision.reason()).isNotBlank();
    }

    @Test
    @DisplayName("one of three units is cancelled and its share refunded")
    void partOfOrder() {
        var decision = unshipped().asks(new LineWish("ACR-500", 1)).decide();

        assertDecided(decision, Verdict.GO, "part-of-order");
        assertThat(decision.plan().cancel())
                .get()
                .extracting(Plan.Cancel::lines)
                .isEqualTo(List.of(new Units("line-1", 1)));
        assertThat(decision.plan().refunds())
                .extracting(Plan.Refund::amount)
                .containsExactly(usd(1000));
    }

    @Test
    @DisplayName("C9: a shipped order is refused, and the customer is told")
    void shipped() {
        var decision = new Situation().line("ACR-500", 2, 2).asks().decide();

        assertDecided(decision, Verdict.REFUSE, "shipped");
        assertThat(decision.plan().refunds()).isEmpty();
        assertThat(decision.plan().tell())
                .extracting(Plan.Tell::audience)
                .contains(Audience.CUSTOMER);
    }

    @Test
    @DisplayName("partly shipped: the rest is cancelled")
    void partlyShipped() {
        var decision = new Situation().line("ACR-500", 2, 1).line("MED-1", 1, 0).asks().decide();

        assertDecided(decision, Verdict.GO, "part-of-order");
        assertThat(decision.plan().cancel())
                .get()
                .extracting(Plan.Cancel::lines)
                .isEqualTo(List.of(new Units("line-1", 1), new Units("line-2", 1)));
        assertThat(decision.plan().refunds())
                .extracting(Plan.Refund::amount)
                .containsExactly(usd(2000));
    }

    @Test
    @DisplayName("a sheet cut to size is not taken back once work has begun")
    void madeToOrder() {
        var decision = new Situation().line("CUT-300x200", 1, 0).asks().decide();

        assertDecided(decision, Verdict.REFUSE, "made-to-order");
    }

    @Test
    @DisplayName("a sheet cut to size is taken back before work begins")
    void madeToOrderInTime() {
        var decision =
                new Situation()
                        .line("CUT-300x200", 1, 0)
                        .placed(Duration.ofMinutes(30))
                        .asks()
                        .decide();

        assertDecided(decision, Verdict.GO, "whole-order");
    }

    @Test
    @DisplayName("an order tagged made-to-order is not taken back at all")
    void madeToOrderByTag() {
        assertDecided(
                unshipped().tagged("made-to-order").asks().decide(),
                Verdict.REFUSE,
                "made-to-order");
    }

    @Test
    @DisplayName("of a mixed order only the standard goods are taken back")
    void madeToOrderInPart() {
        var decision = new Situation().line("CUT-1", 1, 0).line("ACR-500", 1, 0).asks().decide();

        assertDecided(decision, Verdict.GO, "part-of-order");
        assertThat(decision.plan().cancel())
                .get()
                .extracting(Plan.Cancel::lines)
                .isEqualTo(List.of(new Units("line-2", 1)));
    }

    @Test
    @DisplayName("after the window a customer is refused, staff are not")
    void window() {
        var late = Duration.ofDays(15);

        assertDecided(unshipped().placed(late).asks().decide(), Verdict.REFUSE, "window-closed");
        var byStaff =
                unshipped()
                        .placed(late)
                        .request(Source.SUPPORT, Optional.empty(), new Wish.Cancel("", List.of()))
                        .decide();
        assertDecided(byStaff, Verdict.GO, "whole-order");
    }

    @Test
    @DisplayName("who asked in time is not refused because we took until after the window")
    void windowEndsWhileStaffDecide() {
        var lastMinute = dear().placed(Duration.ofDays(14).minusMinutes(1));
        var waited = dear().placed(Duration.ofDays(14).minusMinutes(1)).passes(Duration.ofHours(1));

        assertDecided(waited.decide(), Verdict.HOLD, "approval");
        assertDecided(
                lastMinute.answered(Answer.APPROVED).passes(Duration.ofHours(1)).decide(),
                Verdict.GO,
                "approved");
    }

    @Test
    @DisplayName("who runs a case again adds nothing to it: no wish, no proof, no approval")
    void runAgain() {
        var cancelledElsewhere =
                unshipped()
                        .cancelled()
                        .through("shopify_payments")
                        .request(
                                Source.STOREFRONT,
                                Optional.empty(),
                                new Wish.Happened(What.CANCELLED));
        var late = unshipped().placed(Duration.ofDays(15)).asks();
        var foreign = unshipped().asks(new Personal("eve@example.com"));
        var disputeOver =
                unshipped().request(Source.DISPUTE, Optional.empty(), new Wish.Dispute("dp_1"));

        assertDecided(runAgain(cancelledElsewhere), Verdict.HOLD, "approval");
        assertDecided(runAgain(late), Verdict.REFUSE, "window-closed");
        assertDecided(runAgain(foreign), Verdict.REFUSE, "unknown-order");
        assertDecided(runAgain(disputeOver), Verdict.RECORD, "dispute-over");
    }

    @Test
    @DisplayName("above the limit staff are asked; the answer decides")
    void approval() {
        assertDecided(dear().decide(), Verdict.HOLD, "approval");
        assertThat(dear().decide().hold().orElseThrow().question()).contains("300.00 USD");
        assertDecided(dear().answered(Answer.APPROVED).decide(), Verdict.GO, "approved");
        assertDecided(dear().answered(Answer.REJECTED).decide(), Verdict.REFUSE, "rejected");
        assertDecided(
                dear().answered(Answer.EXPIRED).decide(), Verdict.ATTENTION, "approval-expired");
    }

    @Test
    @DisplayName("the highest limit that is exceeded says how long staff have")
    void limits() {
        var seconds =
                unshipped().paid(100_001, 0).asks().decide().hold().orElseThrow().withinSeconds();

        assertThat(seconds).isEqualTo(7200);
        assertDecided(unshipped().paid(25_000, 0).asks().decide(), Verdict.GO, "whole-order");
    }

    @Test
    @DisplayName("an answer does not cover more than was asked")
    void approvalOfOtherAmount() {
        var asked = dear().answered(Answer.APPROVED);

        assertDecided(asked.paid(40_000, 0).decide(), Verdict.HOLD, "approval");
    }

    @Test
    @DisplayName("R8: unknown order and foreign e-mail look the same to the customer: silence")
    void unknownOrder() {
        var unknown = new Situation().unknown().asks().decide();
        var foreign = unshipped().asks(new Personal("eve@example.com")).decide();

        for (var decision : List.of(unknown, foreign)) {
            assertDecided(decision, Verdict.REFUSE, "unknown-order");
            assertThat(decision.plan().tell())
                    .extracting(Plan.Tell::audience)
                    .containsExactly(Audience.STAFF);
        }
    }

    @Test
    @DisplayName("staff learn that an order without an e-mail address can be claimed by nobody")
    void orderWithoutEmail() {
        var decision = unshipped().withoutEmail().asks().decide();

        assertDecided(decision, Verdict.REFUSE, "unknown-order");
        assertThat(decision.reason()).contains("has no e-mail address");
    }

    @Test
    @DisplayName("a foreign request that joins a true one adds nothing to it")
    void foreignRequestJoins() {
        var decision =
                unshipped()
                        .asks(new LineWish("ACR-500", 1))
                        .asks(new Personal("eve@example.com"))
                        .decide();

        assertDecided(decision, Verdict.GO, "part-of-order");
        assertThat(decision.covers()).isEqualTo(2);
    }

    @Test
    @DisplayName("C11: what was refunded by hand is adopted and only the rest refunded")
    void refundedByHand() {
        var decision = unshipped().paid(4660, 4660).cancelled().asks().decide();
        var partly = unshipped().paid(4660, 1660).asks().decide();

        assertDecided(decision, Verdict.RECORD, "already-taken-back");
        assertThat(partly.plan().refunds())
                .singleElement()
                .satisfies(
                        refund -> {
                            assertThat(refund.amount()).isEqualTo(usd(3000));
                            assertThat(refund.refundedBefore()).isEqualTo(usd(1660));
                        });
    }

    @Test
    @DisplayName(
            "cancelled in the store, money at Stripe: refunded; money at the store: staff are"
                    + " asked")
    void cancelledAtStorefront() {
        var happened = new Wish.Happened(What.CANCELLED);
        var atStripe =
                unshipped().cancelled().request(Source.STOREFRONT, Optional.empty(), happened);
        var atStore =
                unshipped()
                        .cancelled()
                        .through("shopify_payments")
                        .request(Source.STOREFRONT, Optional.empty(), happened);

        assertDecided(atStripe.decide(), Verdict.GO, "whole-order");
        assertDecided(atStore.decide(), Verdict.HOLD, "approval");
    }

    @ParameterizedTest
    @EnumSource(names = {"CHARGEBACK", "IN_REVIEW", "CLAIM", "CLOSED_LOST"})
    @DisplayName(
            "C34: where a dispute moves the money the order is cancelled, and nobody is asked to"
                    + " approve")
    void disputed(Phase phase) {
        var decision = unshipped().paid(30_000, 0).dispute(phase).asks().decide();

        assertDecided(decision, Verdict.GO, "disputed");
        assertThat(decision.plan().refunds()).noneMatch(Plan.Refund::approved);
    }

    @ParameterizedTest
    @EnumSource(names = {"CHARGEBACK", "IN_REVIEW", "CLAIM", "CLOSED_LOST"})
    @DisplayName("disputed and shipped: nothing moves, staff send evidence")
    void disputedAndShipped(Phase phase) {
        var decision =
                new Situation()
                        .line("ACR-500", 1, 1)
                        .dispute(phase)
                        .request(Source.DISPUTE, Optional.empty(), new Wish.Dispute("dp_1"))
                        .decide();

        assertDecided(decision, Verdict.RECORD, "disputed-and-shipped");
        assertThat(decision.plan().refunds()).isEmpty();
        assertThat(decision.plan().tell())
                .extracting(Plan.Tell::audience)
                .containsExactly(Audience.STAFF);
    }

    @Test
    @DisplayName(
            "C33: an inquiry on an unshipped order is settled by a full refund, on a shipped one"
                    + " staff decide")
    void inquiry() {
        var dispute = new Wish.Dispute("dp_1");
        var unshipped =
                unshipped()
                        .dispute(Phase.INQUIRY)
                        .request(Source.DISPUTE, Optional.empty(), dispute);
        var shipped =
                new Situation()
                        .line("ACR-500", 1, 1)
                        .dispute(Phase.INQUIRY)
                        .request(Source.DISPUTE, Optional.empty(), dispute);

        assertDecided(unshipped.decide(), Verdict.GO, "inquiry");
        assertDecided(shipped.decide(), Verdict.HOLD, "approval");
        assertThat(shipped.answered(Answer.APPROVED).decide().plan().refunds())
                .allMatch(Plan.Refund::approved);
    }

    @Test
    @DisplayName("a fraud warning on an unshipped order is refunded as fraud")
    void fraudWarning() {
        var decision =
                unshipped()
                        .dispute(Phase.FRAUD_WARNING)
                        .request(Source.DISPUTE, Optional.empty(), new Wish.Dispute("issfr_1"))
                        .decide();

        assertDecided(decision, Verdict.GO, "fraud-warning");
        assertThat(decision.plan().refunds())
                .extracting(Plan.Refund::why)
                .containsExactly(Plan.Why.FRAUD);
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSED_WON", "UNKNOWN"})
    @DisplayName("C35: a won dispute, or one we do not understand, is for a person")
    void askedFirst(Phase phase) {
        assertDecided(unshipped().dispute(phase).asks().decide(), Verdict.HOLD, "approval");
    }

    @Test
    @DisplayName("a dispute that is over asks for nothing")
    void disputeOver() {
        var decision =
                unshipped()
                        .request(Source.DISPUTE, Optional.empty(), new Wish.Dispute("dp_1"))
                        .decide();

        assertDecided(decision, Verdict.RECORD, "dispute-over");
    }

    @Test
    @DisplayName("a dispute that is over, beside what staff did in the shop, takes nothing back")
    void disputeOverBesideStaff() {
        var dispute = new Wish.Dispute("dp_1");
        var refunded =
                unshipped()
                        .request(Source.DISPUTE, Optional.empty(), dispute)
                        .request(
                                Source.STOREFRONT,
                                Optional.empty(),
                                new Wish.Happened(What.REFUNDED));
        var cancelled =
                unshipped()
                        .cancelled()
                        .through("shopify_payments")
                        .request(Source.DISPUTE, Optional.empty(), dispute)
                        .request(
                                Source.STOREFRONT,
                                Optional.empty(),
                                new Wish.Happened(What.CANCELLED));

        assertDecided(refunded.decide(), Verdict.RECORD, "nothing-asked");
        assertDecided(cancelled.decide(), Verdict.HOLD, "approval");
    }

    @Test
    @DisplayName("C27: a refund that did not arrive is asked about, never repeated blindly")
    void refundFailed() {
        var failed = new Wish.RefundFailed("re_1");
        var cancelled = unshipped().cancelled().request(Source.DISPUTE, Optional.empty(), failed);
        var partly = unshipped().request(Source.DISPUTE, Optional.empty(), failed);

        assertDecided(cancelled.decide(), Verdict.HOLD, "approval");
        assertDecided(partly.decide(), Verdict.ATTENTION, "refund-failed");
    }

    @Test
    @DisplayName("a refund that staff made at the storefront takes nothing back")
    void refundedAtStorefront() {
        var refunded = new Wish.Happened(What.REFUNDED);
        var alone = unshipped().request(Source.STOREFRONT, Optional.empty(), refunded).decide();
        var beside =
                unshipped()
                        .request(Source.STOREFRONT, Optional.empty(), refunded)
                        .asks(new LineWish("ACR-500", 1))
                        .decide();

        assertDecided(alone, Verdict.RECORD, "nothing-asked");
        assertDecided(beside, Verdict.GO, "part-of-order");
    }

    @Test
    @DisplayName("a part of an order under inquiry is not refunded without a person")
    void partUnderInquiry() {
        var decision = unshipped().dispute(Phase.INQUIRY).asks(new LineWish("ACR-500", 1)).decide();

        assertDecided(decision, Verdict.HOLD, "approval");
    }

    @Test
    @DisplayName("lines that are gone although nobody knows of their refund are for a person")
    void linesGone() {
        var decision =
                new Situation()
                        .line("ACR-500", 2, 0, 0)
                        .line("MED-250", 1, 0)
                        .asks(new LineWish("ACR-500", 2))
                        .decide();

        assertDecided(decision, Verdict.ATTENTION, "lines-gone");
    }

    @Test
    @DisplayName("R6: two tins of three are asked for: decided again, the third tin stays")
    void linesTaken() {
        var again =
                new Situation()
                        .line("ACR-500", 3, 1, 0)
                        .asks(new LineWish("ACR-500", 2))
                        .tookBefore();
        var whole = new Situation().line("ACR-500", 3, 1, 0).asks().tookBefore();

        assertDecided(again.decide(), Verdict.ATTENTION, "lines-taken");
        assertDecided(whole.decide(), Verdict.GO, "whole-order");
    }

    @Test
    @DisplayName("R1: what was booked beyond one payment is not made up for by another")
    void refundedMoreThanCaptured() {
        var situation =
                new Situation()
                        .line("ACR-500", 2, 0)
                        .asks(new LineWish("ACR-500", 1))
                        .paid(0, 4300)
                        .besides(4300);

        assertThat(situation.decide().plan().refunds())
                .extracting(Plan.Refund::payment, Plan.Refund::amount)
                .containsExactly(tuple("pi_2", new Money(1000, "USD")));
    }

    @Test
    @DisplayName("C24: captured in another currency: that is refunded, by the provider's remainder")
    void otherCurrency() {
        var situation =
                new Situation()
                        .line("ACR-500", 2, 0)
                        .asks()
                        .paid(4300, 300)
                        .capturedIn("EUR")
                        .answered(Answer.APPROVED);

        assertThat(situation.decide().plan().refunds())
                .extracting(Plan.Refund::amount)
                .containsExactly(new Money(4000, "EUR"));
    }

    @Test
    @DisplayName("C24: part of an order that was captured in another currency is for a person")
    void partInOtherCurrency() {
        var decision =
                new Situation()
                        .line("ACR-500", 2, 0)
                        .asks(new LineWish("ACR-500", 1))
                        .capturedIn("EUR")
                        .decide();

        assertDecided(decision, Verdict.ATTENTION, "unpriced");
    }

    @Test
    @DisplayName("money that no platform is named for stops the case")
    void unowned() {
        var decision = unshipped().through("klarna").asks().decide();

        assertDecided(decision, Verdict.ATTENTION, "unowned-payment");
        assertThat(decision.reason()).contains("moneyMovedBy.shopify.klarna");
    }

    @Test
    @DisplayName("C32: cash is paid back by staff, who are told the sum")
    void byHand() {
        var decision = unshipped().through("manual").asks().decide();

        assertDecided(decision, Verdict.GO, "whole-order");
        assertThat(decision.plan().refunds()).isEmpty();
        assertThat(decision.reason()).contains("46.60 USD by hand");
    }

    @Test
    @DisplayName("C21, C32: of what was paid in cash staff pay back only what is taken back")
    void partByHand() {
        var decision = unshipped().through("manual").asks(new LineWish("ACR-500", 1)).decide();

        assertDecided(decision, Verdict.GO, "part-of-order");
        assertThat(decision.plan().byHand()).contains(new Money(1000, "USD"));
        assertThat(decision.reason()).contains("Staff pay back 10.00 USD by hand.");
    }

    @Test
    @DisplayName(
            "C29: too old to be refunded: said before approval, then cancelled and paid by hand")
    void tooOld() {
        var situation = unshipped().refundableUntil(Situation.NOW.minusSeconds(1)).asks();

        var question = situation.decide();
        var approved = situation.answered(Answer.APPROVED).decide();

        assertDecided(question, Verdict.HOLD, "approval");
        assertThat(question.reason())
                .startsWith("Cancel and refund nothing for order")
                .contains("stripe no longer refunds payment pi_1")
                .contains("pay 46.60 USD back another way");
        assertDecided(approved, Verdict.GO, "approved");
        assertThat(approved.plan().cancel()).isPresent();
        assertThat(approved.plan().refunds()).isEmpty();
        assertThat(approved.reason()).contains("Staff pay back 46.60 USD by hand.");
    }

    @Test
    @DisplayName("C29: a part that is too old to be refunded is asked about with its own sum")
    void partTooOld() {
        var situation = unshipped().refundableUntil(Situation.NOW.minusSeconds(1));

        var question = situation.asks(new LineWish("ACR-500", 1)).decide();

        assertThat(question.reason()).contains("pay 10.00 USD back another way");
    }

    @Test
    @DisplayName("C29: young enough to the last second: nobody is asked")
    void oldEnoughToBeRefunded() {
        var decision = unshipped().refundableUntil(Situation.NOW).asks().decide();

        assertDecided(decision, Verdict.GO, "whole-order");
        assertThat(decision.plan().refunds()).hasSize(1);
    }

    @Test
    @DisplayName("C29, R3: what a chargeback moves is not paid by hand either, however old")
    void tooOldAndChargedBack() {
        var decision =
                unshipped()
                        .refundableUntil(Situation.NOW.minusSeconds(1))
                        .dispute(Phase.CHARGEBACK)
                        .asks()
                        .decide();

        assertDecided(decision, Verdict.GO, "disputed");
        assertThat(decision.plan().byHand()).isEmpty();
    }

    @Test
    @DisplayName(
            "a case that goes in circles, a line that is not there, an order in return: staff look")
    void others() {
        assertDecided(unshipped().asks().round(3).decide(), Verdict.ATTENTION, "undecided");
        assertDecided(
                unshipped().asks(new LineWish("NOPE", 1)).decide(), Verdict.REFUSE, "unknown-line");
        assertDecided(unshipped().inReturn().asks().decide(), Verdict.ATTENTION, "in-return");
    }

    private static Decision runAgain(Situation situation) {
        return situation
                .request(Source.STAFF, Optional.empty(), new Wish.RunAgain("U0111"))
                .decide();
    }

    private static Situation unshipped() {
        return new Situation().line("ACR-500", 3, 0);
    }

    private static Situation dear() {
        return unshipped().paid(30_000, 0).asks();
    }

    private static void assertDecided(Decision decision, Verdict verdict, String rule) {
        assertThat(decision.verdict() + " by " + decision.rule())
                .isEqualTo(verdict + " by " + rule);
    }
}
