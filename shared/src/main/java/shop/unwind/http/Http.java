package shop.unwind.http;

import shop.unwind.config.Environment;
import shop.unwind.problem.Misconfigured;
import shop.unwind.problem.NotFound;
import shop.unwind.problem.Problem;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Throttled;
import shop.unwind.problem.Unreachable;
import shop.unwind.problem.Unsure;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Speaks to one platform. Redirects are never followed. */
public final class Http {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

    private final HttpClient client;
    private final String baseUrl;
    private final Duration answer = patience();

    /**
     * A client for one platform.
     *
     * @param baseUrl without a slash at the end; configuration may point it elsewhere
     */
    public Http(String baseUrl) {
        this.baseUrl = baseUrl.endsWith("/") ? baseUrl.substring(0, baseUrl.length() - 1) : baseUrl;
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    /** How long an answer may take: environment variable HTTP_TIMEOUT_SECONDS, 20 by default. */
    public static Duration patience() {
        return Environment.optional("HTTP_TIMEOUT_SECONDS")
                .map(Long::parseLong)
                .map(Duration::ofSeconds)
                .orElse(ANSWER);
    }

    /**
     * Sends a call and returns what came, whatever the status.
     *
     * @throws Unreachable when nothing was sent, or a question stayed without an answer
     * @throws Unsure when a change was sent and no answer came
     */
    public Reply send(Call call) {
        try {
            return exchange(call);
        } catch (ConnectException | HttpConnectTimeoutException notSent) {
            return sendAgain(call);
        } catch (IOException lost) {
            throw lost(call, lost);
        }
    }

    /**
     * Sends a call and returns its 2xx answer.
     *
     * @throws Problem for every other status
     */
    public Reply ok(Call call) {
        var reply = send(call);
        if (reply.status() / 100 == 2) return reply;
        throw problem(reply);
    }

    /** What a status that is no success means when the platform's own words say nothing better. */
    public static Problem problem(Reply reply) {
        var status = reply.status();
        return switch (status) {
            case 401, 403 ->
                    new Misconfigured(
                            reply.call()
                                    + " answered "
                                    + status
                                    + ": check its secret and permissions");
            case 404, 410 -> new NotFound(reply.call().path());
            case 408, 425 -> reply.unclear("no result");
            case 429 -> new Throttled(pause(reply));
            default ->
                    status >= 500 || status < 400
                            ? reply.unclear("no result")
                            : new Refused("HTTP " + status, reply.call().toString());
        };
    }

    private Reply sendAgain(Call call) {
        try {
            return exchange(call);
        } catch (ConnectException | HttpConnectTimeoutException notSent) {
            throw new Unreachable(call + ": no connection to " + baseUrl);
        } catch (IOException lost) {
            throw lost(call, lost);
        }
    }

    private Reply exchange(Call call) throws IOException {
        var request =
                HttpRequest.newBuilder(URI.create(baseUrl + call.target()))
                        .timeout(answer)
                        .method(call.method(), HttpRequest.BodyPublishers.ofByteArray(call.body()));
        call.headers().forEach(request::header);
        try {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Reply(
                    call, response.statusCode(), response.body(), response.headers()::firstValue);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }

    private static Problem lost(Call call, IOException cause) {
        var words = call + ": no answer (" + cause.getClass().getSimpleName() + ")";
        return call.changes() ? new Unsure(words) : new Unreachable(words);
    }

    private static Duration pause(Reply reply) {
        return reply.header()
                .apply("Retry-After")
                .flatMap(Http::seconds)
                .map(Duration::ofSeconds)
                .orElse(Duration.ofSeconds(2));
    }

    /** Rounded up; empty for any other form, such as a date. */
    private static Optional<Long> seconds(String text) {
        return Optional.of(text.strip())
                .filter(SECONDS.asMatchPredicate())
                .map(BigDecimal::new)
                .map(number -> number.setScale(0, RoundingMode.CEILING).longValueExact());
    }
}
