package shop.unwind.local.sandbox;

import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Takes webhooks; can be told to refuse the first few. */
final class TestingReceiver implements AutoCloseable {
    record Request(String path, Map<String, String> headers, String body) {
        String header(String lowerCaseName) {
            return Optional.ofNullable(headers.get(lowerCaseName)).orElse("");
        }
    }

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final HttpServer server;

    TestingReceiver() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.createContext(
                "/",
                exchange -> {
                    var body =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    var headers =
                            exchange.getRequestHeaders().entrySet().stream()
                                    .collect(
                                            Collectors.toMap(
                                                    header ->
                                                            header.getKey()
                                                                    .toLowerCase(Locale.ROOT),
                                                    header -> header.getValue().getFirst()));
                    requests.add(new Request(exchange.getRequestURI().getPath(), headers, body));
                    exchange.sendResponseHeaders(refusals.getAndDecrement() > 0 ? 500 : 200, -1);
                    exchange.close();
                });
        server.start();
    }

    void refuse(int times) {
        refusals.set(times);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** All requests so far, oldest first. */
    List<Request> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
