package shop.unwind.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import shop.unwind.local.AwsError;
import shop.unwind.local.Journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Kills the engine at any byte of its journal and goes on with a new one. */
class RestartTest {
    private static final String INPUT = "{lines: [{sku: A, n: 2}, {sku: B, n: 3}, {sku: C, n: 5}]}";
    private static final String OUTPUT =
            "{\"total\":100,\"tried\":\"ok\",\"answer\":\"yes\",\"both\":[\"left\",\"right\"]}";

    private static final String CASE =
            """
            Open: {Type: Pass, Assign: {factor: 10, lines: '{% $states.input.lines %}'}, Next: Price}
            Price:
              Type: Map
              Items: '{% $lines %}'
              MaxConcurrency: 2
              ItemProcessor:
                StartAt: Look up
                States:
                  Look up:
                    Type: Task
                    Resource: arn:aws:states:::lambda:invoke
                    Arguments: {FunctionName: echo, Payload: {task: "{% 'price ' & $states.input.sku %}", n: '{% $states.input.n %}'}}
                    Output: '{% $states.result.Payload.n %}'
                    Next: Multiply
                  Multiply: {Type: Pass, Output: '{% $states.input * $factor %}', End: true}
              Assign: {total: '{% $sum($states.result) %}'}
              Next: Try
            Try:
              Type: Task
              Resource: arn:aws:states:::lambda:invoke
              Arguments: {FunctionName: flaky, Payload: {task: try, count: '{% $states.context.State.RetryCount %}'}}
              Retry: [{ErrorEquals: [Flaky], MaxAttempts: 3, IntervalSeconds: 5}]
              Assign: {tried: '{% $states.result.Payload %}'}
              Next: Hold
            Hold: {Type: Wait, Seconds: 30, Next: Ask}
            Ask:
              Type: Task
              Resource: arn:aws:states:::lambda:invoke.waitForTaskToken
              Arguments: {FunctionName: echo, Payload: {task: ask, token: '{% $states.context.Task.Token %}'}}
              TimeoutSeconds: 600
              Assign: {answer: '{% $states.result %}'}
              Next: Both
            Both:
              Type: Parallel
              Branches:
                - StartAt: Left
                  States:
                    Left:
                      Type: Task
                      Resource: arn:aws:states:::lambda:invoke
                      Arguments: {FunctionName: echo, Payload: {task: left}}
                      Output: '{% $states.result.Payload.task %}'
                      End: true
                - StartAt: Right
                  States:
                    Right:
                      Type: Task
                      Resource: arn:aws:states:::lambda:invoke
                      Arguments: {FunctionName: refuse, Payload: {task: right}}
                      Catch: [{ErrorEquals: [Refused], Output: right, Next: Righted}]
                      End: true
                    Righted: {Type: Pass, End: true}
              Output: {total: '{% $total %}', tried: '{% $tried %}', answer: '{% $answer %}', both: '{% $states.result %}'}
              End: true
            """;

    @TempDir Path folder;

    private static Lab lab(Path file) {
        return lab(Journal.in(file));
    }

    private static Lab lab(Journal journal) {
        return lab(Lab.definition(CASE), journal);
    }

    private static Lab lab(JsonNode definition, Journal journal) {
        return new Lab(definition, journal, new Random(7))
                .function("flaky", (_, payload) -> flaky(payload))
                .function(
                        "refuse",
                        (_, _) -> {
                            throw new TaskFailure("Refused", "no");
                        });
    }

    private static JsonNode flaky(JsonNode payload) throws TaskFailure {
        if (payload.get("count").asInt() < 2) throw new TaskFailure("Flaky", "not yet");
        return Lab.json("ok");
    }

    /** Answers every token that waits, until the execution closes. */
    private static void finish(Lab lab, Lab.Run run) {
        Lab.await(
                () -> {
                    run.events("TaskScheduled").forEach(event -> answer(lab, event));
                    return !run.status().equals("RUNNING");
                });
    }

    private static void answer(Lab lab, JsonNode scheduled) {
        var parameters = Lab.json(scheduled.at("/taskScheduledEventDetails/parameters").asText());
        var token = parameters.at("/Payload/token").asText();
        if (token.isEmpty()) return;
        try {
            lab.service.call(
                    "SendTaskSuccess",
                    Details.none().put("taskToken", token).put("output", "\"yes\""));
        } catch (AwsError late) {
            assertThat(late.type()).isEqualTo("TaskTimedOut");
        }
    }

    @Test
    void whatIsAbandoned_shouldLeaveNobodyWaiting() {
        var limited = ((ObjectNode) Lab.definition(CASE)).put("TimeoutSeconds", 600);
        var lab = lab(limited, Journal.in(folder.resolve("abandoned")));
        var run = lab.start(INPUT);
        run.token();
        // The one who waits for the answer, and the one who watches the execution's time.
        Lab.await(() -> lab.time.waiting() == 2);

        lab.service.abandon();

        Lab.await(() -> lab.time.waiting() == 0);
        assertThat(run.status()).isEqualTo("RUNNING");
    }

