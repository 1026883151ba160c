package shop.unwind.local.campaign;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import shop.unwind.local.AwsError;
import shop.unwind.local.campaign.Account.Channel;
import shop.unwind.local.command.Conditions;
import shop.unwind.local.states.Event;
import shop.unwind.local.states.Time;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/**
 * What AWS does to us: functions that stop at any moment, the interpreter killed in each state,
 * messages delivered twice, two executions of one case. Which functions and states there are is
 * seen on the {@link Road}s, so that a new platform's are attacked by themselves.
 */
public final class CrashCampaign implements AutoCloseable {
    /** Waits are still longer than the lease of a function that died. */
    private static final int SOONER = 4;

    private static final int AT_ONCE = 24;
    private static final int ROADS_PER_SITE = 5;
    private static final String ANOTHER = "two executions of the case";

    /** Together they call each function of each platform. */
    private static final List<Road> SHORT =
            List.of(
                    Road.WHOLE_ORDER,
                    Road.STOREFRONT_MOVES_MONEY,
                    Road.ABOVE_THE_LIMIT,
                    Road.PAYPAL_PART_OF_ORDER,
                    Road.WOOCOMMERCE_PART,
                    Road.MAGENTO_PART,
                    Road.SQUARE_PART,
                    Road.BIGCOMMERCE_PART);

    /** One attack under way. */
    private record Attack(String words, Plot plot) {}

    private final Saboteur saboteur = new Saboteur();
    private final Map<String, Set<String>> states = new ConcurrentHashMap<>();
    private final Map<String, String> kills = new ConcurrentHashMap<>();
    private final ReentrantLock restarting = new ReentrantLock();
    private final Site site;

    /**
     * Starts a site of its own.
     *
     * @param journal where the executions are kept
     */
    public CrashCampaign(Path project, Path journal) {
        site = Site.start(project, usual -> harder(usual, journal), this::heard);
        site.post().comeBackAfter(Saboteur.TIME_OUT.plusSeconds(1));
    }

    private Conditions harder(Conditions usual, Path journal) {
        return new Conditions(
                new Hurried(Time.system(), SOONER),
                usual.variables(),
                Optional.of(Saboteur.TIME_OUT),
                saboteur::around,
                saboteur::around,
                Optional.of(journal));
    }

    /**
     * Every function stopped at every moment, every state killed, on every road on which nothing
     * else goes wrong. A few roads at a time have a site of their own, since an interpreter that
     * was killed reads all that its journal holds.
     */
    public static Tally full(Path project) throws Exception {
        var roads =
                Stream.of(Road.values())
                        .filter(road -> !road.alone() && road.before().isEmpty())
                        .gather(Gatherers.windowFixed(ROADS_PER_SITE))
                        .toList();
        var results = new ArrayList<Result>();
        for (var some : roads) {
            var journal = Files.createTempDirectory("unwind-crashes").resolve("executions.journal");
            try (var campaign = new CrashCampaign(project, journal)) {
                results.addAll(campaign.run(some, false).results());
            }
        }
        return new Tally(results);
    }

    /** Each function and each state once, on the first road that comes by. */
    public Tally shortened() throws Exception {
        return run(SHORT, true);
    }

    @Override
    public void close() {
        site.close();
    }

    private Tally run(List<Road> roads, boolean once) throws Exception {
        // Many at once find the functions warm, or they would run out of time.
        walk(new Attack("none", site.plot(roads.getFirst())));
        var walked = new LinkedHashMap<Road, Plot>();
        for (var road : roads) walked.put(road, site.plot(road));
        walk(walked.values().stream().map(plot -> new Attack("none", plot)).toList());
        var attacks = new ArrayList<Attack>();
        var seen = new LinkedHashSet<Object>();
        walked.forEach(
                (road, plot) -> {
                    for (var point : saboteur.called(plot))
                        if (seen.add(point) || !once) attacks.addAll(stops(road, point));
                    for (var state : states.getOrDefault(plot.text(), Set.of()))
                        if (seen.add(state) || !once) attacks.add(kill(road, state));
                    attacks.add(twice(road));
                    attacks.add(alsoAnother(road));
                });
        walk(attacks);
        var books = site.books();
        return new Tally(attacks.stream().map(attack -> judged(attack, books)).toList());
    }

