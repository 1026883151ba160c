package shop.unwind.local.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Things that happen at the same instant, each many times over with other gaps between them. */
public final class Races {
    /** From the form to the refund it takes about so long: gaps are spread over it. */
    private static final Duration CASE = Duration.ofMillis(1200);

    /**
     * A whole order at each storefront but Magento, where a parcel and a credit memo may cross:
     * nothing there makes the one depend on the other.
     */
    private static final List<Road> WHOLE =
            List.of(
                    Road.WHOLE_ORDER,
                    Road.WOOCOMMERCE_WHOLE,
                    Road.SQUARE_WHOLE,
                    Road.BIGCOMMERCE_WHOLE);

    /** Part of an order at each storefront. */
    private static final List<Road> PART =
            List.of(
                    Road.PART_OF_ORDER,
                    Road.WOOCOMMERCE_PART,
                    Road.MAGENTO_PART,
                    Road.SQUARE_PART,
                    Road.BIGCOMMERCE_PART);

    /** Money at whoever lets banks charge it back. */
    private static final List<Road> DISPUTABLE =
            List.of(
                    Road.WHOLE_ORDER,
                    Road.STOREFRONT_MOVES_MONEY,
                    Road.PAYPAL_WHOLE,
                    Road.SQUARE_WHOLE,
                    Road.SQUARE_FOR_WOOCOMMERCE);

    private final Site site;

    public Races(Site site) {
        this.site = site;
    }

    /** Something that somebody does; what a platform refuses is refused. */
    @FunctionalInterface
    private interface Deed {
        void run() throws Exception;
    }

    /** Every race, this many times each. */
    public Tally run(int times) throws Exception {
        var results = new ArrayList<Result>();
        for (var road : List.of(Road.WHOLE_ORDER, Road.WOOCOMMERCE_PART))
            results.addAll(sameRequest(road, 100, 20).results());
        results.addAll(cancelAgainstShip(times).results());
        results.addAll(refundAgainstDispute(times).results());
        results.addAll(approveAgainstReject(times).results());
        results.addAll(otherLinesMeanwhile(times).results());
        results.addAll(otherLinesAfterwards().results());
        return new Tally(results);
    }

    /** One customer's form, so many times from so many threads. */
    Tally sameRequest(Road road, int times, int threads) throws Exception {
        var plot = site.plot(road);
        var deeds = new ArrayList<Callable<Boolean>>();
        for (var i = 0; i < times; i++) deeds.add(() -> tried(() -> site.ask(plot)));
        try (var crowd = Executors.newFixedThreadPool(threads)) {
            for (var deed : crowd.invokeAll(deeds)) deed.get();
        }
        return judged("the same request " + times + " times at once", List.of(plot));
    }

    /** At each storefront. */
    Tally cancelAgainstShip(int times) throws Exception {
        return each(WHOLE, road -> against("cancel against ship", road, times, this::ship));
    }

    /** At each provider, and at the storefront that is one. */
    Tally refundAgainstDispute(int times) throws Exception {
        return each(
                DISPUTABLE, road -> against("refund against dispute", road, times, this::dispute));
    }

    /** Two of the staff answer one question, each in their own way. */
    Tally approveAgainstReject(int times) throws Exception {
        var plots = plots(Road.ABOVE_THE_LIMIT, times);
        for (var plot : plots) site.ask(plot);
        for (var plot : plots) {
            awaitQuestion(plot);
            together(
                    () -> site.staff().press(plot.order(), "approve"),
                    () -> site.staff().press(plot.order(), "reject"));
        }
        return judged("approve against reject", plots);
    }

    /** A second form, for the other line, while the first is being dealt with. */
    Tally otherLinesMeanwhile(int times) throws Exception {
        return each(PART, road -> otherLinesMeanwhile(road, times));
    }

