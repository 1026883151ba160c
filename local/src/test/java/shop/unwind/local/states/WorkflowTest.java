package shop.unwind.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.config.Policy;
import shop.unwind.local.Journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The workflow itself, in time that leaps: how long it waits, and where trouble leads. */
class WorkflowTest {
    private static final JsonNode DEFINITION =
            Lab.json(
                    read("../functions/workflow.asl.yaml")
                            .replace("${File}", "file")
                            .replace("${Decide}", "decide")
                            .replace("${Functions}", ""));
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** The events that a case may need besides its longest wait. */
    private static final int ROOM = 3000;

    private final Policy policy =
            shop.unwind.json.Json.readStrictly(read("../local/policy.json"), Policy.class)
                    .validated();
    private final Map<String, Lambda> answers = new ConcurrentHashMap<>();

    WorkflowTest() {
        var patience = policy.patience();
        opens(
                patience.lookEvery(),
                patience.unknownFor(),
                policy.breaker().within(),
                patience.followEvery(),
                patience.followFor());
        answers("READ_ORDER", "{found: true, payments: []}");
        answers("DECIDE", decision("GO"));
        answers("CANCEL", outcome("cancel", "DONE"));
        answers("REFUND", outcome("refund-pi_1", "DONE"));
        answers("FOLLOW", outcome("refund-pi_1", "PENDING"));
        answers.put("CLOSE", (_, close) -> closed(close));
    }

    @Test
    @DisplayName("R4: a refund on its way is looked for ever less often, until staff must look")
    void onItsWay() {
        answers("REFUND", outcome("refund-pi_1", "PENDING"));
        var lab = lab();
        var run = run(lab);

        assertThat(run.cause()).contains("still on its way after 14 days");
        assertThat(lab.time.pauses()).first().isEqualTo(policy.patience().followEvery());
        assertThat(lab.time.pauses()).isSorted();
        assertThat(passed(lab)).isBetween(Duration.ofDays(14), Duration.ofDays(14 + 2));
        assertThat(events(run)).isLessThan(1500);
    }

    @Test
    @DisplayName("R4: a held refund looks ever less often, but every ten minutes")
    void held() {
        fails("REFUND", "shop.unwind.problem.Paused");
        var lab = lab();
        var run = run(lab);

        assertThat(run.cause()).contains("nobody said go on");
        assertThat(lab.time.pauses()).first().isEqualTo(policy.patience().lookEvery());
        assertThat(lab.time.pauses()).isSorted().last().isEqualTo(Duration.ofMinutes(10));
        assertThat(passed(lab)).isBetween(Duration.ofDays(2), Duration.ofHours(49));
        assertThat(events(run)).isLessThan(5000);
    }

