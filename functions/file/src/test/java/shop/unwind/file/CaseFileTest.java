package shop.unwind.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import shop.unwind.cases.Cases;
import shop.unwind.cases.Event;
import shop.unwind.cases.Head;
import shop.unwind.cases.Head.Status;
import shop.unwind.cases.Lifecycle;
import shop.unwind.config.Policy;
import shop.unwind.config.Store;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.Decision;
import shop.unwind.domain.Decision.Verdict;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Personal;
import shop.unwind.domain.Plan;
import shop.unwind.domain.Plan.Why;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.domain.Wish.Happened.What;
import shop.unwind.domain.Wish.LineWish;
import shop.unwind.json.Json;
import shop.unwind.problem.NotFound;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestExecutions;
import shop.unwind.testing.TestQueue;
import shop.unwind.testing.TestTables;

import software.amazon.awssdk.services.sqs.model.SqsException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

final class CaseFileTest {
    private static final OrderRef ORDER = new OrderRef("shopify", "1001");
    private static final CaseId CASE = new CaseId(ORDER, 1);
    private static final OrderRef PAYMENT =
            OrderRef.ofPayment(new PaymentRef("stripe", "pi_shopify1001_1"));
    private static final CaseId BY_PAYMENT = new CaseId(PAYMENT, 1);
    private static final Optional<String> FINE = Optional.of("");

    private final TestTables tables = new TestTables();
    private final TestClock clock = new TestClock();
    private final TestQueue queue = new TestQueue();
    private final TestExecutions executions = new TestExecutions();
    private final Cases cases = new Cases(tables.client(), TestTables.CASES, clock);
    private final CaseFile file = file(Map.of("shopify", Map.of("stripe", "stripe")));

    @AfterEach
    void closeTables() {
        tables.close();
    }

    @Test
    void open_shouldSayWhichOrderItIs() {
        var opened = file.open(CASE);

        assertThat(opened.known()).isTrue();
        assertThat(opened.storefront()).isEqualTo("shopify");
        assertThat(opened.payment()).isEmpty();
        assertThat(opened.staff()).containsExactly("slack");
        assertThat(opened.waits().follow())
                .isEqualTo(policy().patience().followEvery().toSeconds());
        assertThat(told(ORDER)).containsExactly("Open case: case shopify-1001-1 opened");
    }

    @Test
    void open_shouldNameThePayment_whenOnlyThatIsKnown() {
        var opened = file.open(BY_PAYMENT);

        assertThat(opened.known()).isFalse();
        assertThat(opened.payment()).contains(new PaymentRef("stripe", "pi_shopify1001_1"));
    }

    @Test
    void handOver_shouldSendTheRequestsOnUnderTheirOwnIds() {
        admit(PAYMENT, dispute("evt_1"));
        admit(PAYMENT, dispute("evt_2"));

        var closed = file.handOver(BY_PAYMENT, "1001");

        assertThat(closed.attention()).isFalse();
        assertThat(queue.sent()).extracting(Request::id).containsExactly("evt_1", "evt_2");
        assertThat(queue.sent()).allSatisfy(sent -> assertThat(sent.order()).contains(ORDER));
        assertThat(head(PAYMENT).status()).isEqualTo(Status.CLOSED);
        assertThat(told(PAYMENT)).contains("Hand over: this is about order shopify-1001");
    }

    @Test
    void handOver_shouldSendTheSameIdsAgain_whenItIsRepeated() {
        admit(PAYMENT, dispute("evt_1"));

        file.handOver(BY_PAYMENT, "1001");
        file.handOver(BY_PAYMENT, "1001");

        assertThat(queue.sent()).extracting(Request::id).containsOnly("evt_1");
        assertThat(head(PAYMENT).generation()).isEqualTo(1);
    }

    @Test
    @DisplayName("R4: a case is not closed while its requests could not be sent on")
    void handOver_shouldFail_whenTheQueueIsDown() {
        admit(PAYMENT, dispute("evt_1"));
        queue.goDown();

        assertThatThrownBy(() -> file.handOver(BY_PAYMENT, "1001"))
                .isInstanceOf(SqsException.class);

        assertThat(head(PAYMENT).status()).isEqualTo(Status.RUNNING);
    }

