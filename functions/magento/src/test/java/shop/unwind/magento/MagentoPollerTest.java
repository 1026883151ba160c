package shop.unwind.magento;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import shop.unwind.config.Documents;
import shop.unwind.domain.Money;
import shop.unwind.domain.Request;
import shop.unwind.json.Json;
import shop.unwind.problem.Unreachable;
import shop.unwind.secrets.Tokens;
import shop.unwind.table.Bookmark;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestLambda;
import shop.unwind.testing.TestQueue;
import shop.unwind.testing.TestSecrets;
import shop.unwind.testing.TestTables;

import software.amazon.awssdk.services.sqs.model.SqsException;

import java.time.Duration;
import java.util.List;

final class MagentoPollerTest {
    private static final Money PAID = new Money(4660, "USD");

    private final TestTables tables = new TestTables();
    private final TestClock clock = new TestClock();
    private final TestQueue queue = new TestQueue();
    private final TestLambda lambda = new TestLambda();
    private final FakePlatform platform = new FakePlatform();
    private final Documents documents = new Documents(tables.client(), TestTables.DOCUMENTS, clock);
    private final Bookmark bookmark = new Bookmark(tables.client(), TestTables.STEPS, "magento");

    @AfterEach
    void close() {
        tables.close();
        platform.close();
    }

    @Test
    void poller_shouldAskNothing_whenItIsOff() {
        polls(false);

        poll();

        assertThat(platform.asked()).isEmpty();
        assertThat(bookmark.read()).isEmpty();
    }

    @Test
    @DisplayName("what was cancelled and refunded is told, under the names that events have for it")
    void changes_shouldBeEnqueued() {
        shows(List.of(canceled()), List.of(Canned.memo(PAID, 2, "by hand")));

        poll();

        assertThat(queue.sent())
                .extracting(Request::id)
                .containsExactly("magento-order-74-canceled", "magento-creditmemo-31");
    }

    @Test
    @DisplayName("C41: our own credit memos start nothing")
    void ownCreditMemo_shouldStartNothing() {
        shows(List.of(), List.of(Canned.memo(PAID, 2, "unwind:magento-74-1:refund-74.12 1")));

        poll();

        assertThat(queue.sent()).isEmpty();
    }

    @Test
    void poller_shouldBeginADayBack_andThenWhereItEnded() {
        shows(List.of(), List.of());
        poll();
        clock.pass(Duration.ofMinutes(5));
        shows(List.of(), List.of());
        poll();

        assertThat(platform.asked())
                .extracting(asked -> asked.path().replaceAll(".*value%5D=(2026[^&]*).*", "$1"))
                .containsExactly(
                        "2026-11-22%2010%3A00%3A00",
                        "2026-11-22%2010%3A00%3A00",
                        "2026-11-23%2009%3A50%3A00",
                        "2026-11-23%2009%3A50%3A00");
    }

    @Test
    @DisplayName("C39: what could not be read or kept is read again")
    void bookmark_shouldStay_whenThePollFails() {
        polls(true);
        platform.answersTo(Canned.SEARCH, 503, Canned.error("maintenance"));
        assertThatThrownBy(this::poll).isInstanceOf(Unreachable.class);
        assertThat(bookmark.read()).isEmpty();
        shows(List.of(canceled()), List.of());
        queue.goDown();
        assertThatThrownBy(this::poll).isInstanceOf(SqsException.class);

        assertThat(bookmark.read()).isEmpty();
    }

    @Test
    @DisplayName("past the last page Magento repeats it: the count says when to stop")
    void pages_shouldEnd_whenAllAreRead() {
        polls(true);
        var one = Json.object().put("total_count", 2);
        one.putArray("items").add(canceled());
        platform.answersTo(Canned.SEARCH, 200, Json.write(one));
        platform.answersTo(Canned.SEARCH, 200, Json.write(one));
        platform.answersTo(Canned.MEMOS, 200, Canned.page(List.of()));

        poll();

        assertThat(platform.asked()).hasSize(3);
        assertThat(platform.asked().get(1).path()).contains("currentPage%5D=2");
    }

    private void shows(List<ObjectNode> orders, List<ObjectNode> memos) {
        polls(true);
        platform.answersTo(Canned.SEARCH, 200, Canned.page(orders));
        platform.answersTo(Canned.MEMOS, 200, Canned.page(memos));
    }

    private void polls(boolean on) {
        var store =
                """
                {"name": "Acrylic House",
                 "platforms": {"magento": {"baseUrl": "%s", "poll": %s}, "slack": {}},
                 "moneyMovedBy": {}, "ledgers": [], "customer": [], "staff": ["slack"], "notes": false}
                """
                        .formatted(platform.url(), on);
        documents.put("store", store);
    }

    private void poll() {
        var keys = MagentoStorefrontContractTest.keys();
        var poller =
                new MagentoPollerFunction(
                        documents,
                        TestSecrets.of(clock, "magento", keys),
                        new Tokens(tables.client(), TestTables.STEPS, "magento", clock),
                        queue.requests(),
                        bookmark,
                        clock);
        lambda.invoke(poller, Json.object());
    }

    private static ObjectNode canceled() {
        return Canned.authorised(PAID).put("state", "canceled");
    }
}