    private Tally otherLinesMeanwhile(Road road, int times) throws Exception {
        var plots = plots(road, times).stream().map(Plot::lineByLine).toList();
        race(plots, plot -> site.ask(line(plot, 0)), plot -> site.ask(line(plot, 1)));
        return judged("other lines while the first case runs", plots);
    }

    Tally otherLinesAfterwards() throws Exception {
        return each(PART, this::otherLinesAfterwards);
    }

    private Tally otherLinesAfterwards(Road road) throws Exception {
        var plot = site.plot(road).lineByLine();
        site.ask(line(plot, 0));
        site.awaitRest(plot);
        site.ask(line(plot, 1));
        awaitSecondCase(plot);
        return judged("other lines after the first case closed", List.of(plot));
    }

    private static JsonNode line(Plot plot, int at) {
        return plot.form(List.of(plot.lines().get(at)));
    }

    /** One race. */
    @FunctionalInterface
    private interface Race {
        Tally on(Road road) throws Exception;
    }

    private static Tally each(List<Road> roads, Race race) throws Exception {
        var results = new ArrayList<Result>();
        for (var road : roads) results.addAll(race.on(road).results());
        return new Tally(results);
    }

    /** What somebody does to an order. */
    @FunctionalInterface
    private interface Act {
        void on(Plot plot) throws Exception;
    }

    private Tally against(String words, Road road, int times, Act other) throws Exception {
        var plots = plots(road, times);
        race(plots, site::ask, other);
        return judged(words, plots);
    }

    /** Both on each order, the second a little later than the first, each time by another gap. */
    private void race(List<Plot> plots, Act first, Act second) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var racing = new ArrayList<Future<Boolean>>();
            for (var at = 0; at < plots.size(); at++) {
                var plot = plots.get(at);
                var gap = CASE.toMillis() * at / plots.size();
                racing.add(threads.submit(() -> tried(() -> first.on(plot))));
                racing.add(
                        threads.submit(
                                () -> {
                                    TimeUnit.MILLISECONDS.sleep(gap);
                                    return tried(() -> second.on(plot));
                                }));
            }
            for (var each : racing) each.get();
        }
    }

    private void together(Deed one, Deed other) throws Exception {
        var start = new CyclicBarrier(2);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var both = new ArrayList<Future<Boolean>>();
            for (var deed : List.of(one, other))
                both.add(
                        threads.submit(
                                () -> {
                                    start.await();
                                    return tried(deed);
                                }));
            for (var each : both) each.get();
        }
    }

    /** Whoever comes second may be told no. */
    private static boolean tried(Deed deed) throws Exception {
        try {
            deed.run();
            return true;
        } catch (IllegalStateException refused) {
            return false;
        }
    }

    private void ship(Plot plot) {
        act("/" + plot.storefront() + "/_act/" + plot.text() + "/ship");
    }

    private void dispute(Plot plot) {
        act("/%s/_act/%s/dispute".formatted(plot.provider(), plot.payment()));
    }

    private void act(String path) {
        site.act(path, JsonNodeFactory.instance.objectNode());
    }

    private void awaitQuestion(Plot plot) throws InterruptedException {
        site.await(() -> site.staff().isAsked(plot.order()));
    }

    private void awaitSecondCase(Plot plot) throws InterruptedException {
        site.await(() -> site.caseNames(plot).size() > 1);
    }

    private List<Plot> plots(Road road, int count) {
        var plots = new ArrayList<Plot>();
        for (var i = 0; i < count; i++) plots.add(site.plot(road));
        return plots;
    }

    private Tally judged(String words, List<Plot> plots) throws InterruptedException {
        for (var plot : plots) site.awaitRest(plot);
        site.awaitQuiet(plots);
        var books = site.books();
        return new Tally(
                plots.stream()
                        .map(
                                plot ->
                                        Judge.judge(
                                                plot, books, EnumSet.noneOf(Account.Channel.class)))
                        .map(it -> new Result(words + ", " + it.plot().road(), true, it))
                        .toList());
    }
}
