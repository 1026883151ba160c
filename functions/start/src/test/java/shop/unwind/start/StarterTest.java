package shop.unwind.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import shop.unwind.cases.Cases;
import shop.unwind.cases.Cases.Admission;
import shop.unwind.cases.Head;
import shop.unwind.cases.Head.Status;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Personal;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.domain.Wish.Happened.What;
import shop.unwind.domain.Wish.LineWish;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestExecutions;
import shop.unwind.testing.TestTables;

import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.SfnException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

final class StarterTest {
    private static final OrderRef ORDER = new OrderRef("shopify", "1001");
    private static final CaseId CASE = new CaseId(ORDER, 1);
    private static final Personal ANN = new Personal("ann@example.com");
    private static final int TIMES = 20;

    private final TestTables tables = new TestTables();
    private final TestClock clock = new TestClock();
    private final Cases cases = new Cases(tables.client(), TestTables.CASES, clock);
    private final TestExecutions executions = new TestExecutions();
    private final Starter starter = new Starter(cases, executions.of(cases));

    @AfterEach
    void closeTables() {
        tables.close();
    }

    @Test
    void firstRequest_shouldStartItsCase() {
        var admission = starter.start(asks("a", 1));

        assertThat(admission.repeated()).isFalse();
        assertThat(executions.started()).containsExactly("shopify-1001-1");
        assertThat(cases.folder(ORDER).requests(admission.head())).hasSize(1);
    }

    @Test
    @DisplayName("R10: an execution is given ids and nothing personal, since its history keeps it")
    void execution_shouldKnowIdsOnly() {
        starter.start(asks("a", 1));

        assertThat(executions.inputs().values())
                .containsExactly("{\"caseId\":\"shopify-1001-1\",\"origin\":\"shopify-1001-1\"}");
    }

    @Test
    @DisplayName("C41: when systems answer one another in circles, one order's requests are parked")
    void flood_shouldBeParked_untilItIsOver() {
        for (var n = 0; n < 120; n++) starter.start(asks("r" + n, 1));

        assertThatThrownBy(() -> starter.start(asks("r120", 1)))
                .isInstanceOf(Flood.class)
                .hasMessage("order shopify-1001: more than 120 requests within a minute");
        assertThat(starter.start(asks("r119", 1)).repeated()).isTrue();
        assertThat(starter.start(ofPayment("p", "dp_1")).repeated()).isFalse();

        clock.pass(Duration.ofMinutes(1));
        assertThat(starter.start(asks("r120", 1)).repeated()).isFalse();
    }

    @Test
    void request_shouldStartNothingMore_whenItIsRepeated() {
        starter.start(asks("a", 1));

        var again = starter.start(asks("a", 1));

        assertThat(again.repeated()).isTrue();
        assertThat(head().seen()).isEqualTo(1);
        assertThat(executions.started()).hasSize(1);
    }

    @Test
    @DisplayName("R4: a request whose first delivery died before the start is started by the next")
    void request_shouldBeStarted_whenTheFirstDeliveryDiedInBetween() {
        executions.failOnce();
        assertThatThrownBy(() -> starter.start(asks("a", 1))).isInstanceOf(SfnException.class);

        assertThat(starter.start(asks("a", 1)).repeated()).isTrue();

        assertThat(executions.started()).containsExactly("shopify-1001-1");
    }

    @Test
    @DisplayName("C46: the same request twenty times at once starts one execution")
    void oneExecution_shouldStart_whenTheSameComesOftenAtOnce() throws Exception {
        var admissions = atOnce(_ -> starter.start(asks("same", 1)));

        assertThat(admissions).filteredOn(admission -> !admission.repeated()).hasSize(1);
        assertThat(executions.started()).containsExactly("shopify-1001-1");
    }

    @Test
    void oneExecution_shouldStart_whenDifferentRequestsComeAtOnce() throws Exception {
        atOnce(n -> starter.start(asks("request-" + n, n + 1)));

        assertThat(executions.started()).containsExactly("shopify-1001-1");
        assertThat(cases.folder(ORDER).requests(head())).hasSize(TIMES);
    }

    @Test
    void dispute_shouldJoinTheRunningCase() {
        starter.start(asks("a", 1));

        starter.start(request("evt_1", Source.DISPUTE, new Wish.Dispute("dp_1")));

        assertThat(executions.started()).hasSize(1);
        assertThat(cases.folder(ORDER).requests(head())).hasSize(2);
    }

    @Test
    void dispute_shouldGetACaseOfItsPayment_whenNoOrderIsKnown() {
        starter.start(ofPayment("evt_1", "dp_1"));
        starter.start(ofPayment("evt_2", "dp_1"));

        assertThat(executions.started()).containsExactly("stripe-payment.pi_1-1");
    }

