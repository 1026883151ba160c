package shop.unwind.magento;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import shop.unwind.domain.Money;
import shop.unwind.domain.Request;
import shop.unwind.json.Json;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.TestClock;

import java.util.List;

final class ChangesTest {
    private static final Money PAID = new Money(4660, "USD");
    private final TestClock clock = new TestClock();
    private final FakePlatform platform = new FakePlatform();

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    @DisplayName("what was cancelled and refunded is told, under the names that events have for it")
    void changes_shouldBeEnqueued() {
        shows(List.of(canceled()), List.of(Canned.memo(PAID, 2, "by hand")));

        assertThat(changes())
                .extracting(Request::id)
                .containsExactly("magento-order-74-canceled", "magento-creditmemo-31");
    }

    @Test
    @DisplayName("C41: our own credit memos start nothing")
    void ownCreditMemo_shouldStartNothing() {
        shows(List.of(), List.of(Canned.memo(PAID, 2, "unwind:magento-74-1:refund-74.12 1")));

        assertThat(changes()).isEmpty();
    }

    @Test
    @DisplayName("past the last page Magento repeats it: the count says when to stop")
    void pages_shouldEnd_whenAllAreRead() {
        var one = Json.object().put("total_count", 2);
        one.putArray("items").add(canceled());
        platform.answersTo(Canned.SEARCH, 200, Json.write(one));
        platform.answersTo(Canned.SEARCH, 200, Json.write(one));
        platform.answersTo(Canned.MEMOS, 200, Canned.page(List.of()));

        assertThat(changes()).isNotEmpty();

        assertThat(platform.asked()).hasSize(3);
        assertThat(platform.asked().get(1).path()).contains("currentPage%5D=2");
    }

    private void shows(List<ObjectNode> orders, List<ObjectNode> memos) {
        platform.answersTo(Canned.SEARCH, 200, Canned.page(orders));
        platform.answersTo(Canned.MEMOS, 200, Canned.page(memos));
    }

    private List<Request> changes() {
        return MagentoStorefrontContractTest.connected(platform.url(), clock)
                .eventsSince(clock.instant());
    }

    private static ObjectNode canceled() {
        return Canned.authorised(PAID).put("state", "canceled");
    }
}
