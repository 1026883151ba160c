package shop.unwind.cases;

import static org.assertj.core.api.Assertions.assertThat;

import static shop.unwind.domain.Plan.Audience.CUSTOMER;
import static shop.unwind.domain.Plan.Audience.STAFF;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import shop.unwind.domain.CaseId;
import shop.unwind.domain.Decision;
import shop.unwind.domain.Decision.Verdict;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Personal;
import shop.unwind.domain.Plan;
import shop.unwind.domain.Plan.Audience;
import shop.unwind.domain.Plan.Units;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.domain.Wish.Happened.What;
import shop.unwind.domain.Wish.LineWish;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

class LifecycleTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final OrderRef ORDER = new OrderRef("shopify", "1001");
    private static final Head CLOSED = new Head(ORDER, 1, 1, 0, 1, Head.Status.CLOSED, 1, NOW);

    @Test
    @DisplayName(
            "C4: a double click on one tin of three takes one tin back, though the case closed"
                    + " between")
    void doubleClick() {
        var first = new Recorded(1, asks("a", 1, NOW));
        var second = asks("b", 1, NOW.plusMillis(300));

        var head = admit(second, refused("shipped"), first);

        assertThat(head.generation()).isEqualTo(1);
        assertThat(head.status()).isEqualTo(Head.Status.CLOSED);
        assertThat(head.seen()).isEqualTo(2);
    }

    @Test
    @DisplayName("who was not matched may try again at once: the shop may not have known the order")
    void notMatched() {
        var first = new Recorded(1, asks("a", 1, NOW));
        var second = asks("b", 1, NOW.plusSeconds(40));

        assertThat(admit(second, refused("unknown-order"), first).id())
                .isEqualTo(new CaseId(ORDER, 2));
    }

    @Test
    @DisplayName("a repeat does not make the next ask a repeat, too")
    void askAfterARepeat() {
        var first = new Recorded(1, asks("a", 1, NOW));
        var repeat = new Recorded(2, asks("b", 1, NOW.plus(Duration.ofMinutes(14))));
        var third = asks("c", 1, NOW.plus(Duration.ofMinutes(28)));

        assertThat(admit(third, refused("shipped"), first, repeat).id())
                .isEqualTo(new CaseId(ORDER, 2));
    }

    @Test
    @DisplayName("C4: a button that was left over runs no closed case again")
    void runAgainAfterClose() {
        var press = from(Source.STAFF, new Wish.RunAgain("U0111"));
        var head = admit(press, gone(List.of()), new Recorded(1, asks("a", 1, NOW)));

        assertThat(head.id()).isEqualTo(CLOSED.id());
        assertThat(head.status()).isEqualTo(Head.Status.CLOSED);
    }

    @Test
    @DisplayName("other lines, or the same ones an hour later, get a case of their own")
    void anotherAsk() {
        var first = new Recorded(1, asks("a", 1, NOW));
        var more = asks("b", 2, NOW.plusMillis(300));
        var later = asks("c", 1, NOW.plus(Duration.ofHours(1)));

        for (var request : List.of(more, later)) {
            var head = admit(request, refused("shipped"), first);
            assertThat(head.generation()).isEqualTo(2);
            assertThat(head.status()).isEqualTo(Head.Status.RUNNING);
        }
    }

    @Test
    @DisplayName("R4: whoever asks after staff refunded something in the shop is not passed over")
    void askAfterARefundByHand() {
        var asked = asks("b", 1, NOW);

        assertThat(asksForMore(asked, recorded("nothing-asked", CUSTOMER))).isTrue();
        assertThat(asksForMore(asked, recorded("dispute-over", CUSTOMER))).isTrue();
        assertThat(asksForMore(asked, recorded("already-taken-back", CUSTOMER))).isFalse();
    }

    @Test
    @DisplayName("R7: whoever asks for what others took back already gets an answer, and one only")
    void askAfterOthersTookItBack() {
        var customer = asks("b", 1, NOW);
        var marketplace = from(Source.STOREFRONT, customer.wish());

        assertThat(asksForMore(customer, recorded("already-taken-back", STAFF))).isTrue();
        assertThat(asksForMore(customer, recorded("already-taken-back", CUSTOMER))).isFalse();
        assertThat(asksForMore(marketplace, recorded("already-taken-back", STAFF))).isFalse();
    }

    @Test
    @DisplayName("R4: whoever cancels the rest in the shop after a part was taken back is seen")
    void cancelledInTheShop() {
        var cancelled = from(Source.STOREFRONT, new Wish.Happened(What.CANCELLED));
        var refunded = from(Source.STOREFRONT, new Wish.Happened(What.REFUNDED));
        var part = gone(List.of(new Units("line-1", 1)));
        var whole = gone(List.of());

        assertThat(asksForMore(cancelled, part)).isTrue();
        assertThat(asksForMore(cancelled, recorded("nothing-asked", STAFF))).isTrue();
        assertThat(asksForMore(cancelled, whole)).isFalse();
        assertThat(asksForMore(refunded, part)).isFalse();
    }

    private static Head admit(Request request, Decision last, Recorded... earlier) {
        return Lifecycle.admit(CLOSED, request, List.of(earlier), Optional.of(last), NOW);
    }

    private static Decision refused(String rule) {
        return decision(Verdict.REFUSE, rule, Plan.telling(List.of()));
    }

    private static boolean asksForMore(Request request, Decision last) {
        return Lifecycle.asksForMore(request, Optional.of(last));
    }

    private static Decision recorded(String rule, Audience told) {
        return decision(
                Verdict.RECORD,
                rule,
                Plan.telling(List.of(new Plan.Tell("tell", "sendgrid", told))));
    }

    private static Decision gone(List<Units> lines) {
        var cancel = new Plan.Cancel("cancel", "shopify", lines, true, Plan.Why.CUSTOMER);
        return decision(
                Verdict.GO,
                "some-rule",
                new Plan(Optional.of(cancel), List.of(), Optional.empty(), List.of(), List.of()));
    }

    private static Decision decision(Verdict verdict, String rule, Plan plan) {
        return new Decision(verdict, rule, "", "v000001", 1, plan, Optional.empty(), NOW);
    }

    private static Request from(Source source, Wish wish) {
        return new Request(
                "evt", source, wish, Optional.of(ORDER), Optional.empty(), Optional.empty(), NOW);
    }

    private static Request asks(String id, int tins, Instant at) {
        return new Request(
                id,
                Source.PORTAL,
                new Wish.Cancel("", List.of(new LineWish("ACR-500", tins))),
                Optional.of(ORDER),
                Optional.empty(),
                Optional.of(new Personal("ann@example.com")),
                at);
    }
}
