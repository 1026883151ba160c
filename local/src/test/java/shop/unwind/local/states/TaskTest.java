package shop.unwind.local.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;

import shop.unwind.local.AwsError;
import shop.unwind.local.Journal;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Tasks, their tokens and time-outs, and what runs at once. */
class TaskTest {
    private static final String ASK =
            """
            Ask:
              Type: Task
              Resource: arn:aws:states:::lambda:invoke.waitForTaskToken
              Arguments: {FunctionName: ask, Payload: {token: '{% $states.context.Task.Token %}'}}
              TimeoutSeconds: 100
              HeartbeatSeconds: 10
              Catch:
                - {ErrorEquals: [States.HeartbeatTimeout], Output: {silent: '{% $states.errorOutput.Error %}'}, Next: Caught}
                - {ErrorEquals: [States.Timeout], Output: late, Next: Caught}
              End: true
            Caught: {Type: Pass, End: true}
            """;

    private static void send(Lab lab, String operation, String token) {
        lab.service.call(
                operation, Details.none().put("taskToken", token).put("output", "{\"a\":1}"));
    }

    @Test
    void task_shouldGiveTheToken_whenAnswered() {
        var lab = Lab.of(ASK);
        var run = lab.start("{}");
        send(lab, "SendTaskSuccess", run.token());
        Lab.await(() -> run.status().equals("SUCCEEDED"));

        assertThat(run.output()).hasToString("{\"a\":1}");
        assertThat(run.chain())
                .containsSequence(
                        "TaskScheduled=3(2)",
                        "TaskStarted=4(3)",
                        "TaskSubmitted=5(4)",
                        "TaskSucceeded=6(5)");
        assertThat(
                        run.events("TaskScheduled")
                                .getFirst()
                                .get("taskScheduledEventDetails")
                                .get("resource")
                                .asText())
                .isEqualTo("invoke.waitForTaskToken");
    }

    @Test
    void secondAnswer_shouldBeTooLate_whenAnsweredBefore() {
        var lab = Lab.of(ASK);
        var run = lab.start("{}");
        var token = run.token();
        send(lab, "SendTaskSuccess", token);

        assertThatThrownBy(() -> send(lab, "SendTaskSuccess", token))
                .isInstanceOfSatisfying(
                        AwsError.class,
                        error -> assertThat(error.type()).isEqualTo("TaskTimedOut"));
        assertThatThrownBy(() -> send(lab, "SendTaskHeartbeat", token))
                .isInstanceOfSatisfying(
                        AwsError.class,
                        error -> assertThat(error.type()).isEqualTo("TaskTimedOut"));
    }

    @Test
    void heartbeat_shouldTimeOut_whenNoneComes() {
        var lab = Lab.of(ASK);
        var run = lab.start("{}");
        assertThat(run.token()).isNotEmpty();
        lab.time.advance(Duration.ofSeconds(10));
        Lab.await(() -> run.status().equals("SUCCEEDED"));

        assertThat(run.output()).hasToString("{\"silent\":\"States.Timeout\"}");
        assertThat(run.events("TaskTimedOut").getFirst().get("taskTimedOutEventDetails"))
                .hasToString(
                        "{\"resourceType\":\"lambda\",\"resource\":\"invoke.waitForTaskToken\",\"error\":\"States.Timeout\"}");
    }

    @Test
    void heartbeat_shouldNotStretchTheTimeOut_whenItComes() {
        var lab = Lab.of(ASK);
        var run = lab.start("{}");
        var token = run.token();
        for (var second = 0; second < 99; second += 9) {
            send(lab, "SendTaskHeartbeat", token);
            lab.time.advance(Duration.ofSeconds(9));
        }
        send(lab, "SendTaskHeartbeat", token);
        assertThat(run.status()).isEqualTo("RUNNING");
        lab.time.advance(Duration.ofSeconds(1));
        Lab.await(() -> run.status().equals("SUCCEEDED"));

        assertThat(run.output()).hasToString("\"late\"");
    }