    @Test
    void execution_shouldEndAlike_whenKilledAtAnyByte() throws IOException {
        var first = lab(folder.resolve("whole"));
        var run = first.start(INPUT);
        finish(first, run);
        assertThat(run.output()).hasToString(OUTPUT);
        var journal = Files.readAllBytes(folder.resolve("whole"));
        var random = new Random(42);

        for (var round = 0; round < 60; round++)
            resume(run, journal, random.nextInt(started(journal), journal.length));
    }

    /** The end of the line of StartExecution: what was not yet promised may be lost. */
    private static int started(byte[] journal) {
        return IntStream.range(0, journal.length)
                        .filter(index -> journal[index] == '\n')
                        .skip(1)
                        .findFirst()
                        .orElseThrow()
                + 1;
    }

    private void resume(Lab.Run whole, byte[] journal, int length) throws IOException {
        var file = Files.write(folder.resolve("cut-" + length), Arrays.copyOf(journal, length));
        var lab = lab(file);
        var run = lab.new Run(whole.arn);
        var before = run.events();
        var done = finishedTasks(before);

        lab.service.resume();
        finish(lab, run);

        assertThat(run.output()).as("cut at %d", length).hasToString(OUTPUT);
        assertThat(whole.events()).startsWith(before.toArray(JsonNode[]::new));
        assertThat(run.events()).startsWith(before.toArray(JsonNode[]::new));
        assertThat(run.events().stream().map(event -> event.get("id").asInt()))
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(lab.calls).extracting(RestartTest::task).filteredOn(done::contains).isEmpty();
        assertThat(Duration.between(Lab.START, lab.time.instant()))
                .isLessThanOrEqualTo(Duration.ofSeconds(45));
    }

    /** A task, with the number of its retry: what must not be called again once it has ended. */
    private static String task(JsonNode payload) {
        return payload.get("task").asText() + payload.path("count").asText();
    }

    private static Set<String> finishedTasks(List<JsonNode> events) {
        var ended = Set.of("TaskSubmitted", "TaskSucceeded", "TaskFailed");
        var done = new HashSet<String>();
        for (var event : events)
            if (ended.contains(event.get("type").asText())) done.add(scheduledTask(events, event));
        return done;
    }

    private static String scheduledTask(List<JsonNode> events, JsonNode event) {
        if (event.get("type").asText().equals("TaskScheduled"))
            return task(
                    Lab.json(event.at("/taskScheduledEventDetails/parameters").asText())
                            .get("Payload"));
        return scheduledTask(events, events.get(event.get("previousEventId").asInt() - 1));
    }

    @RepeatedTest(5)
    void executions_shouldAllEnd_whenTheJournalBreaksAgainAndAgain(RepetitionInfo round)
            throws InterruptedException {
        var file = folder.resolve("journal");
        var random = new Random(round.getCurrentRepetition());
        var names = IntStream.range(0, 10).mapToObj(number -> "case-" + number).toList();
        var arns = new ArrayList<String>();
        try (var journal = Journal.in(file)) {
            var lab = lab(journal);
            names.forEach(name -> arns.add(lab.start(name, INPUT).arn));
            Thread.sleep(random.nextInt(10));
        }
        try (var journal = Journal.in(file)) {
            lab(journal).service.resume();
            Thread.sleep(random.nextInt(10));
        }
        var last = lab(file);
        last.service.resume();

        for (var arn : arns) {
            var run = last.new Run(arn);
            finish(last, run);
            assertThat(run.output()).hasToString(OUTPUT);
        }
    }

    @Test
    void token_shouldStillBeGood_whenRestartedWhileItWaits() {
        var file = folder.resolve("journal");
        var run = lab(file).start(INPUT);
        var token = run.token();

        var second = lab(file);
        second.service.resume();
        second.service.call(
                "SendTaskSuccess", Details.none().put("taskToken", token).put("output", "\"yes\""));
        var again = second.new Run(run.arn);
        Lab.await(() -> again.status().equals("SUCCEEDED"));

        assertThat(again.output()).hasToString(OUTPUT);
        assertThat(second.calls).extracting(RestartTest::task).doesNotContain("ask");
    }

    @Test
    void execution_shouldKeepItsDefinition_whenItChangedMeanwhile() {
        var file = folder.resolve("journal");
        var run = lab(file).start(INPUT);
        assertThat(run.token()).isNotEmpty();

        var other = lab(Lab.definition("Other: {Type: Succeed}"), Journal.in(file));
        other.service.resume();
        var again = other.new Run(run.arn);
        finish(other, again);

        assertThat(again.output()).hasToString(OUTPUT);
    }
}
