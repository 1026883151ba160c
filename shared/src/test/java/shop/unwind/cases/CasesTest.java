package shop.unwind.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import shop.unwind.cases.Approval.Answer;
import shop.unwind.cases.Cases.Admission;
import shop.unwind.cases.Head.Status;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.Decision;
import shop.unwind.domain.Decision.Verdict;
import shop.unwind.domain.Order;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Personal;
import shop.unwind.domain.Plan;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.problem.NotFound;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestTables;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

final class CasesTest {
    private static final OrderRef ORDER = new OrderRef("shopify", "1001");
    private static final Personal ANN = new Personal("ann@example.com");
    private static final int THREADS = 20;

    private final TestTables tables = new TestTables();
    private final TestClock clock = new TestClock();
    private final Cases cases = new Cases(tables.client(), TestTables.CASES, clock);

    @AfterEach
    void closeTables() {
        tables.close();
    }

    @Test
    void firstRequest_shouldOpenTheFirstCase_whenItIsAdmitted() {
        var admission = admit("a");

        assertThat(admission.repeated()).isFalse();
        assertThat(admission.head().id()).isEqualTo(CaseId.parse("shopify-1001-1"));
        assertThat(admission.head().status()).isEqualTo(Status.RUNNING);
        assertThat(cases.head(ORDER)).contains(admission.head());
    }

    @Test
    @DisplayName("C37: a request that is delivered often is recorded once")
    void request_shouldBeRecordedOnce_whenItIsDeliveredOften() {
        var first = admit("a");

        var second = admit("a");

        assertThat(second.repeated()).isTrue();
        assertThat(second.head()).isEqualTo(first.head());
        assertThat(cases.folder(ORDER).requests(second.head())).hasSize(1);
    }

    @Test
    @DisplayName("C46: the same request twenty times at once is recorded once")
    void oneRequest_shouldBeRecorded_whenTheSameComesTwentyTimesAtOnce() throws Exception {
        var admissions = atOnce(_ -> admit("same"));

        assertThat(admissions).filteredOn(admission -> !admission.repeated()).hasSize(1);
        assertThat(head().seen()).isEqualTo(1);
        assertThat(head().generation()).isEqualTo(1);
    }

