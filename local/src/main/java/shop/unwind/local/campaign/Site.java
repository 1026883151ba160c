package shop.unwind.local.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import shop.unwind.cases.Approval;
import shop.unwind.cases.Cases;
import shop.unwind.cases.Head;
import shop.unwind.domain.OrderRef;
import shop.unwind.json.Json;
import shop.unwind.local.command.Conditions;
import shop.unwind.local.command.Machine;
import shop.unwind.local.command.Web;
import shop.unwind.local.states.Event;
import shop.unwind.local.states.Time;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * The whole system and its platforms, started once for many cases: real functions, queues, tables
 * and definition, but waits are over sooner and nobody waits long for an answer.
 */
public final class Site implements AutoCloseable {
    /** How long the functions wait for a platform's answer. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int SOONER = 20;
    private static final int FIRST_ORDER = 830_001;
    private static final Duration REST = Duration.ofMinutes(3);
    private static final Duration GLANCE = Duration.ofMillis(25);

    private final Progress progress = new Progress();
    private final Web web = new Web();
    private final AtomicInteger next = new AtomicInteger(FIRST_ORDER);
    private final Clock clock = Clock.systemUTC();
    private final Machine machine;
    private final Cases cases;
    private final Post post;

    private Site(
            Path project,
            String policy,
            Conditions conditions,
            BiConsumer<String, Event> listener) {
        machine =
                Machine.start(
                        Machine.Setup.apart(project, progress.andThen(listener))
                                .under(policy(policy), conditions));
        post = new Post(machine.stack());
        cases = new Cases(machine.stack().tables().client(), machine.stack().name("Cases"), clock);
    }

    /** Starts what the project's template says. */
    public static Site start(Path project) {
        return start(project, UnaryOperator.identity(), (_, _) -> {});
    }

    /**
     * The same under harder conditions.
     *
     * @param harder makes them of those that each campaign has
     * @param listener gets each execution's ARN and event
     */
    static Site start(
            Path project, UnaryOperator<Conditions> harder, BiConsumer<String, Event> listener) {
        return start(project, "policy.json", harder, listener);
    }

    /**
     * The same under another policy.
     *
     * @param policy the file's name beside the campaigns' usual one
     */
    static Site start(
            Path project,
            String policy,
            UnaryOperator<Conditions> harder,
            BiConsumer<String, Event> listener) {
        var usual = Conditions.usual();
        var hurried =
                new Conditions(
                        new Hurried(Time.system(), SOONER),
                        Map.of("HTTP_TIMEOUT_SECONDS", Long.toString(PATIENCE.toSeconds())),
                        usual.longestInvocation(),
                        usual.invocations(),
                        usual.services(),
                        usual.journal());
        return new Site(project, policy, harder.apply(hurried), listener);
    }

    /** A new order on this road, known to every platform; what goes wrong on the road is set. */
    Plot plot(Road road) {
        var plot = new Plot(number(), road, 1);
        place(plot.world(clock.instant().minusSeconds(3600)));
        for (var act : road.acts(plot)) act(act, JsonNodeFactory.instance.objectNode());
        for (var fault : road.before()) put(fault, plot.text());
        return plot;
    }

    /** The next order's. */
    int number() {
        return next.getAndIncrement();
    }

    /** Lets every platform know of an order, told in the sandbox's words. */
    void place(JsonNode order) {
        var world = JsonNodeFactory.instance.objectNode();
        world.putArray("orders").add(order);
        web.put(machine.sandboxUrl() + "/_world", world);
    }

    /**
     * Lets calls go wrong.
     *
     * @param about the text that the calls bear; empty for any
     */
    void put(Fault fault, String about) {
        var faults = JsonNodeFactory.instance.arrayNode().add(fault.toJson(about));
        web.post(machine.sandboxUrl() + "/_faults", faults);
    }

    /** Every fault that was put, with the number of calls it has {@code struck}. */
    JsonNode faults() {
        return web.get(machine.sandboxUrl() + "/_faults");
    }

    /** From now on nothing goes wrong. */
    void calm() {
        web.put(machine.sandboxUrl() + "/_faults", JsonNodeFactory.instance.arrayNode());
    }

    /** Does what a person at a platform does, by the sandbox's path. */
    JsonNode act(String path, JsonNode body) {
        return web.post(machine.sandboxUrl() + path, body);
    }

    /** The customer sends the form. */
    void ask(Plot plot) {
        ask(plot.form());
    }

    void ask(JsonNode form) {
        web.post(machine.url() + "/cancellations", form);
    }

    /** Waits until the order's case goes on no more; staff approve where they are asked. */
    void awaitRest(Plot plot) throws InterruptedException {
        await(
                () -> {
                    if (plot.road().isAsked()) staff().press(plot.order(), "approve");
                    return isAtRest(plot.order());
                });
    }

