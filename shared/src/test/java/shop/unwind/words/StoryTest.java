package shop.unwind.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import shop.unwind.breaker.Pause;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.Decision;
import shop.unwind.domain.Decision.Verdict;
import shop.unwind.domain.Money;
import shop.unwind.domain.Order;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Personal;
import shop.unwind.domain.Plan;
import shop.unwind.domain.Plan.Audience;
import shop.unwind.domain.Plan.Units;
import shop.unwind.domain.Plan.Why;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** R7: customer and staff are told only what has happened. */
final class StoryTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final CaseId CASE = CaseId.parse("shopify-1001-1");
    private static final Plan CANCEL_ALL = cancelling(List.of());
    private static final Optional<Personal> REASON = Optional.of(new Personal("Wrong colour"));
    private static final Plan REFUND_ONLY = Plan.telling(List.of());
    private static final Outcome CANCELLED = outcome("cancel", Result.DONE, Optional.empty());

    @Test
    void customer_shouldReadOfCancellationAndRefund_whenBothAreDone() {
        var letter = customer(go(CANCEL_ALL), CANCELLED, refund(Result.DONE, 2499));

        assertThat(letter.subject()).isEqualTo("Your order 1001 is cancelled");
        assertThat(letter.text())
                .contains("Your order 1001 is cancelled.")
                .contains("We have refunded 24.99 USD.")
                .contains("Your Acme Paints team");
        assertThat(letter.to()).contains(new Personal("jo@example.net"));
    }

    @Test
    void customer_shouldReadTheSum_whenSeveralPaymentsAreRefunded() {
        var letter =
                customer(
                        go(CANCEL_ALL),
                        CANCELLED,
                        refund(Result.DONE, 2000),
                        refund(Result.DONE, 499));

        assertThat(letter.text()).contains("We have refunded 24.99 USD.");
    }

    @Test
    @DisplayName("C27: while the money is on its way nobody reads that it was refunded")
    void customer_shouldNotReadRefunded_whenTheMoneyIsOnItsWay() {
        var letter = customer(go(CANCEL_ALL), CANCELLED, refund(Result.PENDING, 2499));

        assertThat(letter.text())
                .contains("24.99 USD is on its way")
                .doesNotContain("We have refunded");
    }

    @Test
    void customer_shouldReadWhoSeesToIt_whenTheRefundFailed() {
        var letter = customer(go(CANCEL_ALL), CANCELLED, refund(Result.FAILED, 2499));

        assertThat(letter.text())
                .contains("could not send your money back yet")
                .doesNotContain("24.99");
    }

    @Test
    void customer_shouldReadTheBankSettlesIt_whenADisputeMovesTheMoney() {
        var letter = customer(go(CANCEL_ALL), CANCELLED, refund(Result.SKIPPED, 0));

        assertThat(letter.text()).contains("bank or payment service").doesNotContain("refunded");
    }

    @Test
    void customer_shouldReadOfNoMoney_whenNoneMoved() {
        var letter = customer(go(CANCEL_ALL), CANCELLED);

        assertThat(letter.text()).doesNotContain("refund").doesNotContain("USD");
    }

    @ParameterizedTest
    @CsvSource({"DONE, true", "PENDING, true", "FAILED, false", "UNKNOWN, false"})
    @DisplayName("where goods go back with the money, nothing is cancelled before it goes back")
    void customer_shouldReadCancelled_onlyWhenTheRefundThatTakesTheGoodsBackIsMade(
            Result refund, boolean cancelled) {
        var marked = outcome("cancel", Result.SKIPPED, Optional.empty());
        var refunded =
                new Outcome("refund-1", "shopify", refund, "1", Optional.empty(), "refunded", NOW);

        var letter = customer(go(CANCEL_ALL), marked, refunded);

        assertThat(letter.text().contains("Your order 1001 is cancelled.")).isEqualTo(cancelled);
    }

    @Test
    @DisplayName("C29, C32: what no platform gives back comes from people")
    void customer_shouldReadWhatStaffPayBack() {
        var sum = Optional.of(new Money(2499, "USD"));
        var plan = new Plan(CANCEL_ALL.cancel(), List.of(), sum, List.of(), List.of());

        var letter = customer(go(plan), CANCELLED);

        assertThat(letter.text())
                .contains("Our staff will pay 24.99 USD back to you.")
                .doesNotContain("refunded");
    }

    @Test
    void customer_shouldReadTheLines_whenPartIsCancelled() {
        var part = cancelling(List.of(new Units("line-1", 2)));

        var letter = customer(go(part), CANCELLED, refund(Result.DONE, 1000));

        assertThat(letter.text()).contains("part of your order 1001: 2 × Acrylic red 500 ml.");
        assertThat(letter.subject()).isEqualTo("Part of your order 1001 is cancelled");
    }

    @Test
    void customer_shouldNotReadCancelled_whenOnlyMoneyWentBack() {
        var letter = customer(go(REFUND_ONLY), refund(Result.DONE, 2499));

        assertThat(letter.text() + letter.subject()).doesNotContain("is cancelled");
        assertThat(letter.text()).contains("We have refunded 24.99 USD.");
    }

    @ParameterizedTest
    @EnumSource(
            value = Verdict.class,
            names = {"GO", "RECORD"})
    void customer_shouldNotReadCancelled_whenNothingSaysSo(Verdict verdict) {
        var letter = customer(decision(verdict, "disputed-and-shipped", REFUND_ONLY));

        assertThat(letter.text() + letter.subject()).doesNotContain("is cancelled");
    }

    @Test
    void customer_shouldReadCancelled_whenTheStorefrontSaysSo() {
        var story = story(order(true), decision(Verdict.RECORD, "already-taken-back", REFUND_ONLY));

        assertThat(story.letter(Audience.CUSTOMER).text())
                .contains("Your order 1001 is cancelled.");
    }

    @ParameterizedTest
    @CsvSource({
        "shipped, has left our house",
        "made-to-order, made to your measure",
        "window-closed, is over",
        "rejected, could not cancel"
    })
    void customer_shouldReadWhy_whenTheWishIsRefused(String rule, String words) {
        var letter = customer(decision(Verdict.REFUSE, rule, REFUND_ONLY));

        assertThat(letter.text()).contains(words).doesNotContain("is cancelled");
        assertThat(letter.subject()).isEqualTo("About cancelling your order 1001");
    }

    @ParameterizedTest
    @EnumSource(
            value = Verdict.class,
            names = {"HOLD", "ATTENTION"})
    void customer_shouldReadThatStaffLook_whenNothingIsDecided(Verdict verdict) {
        assertThat(customer(decision(verdict, "some-rule", REFUND_ONLY)).text())
                .contains("Our staff are looking at your request")
                .doesNotContain("cancelled");
    }

    @Test
    void staff_shouldReadReasonRulePolicyAndEveryOutcome_whenTheCaseIsDone() {
        var letter =
                story(order(false), go(CANCEL_ALL), CANCELLED, refund(Result.DONE, 2499))
                        .letter(Audience.STAFF);

        assertThat(letter.text())
                .contains("Nothing has shipped. (rule whole-order, policy v000003)")
                .contains("stripe: refunded re_1 24.99 USD");
        assertThat(letter.to()).isEmpty();
        assertThat(letter.text()).doesNotContain("jo@example.net"); // R10
    }

    @Test
    void reason_shouldBeReadByStaff_andStandInNoOtherLetter() {
        var story = story(order(false), go(CANCEL_ALL), CANCELLED);

        assertThat(story.letter(Audience.STAFF).paragraphs())
                .startsWith(
                        "Nothing has shipped. (rule whole-order, policy v000003)",
                        "The customer's words: “Wrong colour”");
        assertThat(story.alarm("The refund was declined.").text()).contains("“Wrong colour”");
        assertThat(story.letter(Audience.CUSTOMER).text()).doesNotContain("Wrong colour");
        assertThat(story.letter(Audience.ORDER).text()).doesNotContain("Wrong colour");
        assertThat(story.toString()).doesNotContain("Wrong colour");
    }

    @Test
    void staff_shouldReadRefundMissing_whenItFailed() {
        var letter =
                story(order(false), go(CANCEL_ALL), CANCELLED, refund(Result.FAILED, 0))
                        .letter(Audience.STAFF);

        assertThat(letter.subject()).isEqualTo("Order 1001 cancelled, refund missing");
    }

    @Test
    void staff_shouldNotReadCancelled_whenOnlyMoneyWentBack() {
        var letter =
                story(order(false), go(REFUND_ONLY), refund(Result.DONE, 1)).letter(Audience.STAFF);

        assertThat(letter.subject()).doesNotContain("cancelled");
    }

    @Test
    void alarm_shouldBeUrgentAndOfferToRunAgain_whenSomethingIsMissing() {
        var letter =
                story(order(false), go(CANCEL_ALL), CANCELLED).alarm("The refund was declined.");

        assertThat(letter.urgent()).isTrue();
        assertThat(letter.button()).contains(new Button.RunAgain(letter.about()));
        assertThat(letter.audience()).isEqualTo(Audience.STAFF);
        assertThat(letter.paragraphs().getFirst()).isEqualTo("The refund was declined.");
    }

    @Test
    void nobody_shouldReadRefundedNorMissing_whenTheOutcomeIsUnknown() {
        var story = story(order(false), go(CANCEL_ALL), CANCELLED, refund(Result.UNKNOWN, 2499));

        assertThat(story.letter(Audience.CUSTOMER).text())
                .contains("have no answer yet")
                .doesNotContain("We have refunded")
                .doesNotContain("could not send");
        assertThat(story.letter(Audience.STAFF).subject())
                .isEqualTo("Order 1001 cancelled, refund unknown");
    }

    @Test
    void staff_shouldReadWhichStepIsUnknownAndThatItIsNotDoneBlindly() {
        var letter =
                story(order(false), go(CANCEL_ALL), CANCELLED).unknown("refund-pi_1", "stripe");

        assertThat(letter.urgent()).isTrue();
        assertThat(letter.button()).isEmpty();
        assertThat(letter.text())
                .contains("refund-pi_1", "stripe", "unknown")
                .contains("not done a second time before that");
    }

    @Test
    void staff_shouldReadWhyRefundsArePausedAndLetThemGoOn() {
        var letter =
                story(order(false), go(CANCEL_ALL), CANCELLED)
                        .paused(new Pause(7, "more than 3 automatic refunds this hour"));

        assertThat(letter.urgent()).isTrue();
        assertThat(letter.text()).contains("more than 3 automatic refunds this hour");
        assertThat(letter.button()).contains(new Button.GoOn(7));
    }

    private static Letter customer(Decision decision, Outcome... outcomes) {
        return story(order(false), decision, outcomes).letter(Audience.CUSTOMER);
    }

    private static Story story(Order order, Decision decision, Outcome... outcomes) {
        return new Story(
                "Acme Paints", CASE, decision, Optional.of(order), List.of(outcomes), REASON);
    }

    private static Decision go(Plan plan) {
        return decision(Verdict.GO, "whole-order", plan);
    }

    private static Decision decision(Verdict verdict, String rule, Plan plan) {
        return new Decision(
                verdict, rule, "Nothing has shipped.", "v000003", 1, plan, Optional.empty(), NOW);
    }

    private static Plan cancelling(List<Units> lines) {
        var cancel = new Plan.Cancel("cancel", "shopify", lines, true, Why.CUSTOMER);
        return new Plan(Optional.of(cancel), List.of(), Optional.empty(), List.of(), List.of());
    }

    private static Outcome refund(Result result, long minor) {
        var money = Optional.of(new Money(minor, "USD")).filter(Money::isPositive);
        return outcome("refund-pi_" + minor, result, money);
    }

    private static Outcome outcome(String step, Result result, Optional<Money> amount) {
        var platform = step.startsWith("refund") ? "stripe" : "shopify";
        var words = step.startsWith("refund") ? "refunded re_1" : "cancelled";
        return new Outcome(step, platform, result, "re_1", amount, words, NOW);
    }

    private static Order order(boolean cancelled) {
        var line =
                new Order.Line(
                        "line-1", "ACR-500", "Acrylic red 500 ml", 3, 3, 0, Optional.empty());
        return new Order(
                CASE.order(),
                "gid://shopify/Order/1",
                NOW,
                "USD",
                Optional.of(new Personal("jo@example.net")),
                cancelled,
                false,
                List.of(),
                List.of(line),
                List.of(),
                List.of());
    }
}
