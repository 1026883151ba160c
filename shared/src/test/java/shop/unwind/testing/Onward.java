package shop.unwind.testing;

import com.sun.net.httpserver.HttpExchange;

import shop.unwind.testing.FakePlatform.Asked;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Sends what was asked here on to a sandbox, and brings its answer back. */
public final class Onward implements AutoCloseable {

    /** What is answered; JSON, where the headers name nothing else. */
    public record Reply(int status, String body, Map<String, String> headers) {
        public Reply {
            headers = Map.copyOf(headers);
        }

        public void write(HttpExchange exchange) throws IOException {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            headers.forEach(exchange.getResponseHeaders()::set);
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) exchange.getResponseBody().write(bytes);
        }
    }

    /** What each connection sets for itself. */
    private static final Set<String> OWN =
            Set.of(
                    "connection",
                    "content-length",
                    "date",
                    "expect",
                    "host",
                    "http2-settings",
                    "transfer-encoding",
                    "upgrade");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * Asks the sandbox the same.
     *
     * @throws IOException the sandbox gave no answer
     */
    public Reply send(URI sandbox, Asked asked) throws IOException {
        var call =
                HttpRequest.newBuilder(URI.create(sandbox + asked.path()))
                        .method(asked.method(), HttpRequest.BodyPublishers.ofString(asked.body()));
        asked.headers()
                .forEach((name, values) -> values.forEach(value -> header(call, name, value)));
        try {
            return reply(http.send(call.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private static Reply reply(HttpResponse<String> answer) {
        var headers =
                answer.headers().map().entrySet().stream()
                        .filter(header -> !isOwn(header.getKey()))
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey, header -> header.getValue().getFirst()));
        return new Reply(answer.statusCode(), answer.body(), headers);
    }

    private static void header(HttpRequest.Builder call, String name, String value) {
        if (!isOwn(name)) call.header(name, value);
    }

    private static boolean isOwn(String name) {
        return OWN.contains(name.toLowerCase(Locale.ROOT));
    }
}
