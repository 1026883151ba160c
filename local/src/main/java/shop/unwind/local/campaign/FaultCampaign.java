package shop.unwind.local.campaign;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.local.campaign.Account.Channel;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Every operation of every platform × every kind of fault × which calls it strikes, each on a case
 * of its own from the form to its end. Which operations there are is seen on the {@link Road}s:
 * each is walked once in peace, and what is called there is attacked there.
 */
public final class FaultCampaign {
    /** What is fetched once for all, at no road's bidding. */
    private static final Set<String> KEPT = Set.of("certs.get", "keys.get");

    /** By platform, what names no order: attacked where nobody else is on the site. */
    private static final Map<String, Set<String>> NAMELESS =
            Map.of(
                    "square", Set.of("disputes.list"),
                    "bigcommerce", Set.of("settings.get", "inventory.list"));

    private static final int AT_ONCE = 16;
    private static final int WALKS = 3;

    private final Site site;
    private final List<Plot> peaceful = new ArrayList<>();

    /** Walks that ended before they came to what was attacked. */
    private final Queue<Plot> missed = new ConcurrentLinkedQueue<>();

    public FaultCampaign(Site site) {
        this.site = site;
    }

    /**
     * One attack that was made.
     *
     * @param struck whether it has spoilt any call
     */
    private record Attacked(Cell cell, Plot plot, boolean struck) {}

    /** Runs every attack there is. */
    public FaultReport full() throws Exception {
        return run(Cell.all(targets()));
    }

    /** Runs few, but each operation and each kind among them. */
    public FaultReport shortened() throws Exception {
        return run(Cell.some(targets()));
    }

    /** The operations that the roads call, each on the first road that does. */
    List<Target> targets() throws Exception {
        var targets = new LinkedHashMap<String, Target>();
        walk(site.plot(Road.WHOLE_ORDER));
        walk(site.plot(Road.PAYPAL_PART_OF_ORDER));
        walk(site.plot(Road.SQUARE_WHOLE));
        for (var road : Road.values()) {
            var before = site.stats();
            var plot = site.plot(road);
            walk(plot);
            peaceful.add(plot);
            for (var target : called(before, site.stats(), road))
                targets.putIfAbsent(target.name(), target);
        }
        site.calm();
        return List.copyOf(targets.values());
    }

    private static List<Target> called(JsonNode before, JsonNode after, Road road) {
        var called = new ArrayList<Target>();
        for (var platform : after.path("calls").properties()) {
            var earlier = before.path("calls").path(platform.getKey());
            var questions = after.path("questions").path(platform.getKey());
            for (var operation : platform.getValue().properties()) {
                var name = operation.getKey();
                if (KEPT.contains(name)) continue;
                var nameless = NAMELESS.getOrDefault(platform.getKey(), Set.of());
                if (nameless.contains(name) && !road.alone()) continue;
                var calls = operation.getValue().asInt() - earlier.path(name).asInt();
                if (calls > 0)
                    called.add(
                            new Target(platform.getKey(), name, questions.has(name), road, calls));
            }
        }
        return called;
    }

    FaultReport run(List<Cell> cells) throws Exception {
        var attacks =
                Stream.concat(
                                together(cells.stream().filter(cell -> !alone(cell)).toList()),
                                oneByOne(cells.stream().filter(FaultCampaign::alone).toList()))
                        .toList();
        var books = site.books();
        return new FaultReport(
                attacks.stream().map(each -> judged(each, books)).toList(),
                Stream.concat(
                                peaceful.stream().map(plot -> judged(plot, books)),
                                missed.stream().map(plot -> judgedMissed(plot, books)))
                        .toList());
    }

    /** What was slow enough to miss an attack may have said a thing twice, and no more. */
    private static Result judgedMissed(Plot plot, Books books) {
        var judgement = Judge.judge(plot, books, EnumSet.of(Channel.MAIL));
        return new Result(plot.road() + ", missed by its attack", true, judgement);
    }

    private static Result judged(Plot plot, Books books) {
        var judgement = Judge.judge(plot, books, EnumSet.noneOf(Channel.class));
        return new Result(plot.road() + ", in peace", true, judgement);
    }

    private static boolean alone(Cell cell) {
        return cell.target().road().alone();
    }

    private Stream<Attacked> together(List<Cell> cells) throws Exception {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var running = new ArrayList<Future<Attacked>>();
            for (var cell : cells) running.add(threads.submit(() -> attack(cell)));
            var attacks = new ArrayList<Attacked>();
            for (var each : running) attacks.add(each.get());
            return attacks.stream();
        } finally {
            site.calm();
        }
    }

    /** On a busy machine a walk may end before it comes to what is attacked: it is made again. */
    private Attacked attack(Cell cell) throws InterruptedException {
        for (var walks = 1; ; walks++) {
            var plot = site.plot(cell.target().road());
            var attacked = attack(cell, plot, plot.text());
            if (attacked.struck() || cell.mayMiss() || walks == WALKS) return attacked;
            missed.add(plot);
        }
    }

    private Stream<Attacked> oneByOne(List<Cell> cells) throws Exception {
        var attacks = new ArrayList<Attacked>();
        for (var cell : cells) {
            attacks.add(attack(cell, site.plot(cell.target().road()), ""));
            site.calm();
        }
        return attacks.stream();
    }

    private Attacked attack(Cell cell, Plot plot, String about) throws InterruptedException {
        site.put(cell.fault(), about);
        walk(plot);
        return new Attacked(cell, plot, struck(cell.fault(), about));
    }

    private boolean struck(Fault fault, String about) {
        return site.faults()
                .valueStream()
                .filter(each -> each.path("operation").asText().equals(fault.operation()))
                .filter(each -> each.path("about").asText().equals(about))
                .anyMatch(each -> each.path("struck").asLong() > 0);
    }

    private void walk(Plot plot) throws InterruptedException {
        site.ask(plot);
        site.awaitRest(plot);
    }

    private static FaultReport.Row judged(Attacked attack, Books books) {
        var cell = attack.cell();
        var judgement = Judge.judge(attack.plot(), books, mayRepeat(cell));
        return new FaultReport.Row(cell, new Result(cell.toString(), attack.struck(), judgement));
    }

    /**
     * SendGrid cannot tell whether a mail was sent, and Slack, WooCommerce and Magento have nothing
     * but a history to look at: where that does not show yet what was said, it is said again.
     */
    private static Set<Channel> mayRepeat(Cell cell) {
        return switch (cell.target().operation()) {
            case "mail.send" -> EnumSet.of(Channel.MAIL);
            case "notes.create", "comments.create" -> only(cell.kind() == Kind.LATE, Channel.NOTE);
            case "chat.postMessage" -> only(cell.kind() == Kind.LATE, Channel.CHAT);
            case "conversations.history" -> only(cell.kind() == Kind.STALE_READ, Channel.CHAT);
            default -> EnumSet.noneOf(Channel.class);
        };
    }

    private static Set<Channel> only(boolean when, Channel channel) {
        return when ? EnumSet.of(channel) : EnumSet.noneOf(Channel.class);
    }
}
