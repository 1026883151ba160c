package shop.unwind.tieout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import shop.unwind.cases.Cases;
import shop.unwind.cases.Head.Status;
import shop.unwind.connector.Task.Operation;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.Decision;
import shop.unwind.domain.Decision.Verdict;
import shop.unwind.domain.Order;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.domain.Wish.Happened.What;
import shop.unwind.json.Json;
import shop.unwind.problem.NotFound;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Throttled;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestTables;
import shop.unwind.tieout.Connectors.Unreadable;
import shop.unwind.tieout.Difference.Kind;
import shop.unwind.words.TieOutReport;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

final class TieOutTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TestTables tables = new TestTables();
    private final TestClock clock = new TestClock();
    private final Cases cases = new Cases(tables.client(), TestTables.CASES, clock);
    private final Functions functions = new Functions();
    private final Connectors connectors =
            new Connectors(functions, "unwind-", Duration.ofMillis(1));
    private final TieOut tieOut = new TieOut(cases, connectors);

    @AfterEach
    void closeTables() {
        tables.close();
    }

    @Test
    void endedCases_shouldBeCompared_andOthersCounted() {
        closed("1001", Status.CLOSED);
        closed("1002", Status.ATTENTION);
        closed("1003", Status.RUNNING);
        functions.answer(Operation.CHECK_ORDER, _ -> order());

        var result = run(1, MINUTE);

        assertThat(result).isEqualTo(new TieOut.Result(2, 1, 1, 0, List.of()));
        assertThat(functions.asked).containsOnly("unwind-shopify:live CHECK_ORDER");
    }

    @Test
    void caseThatStandsForAPayment_shouldBePassedOver_sinceItsOrderHasACase() {
        close(OrderRef.ofPayment(new PaymentRef("stripe", "pi_1")), Status.CLOSED);

        assertThat(run(1, MINUTE).checked()).isZero();
    }

    @Test
    void olderCases_shouldBePassedOver_andThoseOfTheDaysBeforeNot() {
        closed("1001", Status.CLOSED);
        functions.answer(Operation.CHECK_ORDER, _ -> order());
        clock.pass(Duration.ofDays(2));

        assertThat(run(2, MINUTE).checked()).isZero();
        assertThat(run(3, MINUTE).checked()).isEqualTo(1);
    }

    @Test
    void everythingOfARefund_shouldBeRead_atTheOneWhoMovedIt() {
        refunded();

        var result = run(1, MINUTE);

        assertThat(result.differences()).isEmpty();
        assertThat(functions.asked)
                .containsExactlyInAnyOrder(
                        "unwind-shopify:live CHECK_ORDER",
                        "unwind-stripe:live READ_PAYMENT",
                        "unwind-stripe:live FOLLOW");
    }

    @Test
    void whatAPlatformDoesNotKnow_shouldBeNamed() {
        refunded();
        functions.fail(Operation.FOLLOW, new NotFound("refund re_1"), Integer.MAX_VALUE);

        assertThat(run(1, MINUTE).differences())
                .extracting(Difference::kind)
                .containsExactly(Kind.REFUND_GONE);
    }

    @Test
    void platformThatSaysLater_shouldBeAskedAgain() {
        refunded();
        functions.fail(Operation.READ_PAYMENT, new Throttled(Duration.ofSeconds(1)), 4);

        assertThat(run(1, MINUTE).differences()).isEmpty();
    }

    @Test
    void platformThatCannotBeAsked_shouldBeNamed_andTheOthersCompared() {
        refunded();
        closed("1002", Status.CLOSED);
        functions.fail(Operation.READ_PAYMENT, new Throttled(Duration.ofSeconds(1)), 5);

        var result = run(1, MINUTE);

        assertThat(result.checked()).isEqualTo(2);
        assertThat(result.differences())
                .singleElement()
                .isEqualTo(
                        new Difference(
                                TestHistory.ORDER,
                                Kind.UNREADABLE,
                                "stripe: asked to come back in 1 s"));
    }

    @Test
    void ordersThereIsNoTimeFor_shouldBeCounted() {
        closed("1001", Status.CLOSED);
        closed("1002", Status.CLOSED);

        assertThat(run(1, Duration.ofSeconds(-1)))
                .isEqualTo(new TieOut.Result(0, 0, 0, 2, List.of()));
    }

    @Test
    void staff_shouldBeTold_andASilentMessengerBeAnError() {
        var report = new TieOutReport(LocalDate.of(2026, 11, 28), 1, 0, 0, 0, List.of());
        functions.answer(Operation.REPORT, task -> task.path("step"));

        connectors.report("slack", report);
        functions.fail(Operation.REPORT, new Refused("no_channel", "no such channel"), 1);

        assertThat(functions.asked).containsExactly("unwind-slack:live REPORT");
        assertThatThrownBy(() -> connectors.report("slack", report))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("no such channel");
    }

    private TieOut.Result run(int days, Duration time) {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return tieOut.run(today, days, clock.instant().plus(time));
    }

    /** A sound order in our record and at the platforms. */
    private void refunded() {
        var evidence = new TestHistory(3, 3_000).cancels(3_000, Result.DONE).evidence();
        var chapter = evidence.record().getFirst();
        var id = new CaseId(TestHistory.ORDER, 1);
        close(TestHistory.ORDER, Status.CLOSED);
        cases.keep(
                id,
                new Decision(
                        Verdict.GO,
                        "whole-order",
                        "",
                        "1",
                        1,
                        chapter.plan(),
                        Optional.empty(),
                        clock.instant()));
        cases.keep(id, chapter.outcomes());
        functions.answer(Operation.CHECK_ORDER, _ -> evidence.order().orElseThrow());
        functions.answer(
                Operation.READ_PAYMENT,
                _ -> evidence.payments().values().iterator().next().orElseThrow());
        functions.answer(Operation.FOLLOW, task -> task.path("step"));
    }

    private void closed(String number, Status status) {
        close(new OrderRef("shopify", number), status);
    }

    private void close(OrderRef order, Status status) {
        var request =
                new Request(
                        "evt_1",
                        Source.STOREFRONT,
                        new Wish.Happened(What.CANCELLED),
                        Optional.of(order),
                        Optional.empty(),
                        Optional.empty(),
                        clock.instant());
        var head =
                cases.admit(order, request, (first, _) -> first.counting(clock.instant())).head();
        if (status != Status.RUNNING) cases.move(head, head.ended(status, clock.instant()));
    }

    private static Order order() {
        return new TestHistory(1, 100).order();
    }

    /** Functions that answer by operation. */
    private static final class Functions implements LambdaClient {
        private final Map<Operation, Function<JsonNode, Object>> answers =
                new ConcurrentHashMap<>();
        private final Map<Operation, Integer> failures = new ConcurrentHashMap<>();
        private final Map<Operation, RuntimeException> problems = new ConcurrentHashMap<>();
        private final List<String> asked = new CopyOnWriteArrayList<>();

        void answer(Operation operation, Function<JsonNode, Object> answer) {
            answers.put(operation, answer);
        }

        void fail(Operation operation, RuntimeException problem, int times) {
            problems.put(operation, problem);
            failures.put(operation, times);
        }

        @Override
        public InvokeResponse invoke(InvokeRequest request) {
            var task = Json.parse(request.payload().asByteArray());
            var operation = Operation.valueOf(task.path("operation").asText());
            asked.add(request.functionName() + ":" + request.qualifier() + " " + operation);
            var left = failures.merge(operation, -1, Integer::sum);
            if (left < 0) return answer(Json.tree(known(answers, operation).apply(task)));
            var problem = known(problems, operation);
            return answer(
                            Json.object()
                                    .put("errorType", problem.getClass().getName())
                                    .put("errorMessage", problem.getMessage()))
                    .toBuilder()
                    .functionError("Unhandled")
                    .build();
        }

        private static <T> T known(Map<Operation, T> all, Operation operation) {
            return Objects.requireNonNull(all.get(operation), operation.name());
        }

        private static InvokeResponse answer(JsonNode payload) {
            return InvokeResponse.builder()
                    .payload(SdkBytes.fromByteArray(Json.bytes(payload)))
                    .build();
        }

        @Override
        public String serviceName() {
            return "lambda";
        }

        @Override
        public void close() {}
    }
}