    @Test
    @DisplayName("R4: what joins the payment's case while it is handed over is sent on, too")
    void handOver_shouldSendOnWhatComesMeanwhile() {
        admit(PAYMENT, dispute("evt_1"));
        queue.afterNext(() -> admit(PAYMENT, dispute("evt_2")));

        file.handOver(BY_PAYMENT, "1001");

        assertThat(queue.sent()).extracting(Request::id).contains("evt_1", "evt_2");
        assertThat(head(PAYMENT).status()).isEqualTo(Status.CLOSED);
    }

    @Test
    void handOver_shouldCallStaff_whenThePaymentNamesNoOrder() {
        admit(PAYMENT, dispute("evt_1"));

        var closed = file.handOver(BY_PAYMENT, "");

        assertThat(closed.attention()).isTrue();
        assertThat(closed.trouble()).isEqualTo("payment pi_shopify1001_1 names no order of ours");
        assertThat(head(PAYMENT).status()).isEqualTo(Status.ATTENTION);
        assertThat(queue.sent()).isEmpty();
    }

    @Test
    void handOver_shouldCallStaff_whenTwoStorefrontsUseTheProvider() {
        admit(PAYMENT, dispute("evt_1"));
        var gateway = Map.of("stripe", "stripe");

        var closed =
                file(Map.of("shopify", gateway, "other", gateway)).handOver(BY_PAYMENT, "1001");

        assertThat(closed.attention()).isTrue();
        assertThat(queue.sent()).isEmpty();
    }

    @Test
    void handOver_shouldFollowThePayment_whenItNamesOneOfTwoStorefronts() {
        admit(PAYMENT, dispute("evt_1"));
        var gateway = Map.of("stripe", "stripe");

        file(Map.of("shopify", gateway, "other", gateway)).handOver(BY_PAYMENT, "other-1001");

        assertThat(queue.sent())
                .extracting(Request::order)
                .containsExactly(Optional.of(new OrderRef("other", "1001")));
    }

    @Test
    void case_shouldClose_whenNothingIsMissing() {
        running(Verdict.GO);

        var closed = file.close(CASE, List.of(outcome(Result.DONE), outcome(Result.SKIPPED)), FINE);

        assertThat(closed).isEqualTo(new CaseFile.Closed(false, ""));
        assertThat(head(ORDER).status()).isEqualTo(Status.CLOSED);
        assertThat(told(ORDER)).containsExactly("Close case: closed");
        assertThat(executions.started()).isEmpty();
    }

    @Test
    void close_shouldAnswerTheSame_whenItIsRepeated() {
        running(Verdict.GO);

        var first = file.close(CASE, List.of(outcome(Result.DONE)), FINE);
        var second = file.close(CASE, List.of(outcome(Result.DONE)), FINE);

        assertThat(second).isEqualTo(first);
        assertThat(told(ORDER)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "UNKNOWN"})
    void case_shouldNeedAttention_whenAStepIsMissing(Result result) {
        running(Verdict.GO);

        var closed = file.close(CASE, List.of(outcome(Result.DONE), outcome(result)), FINE);

        assertThat(closed.attention()).isTrue();
        assertThat(closed.trouble()).isEqualTo("refund-pi_1 at stripe: it went so");
        assertThat(head(ORDER).status()).isEqualTo(Status.ATTENTION);
    }

    @Test
    void case_shouldNeedAttention_whenItStoppedOnItsWay() {
        running(Verdict.GO);

        var closed = file.close(CASE, List.of(), Optional.of("The order could not be cancelled"));

        assertThat(closed).isEqualTo(new CaseFile.Closed(true, "The order could not be cancelled"));
    }

    @Test
    void case_shouldNeedAttention_whenNothingWasDecided() {
        admit(ORDER, asks("a", 1));

        assertThat(file.close(CASE, List.of(), FINE).trouble()).isEqualTo("nothing was decided");
    }