    @Test
    void events_shouldJoinTheRunningCase_whateverTheirOrder() {
        var opened = request("evt_1", Source.DISPUTE, new Wish.Dispute("dp_1"));
        var closed = request("evt_2", Source.DISPUTE, new Wish.Dispute("dp_1"));
        var cancelled = request("evt_3", Source.STOREFRONT, new Wish.Happened(What.CANCELLED));

        var inOrder = headAfter("2001", opened, closed, cancelled);
        var backwards = headAfter("2002", cancelled, closed, opened);

        assertThat(inOrder.generation()).isEqualTo(backwards.generation()).isEqualTo(1);
        assertThat(inOrder.status()).isEqualTo(backwards.status());
        assertThat(wishes(inOrder)).containsExactlyInAnyOrderElementsOf(wishes(backwards));
    }

    @Test
    @DisplayName("C13: what happens at the storefront after the case closed is recorded, no more")
    void event_shouldOnlyBeRecorded_whenTheCaseIsClosed() {
        starter.start(asks("a", 1));
        end(Status.CLOSED);

        starter.start(request("evt_9", Source.STOREFRONT, new Wish.Happened(What.REFUNDED)));

        assertThat(head().status()).isEqualTo(Status.CLOSED);
        assertThat(head().generation()).isEqualTo(1);
        assertThat(head().seen()).isEqualTo(2);
        assertThat(executions.started()).hasSize(1);
    }

    @Test
    void laterRequest_shouldGetACaseOfItsOwn_whenTheFirstIsClosed() {
        starter.start(asks("a", 1));
        end(Status.CLOSED);

        starter.start(asks("b", 2));

        assertThat(executions.inputs().get("shopify-1001-2"))
                .isEqualTo("{\"caseId\":\"shopify-1001-2\",\"origin\":\"shopify-1001-2\"}");
        assertThat(cases.folder(ORDER).requests(head()))
                .extracting(each -> each.request().id())
                .containsExactly("b");
    }

    @Test
    void sameCase_shouldRunAgain_whenStaffAskAfterAttention() {
        starter.start(asks("a", 1));
        end(Status.ATTENTION);

        starter.start(request("press-1", Source.STAFF, new Wish.RunAgain("U0111")));

        assertThat(executions.inputs().get("shopify-1001-2"))
                .isEqualTo("{\"caseId\":\"shopify-1001-2\",\"origin\":\"shopify-1001-1\"}");
        assertThat(cases.folder(ORDER).requests(head())).hasSize(2);
    }

    @Test
    @DisplayName("C27: a refund that failed after the case closed opens it again")
    void case_shouldOpenAgain_whenItsRefundFailedLater() {
        starter.start(asks("a", 1));
        end(Status.CLOSED);

        starter.start(request("evt_7", Source.DISPUTE, new Wish.RefundFailed("re_1")));

        assertThat(executions.started()).containsExactly("shopify-1001-1", "shopify-1001-2");
    }

    @Test
    @DisplayName("R4: a case whose execution was stopped by hand runs again with the next request")
    void case_shouldRunAgain_whenItsExecutionWasStopped() {
        starter.start(asks("a", 1));
        executions.end(CASE, ExecutionStatus.ABORTED);

        starter.start(asks("b", 2));

        assertThat(executions.inputs().get("shopify-1001-2"))
                .contains("\"origin\":\"shopify-1001-1\"");
        assertThat(head().generation()).isEqualTo(2);
        assertThat(cases.folder(ORDER).requests(head())).hasSize(2);
    }

    private Head headAfter(String number, Request... requests) {
        var order = new OrderRef("shopify", number);
        for (var request : requests) starter.start(request.about(order));
        return cases.head(order).orElseThrow();
    }

    private List<Wish> wishes(Head head) {
        return cases.folder(head.order()).requests(head).stream()
                .map(each -> each.request().wish())
                .toList();
    }

    private Head head() {
        return cases.head(ORDER).orElseThrow();
    }

    private void end(Status status) {
        executions.end(head().id(), ExecutionStatus.SUCCEEDED);
        assertThat(cases.move(head(), head().ended(status, clock.instant()))).isTrue();
    }

    private Request asks(String id, int tins) {
        var wish = new Wish.Cancel("", List.of(new LineWish("ACR-500", tins)));
        return new Request(
                id,
                Source.PORTAL,
                wish,
                Optional.of(ORDER),
                Optional.empty(),
                Optional.of(ANN),
                clock.instant());
    }

    private Request request(String id, Source source, Wish wish) {
        return new Request(
                id,
                source,
                wish,
                Optional.of(ORDER),
                Optional.empty(),
                Optional.empty(),
                clock.instant().plus(Duration.ofMinutes(1)));
    }

    private Request ofPayment(String id, String dispute) {
        return new Request(
                id,
                Source.DISPUTE,
                new Wish.Dispute(dispute),
                Optional.empty(),
                Optional.of(new PaymentRef("stripe", "pi_1")),
                Optional.empty(),
                clock.instant());
    }

    private static List<Admission> atOnce(IntFunction<Admission> call) throws Exception {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls =
                    IntStream.range(0, TIMES)
                            .<Callable<Admission>>mapToObj(n -> () -> call.apply(n))
                            .toList();
            var results = new ArrayList<Admission>();
            for (var result : pool.invokeAll(calls)) results.add(result.get());
            return results;
        }
    }
}