    private List<Attack> stops(Road road, Point point) {
        var attacks = new ArrayList<Attack>();
        for (var death : Death.values()) {
            if (!death.suits(point)) continue;
            var plot = site.plot(road);
            saboteur.stop(plot, point, death);
            attacks.add(new Attack(road + ", " + point + " " + death, plot));
        }
        return attacks;
    }

    private Attack kill(Road road, String state) {
        var plot = site.plot(road);
        kills.put(plot.text(), state);
        return new Attack(road + ", interpreter killed in " + state, plot);
    }

    private Attack twice(Road road) {
        var plot = site.plot(road);
        saboteur.deliverTwice(plot);
        return new Attack(road + ", every message delivered twice", plot);
    }

    private Attack alsoAnother(Road road) {
        return new Attack(road + ", " + ANOTHER, site.plot(road));
    }

    /** On a busy machine a request may meet a dead interpreter five times; an operator sees it. */
    private void walk(List<Attack> attacks) throws Exception {
        try (var operator = Executors.newSingleThreadScheduledExecutor()) {
            var _ = operator.scheduleWithFixedDelay(site.post()::redrive, 2, 2, TimeUnit.SECONDS);
            walkTogether(attacks);
        }
    }

    private void walkTogether(List<Attack> attacks) throws Exception {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var walking = new ArrayList<Future<Attack>>();
            for (var attack : attacks) walking.add(threads.submit(() -> walk(attack)));
            for (var each : walking) each.get();
        }
    }

    private Attack walk(Attack attack) throws InterruptedException {
        site.ask(attack.plot());
        if (attack.words().endsWith(ANOTHER)) startAnother(attack.plot());
        site.awaitRest(attack.plot());
        return attack;
    }

    private void startAnother(Plot plot) throws InterruptedException {
        site.awaitStart(plot);
        site.await(() -> isAnotherStarted(plot));
    }

    private boolean isAnotherStarted(Plot plot) {
        var name = plot.order().key() + "-1";
        var input = JsonNodeFactory.instance.objectNode().put("caseId", name).put("origin", name);
        var machine = site.machine().stack().template().stateMachines().getFirst().arn();
        var request =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("stateMachineArn", machine)
                        .put("name", name + Progress.ANOTHER)
                        .put("input", input.toString());
        try {
            site.machine().executions().call("StartExecution", request);
            return true;
        } catch (AwsError answered) {
            throw answered;
        } catch (RuntimeException killed) {
            // Another attack has killed the interpreter at this moment.
            return false;
        }
    }

    /** A mail whose function died, or was called once more after a kill, may go out again. */
    private Result judged(Attack attack, Books books) {
        var struck = !saboteur.isWaiting(attack.plot()) && !kills.containsKey(attack.plot().text());
        var judgement = Judge.judge(attack.plot(), books, EnumSet.of(Channel.MAIL));
        return new Result(attack.words(), struck, judgement);
    }

    /** Kills the interpreter when the execution enters the state that is to be its last. */
    private void heard(String executionArn, Event event) {
        if (!event.type().endsWith("StateEntered")) return;
        var order = executionArn.replaceFirst(".*:[^:-]+-(\\d+)-.*", "$1");
        var state = event.details().path("name").asText();
        states.computeIfAbsent(order, _ -> ConcurrentHashMap.newKeySet()).add(state);
        if (!kills.remove(order, state)) return;
        site.machine().executions().kill();
        Thread.ofVirtual().start(this::restart);
    }

    private void restart() {
        restarting.lock();
        try {
            site.machine().executions().restart();
        } finally {
            restarting.unlock();
        }
    }
}
