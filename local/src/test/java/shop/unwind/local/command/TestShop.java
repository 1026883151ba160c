package shop.unwind.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.cases.Cases;
import shop.unwind.domain.CaseId;
import shop.unwind.local.states.Event;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The whole system on this machine, from template.yaml, with platforms in the sandbox; each test
 * sells an order of its own, so that many can run side by side.
 */
final class TestShop implements AutoCloseable {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    final Web web = new Web();
    final Machine machine;
    final Cases cases;
    private final Map<String, Sample> samples;
    private final AtomicInteger numbers;
    private final Map<String, Runnable> meanwhile = new ConcurrentHashMap<>();
    private final List<RuntimeException> failures = new CopyOnWriteArrayList<>();

    /**
     * Opens the shop.
     *
     * @param first the number of its first order
     */
    TestShop(int first) {
        numbers = new AtomicInteger(first);
        samples =
                Sample.all(PROJECT.resolve("events")).stream()
                        .collect(Collectors.toMap(Sample::name, sample -> sample));
        machine = Machine.start(Machine.Setup.apart(PROJECT, this::entered));
        var tables = machine.stack().tables().client();
        cases = new Cases(tables, machine.stack().name("Cases"), Clock.systemUTC());
    }

    /** Sells an order like that of a sample, under a number, to a buyer and of goods of its own. */
    Road sells(String sample) {
        return sells(sample, _ -> {});
    }

    /** The same with something changed about the order, in the words of the sample. */
    Road sells(String sample, Consumer<ObjectNode> change) {
        var road = new Road(this, numbers.getAndIncrement());
        var order =
                (ObjectNode)
                        Objects.requireNonNull(samples.get(sample), sample)
                                .world()
                                .getFirst()
                                .deepCopy();
        change.accept(order);
        var placed = Instant.now().minus(Duration.parse(order.path("placedAt").asText()));
        order.put("number", road.number()).put("email", road.email());
        order.put("placedAt", placed.toString());
        for (var line : order.path("lines")) {
            var sku = line.path("sku").asText() + "-" + road.number();
            ((ObjectNode) line).put("sku", sku);
        }
        var world = JSON.createObjectNode();
        world.putArray("orders").add(order);
        web.put(machine.sandboxUrl() + "/_world", world);
        return road;
    }

    /** A number that no order has. */
    Road sellsNothing() {
        return new Road(this, numbers.getAndIncrement());
    }

    /** Does something at the very moment when the case comes to a state, before its step begins. */
    void meanwhile(CaseId id, String state, Runnable act) {
        meanwhile.put(id + " " + state, act);
    }

    /** What a platform holds. */
    JsonNode state(String platform) {
        return web.get(machine.sandboxUrl() + "/_state/" + platform);
    }

    JsonNode statistics() {
        return web.get(machine.sandboxUrl() + "/_stats");
    }

    JsonNode aws(String target, ObjectNode request) {
        return web.aws(machine.url(), target, request);
    }

    static ObjectNode json() {
        return JSON.createObjectNode();
    }

    /** Nothing waits to become a case, or to join one. */
    boolean isQueueEmpty() {
        return Stream.of("Requests", "DisputeEvents")
                .map(machine.stack()::name)
                .allMatch(queue -> machine.stack().queues().depth(queue).total() == 0);
    }

    /** Waits for what is to come, and says what if it does not. */
    static void await(String what, BooleanSupplier condition) {
        var end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited %s until %s", LIMIT, what).isLessThan(end);
            try {
                TimeUnit.MILLISECONDS.sleep(40);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(stopped);
            }
        }
    }

    /** What went wrong where no test could see it. */
    List<RuntimeException> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        machine.close();
    }

    private void entered(String execution, Event event) {
        if (!event.type().endsWith("StateEntered")) return;
        var id = execution.substring(execution.lastIndexOf(':') + 1);
        Optional.ofNullable(meanwhile.remove(id + " " + event.details().path("name").asText()))
                .ifPresent(this::act);
    }

    private void act(Runnable act) {
        try {
            act.run();
        } catch (RuntimeException failure) {
            failures.add(failure);
        }
    }
}