    @Test
    void noRequest_shouldBeLost_whenTwentyDifferentComeAtOnce() throws Exception {
        var admissions = atOnce(n -> admit("request-" + n));

        assertThat(admissions).noneMatch(Admission::repeated);
        assertThat(head().seen()).isEqualTo(THREADS);
        assertThat(cases.folder(ORDER).requests(head()))
                .extracting(Recorded::number)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, THREADS).boxed().toList());
    }

    @Test
    void laterRequest_shouldBelongToTheNextCase_whenTheFirstIsClosed() {
        admit("a");
        close(Status.CLOSED);

        cases.admit(ORDER, request("b"), (head, _) -> head.next(now()).counting(now()));

        assertThat(head().id()).isEqualTo(new CaseId(ORDER, 2));
        assertThat(head().originId()).isEqualTo(new CaseId(ORDER, 2));
        assertThat(cases.folder(ORDER).requests(head()))
                .extracting(recorded -> recorded.request().id())
                .containsExactly("b");
        assertThat(cases.request(ORDER, "a")).map(Recorded::number).contains(1);
    }

    @Test
    void caseRunAgain_shouldKeepItsRecordsAndRequests_whenItGetsANewGeneration() {
        admit("a");
        close(Status.ATTENTION);

        cases.admit(ORDER, request("again"), (head, _) -> head.again(now()).counting(now()));

        assertThat(head().id()).isEqualTo(new CaseId(ORDER, 2));
        assertThat(head().originId()).isEqualTo(new CaseId(ORDER, 1));
        assertThat(cases.folder(ORDER).requests(head())).hasSize(2);
    }

    @Test
    void uncoveredRequests_shouldBecomeACase_whenTheFirstEndsWithoutThem() {
        admit("a");
        admit("late");
        var head = head();

        assertThat(cases.move(head, head.following(1, now()))).isTrue();

        assertThat(cases.folder(ORDER).requests(head()))
                .extracting(recorded -> recorded.request().id())
                .containsExactly("late");
    }

    @Test
    void move_shouldBeRefused_whenSomebodyElseMovedFirst() {
        admit("a");
        var stale = head();
        admit("b");

        assertThat(cases.move(stale, stale.ended(Status.CLOSED, now()))).isFalse();
        assertThat(head().status()).isEqualTo(Status.RUNNING);
    }

    @Test
    void oneMove_shouldWin_whenTwentyMoveAtOnce() throws Exception {
        admit("a");
        var head = head();

        var moves = atOnce(_ -> cases.move(head, head.ended(Status.CLOSED, now())));

        assertThat(moves).containsOnlyOnce(true);
    }

    @Test
    void case_shouldNotBeFound_whenItWasNeverOpened() {
        admit("a");

        assertThat(cases.head(new CaseId(ORDER, 1)).generation()).isEqualTo(1);
        assertThatThrownBy(() -> cases.head(new CaseId(ORDER, 2))).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> cases.head(CaseId.parse("shopify-9-1")))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void question_shouldBeAskedOnce_whenItIsPutTwice() {
        assertThat(cases.ask(ORDER, question())).isTrue();
        assertThat(cases.ask(ORDER, question())).isFalse();
        assertThat(cases.approvals(ORDER)).containsExactly(question());
    }

    @Test
    @DisplayName("C4: when twenty answer at once, one answer stands")
    void oneAnswer_shouldStand_whenTwentyAnswerAtOnce() throws Exception {
        cases.ask(ORDER, question());

        var answers =
                atOnce(
                        n ->
                                cases.change(
                                        ORDER,
                                        question(),
                                        question()
                                                .answered(
                                                        n % 2 == 0
                                                                ? Answer.APPROVED
                                                                : Answer.REJECTED,
                                                        "U" + n)));

        assertThat(answers).containsOnlyOnce(true);
        var winner = "U" + answers.indexOf(true);
        assertThat(cases.approval(ORDER, "approval-1").flatMap(Approval::by)).contains(winner);
    }

    @Test
    void answer_shouldNotBeOverwritten_whenItStands() {
        cases.ask(ORDER, question());
        cases.change(ORDER, question(), question().answered(Answer.EXPIRED, "nobody"));

        assertThat(cases.change(ORDER, question(), question().answered(Answer.APPROVED, "U1")))
                .isFalse();
        assertThat(cases.change(ORDER, question(), question().shownAt("C1:2"))).isFalse();
    }

    @Test
    void timeline_shouldBeInOrder_whenThingsHappen() {
        var first = new CaseId(ORDER, 1);
        cases.tell(first, "Open case", "opened");
        clock.pass(Duration.ofMillis(1));
        cases.tell(first, "Decide", "GO");
        cases.tell(first, "Decide", "GO");
        clock.pass(Duration.ofSeconds(1));
        cases.tell(new CaseId(ORDER, 10), "Open case", "again");
        cases.tell(new CaseId(ORDER, 2), "Open case", "again");

        assertThat(cases.timeline(ORDER))
                .extracting(event -> event.generation() + " " + event.what())
                .containsExactly("1 Open case", "1 Decide", "2 Open case", "10 Open case");
    }

    @Test
    void timeline_shouldBeInOrder_whenATimeHasNoFraction() {
        clock.pass(Duration.ofMillis(999));
        cases.tell(new CaseId(ORDER, 1), "Decide", "first");
        clock.pass(Duration.ofMillis(1));
        cases.tell(new CaseId(ORDER, 1), "Decide", "second");
        clock.pass(Duration.ofNanos(1_500_000));
        cases.tell(new CaseId(ORDER, 1), "Decide", "third");

        assertThat(cases.timeline(ORDER))
                .extracting(Event::words)
                .containsExactly("first", "second", "third");
    }

    @Test
    void timeline_shouldKeepBothLines_whenTwoSayDifferentThingsAtOnce() {
        cases.tell(new CaseId(ORDER, 1), "Refund payment", "stripe: refunded");
        cases.tell(new CaseId(ORDER, 1), "Refund payment", "shopify: gift card credited");

        assertThat(cases.timeline(ORDER)).hasSize(2);
    }

    @Test
    void orders_shouldNotMix_whenOneNumberBeginsLikeTheOther() {
        admit("a");
        var longer = new OrderRef("shopify", "1001-2");

        assertThat(cases.head(longer)).isEmpty();
        assertThat(cases.folder(ORDER).requests(head())).hasSize(1);
    }

    @Test
    void reason_shouldBeTheLastThatTheCustomerGave_ofWhatTheDecisionSaw() {
        admit(wish("a", "Ann@Example.com ", "Wrong colour"));
        admit(wish("b", "ann@example.com", " "));
        admit(wish("c", "ann@example.com", "Too late"));
        cases.keep(order(Optional.of(ANN)));

        assertThat(reason(2)).contains(new Personal("Wrong colour"));
        assertThat(reason(3)).contains(new Personal("Too late"));
    }

    @Test
    void reason_shouldNotBeAStrangers() {
        admit(wish("a", "mallory@example.net", "Ann asked me to"));

        cases.keep(order(Optional.of(ANN)));
        assertThat(reason(1)).isEmpty();
        cases.keep(order(Optional.empty()));
        assertThat(reason(1)).isEmpty();
    }

    @Test
    void reason_shouldNotBeOfTheCaseBefore() {
        admit(wish("a", "ann@example.com", "Wrong colour"));
        close(Status.CLOSED);
        cases.admit(ORDER, request("b"), (head, _) -> head.next(now()).counting(now()));
        admit(wish("late", "ann@example.com", "Too late"));
        cases.keep(order(Optional.of(ANN)));

        assertThat(reason(2)).isEmpty();
    }

    private Optional<Personal> reason(int covers) {
        var plan = Plan.telling(List.of());
        var decision =
                new Decision(
                        Verdict.GO, "rule", "", "v000001", covers, plan, Optional.empty(), now());
        return cases.folder(ORDER).reason(head().id(), decision);
    }

    private Order order(Optional<Personal> email) {
        return new Order(
                ORDER, "1", now(), "USD", email, false, false, List.of(), List.of(), List.of(),
                List.of());
    }

    private Request wish(String id, String email, String reason) {
        return new Request(
                id,
                Source.PORTAL,
                new Wish.Cancel(reason, List.of()),
                Optional.of(ORDER),
                Optional.empty(),
                Optional.of(new Personal(email)),
                now());
    }

    private Admission admit(String id) {
        return admit(request(id));
    }

    private Admission admit(Request request) {
        return cases.admit(ORDER, request, (head, _) -> head.counting(now()));
    }

    private Head head() {
        return cases.head(ORDER).orElseThrow();
    }

    private void close(Status status) {
        assertThat(cases.move(head(), head().ended(status, now()))).isTrue();
    }

    private Request request(String id) {
        return new Request(
                id,
                Source.PORTAL,
                new Wish.Cancel("", List.of()),
                Optional.of(ORDER),
                Optional.empty(),
                Optional.empty(),
                now());
    }

    private Approval question() {
        return new Approval(
                "approval-1", Answer.OPEN, "Cancel?", "token", "", now(), Optional.empty());
    }

    private Instant now() {
        return clock.instant();
    }

    private interface Numbered<T> {
        T call(int number);
    }

    private static <T> List<T> atOnce(Numbered<T> call) throws Exception {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls =
                    IntStream.range(0, THREADS)
                            .<Callable<T>>mapToObj(n -> () -> call.call(n))
                            .toList();
            var results = new ArrayList<T>();
            for (var result : pool.invokeAll(calls)) results.add(result.get());
            return results;
        }
    }
}
