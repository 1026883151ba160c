package shop.unwind.local.http;

import com.sun.net.httpserver.Headers;

import shop.unwind.local.template.Template;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What an HTTP API does where CORS is configured: it answers preflights itself, whatever the routes
 * are, and says on every other answer whether the page may read it, not the function.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html">
 *     CORS for HTTP APIs</a>
 */
record Cors(Template.Cors settings) {
    private static final String PREFIX = "access-control-";
    private static final String ALLOWED_ORIGIN = "Access-Control-Allow-Origin";

    boolean isPreflight(String method, Headers asked) {
        return method.equals("OPTIONS")
                && asked.containsKey("Origin")
                && asked.containsKey("Access-Control-Request-Method");
    }

    Reply preflight(Headers asked) {
        var none = new Reply(204, List.of(), new byte[0]);
        return origin(asked).map(origin -> preflight(none, origin)).orElse(none);
    }

    private Reply preflight(Reply none, String origin) {
        return none.with(ALLOWED_ORIGIN, origin)
                .with("Access-Control-Allow-Methods", String.join(",", settings.methods()))
                .with("Access-Control-Allow-Headers", String.join(",", settings.headers()))
                .with("Access-Control-Max-Age", Long.toString(settings.maxAge().toSeconds()));
    }

    Reply allowed(Headers asked, Reply answer) {
        var headers = answer.headers().stream().filter(header -> !isOurs(header)).toList();
        var plain = new Reply(answer.status(), headers, answer.body());
        return origin(asked).map(origin -> plain.with(ALLOWED_ORIGIN, origin)).orElse(plain);
    }

    private static boolean isOurs(Map.Entry<String, String> header) {
        return header.getKey().toLowerCase(Locale.ROOT).startsWith(PREFIX);
    }

    private Optional<String> origin(Headers asked) {
        return Optional.ofNullable(asked.getFirst("Origin")).filter(settings.origins()::contains);
    }
}
