package shop.unwind.local.sandbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The paths of one platform. A part in braces takes any one word: {@code /v1/refunds/{refund}}. */
final class Routes {
    /**
     * Where a call leads.
     *
     * @param operation its name in statistics and faults
     */
    record Route(String operation, Call call, Function<Call, Answer> handler) {
        Answer run() {
            return handler.apply(call);
        }
    }

    private record Known(
            String method, List<String> parts, String operation, Function<Call, Answer> handler) {}

    private final List<Known> known = new ArrayList<>();

    Routes on(String method, String path, String operation, Function<Call, Answer> handler) {
        known.add(new Known(method, List.of(path.split("/", -1)), operation, handler));
        return this;
    }

    Optional<Route> find(Call call) {
        var parts = call.path().split("/", -1);
        for (var route : known) {
            if (!route.method.equals(call.method()) || route.parts.size() != parts.length) continue;
            var at = match(route.parts, parts);
            if (at.isPresent())
                return Optional.of(new Route(route.operation, call.at(at.get()), route.handler));
        }
        return Optional.empty();
    }

    private static Optional<Map<String, String>> match(List<String> pattern, String[] parts) {
        var at = new HashMap<String, String>();
        for (var i = 0; i < parts.length; i++) {
            var wanted = pattern.get(i);
            if (wanted.startsWith("{") && !parts[i].isEmpty())
                at.put(wanted.substring(1, wanted.length() - 1), parts[i]);
            else if (!wanted.equals(parts[i])) return Optional.empty();
        }
        return Optional.of(at);
    }
}
