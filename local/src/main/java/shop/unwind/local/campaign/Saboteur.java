package shop.unwind.local.campaign;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.local.AwsError;
import shop.unwind.local.AwsService;
import shop.unwind.local.states.Lambda;
import shop.unwind.local.states.TaskFailure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stops functions at a chosen moment of one case, and delivers a case's messages twice. */
final class Saboteur {
    /** A function's time-out on the attacked site. */
    static final Duration TIME_OUT = Duration.ofSeconds(4);

    /** One function to stop, once. */
    private record Stop(Point point, Death death) {}

    /** What has been called for each order, in order. */
    private final Map<String, List<Point>> called = new ConcurrentHashMap<>();

    private final Map<String, Stop> stops = new ConcurrentHashMap<>();
    private final Map<String, Stop> dying = new ConcurrentHashMap<>();
    private final Set<String> dead = ConcurrentHashMap.newKeySet();
    private final Set<String> twice = ConcurrentHashMap.newKeySet();

    /** Stops the function at this point of the order's case. */
    void stop(Purchase purchase, Point point, Death death) {
        stops.put(purchase.text(), new Stop(point, death));
    }

    /** Delivers every message about the order twice. */
    void deliverTwice(Purchase purchase) {
        twice.add(purchase.text());
    }

    /** Whether the stop has not come to pass. */
    boolean isWaiting(Plot plot) {
        return stops.containsKey(plot.text());
    }

    /** The points of the order's case so far. */
    List<Point> called(Plot plot) {
        return called.getOrDefault(plot.text(), List.of()).stream().distinct().toList();
    }

    /** Stands between executions and Lambda. */
    Lambda around(Lambda lambda) {
        return (function, payload) -> {
            var order = order(payload.path("caseId").asText());
            var point = Point.of(function, payload);
            called.computeIfAbsent(order, _ -> new ArrayList<>()).add(point);
            var stop = Optional.ofNullable(stops.get(order)).filter(s -> s.point().equals(point));
            if (stop.isEmpty() || !stops.remove(order, stop.get()))
                return lambda.invoke(function, payload);
            return die(lambda, function, payload, order, stop.get());
        };
    }

    private JsonNode die(Lambda lambda, String function, JsonNode payload, String order, Stop stop)
            throws TaskFailure {
        if (stop.death().losesRecord()) dying.put(order, stop);
        try {
            if (stop.death() != Death.AT_ONCE) lambda.invoke(function, payload);
        } catch (TaskFailure _) {
            // Nobody hears of it: the process is gone.
        } finally {
            dying.remove(order);
        }
        var words = "RequestId: local Error: " + stop.death();
        throw new TaskFailure(stop.death().error(), "{\"errorMessage\":\"%s\"}".formatted(words));
    }

    /** Stands between functions and services. */
    AwsService around(String name, AwsService service) {
        return switch (name) {
            case "DynamoDB_20120810" ->
                    (operation, request) -> {
                        if (operation.equals("PutItem")) refuseDead(request.path("Item"));
                        return service.call(operation, request);
                    };
            case "AmazonSQS" ->
                    (operation, request) -> {
                        if (operation.equals("SendMessage") && isTwice(request))
                            service.call(operation, request);
                        return service.call(operation, request);
                    };
            default -> service;
        };
    }

    private boolean isTwice(JsonNode request) {
        var body = request.path("MessageBody").asText();
        return twice.stream().anyMatch(body::contains);
    }

    /** A step record that says DONE is the first thing that a dying function cannot write. */
    private void refuseDead(JsonNode item) {
        var holder = item.at("/holder/S").asText();
        if (holder.isEmpty()) return;
        var order = order(item.at("/step/S").asText().replaceFirst("^[^#]*#([^#]*)#.*$", "$1"));
        var last = item.at("/progress/S").asText().equals("DONE");
        if (last && dying.remove(order) != null) dead.add(holder);
        if (dead.contains(holder))
            throw new AwsError("ValidationException", "nobody is there to write this");
    }

    private static String order(String caseId) {
        var parts = caseId.split("-", -1);
        return parts.length < 2 ? "" : parts[1];
    }
}
