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
        results.addAll(sameRequest(100, 20).results());
        results.addAll(cancelAgainstShip(times).results());
        results.addAll(refundAgainstDispute(times).results());
        results.addAll(approveAgainstReject(times).results());
        results.addAll(otherLinesMeanwhile(times).results());
        results.addAll(otherLinesAfterwards().results());
        return new Tally(results);
    }

    /** One customer's form, so many times from so many threads. */
    Tally sameRequest(int times, int threads) throws Exception {
        var plot = site.plot(Road.WHOLE_ORDER);
        var deeds = new ArrayList<Callable<Boolean>>();
        for (var i = 0; i < times; i++) deeds.add(() -> tried(() -> site.ask(plot)));
        try (var crowd = Executors.newFixedThreadPool(threads)) {
            for (var deed : crowd.invokeAll(deeds)) deed.get();
        }
        return judged("the same request " + times + " times at once", List.of(plot));
    }

    Tally cancelAgainstShip(int times) throws Exception {
        return against("cancel against ship", Road.WHOLE_ORDER, times, this::ship);
    }

    Tally refundAgainstDispute(int times) throws Exception {
        return against("refund against dispute", Road.WHOLE_ORDER, times, this::dispute);
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
        var plots = plots(Road.PART_OF_ORDER, times).stream().map(Plot::lineByLine).toList();
        race(plots, plot -> site.ask(line(plot, 0)), plot -> site.ask(line(plot, 1)));
        return judged("other lines while the first case runs", plots);
    }

    Tally otherLinesAfterwards() throws Exception {
        var plot = site.plot(Road.PART_OF_ORDER).lineByLine();
        site.ask(line(plot, 0));
        site.awaitRest(plot);
        site.ask(line(plot, 1));
        awaitSecondCase(plot);
        return judged("other lines after the first case closed", List.of(plot));
    }

    private static JsonNode line(Plot plot, int at) {
        return plot.form(List.of(plot.lines().get(at)));
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
        act("/shopify/_act/" + plot.text() + "/ship");
    }

    private void dispute(Plot plot) {
        act("/stripe/_act/" + plot.intent() + "/dispute");
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
                        .map(judgement -> new Result(words, true, judgement))
                        .toList());
    }
}