    @ParameterizedTest
    @EnumSource(Verdict.class)
    void case_shouldNeedAttention_onlyWhenTheDecisionSaysSo(Verdict verdict) {
        running(verdict);

        var closed = file.close(CASE, List.of(), FINE);

        assertThat(closed.attention()).isEqualTo(verdict == Verdict.ATTENTION);
    }

    @Test
    @DisplayName("C27: a refund that came back asks for its order again, once however often told")
    void reopen_shouldAskUnderTheProvidersOwnId() {
        running(Verdict.GO);

        file.reopen(CASE, List.of(outcome(Result.FAILED)));
        file.reopen(CASE, List.of(outcome(Result.FAILED)));

        assertThat(queue.sent()).extracting(Request::id).containsOnly("stripe-re_1-failed");
        assertThat(queue.sent().getFirst().wish()).isEqualTo(new Wish.RefundFailed("re_1"));
        assertThat(queue.sent().getFirst().order()).contains(ORDER);
    }

    @Test
    void lateRequest_shouldGetACaseOfItsOwn_whenItAsksForMore() {
        running(Verdict.GO);
        admit(ORDER, asks("late", 2));

        file.close(CASE, List.of(outcome(Result.DONE)), FINE);

        assertThat(head(ORDER).id()).isEqualTo(new CaseId(ORDER, 2));
        assertThat(head(ORDER).status()).isEqualTo(Status.RUNNING);
        assertThat(executions.started()).containsExactly("shopify-1001-2");
        assertThat(cases.folder(ORDER).requests(head(ORDER)))
                .extracting(recorded -> recorded.request().id())
                .containsExactly("late");
    }

    @Test
    @DisplayName("C4: a double click that comes while the case closes is no request of its own")
    void lateRequest_shouldAddNothing_whenItIsARepeat() {
        running(Verdict.GO);
        admit(ORDER, asks("late", 1));

        file.close(CASE, List.of(outcome(Result.DONE)), FINE);

        assertThat(head(ORDER).status()).isEqualTo(Status.CLOSED);
        assertThat(executions.started()).isEmpty();
    }

    @Test
    @DisplayName("C3, C41: our own change, told back while the case runs, adds nothing")
    void lateRequest_shouldAddNothing_whenItOnlyReports() {
        running(Verdict.GO);
        admit(ORDER, request("evt", Source.STOREFRONT, ORDER, new Wish.Happened(What.REFUNDED)));

        file.close(CASE, List.of(outcome(Result.DONE)), FINE);

        assertThat(head(ORDER).status()).isEqualTo(Status.CLOSED);
        assertThat(executions.started()).isEmpty();
    }

    @Test
    @DisplayName("R4: the shop's cancel of the rest, told while a part is taken back, is not lost")
    void lateCancel_shouldGetACaseOfItsOwn_whenOnlyAPartWasTakenBack() {
        running(Verdict.GO);
        admit(ORDER, request("evt", Source.STOREFRONT, ORDER, new Wish.Happened(What.CANCELLED)));

        file.close(CASE, List.of(outcome(Result.DONE)), FINE);

        assertThat(head(ORDER).status()).isEqualTo(Status.RUNNING);
        assertThat(executions.started()).containsExactly("shopify-1001-2");
    }

    @Test
    void lateRequest_shouldStayWithTheCase_whenItNeedsAttention() {
        running(Verdict.GO);
        admit(ORDER, asks("late", 2));

        file.close(CASE, List.of(outcome(Result.FAILED)), FINE);

        assertThat(head(ORDER).status()).isEqualTo(Status.ATTENTION);
        assertThat(cases.folder(ORDER).requests(head(ORDER))).hasSize(2);
    }

    @Test
    void close_shouldLeaveTheNextCaseAlone_whenItComesLate() {
        running(Verdict.GO);
        admit(ORDER, asks("late", 2));
        file.close(CASE, List.of(outcome(Result.DONE)), FINE);
        var next = head(ORDER);

        file.close(CASE, List.of(outcome(Result.DONE)), FINE);

        assertThat(head(ORDER)).isEqualTo(next);
        assertThat(executions.started()).containsExactly("shopify-1001-2");
    }

