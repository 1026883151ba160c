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
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

final class DocumentsTest {
    private record Note(String text) {}

    private static final String STORE =
            """
            {"name": "%s", "platforms": {"shopify": {}}, "moneyMovedBy": {"shopify": {"cash": "staff"}},
             "ledgers": [], "customer": [], "staff": [], "notes": true}
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
        documents.put("note", "{\"text\":\"one\"}");
        documents.put("note", "{\"text\":\"two\"}");

        var first =
                tables.client()
                        .getItem(
                                get ->
                                        get.tableName(TestTables.DOCUMENTS)
                                                .key(
                                                        Map.of(
                                                                "doc",
                                                                AttributeValue.fromS("note"),
                                                                "edition",
                                                                AttributeValue.fromS("v000001"))))
                        .item();
        assertThat(first.get("body")).extracting(body -> body.s()).isEqualTo("{\"text\":\"one\"}");
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
                                    n -> () -> documents.put("note", "{\"text\":\"" + n + "\"}"))
                            .toList();
            var won = 0;
            for (var put : pool.invokeAll(puts)) {
                try {
                    assertThat(put.get()).matches("v\\d{6}");
                    won++;
                } catch (ExecutionException lost) {
                    assertThat(lost.getCause()).hasMessageContaining("somebody else put note");
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
    void document_shouldNameTheField_whenItIsWrong() {
        documents.put("note", "{\"txet\":\"one\"}");

        assertThatThrownBy(() -> documents.current("note", Note.class, UnaryOperator.identity()))
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("document note v000001")
                .hasMessageContaining("txet: no such field");
    }

    @Test
    void document_shouldBeOurFault_whenItIsInvalid() {
        documents.put("store", STORE.formatted(" "));

        assertThatThrownBy(documents::store)
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("name: the shop's name was expected");
    }

    private Documents documents() {
        return new Documents(tables.client(), TestTables.DOCUMENTS, clock);
    }
}
