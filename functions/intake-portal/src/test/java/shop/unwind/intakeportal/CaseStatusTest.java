package shop.unwind.intakeportal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.cases.Approval;
import shop.unwind.cases.Approval.Answer;
import shop.unwind.cases.Cases;
import shop.unwind.cases.Head;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.Decision;
import shop.unwind.domain.Decision.Hold;
import shop.unwind.domain.Decision.Verdict;
import shop.unwind.domain.Order;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Personal;
import shop.unwind.domain.Plan;
import shop.unwind.domain.Plan.Units;
import shop.unwind.domain.Plan.Why;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.intakeportal.Status.Line;
import shop.unwind.json.Json;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestTables;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class CaseStatusTest {
    private static final OrderRef ORDER = new OrderRef("shopify", "1001");
    private static final CaseId CASE = new CaseId(ORDER, 1);
    private static final PublicId ID = new PublicId(ORDER, "AAECAwQFBgcICQoLDA0ODw");
    private static final String EMAIL = "jo.doe@example.net";

    private final TestTables tables = new TestTables();
    private final TestClock clock = new TestClock();
    private final Cases cases = new Cases(tables.client(), TestTables.CASES, clock);
    private final CaseStatus statuses = new CaseStatus(cases);

    @AfterEach
    void closeTables() {
        tables.close();
    }

    @Test
    void status_shouldBeReceived_whenTheRequestIsNotRecordedYet() {
        assertThat(status()).isEqualTo("received");
    }

    @Test
    void status_shouldBeReceived_whenTheOrderIsNotReadYet() {
        admit(EMAIL);

        assertThat(status()).isEqualTo("received");
        assertThat(timeline()).containsExactly("We received your request.");
    }

    @Test
    void status_shouldBeInProgress_whenTheOrderIsReadAndTheAddressFits() {
        admit(" JO.Doe@example.net");
        cases.keep(order(EMAIL, false));

        assertThat(status()).isEqualTo("in-progress");
    }

    @Test
    @DisplayName("R8: whoever gives another address is told nothing more")
    void status_shouldTellNothingMore_whenTheAddressIsAnother() {
        admit("somebody@example.org");
        cases.keep(order(EMAIL, true));
        decide(Verdict.GO, "whole-order", cancelling(List.of()));
        cases.tell(CASE, "Cancel order", "shopify: cancelled");
        end(Head.Status.CLOSED);
        clock.pass(Duration.ofSeconds(15));

        assertThat(status()).isEqualTo("not-matched");
        assertThat(timeline()).isEmpty();
    }

    @Test
    @DisplayName("R8: an unknown order and an unknown address look the same")
    void status_shouldBeTheSame_whetherTheOrderOrTheAddressIsUnknown() {
        admit("somebody@example.org");
        decide(Verdict.REFUSE, "unknown-order", Plan.telling(List.of()));
        end(Head.Status.CLOSED);
        clock.pass(Duration.ofSeconds(15));
        var withoutOrder = statuses.of(ID);
        cases.keep(order(EMAIL, false));

        assertThat(statuses.of(ID)).isEqualTo(withoutOrder);
    }

    @Test
    @DisplayName("R8: how soon a wrong address is told does not tell whether there is an order")
    void status_shouldBeReceivedAsLong_whetherTheOrderOrTheAddressIsUnknown() {
        admit("somebody@example.org");
        var beforeItWasRead = statuses.of(ID);
        cases.keep(order(EMAIL, false));
        clock.pass(Duration.ofSeconds(14));

        assertThat(statuses.of(ID)).isEqualTo(beforeItWasRead);
    }

    @Test
    void status_shouldBeNotMatched_whenTheOrderHasNoAddress() {
        admit(EMAIL);
        cases.keep(order("", false));
        clock.pass(Duration.ofSeconds(15));

        assertThat(status()).isEqualTo("not-matched");
    }

    @Test
    void status_shouldWaitForTheShop_untilItsQuestionIsAnswered() {
        admit(EMAIL);
        cases.keep(order(EMAIL, false));
        var hold = new Hold("approval-1", "Cancel?", 3600);
        cases.keep(
                CASE,
                decision(Verdict.HOLD, "approval", Plan.telling(List.of()), Optional.of(hold)));
        var asked =
                new Approval(
                        "approval-1",
                        Answer.OPEN,
                        "Cancel?",
                        "t",
                        "",
                        clock.instant(),
                        Optional.empty());
        cases.ask(ORDER, asked);

        assertThat(status()).isEqualTo("waiting-for-shop");

        cases.change(ORDER, asked, asked.answered(Answer.APPROVED, "U0111"));

        assertThat(status()).isEqualTo("in-progress");
    }

    @Test
    void status_shouldBeCancelled_whenTheCaseTookTheOrderBack() {
        admit(EMAIL);
        cases.keep(order(EMAIL, false));
        decide(Verdict.GO, "whole-order", cancelling(List.of()));

        assertThat(status()).isEqualTo("in-progress"); // R7: decided is not done

        end(Head.Status.CLOSED);

        assertThat(status()).isEqualTo("cancelled");
    }

    @Test
    void status_shouldBePartlyCancelled_whenTheCaseTookLinesBack() {
        admit(EMAIL);
        cases.keep(order(EMAIL, false));
        decide(Verdict.GO, "part-of-order", cancelling(List.of(new Units("line-1", 1))));
        end(Head.Status.CLOSED);

        assertThat(status()).isEqualTo("partly-cancelled");
    }

    @ParameterizedTest
    @CsvSource({
        "GO, true, cancelled",
        "GO, false, settled",
        "RECORD, true, cancelled",
        "RECORD, false, settled"
    })
    @DisplayName("R7: the status says cancelled only when the storefront does")
    void status_shouldSayCancelled_onlyWhenTheStorefrontDoes(
            Verdict verdict, boolean cancelled, String word) {
        admit(EMAIL);
        cases.keep(order(EMAIL, cancelled));
        decide(verdict, "some-rule", Plan.telling(List.of()));
        end(Head.Status.CLOSED);

        assertThat(status()).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({
        "shipped, has left our house",
        "made-to-order, made to your measure",
        "window-closed, is over",
        "rejected, could not cancel"
    })
    void status_shouldSayWhy_whenTheCaseIsRefused(String rule, String words) {
        admit(EMAIL);
        cases.keep(order(EMAIL, false));
        decide(Verdict.REFUSE, rule, Plan.telling(List.of()));
        end(Head.Status.CLOSED);

        assertThat(status()).isEqualTo("refused");
        assertThat(statuses.of(ID).message()).contains(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GO", "REFUSE", "HOLD", "ATTENTION"})
    void status_shouldBeWithStaff_whenTheCaseNeedsAttention(Verdict verdict) {
        admit(EMAIL);
        cases.keep(order(EMAIL, false));
        decide(verdict, "some-rule", Plan.telling(List.of()));
        end(Head.Status.ATTENTION);

        assertThat(status()).isEqualTo("with-our-staff");
    }

    @Test
    void status_shouldKeepItsResult_whenALaterCaseIsRunning() {
        admit(EMAIL);
        cases.keep(order(EMAIL, false));
        decide(Verdict.REFUSE, "window-closed", Plan.telling(List.of()));
        end(Head.Status.CLOSED);
        cases.admit(
                ORDER,
                request("portal-later", EMAIL),
                (head, _) -> head.next(now()).counting(now()));

        assertThat(status()).isEqualTo("refused");
        assertThat(statuses.of(new PublicId(ORDER, "later")).status()).isEqualTo("in-progress");
    }

    @Test
    void timeline_shouldTellTheCustomerInOrder_withoutStaffsWords() {
        admit(EMAIL);
        cases.keep(order(EMAIL, false));
        say("Open case", "case shopify-1001-1 opened");
        say("Decide", "HOLD by approval: Cancel and refund 24.99 USD?");
        say("Ask for approval", "slack: asked in Slack");
        say("Show who decided", "APPROVED by U0111");
        say("Decide", "GO by approved: Approved by U0111.");
        say("Cancel order", "shopify: cancelled");
        say("Refund payment", "stripe: refunded re_123");
        say("Refund payment", "shopify: gift card credited");
        say("Tell customer", "sendgrid: no address known");
        say("Close case", "closed");
        end(Head.Status.CLOSED);

        assertThat(timeline())
                .containsExactly(
                        "We received your request.",
                        "We looked at your order.",
                        "We asked our staff.",
                        "Our staff decided.",
                        "We looked at your order.",
                        "The cancellation was carried out.",
                        "We saw to your payment.",
                        "Your request was settled.");
        assertThat(statuses.of(ID).timeline()).extracting(Line::at).isSorted();
        assertThat(Json.write(statuses.of(ID))).doesNotContain("U0111", "re_123", EMAIL, "GO");
    }

    @Test
    @DisplayName("R7: where nobody answered, the timeline says neither decided nor settled")
    void timeline_shouldNotSayDecidedOrSettled_whenNobodyAnswered() {
        admit(EMAIL);
        cases.keep(order(EMAIL, false));
        say("Show who decided", "EXPIRED by nobody");
        say("Close case", "needs attention: Nobody answered");
        end(Head.Status.ATTENTION);

        assertThat(timeline())
                .containsExactly("We received your request.", "Our staff are seeing to the rest.");
    }

    static Order order(String email, boolean cancelled) {
        return new Order(
                ORDER,
                "gid://shopify/Order/1",
                Instant.parse("2026-11-20T10:00:00Z"),
                "USD",
                Optional.of(email).filter(text -> !text.isEmpty()).map(Personal::new),
                cancelled,
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private String status() {
        return statuses.of(ID).status();
    }

    private List<String> timeline() {
        return statuses.of(ID).timeline().stream().map(Line::what).toList();
    }

    private void admit(String email) {
        cases.admit(ORDER, request(ID.requestId(), email), (head, _) -> head.counting(now()));
    }

    private Request request(String id, String email) {
        return new Request(
                id,
                Source.PORTAL,
                new Wish.Cancel("", List.of()),
                Optional.of(ORDER),
                Optional.empty(),
                Optional.of(new Personal(email)),
                now());
    }

    private void say(String what, String words) {
        clock.pass(Duration.ofSeconds(1));
        cases.tell(CASE, what, words);
    }

    private void decide(Verdict verdict, String rule, Plan plan) {
        cases.keep(CASE, decision(verdict, rule, plan, Optional.empty()));
    }

    private Decision decision(Verdict verdict, String rule, Plan plan, Optional<Hold> hold) {
        return new Decision(verdict, rule, "For staff.", "v000001", 1, plan, hold, now());
    }

    private static Plan cancelling(List<Units> lines) {
        var cancel = new Plan.Cancel("cancel", "shopify", lines, true, Why.CUSTOMER);
        return new Plan(Optional.of(cancel), List.of(), Optional.empty(), List.of(), List.of());
    }

    private void end(Head.Status status) {
        var head = cases.head(CASE);
        assertThat(cases.move(head, head.ended(status, now()))).isTrue();
    }

    private Instant now() {
        return clock.instant();
    }
}
