package shop.unwind.local.campaign;

import shop.unwind.domain.CaseId;
import shop.unwind.domain.OrderRef;
import shop.unwind.local.states.Event;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** Where every execution stands, as their histories tell. */
final class Progress implements BiConsumer<String, Event> {
    /** How the name of a second execution of one case ends. */
    static final String ANOTHER = "-also";

    private static final Ending RUNNING = new Ending("running", "");

    private final Map<OrderRef, Map<String, Ending>> endings = new ConcurrentHashMap<>();
    private final Map<String, Instant> begun = new ConcurrentHashMap<>();

    @Override
    public void accept(String executionArn, Event event) {
        switch (event.type()) {
            case "ExecutionStarted" -> {
                begun.put(name(executionArn), Instant.now());
                note(executionArn, RUNNING);
            }
            case "ExecutionSucceeded",
                    "ExecutionFailed",
                    "ExecutionAborted",
                    "ExecutionTimedOut" -> {
                var cause = event.details().path("cause").asText("");
                note(executionArn, new Ending(event.type(), cause));
            }
            default -> {}
        }
    }

    boolean hasBegun(OrderRef order) {
        return endings.containsKey(order);
    }

    /** Whether one has begun and none goes on. */
    boolean isAtRest(OrderRef order) {
        var known = of(order);
        return !known.isEmpty() && !known.containsValue(RUNNING);
    }

    boolean isAnyRunning() {
        return endings.keySet().stream().anyMatch(this::isRunning);
    }

    /** When the execution began; empty when it has not. */
    Optional<Instant> begun(String name) {
        return Optional.ofNullable(begun.get(name));
    }

    boolean isRunning(OrderRef order) {
        return of(order).containsValue(RUNNING);
    }

    /** The endings of an order's executions, by name. */
    Map<String, Ending> of(OrderRef order) {
        var known = endings.get(order);
        if (known == null) return Map.of();
        synchronized (known) {
            return new TreeMap<>(known);
        }
    }

    private static String name(String executionArn) {
        return executionArn.substring(executionArn.lastIndexOf(':') + 1);
    }

    private void note(String executionArn, Ending ending) {
        var name = name(executionArn);
        var order = CaseId.parse(name.replace(ANOTHER, "")).order();
        var known = endings.computeIfAbsent(order, _ -> new TreeMap<>());
        synchronized (known) {
            known.put(name, ending);
        }
    }
}
