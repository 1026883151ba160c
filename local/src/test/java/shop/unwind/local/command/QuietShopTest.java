package shop.unwind.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import shop.unwind.cases.Head.Status;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.domain.Wish.Happened.What;
import shop.unwind.json.Json;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Promises that only a shop can be held to in which nothing else happens: how soon, and in which
 * order. No webhook arrives by itself.
 */
class QuietShopTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String PAINT = "ACR-500";
    private static final String MEDIUM = "MED-250";

    private static TestShop shop;

    @BeforeAll
    static void open() {
        shop = new TestShop(8001);
        shop.web.put(shop.machine.sandboxUrl() + "/_webhooks", TestShop.json().put("lost", true));
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    /**
     * From the 202 on, as the promise says; a first case has started the functions before, whose
     * start {@code mvn -Pbench} measures.
     */
    @Test
    @DisplayName("C47: what was accepted is a case that can be seen within five seconds")
    void accepted_shouldBeACaseThatCanBeSeen_withinFiveSeconds() {
        var warm = shop.sells("portal/full-cancel");
        warm.ask();
        warm.closes(1);
        var road = shop.sells("portal/over-limit-approved");

        var accepted = road.ask();
        var began = System.nanoTime();
        TestShop.await("the case is seen", () -> isSeen(accepted));
        var waited = Duration.ofNanos(System.nanoTime() - began);

        assertThat(waited).isLessThan(SOON);
        road.press("reject").closes(1);
    }

    /** Before there is a case the page says that the request was received, no more. */
    private static boolean isSeen(JsonNode accepted) {
        var page = shop.web.get(shop.machine.url() + accepted.path("statusUrl").asText());
        return !page.path("status").asText().equals("received");
    }

    /** Something that happens to an order, and what tells of it. */
    private enum News {
        /** Staff give back a part by hand. */
        REFUNDED,
        /** The customer wants one tin of two taken back. */
        ASKED,
        /** Staff cancel the order in the shop. */
        CANCELLED;

        void happens(Road road) {
            switch (this) {
                case REFUNDED -> road.atShopify("refund", TestShop.json().put("amount", 1000));
                case ASKED -> {}
                case CANCELLED -> road.atShopify("cancel");
            }
        }

        void isTold(Road road) {
            switch (this) {
                case REFUNDED -> tell(road, What.REFUNDED);
                case ASKED -> road.ask(PAINT, 1);
                case CANCELLED -> tell(road, What.CANCELLED);
            }
        }
    }

    /** How an order ended, whatever cases it took. */
    private record End(boolean cancelled, long refunded, int paint, int medium) {
        static End of(Road road) {
            return new End(
                    road.isCancelled(),
                    road.refunded().stream().mapToLong(Long::longValue).sum(),
                    road.restocked(PAINT),
                    road.restocked(MEDIUM));
        }
    }

    @Test
    @DisplayName("C38: in whichever order events are told, the end is that of the right order")
    void end_shouldBeTheSame_inWhicheverOrderEventsAreTold() {
        var inOrder = shop.sells("portal/partial-cancel");
        var told = 0;
        for (var news : News.values()) {
            news.happens(inOrder);
            news.isTold(inOrder);
            rests(inOrder, ++told);
        }

        assertThat(End.of(inOrder)).isEqualTo(new End(true, 6220, 2, 1));
        for (var order : orders()) {
            var road = shop.sells("portal/partial-cancel");
            for (var news : News.values()) news.happens(road);
            for (var at = 0; at < order.size(); at++) {
                order.get(at).isTold(road);
                rests(road, at + 1);
            }
            assertThat(End.of(road)).as("%s", order).isEqualTo(End.of(inOrder));
        }
    }

    private static List<List<News>> orders() {
        return List.of(
                List.of(News.REFUNDED, News.ASKED, News.CANCELLED),
                List.of(News.REFUNDED, News.CANCELLED, News.ASKED),
                List.of(News.ASKED, News.REFUNDED, News.CANCELLED),
                List.of(News.ASKED, News.CANCELLED, News.REFUNDED),
                List.of(News.CANCELLED, News.REFUNDED, News.ASKED),
                List.of(News.CANCELLED, News.ASKED, News.REFUNDED));
    }

    /** Waits until so many events were recorded, and what they asked for is done. */
    private static void rests(Road road, int told) {
        TestShop.await(
                "order " + road.number() + " rests after " + told + ": " + road.timeline(),
                () ->
                        shop.cases
                                .head(road.order())
                                .filter(head -> head.seen() == told)
                                .filter(head -> head.status() == Status.CLOSED)
                                .filter(head -> !shop.machine.isRunning(head.id()))
                                .isPresent());
    }

    private static void tell(Road road, What what) {
        var request =
                new Request(
                        what + "-" + road.number(),
                        Source.STOREFRONT,
                        new Wish.Happened(what),
                        Optional.of(road.order()),
                        Optional.empty(),
                        Optional.empty(),
                        Instant.now());
        shop.machine.stack().queues().send(queue(), Json.write(request));
    }

    private static String queue() {
        return shop.machine.stack().name("Requests");
    }
}
