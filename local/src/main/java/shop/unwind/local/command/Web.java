package shop.unwind.local.command;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;

/** The way in for whoever stands outside: front door and sandbox over HTTP. */
public final class Web {
    /** The client sets these itself. */
    private static final Set<String> OWN = Set.of("host", "content-length", "connection");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Sends an event as the HTTP API would have received it, and returns the status. */
    HttpResponse<String> send(String url, JsonNode event) {
        var body = event.path("body").asText("");
        var bytes =
                event.path("isBase64Encoded").asBoolean()
                        ? Base64.getDecoder().decode(body)
                        : body.getBytes(StandardCharsets.UTF_8);
        var query = event.path("rawQueryString").asText("");
        var uri = url + event.path("rawPath").asText() + (query.isEmpty() ? "" : "?" + query);
        var method = event.path("requestContext").path("http").path("method").asText("POST");
        var request =
                HttpRequest.newBuilder(URI.create(uri))
                        .timeout(Duration.ofSeconds(30))
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(bytes));
        event.path("headers")
                .properties()
                .forEach(
                        header -> {
                            if (!OWN.contains(header.getKey().toLowerCase(Locale.ROOT)))
                                request.header(header.getKey(), header.getValue().asText());
                        });
        return exchange(request.build());
    }

    public JsonNode get(String url) {
        return ok(HttpRequest.newBuilder(URI.create(url)).build());
    }

    public JsonNode post(String url, Object body) {
        return ok(json("POST", url, body));
    }

    /** Calls an AWS service by its JSON protocol. */
    public JsonNode aws(String url, String target, Object body) {
        return ok(
                HttpRequest.newBuilder(URI.create(url + "/"))
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/x-amz-json-1.0")
                        .header("X-Amz-Target", target)
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build());
    }

    public JsonNode put(String url, Object body) {
        return ok(json("PUT", url, body));
    }

    private static HttpRequest json(String method, String url, Object body) {
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
    }

    private JsonNode ok(HttpRequest request) {
        var response = exchange(request);
        if (response.statusCode() / 100 != 2)
            throw new IllegalStateException(
                    request.method()
                            + " "
                            + request.uri()
                            + " answered "
                            + response.statusCode()
                            + " "
                            + response.body());
        return Machine.parse(response.body().isBlank() ? "{}" : response.body());
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(request.uri() + " did not answer", failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
