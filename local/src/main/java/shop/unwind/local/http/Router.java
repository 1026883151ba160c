package shop.unwind.local.http;

import shop.unwind.local.template.Template;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses the route of a request as HTTP APIs do: fixed words before variables, variables before
 * {@code {proxy+}}, {@code $default} last; the method itself before {@code ANY}.
 */
final class Router {
    /** A route with the values of the variables in its path. */
    record Match(Template.Route route, Map<String, String> parameters) {}

    private final List<Template.Route> routes;

    Router(List<Template.Route> routes) {
        this.routes = routes.stream().sorted(Comparator.comparing(Router::order)).toList();
    }

    /**
     * The route of this request.
     *
     * @param path decoded
     */
    Optional<Match> match(String method, String path) {
        return routes.stream()
                .filter(route -> route.method().equals("ANY") || route.method().equals(method))
                .flatMap(route -> match(route, path).stream())
                .findFirst();
    }

    // Text that sorts a more particular route before a more general one.
    private static String order(Template.Route route) {
        var order = new StringBuilder();
        if (route.path().equals("$default")) return "9";
        for (var segment : segments(route.path()))
            order.append(isGreedy(segment) ? 3 : isVariable(segment) ? 2 : 1);
        return order + (route.method().equals("ANY") ? "b" : "a");
    }

    private static Optional<Match> match(Template.Route route, String path) {
        var parameters = new LinkedHashMap<String, String>();
        if (route.path().equals("$default")) return Optional.of(new Match(route, parameters));
        var wanted = segments(route.path());
        var found = segments(path);
        for (var index = 0; index < wanted.size(); index++) {
            if (index >= found.size()) return Optional.empty();
            var segment = wanted.get(index);
            if (isGreedy(segment)) {
                var rest = String.join("/", found.subList(index, found.size()));
                parameters.put(name(segment), rest);
                return Optional.of(new Match(route, parameters));
            }
            if (isVariable(segment)) parameters.put(name(segment), found.get(index));
            else if (!segment.equals(found.get(index))) return Optional.empty();
        }
        return wanted.size() == found.size()
                ? Optional.of(new Match(route, parameters))
                : Optional.empty();
    }

    private static List<String> segments(String path) {
        var segments = new ArrayList<>(List.of(path.split("/", -1)));
        segments.removeFirst();
        return segments;
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{");
    }

    private static boolean isGreedy(String segment) {
        return segment.endsWith("+}");
    }

    private static String name(String segment) {
        return segment.replaceAll("[{}+]", "");
    }
}
