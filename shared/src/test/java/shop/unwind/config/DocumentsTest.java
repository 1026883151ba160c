package shop.unwind.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import shop.unwind.problem.Misconfigured;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestTables;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

final class DocumentsTest {
    private static final String STORE =
            """
            {"name": "%s", "platforms": {"shopify": {}}, "moneyMovedBy": {"shopify": {"cash": "staff"}},
             "ledgers": [], "customer": [], "staff": ["shopify"], "notes": true}
            """;

    private final TestTables tables = new TestTables();
    private final TestClock clock = new TestClock();
    private final Documents documents = documents();

    @AfterEach
    void closeTables() {
        tables.close();
    }

    @Test
    void document_shouldBeNamed_whenNoneWasPut() {
        assertThatThrownBy(documents::store)
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("document store");
    }

    @Test
    void versions_shouldCountUp_whenDocumentsArePut() {
        assertThat(documents.put("store", STORE.formatted("One"))).isEqualTo("v000001");
        assertThat(documents.put("store", STORE.formatted("Two"))).isEqualTo("v000002");

        assertThat(documents.text("store").version()).isEqualTo("v000002");
        assertThat(documents.store().name()).isEqualTo("Two");
    }

    @Test
    void text_shouldComeBackAsItWasPut_whenItIsShown() {
        documents.put("store", STORE.formatted("One"));

        assertThat(documents.text("store").document()).isEqualTo(STORE.formatted("One"));
    }

    @Test
    void version_shouldNeverChange_whenAnotherIsPut() {
        documents.put("store", STORE.formatted("One"));
        documents.put("store", STORE.formatted("Two"));

        var first =
                tables.client()
                        .getItem(
                                get ->
                                        get.tableName(TestTables.DOCUMENTS)
                                                .key(
                                                        Map.of(
                                                                "doc",
                                                                AttributeValue.fromS("store"),
                                                                "edition",
                                                                AttributeValue.fromS("v000001"))))
                        .item();
        assertThat(first.get("body"))
                .extracting(body -> body.s())
                .isEqualTo(STORE.formatted("One"));
    }

    @Test
    void document_shouldBeReadAgain_whenItsAgeIsReached() {
        documents.put("store", STORE.formatted("One"));
        documents.store();
        documents().put("store", STORE.formatted("Two"));

        clock.pass(Documents.MAX_AGE.minusMillis(1));
        assertThat(documents.store().name()).isEqualTo("One");

        clock.pass(Duration.ofMillis(1));
        assertThat(documents.store().name()).isEqualTo("Two");
    }

    @Test
    void document_shouldBeReadAgain_whenItIsForgotten() {
        documents.put("store", STORE.formatted("One"));
        documents.store();
        documents().put("store", STORE.formatted("Two"));

        documents.forget();

        assertThat(documents.store().name()).isEqualTo("Two");
    }

    @Test
    void noVersion_shouldBeLost_whenManyPutAtOnce() throws Exception {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var puts =
                    Stream.iterate(1, n -> n <= 10, n -> n + 1)
                            .<Callable<String>>map(
                                    n -> () -> documents.put("store", STORE.formatted("No " + n)))
                            .toList();
            var won = 0;
            for (var put : pool.invokeAll(puts)) {
                try {
                    assertThat(put.get()).matches("v\\d{6}");
                    won++;
                } catch (ExecutionException lost) {
                    assertThat(lost.getCause()).hasMessageContaining("somebody else put store");
                }
            }
            assertThat(won).isPositive();
            var versions =
                    tables.client()
                            .scan(scan -> scan.tableName(TestTables.DOCUMENTS))
                            .items()
                            .size();
            assertThat(versions).isEqualTo(won + 1);
        }
    }

    @Test
    void document_shouldBeRefusedWithItsWrongField_whenItIsPut() {
        var wrong = STORE.formatted("One").replace("ledgers", "legders");

        assertThatThrownBy(() -> documents.put("store", wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("legders: no such field");
        assertThatThrownBy(() -> documents.text("store")).isInstanceOf(Misconfigured.class);
    }

    @Test
    void document_shouldBeRefusedWithAllFindings_whenItIsPut() {
        assertThatThrownBy(() -> documents.put("store", STORE.formatted(" ")))
                .isInstanceOf(InvalidDocument.class)
                .hasMessageContaining("name: the shop's name was expected");
    }

    @Test
    void document_shouldBeRefused_whenWeKnowNoSuch() {
        assertThatThrownBy(() -> documents.put("note", "{}"))
                .hasMessageContaining("store or policy was expected, not note");
    }

    @Test
    void document_shouldBeOurFault_whenWhatStandsCannotBeUsed() {
        documents.put("store", STORE.formatted("One"));
        putBehindOurBack(STORE.formatted(" "));

        assertThatThrownBy(documents::store)
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("document store v000001")
                .hasMessageContaining("name: the shop's name was expected");
    }

    private void putBehindOurBack(String text) {
        tables.client()
                .putItem(
                        put ->
                                put.tableName(TestTables.DOCUMENTS)
                                        .item(
                                                Map.of(
                                                        "doc", AttributeValue.fromS("store"),
                                                        "edition", AttributeValue.fromS("v000001"),
                                                        "body", AttributeValue.fromS(text))));
    }

    private Documents documents() {
        return new Documents(tables.client(), TestTables.DOCUMENTS, clock);
    }
}
