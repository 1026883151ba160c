package shop.unwind.local.campaign;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

import shop.unwind.local.campaign.Act.Complaint;
import shop.unwind.local.campaign.Act.Operation;
import shop.unwind.local.campaign.Basket.Line;
import shop.unwind.local.campaign.Basket.Tender;
import shop.unwind.local.campaign.Sequence.Pace;
import shop.unwind.local.campaign.Sequence.Step;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** Random orders and what may befall them, each smaller one simpler to read. */
final class Sequences {
    private static final int MOST_LINES = 3;
    private static final int MOST_UNITS = 3;
    private static final int MOST_STEPS = 7;

    private Sequences() {}

    /** As many sequences as may be played side by side; only shrinking makes it fewer. */
    static Arbitrary<List<Sequence>> sideBySide(int most) {
        return sequences()
                .list()
                .ofMinSize(1)
                .ofMaxSize(most)
                .withSizeDistribution((_, _, max, _) -> _ -> max)
                .withoutEdgeCases();
    }

    /** Somebody asks at some time. */
    static Arbitrary<Sequence> sequences() {
        var place = Arbitraries.integers().between(0, MOST_STEPS);
        return Combinators.combine(baskets(), steps(), step(asks()), place)
                .as((basket, steps, ask, at) -> new Sequence(basket, with(ask, at, steps)));
    }

    private static List<Step> with(Step step, int at, List<Step> steps) {
        var all = new ArrayList<>(steps);
        all.add(Math.min(at, steps.size()), step);
        return all;
    }

    private static Arbitrary<Basket> baskets() {
        return Arbitraries.of(Shop.all())
                .flatMap(shop -> gateways(shop).flatMap(gateway -> baskets(shop, gateway)));
    }

    private static Arbitrary<String> gateways(Shop shop) {
        var cards = new TreeSet<>(shop.movers().keySet());
        shop.giftCard().ifPresent(cards::remove);
        return Arbitraries.of(List.copyOf(cards));
    }

    private static Arbitrary<Basket> baskets(Shop shop, String gateway) {
        var mover = Objects.requireNonNull(shop.movers().get(gateway));
        return Arbitraries.of(List.copyOf(new TreeSet<>(mover.currencies())))
                .flatMap(currency -> baskets(shop, currency, tenders(shop, gateway)));
    }

    private static Arbitrary<Basket> baskets(
            Shop shop, String currency, Arbitrary<List<Tender>> tenders) {
        return Combinators.combine(
                        lines(Basket.smallest(currency)).list().ofMinSize(1).ofMaxSize(MOST_LINES),
                        amounts(0, 999, Basket.smallest(currency)),
                        tenders)
                .as(
                        (lines, shipping, paid) ->
                                new Basket(shop.name(), currency, lines, shipping, paid));
    }

    private static Arbitrary<Long> amounts(long least, long most, long smallest) {
        return Arbitraries.longs()
                .between(least / smallest, most / smallest)
                .map(units -> units * smallest);
    }

    private static Arbitrary<Line> lines(long smallest) {
        return Combinators.combine(
                        Arbitraries.integers().between(1, MOST_UNITS),
                        Arbitraries.frequencyOf(
                                Tuple.of(5, amounts(100, 2_500, smallest)),
                                Tuple.of(1, amounts(10_000, 90_000, smallest))),
                        amounts(0, 99, smallest),
                        amounts(0, 250, smallest))
                .as(Line::new);
    }

    private static Arbitrary<List<Tender>> tenders(Shop shop, String gateway) {
        Arbitrary<List<Tender>> card = cards(gateway).map(List::of);
        return shop.giftCard()
                .map(
                        gift ->
                                Arbitraries.<List<Tender>>frequencyOf(
                                        Tuple.of(7, card),
                                        Tuple.of(3, withGiftCard(gift, gateway))))
                .orElse(card);
    }

    private static Arbitrary<Tender> cards(String gateway) {
        var captured = Arbitraries.frequency(Tuple.of(9, true), Tuple.of(1, false));
        var refunds =
                Arbitraries.frequency(
                        Tuple.of(12, "succeeds"), Tuple.of(1, "pending"), Tuple.of(1, "refused"));
        return Combinators.combine(captured, refunds)
                .as((taken, mode) -> new Tender(gateway, 100, taken, mode));
    }

