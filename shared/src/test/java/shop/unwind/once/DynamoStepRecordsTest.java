package shop.unwind.once;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import shop.unwind.domain.CaseId;
import shop.unwind.domain.Money;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.once.StepRecord.Status;
import shop.unwind.problem.Busy;
import shop.unwind.problem.Unsure;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestTables;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The same promises against DynamoDB itself: what a put that is repeated or raced brings about. */
final class DynamoStepRecordsTest {
    private static final TestTables TABLES = new TestTables();
    private static final String STEP = "refund-pi_1";
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Outcome DONE =
            new Outcome(
                    STEP,
                    "stripe",
                    Result.DONE,
                    "re_1",
                    Optional.of(new Money(4599, "USD")),
                    "refunded",
                    Instant.parse("2026-11-23T10:00:00Z"));
    private static final AtomicInteger ORDERS = new AtomicInteger(1000);

    private final TestClock clock = new TestClock();
    private final CaseId id = CaseId.parse("shopify-" + ORDERS.incrementAndGet() + "-1");
    private final ScriptedEffect effect = new ScriptedEffect();

    @AfterAll
    static void closeTables() {
        TABLES.close();
    }

    @Test
    void record_shouldStandUnderItsPlatform_withATimeToLive() {
        effect.acts(DONE);
        once(TABLES.client()).once(id, STEP, LEASE, effect);

        var key = Map.of("step", AttributeValue.fromS("stripe#" + id + "#" + STEP));
        var item = TABLES.client().getItem(get -> get.tableName(TestTables.STEPS).key(key)).item();

        assertThat(item.get("progress")).isEqualTo(AttributeValue.fromS("DONE"));
        var days = Duration.between(clock.instant(), expiry(item)).toDays();
        assertThat(days).isEqualTo(400);
    }

    @Test
    void step_shouldAnswerTheSameOutcome_whenReadBack() {
        effect.acts(DONE);

        once(TABLES.client()).once(id, STEP, LEASE, effect);

        assertThat(once(TABLES.client()).once(id, STEP, LEASE, effect)).isEqualTo(DONE);
        assertThat(effect.calls()).containsExactly("act 1");
    }

    @Test
    void step_shouldBeWon_whenTheSdkRepeatsItsOwnPuts() {
        effect.fails(new Unsure("no answer")).finds(new Found.Nothing()).acts(DONE);
        var once = once(new RepeatingClient(TABLES.client()));

        assertThatThrownBy(() -> once.once(id, STEP, LEASE, effect)).isInstanceOf(Unsure.class);
        assertThat(once.once(id, STEP, LEASE, effect)).isEqualTo(DONE);
        assertThat(once.once(id, STEP, LEASE, effect)).isEqualTo(DONE);

        assertThat(effect.calls()).containsExactly("act 1", "find 1", "act 1");
    }

    @Test
    void put_shouldBeLostToAnother_evenWhenRepeated() {
        var records =
                new DynamoStepRecords(
                        new RepeatingClient(TABLES.client()), TestTables.STEPS, clock);
        var first = record("h1", Status.STARTED);

        assertThat(records.create("k" + id, first)).isInstanceOf(StepRecords.Put.Won.class);
        assertThat(records.create("k" + id, record("h2", Status.STARTED)))
                .isEqualTo(new StepRecords.Put.Lost(Optional.of(first)));
        assertThat(records.replace("k" + id, "h2", Status.STARTED, record("h2", Status.DONE)))
                .isEqualTo(new StepRecords.Put.Lost(Optional.of(first)));
        assertThat(records.replace("k" + id, "h1", Status.UNSURE, record("h3", Status.STARTED)))
                .isEqualTo(new StepRecords.Put.Lost(Optional.of(first)));
    }

    @Test
    void put_shouldBeLost_whenTheRecordVanished() {
        var records = new DynamoStepRecords(TABLES.client(), TestTables.STEPS, clock);

        assertThat(records.replace("gone" + id, "h1", Status.STARTED, record("h1", Status.DONE)))
                .isEqualTo(new StepRecords.Put.Lost(Optional.empty()));
    }

    @RepeatedTest(5)
    void effect_shouldHappenOnce_whenManyAskAtOnce() throws InterruptedException {
        effect.acts(DONE);

        var answers = together(8, effect);

        assertThat(effect.calls()).containsExactly("act 1");
        assertThat(answers).contains("DONE").isSubsetOf("DONE", "Busy");
    }

    @RepeatedTest(5)
    void look_shouldHappenOnce_whenManyTakeADeadStepOver() throws InterruptedException {
        effect.fails(new IllegalStateException("killed"));
        assertThatThrownBy(() -> once(TABLES.client()).once(id, STEP, LEASE, effect))
                .isInstanceOf(IllegalStateException.class);
        clock.pass(LEASE);
        effect.finds(new Found.Nothing()).acts(DONE);

        var answers = together(8, effect);

        assertThat(effect.calls()).containsExactly("act 1", "find 1", "act 1");
        assertThat(answers).contains("DONE").isSubsetOf("DONE", "Busy");
    }

    private List<String> together(int callers, Effect shared) throws InterruptedException {
        var start = new CountDownLatch(1);
        var answers = new ArrayList<Future<Outcome>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, callers)
                    .forEach(
                            _ ->
                                    answers.add(
                                            threads.submit(
                                                    () -> {
                                                        start.await();
                                                        return once(TABLES.client())
                                                                .once(id, STEP, LEASE, shared);
                                                    })));
            start.countDown();
        }
        return answers.stream().map(DynamoStepRecordsTest::answer).toList();
    }

    private static String answer(Future<Outcome> call) {
        try {
            return call.get().result().name();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Busy) return "Busy";
            throw new AssertionError(failed);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private Once once(DynamoDbClient client) {
        return new Once(
                client, TestTables.STEPS, "stripe", clock, () -> UUID.randomUUID().toString());
    }

    private StepRecord record(String holder, Status status) {
        var now = clock.instant();
        return new StepRecord(status, holder, 1, 0, now, now.plus(LEASE), Optional.empty());
    }

    private static Instant expiry(Map<String, AttributeValue> item) {
        var expiry = Optional.ofNullable(item.get("expiresAt")).orElseThrow();
        return Instant.ofEpochSecond(Long.parseLong(expiry.n()));
    }

    /** Loses the answer to every put, and repeats it as the SDK does. */
    private record RepeatingClient(DynamoDbClient real) implements DynamoDbClient {
        @Override
        public PutItemResponse putItem(PutItemRequest request) {
            real.putItem(request);
            return real.putItem(request);
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
