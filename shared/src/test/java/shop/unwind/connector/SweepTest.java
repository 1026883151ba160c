package shop.unwind.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import shop.unwind.domain.Order;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Plan;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.domain.Wish.Happened.What;
import shop.unwind.once.Effect;
import shop.unwind.problem.Unreachable;
import shop.unwind.table.Bookmark;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestQueue;
import shop.unwind.testing.TestTables;
import shop.unwind.words.Letter;

import software.amazon.awssdk.services.sqs.model.SqsException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

final class SweepTest {
    private final TestTables tables = new TestTables();
    private final TestClock clock = new TestClock();
    private final TestQueue queue = new TestQueue();
    private final Shop shop = new Shop();
    private final Instant began = clock.instant();

    @AfterEach
    void closeTables() {
        tables.close();
    }

    @Test
    void firstSweep_shouldLookBackAnHour() {
        sweep().run(shop);

        assertThat(shop.askedSince).containsExactly(began.minus(Duration.ofMinutes(65)));
    }

    @Test
    void nextSweep_shouldGoOnWhereTheLastOneBegan_withAnOverlap() {
        sweep().run(shop);
        clock.pass(Duration.ofMinutes(10));

        sweep().run(shop);

        assertThat(shop.askedSince.getLast()).isEqualTo(began.minus(Duration.ofMinutes(5)));
    }

    @Test
    void whatIsFound_shouldGoToTheQueue() {
        shop.events = List.of(cancelled("1001"), cancelled("1002"));

        var swept = sweep().run(shop);

        assertThat(swept.requests()).isEqualTo(2);
        assertThat(queue.sent()).isEqualTo(shop.events);
    }

    @Test
    @DisplayName("C39: what could not be asked or put on the queue is looked for again")
    void failedSweep_shouldBeMadeUpFor_byTheNext() {
        sweep().run(shop);
        clock.pass(Duration.ofMinutes(10));
        shop.isDown = true;
        assertThatThrownBy(() -> sweep().run(shop)).isInstanceOf(Unreachable.class);
        shop.isDown = false;
        shop.events = List.of(cancelled("1001"));
        var broken = new TestQueue();
        broken.goDown();
        assertThatThrownBy(() -> sweep(broken).run(shop)).isInstanceOf(SqsException.class);
        clock.pass(Duration.ofHours(3));

        sweep().run(shop);

        assertThat(shop.askedSince.getLast()).isEqualTo(began.minus(Duration.ofMinutes(5)));
        assertThat(queue.sent()).isEqualTo(shop.events);
    }

    private Sweep sweep() {
        return sweep(queue);
    }

    private Sweep sweep(TestQueue into) {
        var bookmark = new Bookmark(tables.client(), TestTables.STEPS, "shop");
        return new Sweep(bookmark, into::requests, clock);
    }

    private Request cancelled(String number) {
        return new Request(
                "shop-" + number,
                Source.STOREFRONT,
                new Wish.Happened(What.CANCELLED),
                Optional.of(new OrderRef("shop", number)),
                Optional.empty(),
                Optional.empty(),
                began);
    }

    /** A storefront of which nothing is asked but its events. */
    private static final class Shop implements Storefront {
        private final List<Instant> askedSince = new ArrayList<>();
        private List<Request> events = List.of();
        private boolean isDown;

        @Override
        public List<Request> eventsSince(Instant then) {
            if (isDown) throw new Unreachable("down");
            askedSince.add(then);
            return events;
        }

        @Override
        public Order read(OrderRef order) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Order priced(Order order) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Effect cancel(OrderRef order, Plan.Cancel plan) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Effect note(OrderRef order, Letter letter) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void probe() {
            throw new UnsupportedOperationException();
        }
    }
}