    @Test
    @DisplayName("R4: three refunds of a case, held for as long as policy can say, fit its history")
    void heldForLong() {
        opens(SECOND, SECOND, Duration.ofDays(3), SECOND, SECOND);
        fails("REFUND", "shop.unwind.problem.Paused");
        var run = run(lab());

        assertThat(run.cause()).contains("nobody said go on");
        assertThat(3 * events(run)).isLessThan(Limits.EVENTS - ROOM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CANCEL", "REFUND"})
    @DisplayName("R4: what stays unknown is looked up ever less often, until staff must look")
    void unknown(String operation) {
        opens(SECOND, Duration.ofDays(10), SECOND, SECOND, SECOND);
        fails(operation, "shop.unwind.problem.Unsure");
        var lab = lab();
        var run = run(lab);

        assertThat(run.cause()).contains("unknown");
        assertThat(lab.time.pauses().stream().max(Duration::compareTo).orElseThrow())
                .isBetween(Duration.ofHours(20), Duration.ofHours(24));
        assertThat(passed(lab)).isBetween(Duration.ofDays(10), Duration.ofDays(11));
        assertThat(events(run)).isLessThan(5000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Refused",
                "NotFound",
                "Misconfigured",
                "Throttled",
                "Unreachable",
                "Unsure",
                "Busy"
            })
    @DisplayName("staff have answered: a messenger that cannot show it holds no money up")
    void answerThatCannotBeShown(String problem) {
        asksFirst();
        fails("SETTLE", "shop.unwind.problem." + problem);
        var lab = lab();

        assertThat(run(lab).status()).isEqualTo("SUCCEEDED");
        assertThat(asked(lab)).contains("REFUND").doesNotContain("ALARM");
    }

    @Test
    @DisplayName("staff's answer could not be recorded: they are called, and nothing is refunded")
    void answerThatCannotBeRecorded() {
        asksFirst();
        fails("SETTLE", "software.amazon.awssdk.core.exception.SdkClientException");
        var lab = lab();

        assertThat(run(lab).cause()).startsWith("The answer could not be recorded: software");
        assertThat(asked(lab)).contains("ALARM").doesNotContain("REFUND");
    }

    @Test
    @DisplayName("a platform that says \"later\" is given minutes")
    void throttled() {
        fails("REFUND", "shop.unwind.problem.Throttled");
        var lab = lab();
        run(lab);

        assertThat(asked(lab)).filteredOn("REFUND"::equals).hasSize(7);
        assertThat(passed(lab)).isBetween(Duration.ofMinutes(3), Duration.ofSeconds(610));
    }

    @Test
    @DisplayName("every step at a platform that is tried again is so when it says \"later\"")
    void everyStepIsGivenMinutes() {
        var retried =
                DEFINITION.findParents("Retry").stream()
                        .filter(
                                task ->
                                        task.at("/Arguments/FunctionName")
                                                .asText()
                                                .contains("live"))
                        .toList();

        assertThat(retried).hasSizeGreaterThan(8);
        assertThat(retried)
                .allSatisfy(
                        task ->
                                assertThat(task.path("Retry").findValuesAsText("IntervalSeconds"))
                                        .as(task.path("Arguments").toString())
                                        .containsExactly("10", "2"));
    }

    private void opens(
            Duration look, Duration unknown, Duration held, Duration follow, Duration late) {
        var opened = Lab.json("{known: true, storefront: shopify, payment: null, staff: [slack]}");
        ((ObjectNode) opened)
                .putObject("waits")
                .put("look", look.toSeconds())
                .put("unknown", unknown.toSeconds())
                .put("held", held.toSeconds())
                .put("follow", follow.toSeconds())
                .put("late", late.toSeconds());
        answers.put("OPEN", (_, _) -> opened);
    }

    private void answers(String operation, String answer) {
        answers.put(operation, (_, _) -> Lab.json(answer));
    }

    private void fails(String operation, String error) {
        answers.put(
                operation,
                (_, _) -> {
                    throw new TaskFailure(error, "{\"errorMessage\": \"it says no\"}");
                });
    }

    /** Staff have answered by the time when they are asked: the second decision knows it. */
    private void asksFirst() {
        var decisions = Stream.of("HOLD", "GO").map(WorkflowTest::decision).iterator();
        answers.put("DECIDE", (_, _) -> Lab.json(decisions.next()));
        fails("ASK", "shop.unwind.problem.Changed");
    }

    private static String decision(String verdict) {
        return """
        verdict: %s
        plan:
          cancel: {step: cancel, platform: shopify}
          refunds: [{step: refund-pi_1, platform: stripe, amount: 20.00 USD}]
          ledgers: []
          tell: []
        hold: {approval: approval-1, withinSeconds: 60}
        """
                .formatted(verdict);
    }

    private static String outcome(String step, String result) {
        return "{step: %s, platform: stripe, result: %s, reference: re_1}".formatted(step, result);
    }

    /** What is missing needs attention, as the case's file sees it. */
    private static JsonNode closed(JsonNode close) {
        var missing = List.of("FAILED", "UNKNOWN");
        var trouble =
                Stream.concat(
                                Stream.of(close.path("trouble").asText()),
                                close.path("outcomes")
                                        .valueStream()
                                        .filter(it -> missing.contains(it.path("result").asText()))
                                        .map(it -> it.path("words").asText()))
                        .filter(words -> !words.isEmpty())
                        .findFirst();
        return Details.none()
                .put("attention", trouble.isPresent())
                .put("trouble", trouble.orElse(""));
    }

    private Lab lab() {
        var lab = new Lab(DEFINITION, Journal.inMemory(), new Random(1));
        for (var function : List.of("file", "decide", "shopify:live", "stripe:live", "slack:live"))
            lab.function(function, this::answer);
        return lab;
    }

    private JsonNode answer(String function, JsonNode payload) throws TaskFailure {
        return answers.getOrDefault(operation(payload), (_, _) -> Details.none())
                .invoke(function, payload);
    }

    private static String operation(JsonNode payload) {
        return payload.path("operation").asText("DECIDE");
    }

    private static Lab.Run run(Lab lab) {
        return lab.run("{caseId: shopify-1001-1, origin: shopify-1001-1}");
    }

    private static Duration passed(Lab lab) {
        return Duration.between(Lab.START, lab.time.instant());
    }

    private static List<String> asked(Lab lab) {
        return lab.calls.stream().map(WorkflowTest::operation).toList();
    }

    private static int events(Lab.Run run) {
        return run.lastEvent().path("id").asInt();
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
