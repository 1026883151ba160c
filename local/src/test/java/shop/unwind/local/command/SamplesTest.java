package shop.unwind.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Every sample of {@code events/} end to end: template, functions from their archives, workflow,
 * sandbox. A test each, named as staff would tell it.
 */
class SamplesTest {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Set<String> ENDED = ConcurrentHashMap.newKeySet();

    private static Machine machine;
    private static List<Demo.Row> rows;

    @BeforeAll
    static void runAll() throws Exception {
        machine =
                Machine.start(
                        Machine.Setup.apart(
                                PROJECT,
                                (arn, event) -> {
                                    if (event.type().startsWith("Execution")) ENDED.add(arn);
                                }));
        rows = new Demo(machine, PROJECT.resolve("events")).run();
    }

    @AfterAll
    static void stop() {
        machine.close();
    }

    @TestFactory
    Stream<DynamicTest> sample() {
        return rows.stream()
                .map(
                        row ->
                                DynamicTest.dynamicTest(
                                        row.sample().says(),
                                        () -> assertThat(row.wrong()).isEmpty()));
    }

    @Test
    @DisplayName("there are at least fourteen samples, and each began or rightly began nothing")
    void enoughSamples() {
        assertThat(rows).hasSizeGreaterThanOrEqualTo(14);
        assertThat(ENDED).hasSizeGreaterThanOrEqualTo(14);
    }

    @Test
    @DisplayName("C37, C46: the same webhook five times at once refunds once")
    void sameWebhookFiveTimes() {
        var books = new Web().get(machine.sandboxUrl() + "/_stats").path("payments");
        var refunds =
                books.valueStream()
                        .filter(book -> book.path("payment").asText().equals("pi_shopify1010_1"))
                        .mapToInt(book -> book.path("refunds").asInt())
                        .sum();

        assertThat(refunds).isEqualTo(1);
    }

    @Test
    @DisplayName("R1: no payment is refunded beyond what was captured")
    void neverBeyondCaptured() {
        var books = new Web().get(machine.sandboxUrl() + "/_stats").path("payments");

        assertThat(books).isNotEmpty();
        assertThat(books)
                .allSatisfy(
                        book ->
                                assertThat(
                                                book.path("refunded").asLong()
                                                        + book.path("pending").asLong())
                                        .isLessThanOrEqualTo(book.path("captured").asLong()));
    }
}