    private static Arbitrary<List<Tender>> withGiftCard(String gift, String gateway) {
        return Arbitraries.integers()
                .between(5, 95)
                .map(
                        percent ->
                                List.of(
                                        new Tender(gift, percent, true, "succeeds"),
                                        new Tender(gateway, 100, true, "succeeds")));
    }

    private static Arbitrary<List<Step>> steps() {
        return step(acts())
                .list()
                .ofMaxSize(MOST_STEPS)
                .withSizeDistribution(RandomDistribution.uniform());
    }

    private static Arbitrary<Step> step(Arbitrary<Act> acts) {
        var pace =
                Arbitraries.frequency(
                        Tuple.of(3, Pace.AT_REST),
                        Tuple.of(3, Pace.SOON),
                        Tuple.of(2, Pace.AT_ONCE));
        return Combinators.combine(acts, pace).as(Step::new);
    }

    private static Arbitrary<Act> acts() {
        return Arbitraries.frequencyOf(
                Tuple.of(14, asks()),
                Tuple.of(2, cancelsInShop()),
                Tuple.of(2, percents().map(Act.RefundInShop::new)),
                Tuple.of(2, percents().map(Act.RefundAtProvider::new)),
                Tuple.of(3, shipments()),
                Tuple.of(3, Arbitraries.of(Complaint.class).map(Act.Complain::new)),
                Tuple.of(1, Arbitraries.just(new Act.Escalate())),
                Tuple.of(2, Arbitraries.of(true, false).map(Act.Settle::new)),
                Tuple.of(1, Arbitraries.just(new Act.Capture())),
                Tuple.of(1, Arbitraries.just(new Act.RefundFails())),
                Tuple.of(1, Arbitraries.just(new Act.RefundArrives())),
                Tuple.of(5, Arbitraries.of(true, true, false).map(Act.Answer::new)),
                Tuple.of(2, Arbitraries.just(new Act.RunAgain())),
                Tuple.of(2, Arbitraries.just(new Act.Redeliver())),
                Tuple.of(1, Arbitraries.just(new Act.DeliverTwice())),
                Tuple.of(4, faults()),
                Tuple.of(2, stops()),
                Tuple.of(1, restarts()));
    }

    private static Arbitrary<Act> asks() {
        var units = Arbitraries.integers().between(0, MOST_UNITS).list().ofMaxSize(MOST_LINES);
        return Arbitraries.frequencyOf(
                        Tuple.of(2, Arbitraries.just(List.<Integer>of())), Tuple.of(3, units))
                .map(Act.Ask::new);
    }

    private static Arbitrary<Act> cancelsInShop() {
        return Combinators.combine(Arbitraries.of(true, false), Arbitraries.of(true, false))
                .as(Act.CancelInShop::new);
    }

    private static Arbitrary<Integer> percents() {
        return Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.just(100)),
                Tuple.of(3, Arbitraries.integers().between(1, 99)));
    }

    private static Arbitrary<Act> shipments() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, MOST_LINES - 1),
                        Arbitraries.integers().between(1, MOST_UNITS))
                .as(Act.Ship::new);
    }

    private static Arbitrary<Act> faults() {
        var anyhow =
                Combinators.combine(Arbitraries.of(Operation.class), Arbitraries.of(Kind.class));
        return Arbitraries.frequencyOf(
                        Tuple.of(2, anyhow.as(Tuple::of)), Tuple.of(1, hiddenRefunds()))
                .filter(fault -> fault.get1().suits(fault.get2()))
                .flatMap(
                        fault ->
                                Arbitraries.integers()
                                        .between(1, 2)
                                        .map(
                                                times ->
                                                        new Act.Spoil(
                                                                fault.get1(),
                                                                fault.get2(),
                                                                times)));
    }

    /** What hides a refund from us: its answer gets lost, or it is not listed yet. */
    private static Arbitrary<Tuple2<Operation, Kind>> hiddenRefunds() {
        return Arbitraries.of(
                Tuple.of(Operation.REFUND, Kind.RESET_AFTER),
                Tuple.of(Operation.REFUND, Kind.MALFORMED),
                Tuple.of(Operation.REFUNDS, Kind.STALE_READ));
    }

    private static Arbitrary<Act> stops() {
        return Combinators.combine(Arbitraries.of(Operation.class), Arbitraries.of(Death.class))
                .filter((operation, death) -> operation.suits(death))
                .as(Act.Stop::new);
    }

    private static Arbitrary<Act> restarts() {
        return Arbitraries.just(new Act.RestartWorkflow());
    }
}