    @Test
    void task_shouldTimeOut_whenTheFunctionIsSlow() {
        var release = new CountDownLatch(1);
        var lab =
                Lab.of(
                                """
                                Slow:
                                  Type: Task
                                  Resource: arn:aws:states:::lambda:invoke
                                  Arguments: {FunctionName: slow, Payload: {}}
                                  TimeoutSeconds: '{% $states.input.limit %}'
                                  End: true
                                """)
                        .function("slow", (_, payload) -> hold(release, payload));
        var run = lab.start("{limit: 5}");
        Lab.await(() -> !lab.calls.isEmpty());
        lab.time.advance(Duration.ofSeconds(5));
        Lab.await(() -> run.status().equals("FAILED"));
        release.countDown();

        assertThat(run.error()).isEqualTo("States.Timeout");
        assertThat(
                        run.events("TaskScheduled")
                                .getFirst()
                                .at("/taskScheduledEventDetails/timeoutInSeconds")
                                .asInt())
                .isEqualTo(5);
    }

    private static JsonNode hold(CountDownLatch release, JsonNode payload) {
        try {
            release.await();
            return payload;
        } catch (InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Test
    void map_shouldRunSoManyAtOnce_whenMaxConcurrency() {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var lab =
                Lab.of(
                                """
                                Each:
                                  Type: Map
                                  MaxConcurrency: '{% $states.input[0] %}'
                                  ItemProcessor:
                                    StartAt: Work
                                    States:
                                      Work:
                                        Type: Task
                                        Resource: arn:aws:states:::lambda:invoke
                                        Arguments: {FunctionName: work, Payload: '{% $states.input %}'}
                                        Output: '{% $states.result.Payload %}'
                                        End: true
                                  End: true
                                """)
                        .function("work", (_, payload) -> work(running, most, payload));

        assertThat(lab.run("[3, 1, 2, 5, 4, 9, 8, 7]").output()).hasToString("[3,1,2,5,4,9,8,7]");
        assertThat(most).hasValueBetween(2, 3);
    }

    private static JsonNode work(AtomicInteger running, AtomicInteger most, JsonNode payload) {
        most.accumulateAndGet(running.incrementAndGet(), Math::max);
        try {
            Thread.sleep(5);
        } catch (InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
        running.decrementAndGet();
        return payload;
    }

    @Test
    void siblings_shouldBeAborted_whenABranchFails() {
        var lab =
                Lab.of(
                        """
                        Both:
                          Type: Parallel
                          Branches:
                            - StartAt: Ask
                              States:
                                Ask:
                                  Type: Task
                                  Resource: arn:aws:states:::lambda:invoke.waitForTaskToken
                                  Arguments: {FunctionName: ask, Payload: {token: '{% $states.context.Task.Token %}'}}
                                  End: true
                            - StartAt: Refuse
                              States:
                                Refuse:
                                  Type: Task
                                  Resource: arn:aws:states:::lambda:invoke.waitForTaskToken
                                  Arguments: {FunctionName: ask, Payload: {token: '{% $states.context.Task.Token %}'}}
                                  End: true
                          End: true
                        """);
        var run = lab.start("{}");
        Lab.await(() -> run.events("TaskSubmitted").size() == 2);
        var tokens = lab.calls.stream().map(call -> call.get("token").asText()).toList();
        lab.service.call(
                "SendTaskFailure",
                Details.none().put("taskToken", tokens.getFirst()).put("error", "No"));
        Lab.await(() -> run.status().equals("FAILED"));

        var failing = run.events("TaskFailed").getFirst().get("id").asInt();
        assertThat(run.events("TaskStateAborted"))
                .hasSize(2)
                .allMatch(event -> event.get("previousEventId").asInt() == failing);
        assertThat(run.error()).isEqualTo("No");
        assertThatThrownBy(() -> send(lab, "SendTaskSuccess", tokens.getLast()))
                .hasMessageContaining("does not exist anymore");
    }

    @Test
    void wait_shouldLastUntilItsTimestamp_whenGiven() {
        var lab =
                Lab.of(
                        """
                        Hold: {Type: Wait, Timestamp: '{% $states.input.until %}', Next: Past}
                        Past: {Type: Wait, Timestamp: '2020-01-01T00:00:00+02:00', End: true}
                        """);

        assertThat(lab.run("{until: '2026-03-01T11:00:00.5+00:00'}").status())
                .isEqualTo("SUCCEEDED");
        assertThat(lab.time.pauses()).containsExactly(Duration.ofMinutes(60).plusMillis(500));
    }

    @Test
    void wait_shouldFail_whenItsExpressionsDoNotFit() {
        assertThat(waiting("Seconds: '{% -1 %}'").cause())
                .contains("'Seconds' returned an unexpected result type");
        assertThat(waiting("Seconds: '{% 2147483648 %}'").cause())
                .isEqualTo("Wait state delay is too long.");
        assertThat(waiting("Timestamp: \"{% 'soon' %}\"").cause())
                .contains("The Timestamp field cannot be parsed");
    }

    private static Lab.Run waiting(String field) {
        return Lab.of("Hold: {Type: Wait, " + field + ", End: true}").run("{}");
    }

    @Test
    void machine_shouldTimeOut_whenItTakesTooLong() {
        var definition =
                Lab.definition(ASK.replaceAll("(?m)^ +(TimeoutSeconds|HeartbeatSeconds).*\n", ""));
        var timed = ((ObjectNode) definition).put("TimeoutSeconds", 60);
        var lab = new Lab(timed, Journal.inMemory(), new Random(1));
        var run = lab.start("{}");
        assertThat(run.token()).isNotEmpty();
        lab.time.advance(Duration.ofSeconds(60));
        Lab.await(() -> run.status().equals("TIMED_OUT"));

        assertThat(run.chain().getLast()).isEqualTo("ExecutionTimedOut=6(0)");
    }

    @Test
    void history_shouldEndTheExecution_whenItIsFull() {
        var run =
                Lab.of(
                                """
                                Loop: {Type: Pass, Next: Again}
                                Again: {Type: Choice, Choices: [{Condition: false, Next: Stop}], Default: Loop}
                                Stop: {Type: Succeed}
                                """)
                        .run("{}");

        assertThat(run.error()).isEqualTo("States.Runtime");
        assertThat(run.cause())
                .isEqualTo("The execution reached the maximum number of history events (25000).");
        assertThat(run.lastEvent().get("id").asInt()).isEqualTo(25_000);
    }

    @Test
    void signal_shouldEndTheWaitAtOnce_whenTimeIsReal() {
        var time = Time.system();
        var signal = new CompletableFuture<Void>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = threads.submit(() -> time.await(signal, time.instant().plusSeconds(600)));
            signal.complete(null);
            assertThat(waiting).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(true);
        }
        assertThat(time.await(new CompletableFuture<>(), time.instant().plusMillis(20))).isFalse();
    }

    @Test
    void execution_shouldCountTransitions_whenStatesAndRetries() {
        var tries = IntStream.range(0, 2).iterator();
        var lab =
                Lab.of(
                                """
                                One: {Type: Pass, Next: Two}
                                Two:
                                  Type: Task
                                  Resource: arn:aws:states:::lambda:invoke
                                  Arguments: {FunctionName: f, Payload: {}}
                                  Retry: [{ErrorEquals: [E]}]
                                  End: true
                                """)
                        .function(
                                "f",
                                (_, payload) -> {
                                    if (tries.hasNext())
                                        throw new TaskFailure("E", "again " + tries.next());
                                    return payload;
                                });

        assertThat(lab.service.transitions(lab.run("{}").arn)).isEqualTo(4);
        assertThat(lab.heard)
                .startsWith("ExecutionStarted", "PassStateEntered")
                .endsWith("ExecutionSucceeded");
    }
}