    @Test
    void close_shouldBeRefused_whenThereIsNoSuchCase() {
        assertThatThrownBy(() -> file.close(CASE, List.of(), FINE)).isInstanceOf(NotFound.class);
    }

    @Test
    @DisplayName("R4: of twenty requests that come while the case closes none is lost")
    void everyRequest_shouldHaveACase_whenManyComeWhileItCloses() throws Exception {
        running(Verdict.GO);

        atOnce(
                20,
                n -> admit(ORDER, asks("late-" + n, n + 2)),
                () -> file.close(CASE, List.of(outcome(Result.DONE)), FINE));

        assertThat(head(ORDER).seen()).isEqualTo(21);
        assertThat(head(ORDER).id()).isEqualTo(new CaseId(ORDER, 2));
        assertThat(head(ORDER).status()).isEqualTo(Status.RUNNING);
        assertThat(cases.folder(ORDER).requests(head(ORDER))).hasSize(20);
    }

    /** A case that was decided when it had one request. */
    private void running(Verdict verdict) {
        admit(ORDER, asks("a", 1));
        var cancel =
                new Plan.Cancel(
                        "cancel-1",
                        "shopify",
                        List.of(new Plan.Units("71", 1)),
                        true,
                        Why.CUSTOMER);
        var plan = new Plan(Optional.of(cancel), List.of(), Optional.empty(), List.of(), List.of());
        cases.keep(
                CASE,
                new Decision(
                        verdict, "rule", "because", "v1", 1, plan, Optional.empty(), cases.now()));
    }

    private Cases.Admission admit(OrderRef order, Request request) {
        return cases.admit(
                order,
                request,
                (head, folder) ->
                        Lifecycle.admit(
                                head,
                                request,
                                folder.requests(head),
                                folder.decision(head.id()),
                                cases.now()));
    }

    private Head head(OrderRef order) {
        return cases.head(order).orElseThrow();
    }

    private List<String> told(OrderRef order) {
        return cases.timeline(order).stream().map(CaseFileTest::line).toList();
    }

    private static String line(Event event) {
        return event.what() + ": " + event.words();
    }

    private Request asks(String id, int tins) {
        var wish = new Wish.Cancel("", List.of(new LineWish("ACR-500", tins)));
        return request(id, Source.PORTAL, ORDER, wish);
    }

    private Request dispute(String id) {
        return request(id, Source.DISPUTE, PAYMENT, new Wish.Dispute("dp_1"));
    }

    private Request request(String id, Source source, OrderRef order, Wish wish) {
        return new Request(
                id,
                source,
                wish,
                Optional.of(order),
                Optional.empty(),
                Optional.of(new Personal("ann@example.com")),
                clock.instant());
    }

    private Outcome outcome(Result result) {
        return new Outcome(
                "refund-pi_1",
                "stripe",
                result,
                "re_1",
                Optional.empty(),
                "it went so",
                cases.now());
    }

    private CaseFile file(Map<String, Map<String, String>> moneyMovedBy) {
        var store =
                new Store(
                        "Acrylic House",
                        Map.of("slack", Json.object()),
                        moneyMovedBy,
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of("slack"),
                        false,
                        Optional.empty());
        return new CaseFile(
                cases, () -> store, CaseFileTest::policy, queue.requests(), executions.of(cases));
    }

    private static Policy policy() {
        try {
            var text = Files.readString(Path.of("../../local/policy.json"));
            return Json.readStrictly(text, Policy.class).validated();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private interface Numbered {
        Object call(int number);
    }

    private static void atOnce(int times, Numbered call, Callable<?> other) throws Exception {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<Object>>();
            for (var n = 0; n < times; n++) {
                var number = n;
                calls.add(() -> call.call(number));
            }
            calls.add(times / 2, other::call);
            for (var result : pool.invokeAll(calls)) result.get();
        }
    }
}