    /** Waits until the order's case has begun. */
    void awaitStart(Plot plot) throws InterruptedException {
        await(() -> progress.hasBegun(plot.order()));
    }

    /** Waits until it is so, or for long enough. */
    void await(BooleanSupplier condition) throws InterruptedException {
        var end = System.nanoTime() + REST.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) Thread.sleep(GLANCE);
    }

    /** Waits until nothing is on its way to the cases either, so that none can begin again. */
    void awaitQuiet(List<Plot> plots) throws InterruptedException {
        await(() -> isQuiet(plots));
    }

    private boolean isQuiet(List<Plot> plots) {
        return areQueuesEmpty() && plots.stream().allMatch(plot -> isAtRest(plot.order()));
    }

    private boolean areQueuesEmpty() {
        return machine.stack().template().queues().stream()
                .filter(queue -> !queue.name().endsWith("Dlq"))
                .map(queue -> machine.stack().queues().depth(queue.name()))
                .allMatch(depth -> depth.total() == 0);
    }

    /** Waits until no case goes on, no message waits, and no platform has anything to tell. */
    void awaitSilence(List<OrderRef> orders) throws InterruptedException {
        await(
                () ->
                        areQueuesEmpty()
                                && !progress.isAnyRunning()
                                && orders.stream().noneMatch(this::goesOn)
                                && isToldAll("paypal")
                                && isToldAll("shopify")
                                && isToldAll("stripe")
                                && isToldAll("woocommerce")
                                && isToldAll("magento")
                                && isToldAll("square")
                                && isToldAll("bigcommerce")
                                && areQueuesEmpty()
                                && !progress.isAnyRunning()
                                && orders.stream().noneMatch(this::goesOn));
    }

    private boolean isToldAll(String platform) {
        return state(platform).path("deliveries").isEmpty();
    }

    /** Whether a case of the order runs; false as well when it has never had one. */
    boolean goesOn(OrderRef order) {
        return progress.isRunning(order)
                || cases.head(order)
                        .filter(head -> head.status() == Head.Status.RUNNING)
                        .isPresent();
    }

    private boolean isAtRest(OrderRef order) {
        return progress.isAtRest(order)
                && cases.head(order)
                        .filter(head -> head.status() != Head.Status.RUNNING)
                        .isPresent();
    }

    /** Whoever is asked and called in Slack. */
    Staff staff() {
        return new Staff(cases, press -> act("/slack/_act/press", press));
    }

    /** The platforms' books and the cases' records as they are now. */
    Books books() {
        var parked = post.parked();
        return new Books(this::state, order -> dossier(order, parked));
    }

    /**
     * What the nightly tie-out names about cases that have closed; every case is of today.
     *
     * @throws IllegalStateException when it did not compare all
     */
    List<String> tieOut() {
        var stack = machine.stack();
        var answer = stack.lambda().invoke(stack.name("tie-out"), "{}").payload();
        var result = Json.parse(answer);
        if (result.path("left").asInt(1) > 0)
            throw new IllegalStateException("the tie-out did not come to its end: " + answer);
        return result.path("differences")
                .valueStream()
                .filter(
                        difference ->
                                hasClosed(Json.read(difference.path("order"), OrderRef.class)))
                .map(JsonNode::toString)
                .toList();
    }

    private boolean hasClosed(OrderRef order) {
        return cases.head(order).filter(head -> head.status() == Head.Status.CLOSED).isPresent();
    }

    Post post() {
        return post;
    }

    private JsonNode state(String platform) {
        return web.get(machine.sandboxUrl() + "/_state/" + platform);
    }

    private Dossier dossier(OrderRef order, List<String> parked) {
        var isParked = parked.stream().anyMatch(body -> body.contains(order.number()));
        var head = cases.head(order);
        var decision = head.flatMap(last -> cases.decision(last.id()));
        var rejected =
                cases.approvals(order).stream()
                        .anyMatch(approval -> approval.answer() == Approval.Answer.REJECTED);
        return new Dossier(head, progress.of(order), decision, rejected, isParked);
    }

    /** Calls by platform and operation, and which operations are {@code questions}. */
    JsonNode stats() {
        return web.get(machine.sandboxUrl() + "/_stats");
    }

    Machine machine() {
        return machine;
    }

    Cases cases() {
        return cases;
    }

    /** When the case's execution began; empty when it has not. */
    Optional<Instant> begun(String caseName) {
        return progress.begun(caseName);
    }

    Instant now() {
        return clock.instant();
    }

    List<String> caseNames(Plot plot) {
        return List.copyOf(progress.of(plot.order()).keySet());
    }

    @Override
    public void close() {
        machine.close();
    }

    /** The shop's policy with less patience. */
    private static String policy(String file) {
        try (var text =
                Objects.requireNonNull(Site.class.getResourceAsStream("/campaign/" + file))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
