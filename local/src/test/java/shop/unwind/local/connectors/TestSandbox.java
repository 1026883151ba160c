package shop.unwind.local.connectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.connector.Platform;
import shop.unwind.json.Json;
import shop.unwind.local.sandbox.Sandbox;
import shop.unwind.local.sandbox.SandboxOptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A sandbox for one test, and the connectors that are tried against it. */
final class TestSandbox implements AutoCloseable {
    private final Sandbox sandbox;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    TestSandbox(InstantSource clock) {
        sandbox =
                Sandbox.start(
                        0,
                        SandboxOptions.defaults()
                                .withLimits(false)
                                .withJobs(Duration.ofMillis(1))
                                .withClock(clock));
    }

    /** A connector; its class is its module's own business, so it is made as its function does. */
    static <C> C connector(String name, Class<C> role, Platform platform) {
        try {
            var made = Class.forName("shop.unwind." + name).getDeclaredConstructor(Platform.class);
            made.setAccessible(true);
            return role.cast(made.newInstance(platform));
        } catch (ReflectiveOperationException moved) {
            throw new IllegalStateException(moved);
        }
    }

    /** What the sandbox takes for this platform's secrets. */
    static Map<String, String> secrets(String platform) {
        try (var file = TestSandbox.class.getResourceAsStream("/sandbox/secrets.json")) {
            var all = Json.parse(Objects.requireNonNull(file).readAllBytes());
            var secrets = new HashMap<String, String>();
            all.path("unwind/" + platform)
                    .properties()
                    .forEach(field -> secrets.put(field.getKey(), field.getValue().asText()));
            return secrets;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    URI uri(String platform) {
        return sandbox.uri(platform);
    }

    /** Puts an order into the world; one of the same number is forgotten. */
    void sells(ObjectNode order) {
        var world = Json.object();
        world.putArray("orders").add(order);
        call("PUT", "/_world", "application/json", world.toString());
    }

    JsonNode state(String platform) {
        return call("GET", "/_state/" + platform, "application/json", "");
    }

    /** Somebody at the shop, or a bank, does something. */
    void act(String path, ObjectNode how) {
        var slash = path.indexOf('/');
        var act = "/" + path.substring(0, slash) + "/_act" + path.substring(slash);
        call("POST", act, "application/json", how.toString());
    }

    void act(String path) {
        act(path, Json.object());
    }

    /** The next call of this operation is answered in words that nobody has heard of. */
    void talksStrangely(String platform, String operation) {
        var faults = Json.object().arrayNode();
        faults.addObject()
                .put("platform", platform)
                .put("operation", operation)
                .put("kind", "unknown-status");
        call("PUT", "/_faults", "application/json", faults.toString());
    }

    /** Calls the platform itself, as somebody else than the connector. */
    JsonNode form(String path, String form, String... headers) {
        return call("POST", path, "application/x-www-form-urlencoded", form, headers);
    }

    @Override
    public void close() {
        sandbox.close();
        http.shutdownNow();
    }

    private JsonNode call(String method, String path, String type, String body, String... headers) {
        var call =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + sandbox.port() + path))
                        .header("Content-Type", type)
                        .method(method, BodyPublishers.ofString(body));
        for (var at = 0; at < headers.length; at += 2) call.header(headers[at], headers[at + 1]);
        try {
            var answer = http.send(call.build(), BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2)
                throw new IllegalStateException(path + ": " + answer.body());
            return answer.body().isEmpty() ? Json.object() : Json.parse(answer.body());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
